// What 地区收款 says of districts.
import { expect, test } from '@jest/globals'
import type { PaymentTotals, PaymentWays } from '../../../../../typings/api.ts'
import { totalsPlots, totalsTables, totalsView } from '../../../../../miniprogram/packages/manage/payments/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-29T03:00:00Z')
const none: PaymentWays = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
const told: PaymentTotals = {
  regions: [
    { region_code: '440305', region_name: '深圳市南山区', payments: 3_000, by_way: { ...none, jsapi: 1_500, native: 1_500 } },
    { region_code: '440304', region_name: '深圳市福田区', payments: 20, by_way: { ...none, native: 20 } },
  ],
  from: '2026-10-26',
  to: '2026-11-22',
  more: 1,
  total: {
    payments: 3_020,
    days_known: 28,
    together: [],
    days: [
      { day: '2026-11-27', by_way: { ...none, native: 1_520 }, refunds: 3 },
      { day: '2026-11-28', by_way: { ...none, jsapi: 1_500 }, refunds: 0 },
    ],
    hours: Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 3_020 : 0)),
    bands: [0, 0, 0, 0, 0, 0],
  },
  as_of: '2026-11-28',
}

test('given districts, then the largest is widest, what is left out is said, and ways come by their size', () => {
  const view = totalsView(told, now, say)
  expect([view.state, view.finding, view.left]).toEqual(['told', '28 天收款 3,020 笔', '还有 1 个区县只在合计里。'])
  expect(view.regions.map(({ name, count, note, width }) => [name, count, note, width])).toEqual([
    ['深圳市南山区', '3,000', '网页支付 50%', 100],
    ['深圳市福田区', '20', '网页支付 0%', 3],
  ])
  expect(view.ways.map(({ name, note }) => [name, note])).toEqual([
    ['扫码（Native）', '50%'],
    ['微信内网页', '50%'],
  ])
})
test('given plots or tables, then both hold the same', () => {
  const { days, spoken_days, spoken_hours } = totalsPlots(told, now, say)
  expect([days.map(({ height }) => height), spoken_days, spoken_hours]).toEqual([
    [100, 99],
    '最多的一天是 11月27日，1,520 笔',
    '12 点到 13 点最多，3,020 笔',
  ])
  const tables = totalsTables(told, now, say)
  expect([tables.days[1], tables.hours[12]]).toEqual([
    { id: '2026-11-27', name: '11月27日', count: '1,520', note: '退款 3' },
    { id: '12', name: '12 点', count: '3,020', note: '' },
  ])
})
test('given days of shops that are told only by week, then their mean is drawn on its days, and a row of the week has them', () => {
  const shared: PaymentTotals = {
    ...told,
    total: {
      ...told.total!,
      days: [
        { day: '2026-11-16', by_way: null, refunds: null },
        { day: '2026-11-17', by_way: { ...none, jsapi: 30 }, refunds: 0 },
        { day: '2026-11-18', by_way: { ...none, jsapi: 20 }, refunds: 0 },
      ],
      together: [{ days: ['2026-11-16', '2026-11-17'], by_way: { ...none, jsapi: 20 }, refunds: 1 }],
    },
  }
  const { days, shared: why } = totalsPlots(shared, now, say)
  expect(days.map(one => [one.height, one.shared])).toEqual([
    [25, true],
    [100, false],
    [50, false],
  ])
  expect([why, totalsPlots(told, now, say).shared]).toEqual(['商户不到 20 笔的日子只按周合计，平均画在那一周里。', ''])
  expect(totalsTables(shared, now, say).days.map(({ name, count, note }) => [name, count, note])).toEqual([
    ['11月18日', '20', '退款 0'],
    ['11月16日至 11月17日，不到 20 笔的日子', '20', '退款 1'],
    ['11月17日', '30', '退款 0'],
  ])
})
test('given no district with 20 payments, or no bill, then it is said', () => {
  const few: PaymentTotals = { from: null, to: null, regions: [], more: 0, total: null, as_of: '2026-11-28' }
  expect([totalsView(few, now, say).state, totalsView({ ...few, as_of: null }, now, say).state]).toEqual(['few', 'none'])
  expect(totalsPlots(few, now, say).days).toEqual([])
})
