// Lists as apps change them: whole, by path, in place and set again. What is drawn is what a plain model says, however the rows are keyed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone, type Phone } from '../support/phone.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

interface Row {
  id: number
  name: string
  done: boolean
  tags: string[]
}

/** `at` means the row at that place, counted round; nothing happens in an empty list. */
type Change =
  | { kind: 'all'; rows: Row[] }
  | { kind: 'row' | 'rowInPlace' | 'leafInPlace' | 'mutated' | 'path' | 'flag'; at: number; row: Row }
  | { kind: 'tag'; at: number; tag: string }
  | { kind: 'tags'; at: number; tags: string[] }
  | { kind: 'append' | 'push' | 'unshift'; row: Row }
  | { kind: 'remove' | 'removeInPlace'; at: number }
  | { kind: 'reverse' | 'reverseInPlace' | 'clear' | 'twice' }

// the same text runs in the page and in the model, on other rows
const CHANGE = `function change(rows, change, set) {
  const { kind } = change
  const at = rows.length ? change.at % rows.length : 0
  const row = rows[at]
  if (kind === 'all') return set({ rows: change.rows })
  if (kind === 'clear') return set({ rows: [] })
  if (kind === 'reverse') return set({ rows: rows.slice().reverse() })
  if (kind === 'reverseInPlace') { rows.reverse(); return set({ rows }) }
  if (kind === 'append') return set({ ['rows[' + rows.length + ']']: change.row })
  if (kind === 'push') { rows.push(change.row); return set({ rows }) }
  if (kind === 'unshift') { rows.unshift(change.row); return set({ rows }) }
  if (!row) return
  if (kind === 'twice') return set({ rows: rows.concat(rows.map(one => Object.assign({}, one, { id: one.id + 1000 }))).slice(0, 8) })
  if (kind === 'row') return set({ ['rows[' + at + ']']: change.row })
  if (kind === 'rowInPlace') { row.name = change.row.name; return set({ ['rows[' + at + ']']: row }) }
  if (kind === 'leafInPlace') { row.tags.push(change.row.name); return set({ ['rows[' + at + '].tags']: row.tags }) }
  if (kind === 'mutated') { row.name = change.row.name; row.done = change.row.done; return set({ rows }) }
  if (kind === 'path') return set({ ['rows[' + at + '].name']: change.row.name })
  if (kind === 'flag') return set({ ['rows[' + at + '].done']: change.row.done, ['rows[' + at + '].name']: change.row.name })
  if (kind === 'tag') return set({ ['rows[' + at + '].tags[' + row.tags.length + ']']: change.tag })
  if (kind === 'tags') return set({ ['rows[' + at + '].tags']: change.tags })
  if (kind === 'remove') return set({ rows: rows.filter((_, index) => index !== at) })
  rows.splice(at, 1)
  set({ rows })
}`

const TEMPLATE = `
<view id="plain"><text wx:for="{{ rows }}">{{ item.name }};</text></view>
<view id="byId"><text wx:for="{{ rows }}" wx:key="id">{{ index }}{{ item.name }}{{ item.done ? '!' : '' }};</text></view>
<view id="byName"><text wx:for="{{ rows }}" wx:key="name">{{ item.name }};</text></view>
<view id="byNothing"><view wx:for="{{ rows }}" wx:key="index" id="row-{{ item.id }}"><text>{{ item.name }}</text><text>{{ item.done }}</text>;</view></view>
<view id="blocks"><block wx:for="{{ rows }}" wx:for-item="row" wx:for-index="n" wx:key="id"><text wx:if="{{ row.done }}">{{ n }}{{ row.name }};</text><text wx:else>-;</text></block></view>
<view id="nested"><view wx:for="{{ rows }}" wx:key="id"><text wx:for="{{ item.tags }}" wx:for-item="tag" wx:key="*this">{{ item.name }}{{ tag }},</text>;</view></view>
<view id="parts"><x-row wx:for="{{ rows }}" wx:key="id" row="{{ item }}" name="{{ item.name }}"/></view>
<view id="inside"><x-list rows="{{ rows }}"/></view>`

