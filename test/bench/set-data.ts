// What the app sends from its logic to its view, per thing a person does: how often, how many bytes, and beside the answer of the backend that it
// draws (bytes sent ÷ bytes answered). WeChat's scorer wants at most 20 a second and 256 KB; our own aims are far below.
import type { Frame } from 'playwright-core'
import { eventually } from '../support/eventually.ts'
import type { World } from '../support/world.ts'
import type { Report } from './measure.ts'
import { slowProcessor, type Pace } from './slow-processor.ts'

interface Sample {
  at: number
  path: string
  component: string
  keys: string[]
  bytes: number
}
/** A script that held the thread, as the browser attributes it. */
interface Handler {
  /** what called it: an event's listener, a timer, a promise */
  by: string
  ms: number
}
interface Seen {
  samples: Sample[]
  handlers: Handler[]
  /** ms of tasks over 50 ms, whatever they did: scripts, layout, the automation that looks on */
  tasks: number[]
}
interface Row {
  action: string
  calls: number
  bytes: number
  answered: number
  mostPerSecond: number
  /** longer than HANDLER_MS */
  handlers: Handler[]
  tasks: number[]
  aim: { calls?: number; bytes?: number }
}

/** WeChat's 体验评分: setData at most 20 times a second */
const MOST_PER_SECOND = 20
/** 性能诊断: a lifecycle or handler of the app */
const HANDLER_MS = 50

declare global {
  var __bench: Seen | undefined
}

async function listen(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    if (globalThis.__bench) return
    const seen: Seen = (globalThis.__bench = { samples: [], handlers: [], tasks: [] })
    const { runtime } = (
      globalThis as unknown as { __simulator: { runtime: { onSetData(listener: (s: Omit<Sample, 'at'>) => void): void } } }
    ).__simulator
    runtime.onSetData(sample => seen.samples.push({ ...sample, at: performance.now() }))
    type Script = { duration: number; invoker: string; sourceFunctionName: string }
    new PerformanceObserver(list => {
      for (const frame of list.getEntries() as (PerformanceEntry & { scripts?: Script[] })[])
        for (const { duration, invoker, sourceFunctionName } of frame.scripts ?? [])
          seen.handlers.push({ by: [invoker, sourceFunctionName].filter(Boolean).join(' '), ms: Math.round(duration) })
    }).observe({ type: 'long-animation-frame' })
    new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => seen.tasks.push(Math.round(duration)))).observe({
      type: 'longtask',
    })
  })
}

const take = (frame: Frame) =>
  frame.evaluate(() => {
    const { samples, handlers, tasks } = globalThis.__bench!
    return { samples: samples.splice(0), handlers: handlers.splice(0), tasks: tasks.splice(0) }
  })

function mostPerSecond(samples: Sample[]): number {
  return Math.max(0, ...samples.map(({ at }) => samples.filter(other => other.at >= at && other.at < at + 1_000).length))
}

async function takeOn200({ database, clock }: World): Promise<void> {
  const { sp_mchid } = await database.selectFrom('provider').select('sp_mchid').executeTakeFirstOrThrow()
  const created_at = clock.now()
  const people = Array.from({ length: 200 }, (_, index) => ({
    id: `bench-${index}`,
    sp_mchid,
    display_name: `业务员 ${100 + index}`,
    role: 'field_agent' as const,
    region_codes: ['440305', '440304'],
    status: 'active' as const,
    last_seen_at: created_at,
    created_at,
  }))
  await database.insertInto('staff').values(people).execute()
}

/**
 * @param pace times that the processor is slower while something is done; bytes and calls are the same at each
 * @returns lines to print, and what missed its aim
 */
