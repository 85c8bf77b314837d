// What a dashboard draws, and what each number asks the list for.
import { expect, test } from '@jest/globals'
import type { Dashboard, Mark, MarkFilter } from '../../../../../typings/api.ts'
import { panelsOf, plotsOf, rateOf, weekRows, weeksTitle } from '../../../../../miniprogram/packages/manage/dashboard/view.ts'
import { filterOf, filterWords, fromLink, shopsPage } from '../../../../../miniprogram/packages/manage/shops/filter.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const reader = { say, now }
const mark = (count: number, filter: MarkFilter = {}): Mark => ({ filter, count })
const days = Array.from({ length: 13 }, (_, index) =>
  index === 12 ? '2026-11-23' : `2026-${index < 4 ? '09' : '10'}-${String(10 + index)}`,
)

const dashboard: Dashboard = {
  region: { code: '440300', name: '深圳市' },
  own: false,
  total: mark(100, { region_code: '440300' }),
  states: [
    { state: 'unknown', mark: mark(20, { state: 'unknown' }) },
    { state: 'not_applicable', mark: mark(10) },
    { state: 'not_migrated', mark: mark(15) },
    { state: 'enrolled', mark: mark(5) },
    { state: 'verified', mark: mark(48, { state: 'verified' }) },
    { state: 'regressed', mark: mark(2) },
    { state: 'blocked', mark: mark(0) },
  ],
  weeks: days.map((day, index) => ({
    day,
    verified: index === 0 ? null : mark(index * 4, { state: 'verified', on: day }),
    regressed: mark(index === 12 ? 2 : 0),
  })),
  regions: [{ code: '440305', name: '深圳市南山区', total: mark(60), verified: mark(40), missing: mark(20, { region_code: '440305' }) }],
  staff: [{ id: null, name: null, total: mark(9), verified: mark(1), missing: mark(8, { assigned_to: 'none' }) }],
  staff_more: 3,
  freshness: [{ band: 'days_7', mark: mark(48) }],
  seen: [{ proof: 'test_payment:closed', mark: mark(2) }],
  ready: [
    { band: 'within_1s', mark: mark(6) },
    { band: 'within_3s', mark: mark(3) },
    { band: 'over_3s', mark: mark(3) },
  ],
  as_of: '2026-11-23T10:00:00+08:00',
}

test('given states, then the bars go from what needs somebody first, the longest is whole, and each opens its list', () => {
  const [states] = plotsOf(dashboard, reader)
  expect(states!.rows.map(({ id }) => id)).toEqual([
    'regressed',
    'blocked',
    'not_migrated',
    'unknown',
    'enrolled',
    'verified',
    'not_applicable',
  ])
  expect(states!.rows.map(({ width }) => width)).toEqual([4.2, 0, 31.3, 41.7, 10.4, 100, 20.8])
  expect(states!.rows[5]!.cells[0]).toMatchObject({ text: '48', spoken: '已迁移，48 家，打开清单' })
  expect(filterOf(Object.fromEntries(new URL(states!.rows[5]!.cells[0]!.url, 'https://app').searchParams))).toEqual({ state: 'verified' })
})

test('given a million shops, then every number is read by threes', () => {
  const weeks = dashboard.weeks.map(week => ({ ...week, verified: mark(1_484_000) }))
  const many = { ...dashboard, weeks, states: [{ state: 'verified' as const, mark: mark(1_484_000) }] }
  expect(plotsOf(many, reader)[0]!.rows[0]!.cells[0]).toMatchObject({ text: '1,484,000', spoken: '已迁移，1,484,000 家，打开清单' })
  expect(panelsOf(many, reader)[0]!.last).toBe('1,484,000')
})

test('given what is left to do, then people and regions show it with 已迁移 and all, and say who is not named', () => {
  const [, regions, staff] = plotsOf(dashboard, reader)
  expect(regions).toMatchObject({
    heads: ['地区', '还差', '已迁移', '共'],
    rows: [{ label: '南山区', cells: [{ text: '20' }, { text: '40' }, { text: '60' }] }],
  })
  expect(staff).toMatchObject({ note: '还有 3 人没有列出。', rows: [{ id: 'none', label: '没有人负责' }] })
})

