import { describe, expect, it } from '@jest/globals'
import type { ReceiptHealth, ReceiptMetrics } from '../../../../../typings/api.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import {
  healthView,
  labelled,
  percent,
  rangeOf,
  receiptLine,
  seconds,
  troubleOf,
  worstFirst,
} from '../../../../../miniprogram/packages/merchant/receipt-health/view.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T14:05:00+08:00')
type Figures = ReceiptHealth['total']
const figures = (given: Partial<Figures> = {}): Figures => ({
  loads: 0,
  valid: 0,
  invalid: 0,
  pending: 0,
  unknown_order: 0,
  source_failed: 0,
  shown: 0,
  beacons: 0,
  over_3s: 0,
  ready_ms_p95: null,
  ...given,
})
const health = (days: Figures[], more: Partial<ReceiptHealth> = {}): ReceiptHealth => ({
  sub_mchid: '1900000109',
  from: '2026-11-17',
  to: '2026-11-23',
  total: days.reduce((sum, one) => ({ ...one, loads: sum.loads + one.loads }), figures()),
  days: days.map((one, index) => ({ day: `2026-11-${String(17 + index).padStart(2, '0')}`, ...one })),
  check_code: 'matched',
  last_valid_at: null,
  as_of: '2026-11-23T06:00:00Z',
  ...more,
})

describe('days', () => {
  it('are those of Shanghai, today the last', () => {
    expect(rangeOf(7, Date.parse('2026-11-22T16:30:00Z'))).toEqual({ from: '2026-11-17', to: '2026-11-23' })
    expect(rangeOf(30, Date.parse('2026-03-01T00:00:00Z'))).toEqual({ from: '2026-01-31', to: '2026-03-01' })
  })
  it.each([
    [1, ['0']],
    [2, ['0', '1']],
    [7, ['0', '2', '4', '6']],
    [30, ['0', '10', '19', '29']],
  ])('of %i at most four are named, first and last among them', (count, named) => {
    expect(labelled(Array.from({ length: count }, (_, day) => String(day)))).toEqual(named)
  })
})

describe('figures', () => {
  it('are never said smaller than they are', () => {
    expect([percent(0), percent(0.001), percent(0.128), percent(0.9996), percent(1)]).toEqual(['0%', '<1%', '13%', '>99%', '100%'])
    expect([seconds(800), seconds(3_000), seconds(3_010)]).toEqual(['0.8', '3.0', '3.1'])
  })
  it('a wrong code is no trouble before a right one was seen, and 1 in 20 is', () => {
    const wrong = figures({ loads: 20, valid: 19, invalid: 1 })
    expect(troubleOf(wrong, 'matched')).toEqual({ kind: 'wrong', share: 0.05 })
    expect(troubleOf(wrong, 'never_matched')).toBeNull()
    expect(troubleOf({ ...wrong, valid: 20 }, 'matched')).toBeNull()
  })
  it('the largest share is the finding', () => {
    const loads = figures({ loads: 100, valid: 80, invalid: 10, unknown_order: 10, beacons: 50, over_3s: 10 })
    expect(troubleOf(loads, 'matched')).toEqual({ kind: 'late', share: 0.2 })
  })
  it('the shop with most trouble comes first, and of equals the larger', () => {
    const row = (sub_mchid: string, given: Partial<Figures>): ReceiptMetrics['rows'][number] => ({
      day: null,
      sub_mchid,
      name: sub_mchid,
      ...figures(given),
    })
    const rows = [
      row('large', { loads: 900, valid: 900 }),
      row('late', { loads: 10, valid: 10, beacons: 10, over_3s: 2 }),
      row('later', { loads: 10, valid: 10, beacons: 10, over_3s: 5 }),
      row('small', { loads: 9, valid: 9 }),
    ]
    expect(worstFirst(rows, 'matched').map(({ sub_mchid }) => sub_mchid)).toEqual(['later', 'late', 'large', 'small'])
  })
})

describe('the finding', () => {
  it('says what began lately before what is true of the whole month', () => {
    const good = figures({ loads: 100, valid: 100, beacons: 100, ready_ms_p95: 500 })
    const slow = figures({ loads: 20, valid: 20, beacons: 20, over_3s: 10, ready_ms_p95: 4_000 })
    const month = health([...Array.from({ length: 6 }, () => good), slow])
    expect(healthView({ ...month, total: { ...month.total, beacons: 620, over_3s: 10 } }, now, say).finding).toBe('小票打开正常')
    const days = [...Array.from({ length: 4 }, () => good), slow, slow, slow]
    const lately = healthView({ ...health(days), total: figures({ loads: 10_000, beacons: 10_000, over_3s: 30 }) }, now, say)
    expect([lately.finding, lately.trouble]).toEqual(['最近 3 天，50% 的顾客等了 3 秒以上，看到出错页', true])
  })
  it('is that nobody loaded it where nobody did', () => {
    expect(healthView(health([figures()]), now, say)).toMatchObject({ empty: true, finding: '没有看到小票加载', trouble: false })
  })
})

describe('plots', () => {
  it('draw a day with loads, however few, and none without; the limit is in sight', () => {
    const view = healthView(
      health([figures({ loads: 1, valid: 1 }), figures(), figures({ loads: 1_000, valid: 1_000, ready_ms_p95: 6_000 })]),
      now,
      say,
    )
    expect(view.days.map(({ loads, time, late }) => [loads, time, late])).toEqual([
      [3, 0, false],
      [0, 0, false],
      [100, 100, true],
    ])
    expect(view.limit).toBe(50)
    expect(healthView(health([figures({ loads: 1, ready_ms_p95: 200 })]), now, say).limit).toBeLessThan(100)
  })
  it('are told in words: total, the busiest day, days over 3 s, and a table with the newest day first', () => {
    const view = healthView(
      health([figures({ loads: 5, valid: 5, ready_ms_p95: 800 }), figures({ loads: 3, ready_ms_p95: 4_000 })]),
      now,
      say,
    )
    expect([view.spoken_loads, view.spoken_times]).toEqual(['共加载 8 次，最多的一天是 11月17日，5 次', '打开用时超过 3 秒的有 1 天'])
    expect(view.table).toEqual([
      { day: '11月18日', text: '3 次，4.0 秒' },
      { day: '11月17日', text: '5 次，0.8 秒' },
    ])
  })
})

describe('the line on the merchant page', () => {
  it.each([
    [figures({ loads: 132, ready_ms_p95: 800 }), '近 7 天 132 次，95% 在 0.8 秒内打开'],
    [figures({ loads: 132 }), '近 7 天 132 次，没有收到打开用时'],
    [figures(), '近 7 天没有看到'],
  ])('says loads and time, or what is missing', (total, line) => {
    expect(receiptLine({ total }, say)).toBe(line)
  })
})
