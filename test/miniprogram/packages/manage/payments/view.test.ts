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
  few: 2,
  more: 1,
  total: {
    payments: 3_020,
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
  expect([view.state, view.finding, view.left]).toEqual([
    'told',
    '近 30 天收款 3,020 笔',
    '另有 2 个区县不到 20 笔，不显示，也不在合计里。还有 1 个区县只在合计里。',
  ])
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
test('given no district with 20 payments, or no bill, then it is said', () => {
  const few: PaymentTotals = { regions: [], few: 3, more: 0, total: null, as_of: '2026-11-28' }
  expect([totalsView(few, now, say).state, totalsView({ ...few, as_of: null }, now, say).state]).toEqual(['few', 'none'])
  expect(totalsPlots(few, now, say).days).toEqual([])
})