// a list inside an object, as a page binds a store: only the leaves that differ are sent, many in one call
const BOUND = `<view wx:if="{{ view }}" id="bound"><text>{{ view.note }}:</text>
<view wx:for="{{ view.lines }}" wx:key="index" id="line-{{ item.id }}"><text>{{ item.name }}</text><text>{{ item.tags.length }}</text>;</view>
<block wx:if="{{ view.note }}"><text wx:for="{{ view.lines }}" wx:key="id">{{ item.name }}{{ item.done }};</text></block></view>`

interface View {
  note: string
  lines: Row[]
}

const boundOf = ({ note, lines }: View) =>
  `${note}:${lines.map(({ name, tags }) => `${name}${tags.length};`).join('')}${note ? lines.map(({ name, done }) => `${name}${done};`).join('') : ''}`

/** Paths of the leaves that differ; what lost a member is sent whole. */
function leavesOf(path: string, before: unknown, after: unknown): Record<string, unknown> {
  if (JSON.stringify(before) === JSON.stringify(after)) return {}
  const [old, now] = [before, after] as Record<string, unknown>[]
  const both = typeof before === 'object' && typeof after === 'object' && before !== null && after !== null
  if (!both || Array.isArray(before) !== Array.isArray(after) || Object.keys(old!).some(key => !(key in now!))) return { [path]: after }
  const name = (key: string) => (Array.isArray(after) ? `${path}[${key}]` : `${path}.${key}`)
  return Object.assign({}, ...Object.keys(now!).map(key => leavesOf(name(key), old![key], now![key]))) as Record<string, unknown>
}

const drawnOf = (rows: Row[]) => ({
  plain: rows.map(({ name }) => `${name};`).join(''),
  byId: rows.map(({ name, done }, index) => `${index}${name}${done ? '!' : ''};`).join(''),
  byName: rows.map(({ name }) => `${name};`).join(''),
  byNothing: rows.map(({ name, done }) => `${name}${done};`).join(''),
  blocks: rows.map(({ name, done }, index) => (done ? `${index}${name};` : '-;')).join(''),
  nested: rows.map(({ name, tags }) => `${tags.map(tag => `${name}${tag},`).join('')};`).join(''),
  inside: rows.map(({ name, done }) => `${name}${done};`).join(''),
  parts: rows.map(({ name, tags }) => `${name}${tags.length}${name};`).join(''),
})

/** What WeChat makes of a change: a path reaches into the data. */
function model(rows: Row[], change: Change): Row[] {
  let next = rows
  const set = (given: Record<string, unknown>) => {
    for (const [path, value] of Object.entries(structuredClone(given))) {
      const [, at, field, index] = /^rows(?:\[(\d+)\])?(?:\.(\w+))?(?:\[(\d+)\])?$/.exec(path)!
      if (at === undefined) next = value as Row[]
      else if (field === undefined) next[Number(at)] = value as Row
      else if (index === undefined) Object.assign(next[Number(at)]!, { [field]: value })
      else next[Number(at)]!.tags[Number(index)] = value as string
    }
  }
  const apply = new Function(`return ${CHANGE}`)() as (rows: Row[], change: Change, set: (given: Record<string, unknown>) => void) => void
  apply(next, structuredClone(change), set)
  return next
}

const word = fc.constantFrom<string[]>('面', '茶', '店', 'a', 'b', '')
const row = fc.record({ id: fc.nat(9), name: word, done: fc.boolean(), tags: fc.array(word, { maxLength: 3 }) })
const rowsWithIds = fc.uniqueArray(row, { maxLength: 6, selector: ({ id }) => id })
const at = fc.nat(9)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('all' as const), rows: rowsWithIds }),
  fc.record({
    kind: fc.constantFrom(
      'row' as const,
      'rowInPlace' as const,
      'leafInPlace' as const,
      'mutated' as const,
      'path' as const,
      'flag' as const,
    ),
    at,
    row,
  }),
  fc.record({ kind: fc.constant('tag' as const), at, tag: word }),
  fc.record({ kind: fc.constant('tags' as const), at, tags: fc.array(word, { maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom('append' as const, 'push' as const, 'unshift' as const), row }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'removeInPlace' as const), at }),
  fc.record({ kind: fc.constantFrom('reverse' as const, 'reverseInPlace' as const, 'clear' as const, 'twice' as const) }),
)

