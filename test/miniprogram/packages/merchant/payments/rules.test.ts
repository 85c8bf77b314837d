// 收款分析: each rule on both sides of each of its thresholds (product.md §11.1).
import { describe, expect, test } from '@jest/globals'
import type { Payments, PaymentWays } from '../../../../../typings/api.ts'
import { loadsShare, suggestionsFor, type ShopFacts } from '../../../../../miniprogram/packages/merchant/payments/rules.ts'

const none: PaymentWays = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
/** Payments at these hours; scanned by the shop, so that nothing is said of the receipt page. */
function paid(hours: Record<number, number>, change: Partial<Payments> = {}): Payments {
  const counts = Array.from({ length: 24 }, (_, hour) => hours[hour] ?? 0)
  const payments = counts.reduce((sum, one) => sum + one, 0)
  const by_way = { ...none, micropay: payments }
  const bands = [0, 0, payments, 0, 0, 0]
  const days = [{ day: '2026-11-28', by_way, refunds: 0 }]
  return {
    payments,
    from: '2026-11-19',
    to: '2026-11-28',
    days_known: 10,
    days,
    together: [],
    hours: counts,
    week: null,
    bands,
    page_loads: 0,
    as_of: '2026-11-28',
    ...change,
  }
}
const web = (jsapi: number, page_loads: number): Payments => ({
  ...paid({ 9: jsapi }),
  days: [{ day: '2026-11-28', by_way: { ...none, jsapi }, refunds: 0 }],
  page_loads,
})
const restaurant: ShopFacts = { industry: 'CATERING', receipt: 'open', blocks: [] }
const parking: ShopFacts = { industry: 'TRANSPORTATION', receipt: 'open', blocks: [] }
const idsOf = (payments: Payments, shop: ShopFacts) => suggestionsFor(payments, shop).map(({ id }) => id)

describe('few loads of the receipt page', () => {
  test('given half as many loads as web payments, then nothing is said; one fewer, then it is, with both numbers', () => {
    expect(suggestionsFor(web(100, 50), parking)).toEqual([])
    expect(suggestionsFor(web(100, 49), parking)).toEqual([{ id: 'loads', receipt: 'open', loads: 49, web: 100, share: 0.49 }])
  })
  test('given 20 web payments, then the share is known; 19, then it is not and nothing is said', () => {
    expect([loadsShare(web(20, 5)), loadsShare(web(19, 0))]).toEqual([0.25, null])
    expect([idsOf(web(20, 0), parking), idsOf(web(19, 0), parking)]).toEqual([['loads'], []])
  })
  test('given a receipt that is closed, then that is what keeps customers from it', () => {
    expect(suggestionsFor(web(100, 0), { ...parking, receipt: 'closed' })).toMatchObject([{ receipt: 'closed' }])
    expect(suggestionsFor(web(100, 0), { ...parking, receipt: null })).toMatchObject([{ receipt: 'open' }])
  })
  test('given a page that is loaded twice, then more loads than payments are no fault', () => {
    expect([loadsShare(web(50, 80)), idsOf(web(50, 80), parking)]).toEqual([1.6, []])
  })
})

describe('a lunch peak', () => {
  // evenly from 8:00 to 11:00 and at noon
  const at = (lunch: number) => paid({ 8: 300, 9: 300, 10: 400 - lunch, 12: lunch })
  test('given 35% from 11:00 to 14:00, then the pick-up code comes first; a payment less, then nothing', () => {
    expect(suggestionsFor(at(350), restaurant)).toEqual([{ id: 'lunch', payments: 350, share: 0.35 }])
    expect(idsOf(at(349), restaurant)).toEqual([])
  })
  test('given payments at 10:59 and 14:00, then they are no lunch', () => {
    expect(idsOf(paid({ 10: 500, 14: 500 }), restaurant)).toEqual([])
    expect(idsOf(paid({ 11: 60, 13: 60 }), restaurant)).toEqual(['lunch'])
  })
  test('given 100 payments, then hours are judged; 99, then not', () => {
    expect([idsOf(paid({ 12: 100 }), restaurant), idsOf(paid({ 12: 99 }), restaurant)]).toEqual([['lunch'], []])
  })
  test('given a code that comes first already, or another trade, then nothing; given no trade, then it is said', () => {
    const blocks = [{ kind: 'pickup_code' }, { kind: 'notice' }] as const
    expect(idsOf(at(350), { ...restaurant, blocks })).toEqual([])
    expect(idsOf(at(350), { ...restaurant, blocks: [...blocks].reverse() })).toEqual(['lunch'])
    expect(idsOf(at(350), { ...restaurant, industry: 'SERVICES' })).toEqual([])
    expect(idsOf(at(350), { ...restaurant, industry: null })).toEqual(['lunch'])
  })
})