test('given twelve weeks of which the first is from before it was kept, then that column opens nothing, four have a date, and the finding needs both ends', () => {
  const [verified, regressed] = panelsOf(dashboard, reader)
  expect(verified!.columns[0]).toMatchObject({ url: '', height: 0, text: '' })
  expect(verified!.columns[12]).toMatchObject({ height: 100, label: '现在' })
  expect([verified!.last, regressed!.last]).toEqual(['48', '2'])
  expect(verified!.columns.filter(({ label }) => label !== '')).toHaveLength(4)
  expect(weeksTitle(dashboard, say)).toBe('12 周')
  const weeks = dashboard.weeks.map((week, index) => (index === 0 ? { ...week, verified: mark(8) } : week))
  expect(weeksTitle({ ...dashboard, weeks }, say)).toBe('12 周多迁移 40 家')
  expect(weeksTitle({ ...dashboard, weeks: weeks.toReversed() }, say)).toBe('12 周少了 40 家已迁移')
  expect(weekRows(dashboard, reader)[0]).toMatchObject({ label: '现在', cells: [{ text: '48' }, { text: '2' }] })
  expect(weekRows(dashboard, reader)[12]!.cells[0]).toMatchObject({ text: '—', url: '' })
})

test('given the share of slow receipts, then it is the title; without any timed one there is none', () => {
  expect(plotsOf(dashboard, reader).at(-1)!.title).toBe('25% 的小票超过 3 秒才出来')
  const none = { ...dashboard, ready: dashboard.ready.map(one => ({ ...one, mark: mark(0) })) }
  expect(plotsOf(none, reader).at(-1)!.title).toBe('还没有量过小票多久出来')
})

test('given 无需迁移 and 待核实 left out, then the rate is n/N, and none where nothing is left', () => {
  expect(rateOf(dashboard)).toEqual({ percent: '69', verified: 48, of: 70 })
  expect(rateOf({ ...dashboard, total: mark(30) })).toBeNull()
})

test.each([
  [0, 1, '0'],
  [1, 1, '100'],
  [1, 1_000_000, '<1'],
  [999_999, 1_000_000, '>99'],
  [1_000_000, 1_000_000, '100'],
  [995, 1_000, '>99'],
  [5, 1_000, '<1'],
])('given %i of %i shops, then the rate is %s%%: what is left is never said to be none, nor what is done', (verified, of, percent) => {
  const states = (['verified', 'not_migrated'] as const).map(state => ({
    state,
    mark: mark(state === 'verified' ? verified : of - verified),
  }))
  expect(rateOf({ ...dashboard, states, total: mark(of) })).toEqual({ percent, verified, of })
})

test('given a filter, then the link of its list brings it back with its names, and words say it', () => {
  const filter: MarkFilter = { state: 'verified', region_code: '440300', on: '2026-09-06', assigned_to: 'staff-7' }
  const names = { region: '广东省深圳市', person: '业务员 100%' }
  const options = Object.fromEntries(new URL(shopsPage(filter, names), 'https://app').searchParams)
  expect(filterOf({ ...options, wide: true })).toEqual(filter)
  expect(fromLink(options.person!)).toBe('业务员 100%')
  expect(filterWords(filter, names, now, say)).toEqual(['广东省深圳市', '业务员 100%', '9月6日结束时', '已迁移'])
  expect(filterWords({ state: 'unknown,not_migrated,enrolled,regressed,blocked', assigned_to: 'none' }, {}, now, say)).toEqual([
    '没有人负责',
    '还没迁移',
  ])
  expect(filterWords({ since_from: '2026-11-16', receipt_ready: 'over_3s', proof: 'test_payment:closed' }, {}, now, say)).toEqual([
    '11月16日以后看到',
    '页面直接关闭',
    '小票超过 3 秒',
  ])
  expect(shopsPage({}, {})).toBe('/packages/manage/shops/index')
})