export async function measureSetData(world: World, pace: Pace = 1): Promise<Report> {
  const { phone } = world
  const setPace = await slowProcessor(world.simulator.browserPage!)
  const frame = () => world.simulator.browserPage!.frames().find(one => one.url().includes('/frame/'))!
  const rows: Row[] = []
  let answered = 0
  world.simulator.browserPage!.on('response', response => {
    if (response.url().endsWith('/__proxy'))
      void response.body().then(
        body => (answered += body.length),
        () => undefined,
      )
  })

  const measure = async (action: string, aim: Row['aim'], act: () => Promise<unknown>) => {
    await new Promise(done => setTimeout(done, 400))
    await take(frame())
    answered = 0
    await setPace(pace)
    await act()
    await new Promise(done => setTimeout(done, 900))
    await setPace(1)
    const { samples, handlers, tasks } = await take(frame())
    if (process.env.VERBOSE)
      for (const { component, keys, bytes } of samples) console.log(`  ${action}: ${component} ${keys.join(', ')} ${bytes}`)
    const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0)
    rows.push({
      action,
      calls: samples.length,
      bytes,
      answered,
      mostPerSecond: mostPerSecond(samples),
      handlers: handlers.filter(({ ms }) => ms > HANDLER_MS),
      tasks,
      aim,
    })
  }
  const field = ['#search', 'van-search', 'van-field', 'input'] as const
  const rowsShown = async () => ((await (await phone.page()).data('groups')) as unknown[][]).flat().length

  await world.loginAs('operator')
  await phone.logIn()
  await listen(frame())
  await phone.open('/pages/merchants/index', 'switchTab')
  await eventually('20 rows', async () => (await rowsShown()) >= 20)
  await phone.type('面', ...field)
  await new Promise(done => setTimeout(done, 800))
  await measure('one keystroke of search', {}, async () => {
    await phone.type('面馆', ...field)
    await eventually('its answer', () => world.requests(/q=%E9%9D%A2%E9%A6%86/).length > 0)
  })
  await phone.type('店', ...field)
  await eventually('20 rows of 店', async () => (await rowsShown()) === 20)
  await measure('one page of 20 rows', { bytes: 12_288 }, async () => {
    await phone.miniProgram.pageScrollTo(1_000_000)
    await eventually('40 rows', async () => (await rowsShown()) === 40)
  })
  await measure('opening a merchant', {}, () => phone.openMerchant('1900000109'))
  await phone.open('/pages/home/index', 'switchTab')
  await phone.openMerchant('1900000136')
  await phone.tap('#gold-plan')
  await phone.find('#sheet', '#sheet-confirm')
  await measure('one switch: gold plan (confirm to verdict)', { bytes: 1_024 }, async () => {
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.reads('已开通·待验证', '#verdict')
  })
  await phone.open('/pages/home/index', 'switchTab')
  await phone.openMerchant('1900000161')
  await measure('one switch: receipt (tap, 5 s hold, open)', { bytes: 1_024 }, async () => {
    await phone.tap('#receipt')
    await phone.find('#undo')
    await eventually('the receipt to be open', async () => (await phone.text('#receipt')).includes('已开'), { timeout: 15_000 })
  })

  await takeOn200(world)
  await world.loginAs('admin')
  await phone.miniProgram.callWxMethod('clearStorageSync')
  await world.simulator.restart()
  await phone.logIn()
  await listen(frame())
  await measure('opening 员工 with 200 people', { bytes: 12_288 }, async () => {
    await phone.open('/packages/manage/staff/index', 'navigateTo')
    await eventually('20 people', async () => (await rowsShown()) === 20)
  })

  const slower = pace === 1 ? '' : `, ${pace} × slower processor`
  const missed: string[] = []
  const lines = [
    ...(pace === 1 ? [] : [`the same with a processor that is ${pace} × slower`]),
    'setData                                    calls   bytes  ÷ answer  most/s  tasks > 50 ms  scripts > 50 ms',
    ...rows.map(row => {
      if (row.aim.bytes && row.bytes > row.aim.bytes) missed.push(`${row.action}: ${row.bytes} bytes, aim ${row.aim.bytes}`)
      if (row.mostPerSecond > MOST_PER_SECOND)
        missed.push(`${row.action}: ${row.mostPerSecond} setData in a second, aim ${MOST_PER_SECOND}`)
      // the browser does not name every script: a long task counts, whatever it was, so that none is overlooked
      if (row.handlers.length === 0 && row.tasks.length > 0)
        missed.push(`${row.action}${slower}: tasks of ${row.tasks.join(', ')} ms, aim ${HANDLER_MS}`)
      for (const { by, ms } of row.handlers) missed.push(`${row.action}${slower}: ${ms} ms in ${by}, aim ${HANDLER_MS}`)
      const ratio = row.answered === 0 ? '–' : (row.bytes / row.answered).toFixed(2)
      return [
        row.action.padEnd(42),
        String(row.calls).padStart(5),
        String(row.bytes).padStart(8),
        ratio.padStart(9),
        String(row.mostPerSecond).padStart(7),
        (row.tasks.join(', ') || 'none').padStart(14),
        row.handlers.length === 0 ? '  none' : `  ${row.handlers.map(({ by, ms }) => `${ms} ${by}`).join(', ')}`,
      ].join(' ')
    }),
  ]
  return { lines, missed }
}