describe('short stays', () => {
  const evenly = Object.fromEntries(Array.from({ length: 20 }, (_, hour) => [hour, 10]))
  const small = (count: number) => [count / 2, count / 2, 200 - count, 0, 0, 0]
  test('given 60% under 30 yuan, 20 a day, all day long, then the parking time is proposed', () => {
    expect(suggestionsFor(paid(evenly, { bands: small(120) }), parking)).toEqual([
      { id: 'stays', small: 120, share: 0.6, a_day: 20, busiest: 0.15 },
    ])
  })
  test('given a payment less that is small, fewer a day, or three hours with 40% of them, then nothing', () => {
    expect(idsOf(paid(evenly, { bands: [60, 59, 81, 0, 0, 0] }), parking)).toEqual([])
    expect(idsOf(paid(evenly, { bands: small(120), days_known: 11 }), parking)).toEqual([])
    const crowded = { ...evenly, 5: 32, 6: 24, 7: 24, 8: 0, 9: 0, 10: 0, 11: 0, 12: 0 }
    expect([
      idsOf(paid(crowded, { bands: small(160) }), parking),
      idsOf(paid({ ...crowded, 5: 31, 8: 1 }, { bands: small(160) }), parking),
    ]).toEqual([[], ['stays']])
  })
  test('given a receipt that shows it, or a restaurant, then nothing', () => {
    expect(idsOf(paid(evenly, { bands: small(160) }), { ...parking, blocks: [{ kind: 'notice' }, { kind: 'parking' }] })).toEqual([])
    expect(idsOf(paid(evenly, { bands: small(160) }), { ...restaurant, industry: 'CATERING' })).toEqual([])
  })
})

describe('a quiet afternoon', () => {
  const shop: ShopFacts = { industry: 'RETAIL', receipt: 'open', blocks: [] }
  const at = (afternoon: number) => paid({ 9: 100, 11: 30, 12: 30, 13: 30, 14: afternoon, 17: 30, 18: 30, 19: 30 })
  test('given half of an hour before and after, then a coupon link is proposed; a payment more, then nothing', () => {
    expect(suggestionsFor(at(45), shop)).toEqual([{ id: 'quiet', an_hour: 1.5, around: 3, share: 0.5 }])
    expect(idsOf(at(46), shop)).toEqual([])
  })
  test('given a tenth of the payments before and after each, then the shop is open then; less, then nobody can tell', () => {
    expect(idsOf(paid({ 9: 70, 12: 20, 17: 10 }), shop)).toEqual(['quiet'])
    expect(idsOf(paid({ 9: 71, 12: 20, 17: 9 }), shop)).toEqual([])
  })
  test('given a peak before it alone, then the afternoon is as every other hour, and nothing is said', () => {
    expect(idsOf(paid({ 9: 100, 12: 500, 14: 30, 15: 30, 16: 30, 17: 30, 18: 30, 19: 30 }), shop)).toEqual([])
  })
  test('given a link on the receipt, or a hospital, then nothing', () => {
    expect(idsOf(at(0), { ...shop, blocks: [{ kind: 'link' }] })).toEqual([])
    expect(idsOf(at(0), { ...shop, industry: 'HEALTHCARE' })).toEqual([])
  })
})

test('given fewer than 20 payments, of which nothing is told, then nothing is said either', () => {
  const few: Payments = {
    payments: null,
    from: null,
    to: null,
    together: [],
    days_known: 30,
    days: [],
    hours: null,
    week: null,
    bands: null,
    page_loads: 0,
    as_of: '2026-11-28',
  }
  expect(idsOf(few, { industry: null, receipt: 'closed', blocks: [] })).toEqual([])
})
