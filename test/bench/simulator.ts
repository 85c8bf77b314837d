// What the simulator costs: building a mini program cold and after a change, pages that are opened and closed, and one row of a thousand that changes.
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Frame } from 'playwright-core'
import { compileProject } from '../../simulator/compiler/index.ts'
import type { Runtime } from '../../simulator/runtime/contract.ts'
import { startSimulator } from '../../simulator/server.ts'
import { timed, type Report } from './measure.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** a mini program of 5,000 files, more than the largest of others' that was tried (2,441) */
const UNITS = 1_250
const PAGES = 200
const ROWS = 1_000
const AIMS = { own: 1_000, large: 5_000, change: 200, row: 16, heap: 1.1 }

export async function measureSimulator(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-simulator-'))
  try {
    const own = await measureBuild(copyOfOwnApp(join(folder, 'own')), 'miniprogram/app.ts')
    const large = await measureBuild(largeApp(join(folder, 'large')), 'pages/p0/index.js')
    const { heaps, row } = await measureRunning(runningApp(join(folder, 'running')))
    const growth = heaps.after / heaps.before
    const aims: [what: string, measured: number, aim: number, unit: string][] = [
      ['this app, built cold', own.cold, AIMS.own, 'ms'],
      ['this app, one file changed', own.change, AIMS.change, 'ms'],
      [`${UNITS * 4} files, built cold`, large.cold, AIMS.large, 'ms'],
      [`one of ${ROWS} rows changed, script and layout`, row.change, AIMS.row, 'ms'],
      [`heap after ${2 * PAGES} pages ÷ heap after ${PAGES}`, growth, AIMS.heap, ''],
    ]
    const figure = (value: number, unit: string) => (unit ? `${Math.round(value)} ${unit}` : value.toFixed(2))
    return {
      lines: [
        ...aims.map(([what, measured, aim, unit]) => `${what.padEnd(44)} ${figure(measured, unit).padStart(9)}   aim ${figure(aim, unit)}`),
        `cold ÷ change: this app ${(own.cold / own.change).toFixed(1)}, ${UNITS * 4} files ${(large.cold / large.change).toFixed(1)}`,
        `one row ÷ all ${ROWS} rows drawn first: ${(row.change / row.first).toFixed(3)}`,
      ],
      missed: aims
        .filter(([, measured, aim]) => measured > aim)
        .map(([what, measured, aim, unit]) => `${what}: ${figure(measured, unit)}, aim ${figure(aim, unit)}`),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureBuild(folder: string, changed: string): Promise<{ cold: number; change: number }> {
  const cold = await timed(() => compileProject(folder))
  appendFileSync(join(folder, changed), '\n// changed\n')
  return { cold, change: await timed(() => compileProject(folder)) }
}

function copyOfOwnApp(folder: string): string {
  mkdirSync(folder)
  for (const name of ['miniprogram', 'project.config.json']) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  return folder
}

function write(folder: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function largeApp(folder: string): string {
  const names = Array.from({ length: UNITS }, (_, index) => `pages/p${index}/index`)
  const units = names.flatMap((name, index) => [
    [`${name}.wxml`, `<view class="a" wx:for="{{list}}" wx:key="id"><text bindtap="tap">{{item.name}} ${index}</text></view>`],
    [`${name}.js`, `Page({ data: { list: [{ id: ${index}, name: 'n' }] }, tap() { this.setData({ list: [] }) } })`],
    [`${name}.wxss`, `.a { width: ${index}rpx; } .a text { color: red; }`],
    [`${name}.json`, '{}'],
  ])
  return write(folder, { 'app.json': JSON.stringify({ pages: names }), 'app.js': 'App({})', ...(Object.fromEntries(units) as object) })
}

function runningApp(folder: string): string {
  const row = '<view class="r" wx:for="{{ list }}" wx:key="id"><text>{{ item.name }}</text><text>{{ item.state }}</text></view>'
  return write(folder, {
    'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
    'app.js': 'App({})',
    'pages/a/index.wxml': '<view>a</view>',
    'pages/a/index.js': 'Page({})',
    'pages/b/index.wxml': row,
    'pages/b/index.js':
      "Page({ data: { list: [] }, onLoad({ n }) { this.setData({ list: Array.from({ length: Number(n) }, (_, id) => ({ id, name: 'row ' + id, state: 'new' })) }) } })",
  })
}

async function measureRunning(
  folder: string,
): Promise<{ heaps: { before: number; after: number }; row: { first: number; change: number } }> {
  const simulator = await startSimulator({ project: folder, port: 0, automationPort: 0, headless: true, watch: false })
  try {
    const page = simulator.browserPage!
    const frame = page.frames().find(candidate => candidate.url().includes('/frame/'))!
    await frame.waitForFunction(() => (globalThis.__simulator?.runtime.pageStack().length ?? 0) > 0)
    const session = await page.context().newCDPSession(page)
    // the log has its full length and the code is compiled after the first ones; what grows from then on is a leak
    await openAndClose(frame, PAGES)
    const before = await heapOf(session)
    await openAndClose(frame, PAGES)
    const heaps = { before, after: await heapOf(session) }
    return { heaps, row: await changeRow(frame) }
  } finally {
    await simulator.close()
  }
}

async function openAndClose(frame: Frame, count: number): Promise<void> {
  await frame.evaluate(async pages => {
    const { runtime } = globalThis.__simulator as { runtime: Runtime }
    for (let left = pages; left > 0; left -= 1) {
      await runtime.navigateTo('/pages/b/index?n=50')
      await runtime.navigateBack()
    }
    await runtime.settled()
  }, count)
}

/** Bytes that live after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

/** Milliseconds until the change is laid out; the median of several changes. */
async function changeRow(frame: Frame): Promise<{ first: number; change: number }> {
  return frame.evaluate(async rows => {
    const { runtime } = globalThis.__simulator as { runtime: Runtime }
    const start = performance.now()
    const page = await runtime.navigateTo(`/pages/b/index?n=${rows}`)
    void page.container.offsetHeight
    const first = performance.now() - start
    await runtime.settled()
    const times = []
    for (let index = 0; index < 21; index += 1) {
      const before = performance.now()
      page.instance.setData({ [`list[${index * 40}].state`]: `changed ${index}` })
      void page.container.offsetHeight
      times.push(performance.now() - before)
      await runtime.settled()
    }
    return { first, change: times.sort((a, b) => a - b)[10]! }
  }, ROWS)
}
