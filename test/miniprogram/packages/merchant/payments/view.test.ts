// What 收款分析 says and draws of counts.
import { expect, test } from '@jest/globals'
import type { Payments, PaymentWays } from '../../../../../typings/api.ts'
import {
  ownerCard,
  paymentsLine,
  paymentsPlots,
  paymentsTables,
  paymentsView,
} from '../../../../../miniprogram/packages/merchant/payments/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-29T03:00:00Z')
const shop = { industry: 'CATERING', receipt: 'open', blocks: [] } as const
const ways: PaymentWays = { jsapi: 700, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 300, app: 0, h5: 0, facepay: 0, other: 0 }
const hours = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 900 : hour === 9 ? 100 : 0))
const told: Payments = {
  payments: 1_000,
  from: '2026-10-26',
  to: '2026-11-22',
  days_known: 28,
  together: [],
  days: [
    { day: '2026-11-27', by_way: { ...ways, jsapi: 300, micropay: 100 }, refunds: 2 },
    { day: '2026-11-28', by_way: { ...ways, jsapi: 400, micropay: 200 }, refunds: 0 },
  ],
  hours,
  week: Array.from({ length: 7 }, (_, weekday) => (weekday === 5 ? hours : hours.map(() => 0))),
  bands: [0, 1_000, 0, 0, 0, 0],
  page_loads: 490,
  as_of: '2026-11-28',
}
const few: Payments = { ...told, payments: null, from: null, to: null, days: [], hours: null, week: null, bands: null }

test('given a shop at noon, then its figures, ways and what follows are said with their numbers and thresholds', () => {
  const view = paymentsView(told, shop, now, say)
  expect([view.state, view.finding, view.as_of]).toEqual([
    'told',
    '28 天收款 1,000 笔',
    '账单到 11月28日。这里是 10月26日到 11月22日：不满 20 笔的日子，同一周或四周合起来看，合起来也不满的不算。',
  ])
  expect(view.figures.map(({ value, unit, label }) => `${label} ${value}${unit}`)).toEqual([
    '平均每天 36笔',
    '微信内网页支付 70%',
    '付完看到小票 70%',
    '退款 2笔',
  ])
  expect(view.ways.map(({ name, count, share, width }) => [name, count, share, width])).toEqual([
    ['微信内网页', '700', '70%', 100],
    ['商家扫顾客', '300', '30%', 43],
  ])
  expect(view.suggestions).toEqual([
    {
      id: 'lunch',
      title: '中午集中：取餐码放在小票最前面',
      text: '11 点到 14 点 900 笔，占 90%。达到 35% 就提示。',
      to: 'receipt-content',
      action: '改小票内容',
    },
  ])
})

test('given plots or tables, then both hold the same', () => {
  const { days, spoken_days, spoken_week, week } = paymentsPlots(told, now, say)
  expect([days.map(one => one.height), spoken_days, spoken_week]).toEqual([
    [67, 100],
    '最多的一天是 11月28日，600 笔',
    '最忙的是周六 12 点到 13 点，900 笔',
  ])
  expect([week[5]!.bars[12], week[5]!.bars[9], week[0]!.bars[12]]).toEqual([100, 11, 0])
  const tables = paymentsTables(told, now, say)
  expect(tables.days[0]).toEqual({ id: '2026-11-28', day: '11月28日', count: '600', web: '400', refunds: '0' })
  // hours without any payment are left out
  expect(tables.hours.map(({ hour, counts }) => [hour, counts[5]!.text])).toEqual([
    ['9 点', '100'],
    ['12 点', '900'],
  ])
})

test('given a shop that is paid very often, then numbers are by threes, and hours short enough for seven beside one another', () => {
  const busy = hours.map((count, hour) => (hour === 12 ? 1_234 : hour === 13 ? 9_960 : hour === 14 ? 12_500 : count))
  const tables = paymentsTables({ ...told, hours: busy, week: Array<number[]>(7).fill(busy) }, now, say)
  expect(tables.hours.map(({ counts }) => counts[0]!.text)).toEqual(['100', '1.2k', '10k', '13k'])
  const [day] = told.days
  const many = { ...told, days: [{ ...day!, by_way: { ...ways, jsapi: 1_234_567, micropay: 0 }, refunds: 1_234 }] }
  expect(paymentsTables(many, now, say).days[0]).toMatchObject({ count: '1,234,567', web: '1,234,567', refunds: '1,234' })
})

