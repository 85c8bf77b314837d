// The app on the engine of the oldest phones: what they lack is not there, and a file that needs more does not run.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { builtIns } from '../../../scripts/checks/floor/built-ins.ts'
import { ADDED } from '../../../scripts/checks/floor/table.ts'
import { LACKING, LACKING_OF_VALUES } from '../../../simulator/runtime/realm/engine-floor.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type RunningPhone } from '../wx/running-phone.ts'

const SEEN = `{ at: typeof [].at, replaceAll: typeof ''.replaceAll, flat: typeof [].flat, bytes: typeof new Uint8Array(1).at, intl: typeof Intl,
  big: typeof BigInt, global: typeof globalThis, settled: typeof Promise.allSettled, map: [1].map(x => x + 1), entries: Object.entries({ a: 1 }) }`
const PAGE = `Page({ data: { seen: ${SEEN}, pattern: '' }, onLoad() {
  let pattern = 'taken'
  try { new RegExp('(?<=a)b') } catch (error) { pattern = error instanceof SyntaxError ? 'refused' : String(error) }
  this.setData({ pattern: pattern + ' ' + 'cab'.replace(/a(?:b)/, '-') + ' ' + /^[/]?x/.test('/x') }) } })`
const LOOKS_BEHIND = `const shop = /(?<=店)\\d+/; Page({ onLoad() { this.setData({ shop }) } })`

let phone: RunningPhone
beforeAll(async () => {
  const pages = ['pages/a/index', 'pages/behind/index']
  const project = writeProject({
    'app.json': JSON.stringify({ pages }),
    ...unit(pages[0]!, '<view>甲</view>', PAGE),
    ...unit(pages[1]!, '<view id="behind">乙</view>', LOOKS_BEHIND),
  })
  phone = await startPhone({ project })
})
afterAll(async () => {
  await phone?.close()
  removeProjects()
})

const seen = async () => (await (await phone.app.currentPage())!.data()) as { seen: Record<string, unknown>; pattern: string }
const errors = () => phone.simulator.phone.log().flatMap(({ kind, text }) => (kind === 'error' ? [text] : []))

it('an engine of today has it all', async () => {
  const { seen: has, pattern } = await seen()
  expect(Object.values(has)).not.toContain('undefined')
  expect(pattern).toBe('taken c- true')
})

it('the oldest engine lacks what it lacks, from the next start on; everything else works', async () => {
  await phone.simulator.phone.set({ engine: 'old' })
  await phone.simulator.restart()
  const { seen: has, pattern } = await seen()
  const { map, entries, ...rest } = has
  expect(new Set(Object.values(rest))).toEqual(new Set(['undefined']))
  expect([map, entries]).toEqual([[2], [['a', 1]]])
  expect(pattern).toBe('refused c- true')
})

it('a file with a regular expression that looks behind does not run, and is named', async () => {
  await phone.app.callWxMethod('navigateTo', { url: '/pages/behind/index' }).catch(() => {})
  expect(errors().join('\n')).toMatch(/Invalid regular expression: \/\(\?<=店\)\\d\+\//)
  await phone.simulator.phone.set({ engine: 'new' })
  await phone.simulator.restart()
  const before = errors().length
  await phone.app.callWxMethod('navigateTo', { url: '/pages/behind/index' })
  expect(errors()).toHaveLength(before)
})

describe('the list', () => {
  const listed = [
    ...Object.entries(LACKING).flatMap(([owner, names]) =>
      names.split(/\s+/).map(name => (owner === 'globals' ? name : `${owner}.${name}`)),
    ),
    ...Object.entries(LACKING_OF_VALUES).flatMap(([owner, names]) => names.split(/\s+/).map(name => `${owner}.${name}`)),
  ]

  it('names nothing that the oldest engines have', () => {
    const { lacking } = builtIns()
    // the app defines these itself where they lack; WeChat's engines have iterators without the constructor's helpers
    const known = new Set([...lacking.keys(), ...ADDED, 'Iterator', 'Error.captureStackTrace'])
    expect(listed.filter(name => !known.has(name))).toEqual([])
  })

  it('names all that this engine has and they lack', () => {
    const values = (owner: string): object | undefined =>
      owner === 'TypedArray'
        ? (Object.getPrototypeOf(Int8Array) as { prototype: object }).prototype
        : (globalThis as unknown as Record<string, { prototype?: object } | undefined>)[owner]?.prototype
    const here = (name: string) => {
      const [owner = '', member] = name.split('.')
      const holder = (globalThis as unknown as Record<string, object | undefined>)[owner]
      if (member === undefined) return holder !== undefined
      return holder !== undefined && (Object.hasOwn(holder, member) || Object.hasOwn(values(owner) ?? {}, member))
    }
    const missed = [...builtIns().lacking.keys()].filter(
      name => here(name) && !listed.includes(name) && !listed.includes(name.split('.')[0]!) && !/^eval$|^Function\.|^\w+Error\./.test(name),
    )
    expect(missed).toEqual([])
  })
})
