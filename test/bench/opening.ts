// Opening the app on a phone that keeps a full pack (5,000 rows) and 200 test payments that wait: from the start of the app's code to its first numbers
// on screen, and what it sends to its view until then and in the second after. Beside it the same app that keeps its numbers only, so that times mean something.
// Then the pack is searched while somebody types. Each at the machine's own pace and with a processor four times slower, as an older phone has it.
import type { Frame } from 'playwright-core'
import { eventually } from '../support/eventually.ts'
import { addManyShops } from '../support/many-shops.ts'
import { leaveWaiting } from '../support/waiting-work.ts'
import type { World } from '../support/world.ts'
import type { Report } from './measure.ts'
import { slowProcessor, SLOWED, type Pace } from './slow-processor.ts'

interface Opening {
  /** ms of the page: the app's code begins, its first numbers are painted */
  launched: number
  painted: number | null
  calls: number
  bytes: number
  longest: number
}
interface Row {
  name: string
  /** ms, median */
  first: number
  calls: number
  bytes: number
  longest: number
}

declare global {
  var __opening: Opening | undefined
}

const RUNS = 5
const WAITING = 200
const PACK_ROWS = 5_000
/** first numbers from what the phone keeps, ms */
const AIM_MS = 200
/** no task of the thread may be longer while somebody types, ms */
const TASK_MS = 50
/** as it is typed: each is another search of the pack */
const TYPED = ['面', '面馆', '面', '店', '1900', '190000', 'mg', '科技面'] as const
const FIELD = ['#search', 'van-search', 'van-field', 'input'] as const

/** Watches every start of the app, from inside its frame. */
function watchOpenings(): void {
  if (location.pathname !== '/frame/') return
  const opening: Opening = (globalThis.__opening = { launched: 0, painted: null, calls: 0, bytes: 0, longest: 0 })
  let simulator: unknown
  Object.defineProperty(globalThis, '__simulator', {
    configurable: true,
    get: () => simulator,
    set(value: { runtime: { onSetData(listener: (sample: { bytes: number }) => void): void } }) {
      simulator = value
      opening.launched = performance.now()
      value.runtime.onSetData(({ bytes }) => {
        opening.calls += 1
        opening.bytes += bytes
      })
    },
  })
  new PerformanceObserver(list =>
    list.getEntries().forEach(({ duration }) => (opening.longest = Math.max(opening.longest, duration))),
  ).observe({
    type: 'longtask',
  })
  const look = () => {
    if (document.querySelector('#counts') === null) return requestAnimationFrame(look)
    requestAnimationFrame(() => (opening.painted = performance.now()))
    return 0
  }
  requestAnimationFrame(look)
}

const middle = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!

/** @returns lines to print, and what missed its aim */
export async function measureOpening(world: World): Promise<Report> {
  const { phone } = world
  const page = world.simulator.browserPage!
  // tsx names functions by this
  await page.addInitScript('globalThis.__name ??= named => named')
  await page.addInitScript(watchOpenings)
  const frame = (): Frame => page.frames().find(one => new URL(one.url()).pathname === '/frame/')!

  const open = async (): Promise<Opening> => {
    await world.simulator.restart()
    await eventually('the first numbers', () => frame().evaluate(() => globalThis.__opening?.painted ?? null), { timeout: 20_000 })
    await new Promise(done => setTimeout(done, 1_000))
    return (await frame().evaluate(() => globalThis.__opening))!
  }
  const paces: readonly Pace[] = [1, SLOWED]
  const setPace = await slowProcessor(page)
  const rows: Row[] = []
  const measure = async (name: string): Promise<void> => {
    for (const pace of paces) {
      await setPace(pace)
      rows.push(await measureAt(pace === 1 ? name : `  the same, ${pace} × slower processor`))
    }
    await setPace(1)
  }
  const measureAt = async (name: string): Promise<Row> => {
    const openings: Opening[] = []
    // the first one warms the browser
    await open()
    for (let run = 0; run < RUNS; run += 1) openings.push(await open())
    const of = (read: (opening: Opening) => number) => Math.round(middle(openings.map(read)))
    return {
      name,
      first: of(({ launched, painted }) => painted! - launched),
      calls: of(({ calls }) => calls),
      bytes: of(({ bytes }) => bytes),
      longest: of(({ longest }) => longest),
    }
  }

  await world.loginAs('field_agent')
  await phone.logIn()
  await phone.find('#counts')
  await world.simulator.phone.set({ offline: true })
  await measure('only numbers kept, no network')
  await world.simulator.phone.set({ offline: false })
  await addManyShops(world.database, PACK_ROWS)
  await phone.tap('#pack-download')
  await eventually('the whole pack', async () => !(await phone.shows('#pack')), { timeout: 60_000 })
  await world.simulator.phone.set({ offline: true })
  await leaveWaiting(phone, WAITING)
  await measure(`full pack, ${WAITING} waiting, no network`)
  const searched = await firstRowsFromPack(world)
  const typing: Typing[] = []
  for (const pace of paces) {
    await setPace(pace)
    typing.push({ pace, tasks: await longestWhileTyping(world, frame()) })
  }
  await setPace(1)
  const release = world.hold(/^POST /)
  await world.simulator.phone.set({ offline: false })
  await measure(`full pack, ${WAITING} waiting, with a network`)
  release()

  const base = rows[0]!
  const lines = [
    'opening the app                              first numbers  ÷ first row  setData   bytes  longest task',
    ...rows.map(row =>
      [
        row.name.padEnd(44),
        `${row.first} ms`.padStart(13),
        (row.first / base.first).toFixed(2).padStart(12),
        String(row.calls).padStart(8),
        String(row.bytes).padStart(7),
        `${row.longest} ms`.padStart(13),
      ].join(' '),
    ),
    `aim: first numbers after ${AIM_MS} ms at most`,
    searched.line,
    ...typing.map(
      ({ pace, tasks }) =>
        `typing while ${PACK_ROWS} shops are searched, ${pace} × slower: longest task of each search ${tasks.join(', ')} ms, aim ${TASK_MS}`,
    ),
  ]
  const missed = [
    ...rows
      .filter(({ first }) => first > AIM_MS)
      .map(({ name, first }) => `${name.trim()}: first numbers after ${first} ms, aim ${AIM_MS}`),
    ...typing
      .filter(({ tasks }) => Math.max(...tasks) > TASK_MS)
      .map(({ pace, tasks }) => `typing, ${pace} × slower: a task of ${Math.max(...tasks)} ms, aim ${TASK_MS}`),
  ]
  return { lines, missed }
}

interface Typing {
  pace: Pace
  /** ms, 0: none was longer than the browser's 50 */
  tasks: number[]
}

/** The longest task of the page's thread from each text typed until its results stand there. */
async function longestWhileTyping({ phone }: World, frame: Frame): Promise<number[]> {
  const tasks: number[] = []
  for (const text of TYPED) {
    await frame.evaluate(() => (globalThis.__opening!.longest = 0))
    await phone.type(text, ...FIELD)
    // the box waits for an end of typing, then the pack is searched in pieces
    await new Promise(done => setTimeout(done, 1_500))
    tasks.push(await frame.evaluate(() => Math.round(globalThis.__opening!.longest)))
  }
  return tasks
}

async function firstRowsFromPack({ phone }: World): Promise<{ line: string }> {
  const before = Date.now()
  await phone.open('/pages/merchants/index', 'switchTab')
  await phone.find('#footer')
  const first = Date.now() - before
  return { line: `商户 without a network, first rows of the pack: ${first} ms with the automation that looks on` }
}