test('given days that are told only together, then their mean is drawn paler, one row has them, and hours of all days stand before the weekdays', () => {
  const hours = told.hours!
  const shared: Payments = {
    ...told,
    days: [
      { day: '2026-11-16', by_way: null, refunds: null },
      { day: '2026-11-17', by_way: { ...ways, jsapi: 60, micropay: 0 }, refunds: 1 },
      { day: '2026-11-18', by_way: null, refunds: null },
    ],
    together: [{ days: ['2026-11-16', '2026-11-18'], by_way: { ...ways, jsapi: 10, micropay: 20 }, refunds: 2 }],
    week: [null, hours, null, null, null, null, null],
  }
  const plots = paymentsPlots(shared, now, say)
  expect(plots.days).toEqual([
    { day: '2026-11-16', height: 25, shared: true },
    { day: '2026-11-17', height: 100, shared: false },
    { day: '2026-11-18', height: 25, shared: true },
  ])
  expect([plots.shared, plots.week.map(({ name }) => name)]).toEqual([
    '淡的柱：不到 20 笔的日子不单独显示，画的是它们的平均。',
    ['每天', '周二'],
  ])
  const tables = paymentsTables(shared, now, say)
  expect(tables.days.map(({ day, count, web, refunds }) => [day, count, web, refunds])).toEqual([
    ['11月16日至 11月18日中 2 天', '30', '10', '2'],
    ['11月17日', '60', '60', '1'],
  ])
  expect(tables.columns).toEqual(['每天', '周二'])
  const view = paymentsView(shared, shop, now, say)
  expect([view.joined, view.ways.map(({ name, count }) => [name, count])]).toEqual([
    '有一天不到 20 笔的星期不单独显示。',
    [
      ['微信内网页', '70'],
      ['商家扫顾客', '20'],
    ],
  ])
  // every day is one of those
  const calm = paymentsPlots(
    { ...shared, days: shared.days.filter(({ by_way }) => by_way === null), week: Array<null>(7).fill(null) },
    now,
    say,
  )
  expect([calm.most, calm.spoken_days, calm.spoken_week]).toEqual([
    '平均 15 笔',
    '每天都不到 20 笔，平均 15 笔',
    '最忙的是每天 12 点到 13 点，900 笔',
  ])
})

test('given a day between that nothing is told of, then its place stays empty, and why is said', () => {
  const [first, last] = told.days
  const plots = paymentsPlots({ ...told, days: [{ ...first!, day: '2026-11-26' }, last!] }, now, say)
  expect(plots.days).toEqual([
    { day: '2026-11-26', height: 67, shared: false },
    { day: '2026-11-27', height: 0, shared: false },
    { day: '2026-11-28', height: 100, shared: false },
  ])
  expect([plots.gaps, paymentsPlots(told, now, say).gaps]).toEqual(['空着的日子：不到 20 笔不显示，或账单还没到。', ''])
})

test('given fewer than 20, or no bill at all, then it is said and no number is', () => {
  const tooFew = paymentsView(few, shop, now, say)
  expect([tooFew.state, tooFew.finding, tooFew.figures, tooFew.ways, tooFew.bands, tooFew.suggestions]).toEqual([
    'few',
    '收款太少，还不能显示',
    [],
    [],
    [],
    [],
  ])
  expect([paymentsLine(few, say), ownerCard(few, shop, say)]).toEqual(['收款太少，还不能显示', null])
  // somebody else's backend may say 0 where ours says that nothing is told
  const none = { ...told, payments: 0, days: [], together: [], hours: hours.map(() => 0), week: null, bands: [0, 0, 0, 0, 0, 0] }
  expect(paymentsView(none, shop, now, say)).toMatchObject({ state: 'few', figures: [], suggestions: [] })
  expect([paymentsLine(none, say), ownerCard(none, shop, say)]).toEqual(['收款太少，还不能显示', null])
  expect(JSON.stringify([paymentsPlots(none, now, say), paymentsTables(none, now, say)])).not.toContain('NaN')
  const noBill = { ...few, days_known: 0, as_of: null }
  expect([paymentsView(noBill, shop, now, say).state, paymentsLine(noBill, say)]).toEqual(['none', null])
})

test('given the card for the owner, then it has hours and shares, and no count', () => {
  const card = ownerCard(told, shop, say)!
  expect(card.points.map(({ text }) => text)).toEqual([
    '12 点到 13 点最多',
    '网页付款的顾客，70% 看到了小票',
    '中午集中，取餐码可以放在小票最前面',
  ])
  expect(JSON.stringify([card.title, card.points, card.spoken, card.foot])).not.toMatch(/1,?000|900|490/)
})

test('given the line of the merchant page, then it is short and has the share of web pages', () => {
  expect(paymentsLine(told, say)).toBe('28 天收款 1,000 笔，网页支付 70%')
})