/** Three rows of one key, of which the middle one moves up to where another was. */
const sharedKeysMoveUp: Change[] = [
  { kind: 'all', rows: [0, 8].map(id => ({ id, name: '面', done: false, tags: [] })) },
  { kind: 'append', row: { id: 8, name: '面', done: false, tags: [] } },
  { kind: 'leafInPlace', at: 1, row: { id: 0, name: '面', done: false, tags: [] } },
  { kind: 'row', at: 0, row: { id: 8, name: '面', done: false, tags: [] } },
]

let browser: Browser
let phone: Phone
beforeAll(async () => {
  browser = await launchBrowser()
  phone = await openPhone(
    browser,
    writeProject({
      ...unit(
        'pages/a/index',
        TEMPLATE + BOUND,
        `${CHANGE}\nPage({ data: { rows: [], view: null }, change(given) { change(this.data.rows, given, data => this.setData(data)) } })`,
        '{ "usingComponents": { "x-row": "./row", "x-list": "./list" } }',
      ),
      ...unit(
        'pages/a/list',
        '<text wx:for="{{ rows }}" wx:key="id">{{ item.name }}{{ item.done }};</text>',
        'Component({ properties: { rows: Array } })',
        '{ "component": true }',
      ),
      ...unit(
        'pages/a/row',
        '<text>{{ row.name }}{{ row.tags.length }}{{ name }};</text>',
        'Component({ properties: { row: Object, name: String } })',
        '{ "component": true }',
      ),
    }),
  )
})
afterAll(async () => {
  await browser.close()
  removeProjects()
})

/** Starts from `rows`, makes the changes one after the other. @returns what each list shows after each */
const drawn = (rows: Row[], changes: Change[]) =>
  phone.page.evaluate(
    ([start, all]) => {
      const page = runtime.pageStack()[0]!.instance as unknown as { setData(data: object): void; change(given: object): void }
      const show = () =>
        Object.fromEntries(
          ['plain', 'byId', 'byName', 'byNothing', 'blocks', 'nested', 'inside', 'parts'].map(id => [
            id,
            document.getElementById(id)!.textContent.replaceAll(/\s/g, ''),
          ]),
        )
      page.setData(runtime.toApp({ rows: start }))
      return [show(), ...(all as object[]).map(one => (page.change(runtime.toApp(one)), show()))]
    },
    [rows, changes] as const,
  )

describe('given lists of rows, keyed and not', () => {
  test('when they are changed in whatever way then each shows what its data says', async () => {
    await fc.assert(
      fc.asyncProperty(rowsWithIds, fc.array(change, { minLength: 1, maxLength: 12 }), async (rows, changes) => {
        const expected = [drawnOf(rows)]
        let now = structuredClone(rows)
        for (const one of changes) expected.push(drawnOf((now = model(now, one))))
        expect(await drawn(rows, changes)).toEqual(expected)
      }),
      { numRuns: 200, examples: [[[], sharedKeysMoveUp]] },
    )
    expect(phone.errors).toEqual([])
  })

  test('when a store binds them leaf by leaf then they show each state', async () => {
    const view = fc.record({ note: word, lines: rowsWithIds })
    await fc.assert(
      fc.asyncProperty(fc.array(view, { minLength: 2, maxLength: 10 }), async views => {
        const changes = views.map((now, index) => leavesOf('view', index === 0 ? null : views[index - 1], now))
        const shown = await phone.page.evaluate(
          all =>
            all.map(data => {
              runtime.pageStack()[0]!.instance.setData(runtime.toApp(data))
              return document.getElementById('bound')!.textContent.replaceAll(/\s/g, '')
            }),
          changes,
        )
        expect(shown).toEqual(views.map(boundOf))
      }),
      { numRuns: 200 },
    )
    expect(phone.errors).toEqual([])
  })
})
