// Opening the app on a phone that keeps a full pack (5,000 rows) and 200 test payments that wait: from the start of the app's code to its first numbers
// on screen, and what it sends to its view until then and in the second after. Beside it the same app that keeps its numbers only, so that times mean something.
import type { Frame } from 'playwright-core'
import { eventually } from '../support/eventually.ts'
import { addManyShops } from '../support/many-shops.ts'
import { leaveWaiting } from '../support/waiting-work.ts'
import type { World } from '../support/world.ts'
import type { Report } from './measure.ts'

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
  aim?: number
}

declare global {
  var __opening: Opening | undefined
}

const RUNS = 5
const WAITING = 200
const PACK_ROWS = 5_000
/** product.md §8, issue 5: first content from what the phone keeps, ms */
const AIM_MS = 300

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
  const measure = async (name: string, aim?: number): Promise<Row> => {
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
      ...(aim === undefined ? {} : { aim }),
    }
  }

  await world.loginAs('field_agent')
  await phone.logIn()
  await phone.find('#counts')
  const rows: Row[] = []
  await world.simulator.phone.set({ offline: true })
  rows.push(await measure('only numbers kept, no network', AIM_MS))
  await world.simulator.phone.set({ offline: false })
  await addManyShops(world.database, PACK_ROWS)
  await phone.tap('#pack-download')
  await eventually('the whole pack', async () => !(await phone.shows('#pack')), { timeout: 60_000 })
  await world.simulator.phone.set({ offline: true })
  await leaveWaiting(phone, WAITING)
  rows.push(await measure(`full pack, ${WAITING} waiting, no network`, AIM_MS))
  const searched = await firstRowsFromPack(world)
  const release = world.hold(/^POST /)
  await world.simulator.phone.set({ offline: false })
  rows.push(await measure(`full pack, ${WAITING} waiting, with a network`, AIM_MS))
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
    searched.line,
  ]
  const missed = rows.flatMap(row =>
    row.aim !== undefined && row.first > row.aim ? [`${row.name}: first numbers after ${row.first} ms, aim ${row.aim}`] : [],
  )
  return { lines, missed }
}

async function firstRowsFromPack({ phone }: World): Promise<{ line: string }> {
  const before = Date.now()
  await phone.open('/pages/merchants/index', 'switchTab')
  await phone.find('#footer')
  const first = Date.now() - before
  return { line: `商户 without a network, first rows of the pack: ${first} ms with the automation that looks on` }
}
