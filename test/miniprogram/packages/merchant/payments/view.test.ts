// What 收款分析 says and draws of counts.
import { expect, test } from '@jest/globals'
import type { Payments, PaymentWays } from '../../../../../typings/api.ts'
import {
  ownerCard,
  paymentsLine,
  paymentsPlots,
  paymentsTables,
  paymentsView,
  rangeBefore,
} from '../../../../../miniprogram/packages/merchant/payments/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-29T03:00:00Z')
const shop = { industry: 'CATERING', receipt: 'open', blocks: [] } as const
const ways: PaymentWays = { jsapi: 700, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 300, app: 0, h5: 0, facepay: 0, other: 0 }
const hours = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 900 : hour === 9 ? 100 : 0))
const told: Payments = {
  payments: 1_000,
  days_known: 30,
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
const few: Payments = { ...told, payments: null, days: [], hours: null, week: null, bands: null }

test('given a month, then it ends with yesterday, whose bill is the newest that can be here', () => {
  expect(rangeBefore(now)).toEqual({ from: '2026-10-30', to: '2026-11-28' })
})

test('given a shop at noon, then its figures, ways and what follows are said with their numbers and thresholds', () => {
  const view = paymentsView(told, shop, now, say)
  expect([view.state, view.finding, view.as_of]).toEqual(['told', '近 30 天收款 1,000 笔', '账单到 11月28日，30 天里有 30 天'])
  expect(view.figures.map(({ value, unit, label }) => `${label} ${value}${unit}`)).toEqual([
    '平均每天 33笔',
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
  expect(tables.days[0]).toEqual({ day: '11月28日', count: '600', web: '400', refunds: '0' })
  // hours without any payment are left out
  expect(tables.hours.map(({ hour, counts }) => [hour, counts[5]!.text])).toEqual([
    ['9 点', '100'],
    ['12 点', '900'],
  ])
})

test('given fewer than 20, or no bill at all, then it is said and no number is', () => {
  const tooFew = paymentsView(few, shop, now, say)
  expect([tooFew.state, tooFew.finding, tooFew.figures, tooFew.ways, tooFew.bands, tooFew.suggestions]).toEqual([
    'few',
    '近 30 天不到 20 笔',
    [],
    [],
    [],
    [],
  ])
  expect([paymentsLine(few, say), ownerCard(few, shop, say)]).toEqual(['近 30 天不到 20 笔', null])
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
  expect(paymentsLine(told, say)).toBe('近 30 天 1,000 笔，网页支付 70%')
})
