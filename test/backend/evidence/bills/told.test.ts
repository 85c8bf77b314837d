// What is told of payments (product.md §5.7): whatever days somebody asks for, one after the other, what he can subtract is never of 1 to 19 payments.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { tell, type PaidDay } from '../../../../backend/evidence/bills/payments.ts'
import { dayLater } from '../../../../backend/http/days.ts'

/** a Monday, the first day of four weeks, whose borders are fixed */
const first = '2026-10-05'
const known = 84
const noPayments = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
const hoursOf = (payments: number, hour: number) => Array.from({ length: 24 }, (_, at) => (at === hour ? payments : 0))
const dayOf = (back: number, payments: number, change: Partial<PaidDay> = {}): PaidDay => ({
  ...noPayments,
  day: dayLater(first, back),
  payments,
  jsapi: payments,
  refunds: 0,
  hours: hoursOf(payments, back % 24),
  bands: [payments, 0, 0, 0, 0, 0],
  loads: 0,
  ...change,
})
const payments = (days: readonly PaidDay[]) => days.reduce((sum, one) => sum + one.payments, 0)
const added = (days: readonly PaidDay[]) => days.reduce((sums, one) => sums.map((sum, at) => sum + (one.hours?.[at] ?? 0)), hoursOf(0, 0))

/** Shops of every size, closed on some days, with refunds, and days whose bill never came. */
const shops = fc
  .record({
    usual: fc.constantFrom(0, 0, 1, 2, 4, 8, 19, 25, 60),
    days: fc.array(
      fc.record({
        share: fc.constantFrom(0, 0.3, 1, 1, 1, 3),
        hour: fc.integer({ min: 0, max: 23 }),
        refunds: fc.constantFrom(0, 0, 1),
        isKnown: fc.constantFrom(...Array<boolean>(40).fill(true), false),
      }),
      { minLength: known, maxLength: known },
    ),
  })
  .map(({ usual, days }) =>
    days.flatMap(({ share, hour, refunds, isKnown }, back) => {
      const count = Math.round(usual * share)
      return isKnown ? [dayOf(back, count, { hours: hoursOf(count, hour), refunds })] : []
    }),
  )
const ranges = fc.option(
  fc.tuple(fc.integer({ min: 0, max: known - 1 }), fc.integer({ min: 0, max: known - 1 })).map(([one, other]) => ({
    from: dayLater(first, Math.min(one, other)),
    to: dayLater(first, Math.max(one, other)),
  })),
)

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
/** Sets of days of which an answer tells a sum: each day by itself, days together, the weekdays that have a row, and all of them. */
function setsOf(answer: ReturnType<typeof tell>): string[][] {
  const alone = answer.days.flatMap(({ day, by_way }) => (by_way === null ? [] : [[day]]))
  const weekdays = (answer.week ?? []).flatMap((row, at) =>
    row === null ? [] : [answer.days.map(({ day }) => day).filter(day => weekday(day) === at)],
  )
  return [...alone, ...answer.together.map(({ days }) => days), ...weekdays, answer.days.map(({ day }) => day)]
}

test('given any shop and any two questions, then what one answer tells and the other does not is of no payment or of at least twenty', () => {
  fc.assert(
    fc.property(shops, fc.array(ranges, { minLength: 2, maxLength: 4 }), (shop, asked) => {
      const byDay = new Map(shop.map(one => [one.day, one]))
      const daysOf = (days: readonly string[]) => days.map(day => byDay.get(day)!)
      const sets = asked.flatMap(range => setsOf(tell(shop, range)))
      const isNothing = (days: readonly PaidDay[]) => days.every(one => one.payments === 0 && one.refunds === 0)
      const isEnough = (days: readonly string[]) => isNothing(daysOf(days)) || payments(daysOf(days)) >= 20
      for (const one of sets) {
        if (!isEnough(one)) return false
        for (const other of sets) {
          const inside = new Set(one)
          const isWithin = one.every(day => other.includes(day))
          if (isWithin && !isEnough(other.filter(day => !inside.has(day)))) return false
        }
      }
      // what is left when everything that is told in part is taken away
      return asked.every(range => {
        const { days, week, together } = tell(shop, range)
        const hidden = together.flatMap(one => one.days)
        const withRow = days.map(({ day }) => day).filter(day => week?.[weekday(day)] !== null)
        return isEnough(hidden) && isEnough(days.map(({ day }) => day).filter(day => !withRow.includes(day)))
      })
    }),
    { numRuns: 400 },
  )
})

test('given any shop and any question, then what is told is what was paid on the days that it names, and each of its payments is told once', () => {
  fc.assert(
    fc.property(shops, ranges, (shop, range) => {
      const answer = tell(shop, range)
      const told = shop.filter(({ day }) => answer.days.some(one => one.day === day))
      const parts = [...answer.days.flatMap(({ by_way }) => by_way ?? []), ...answer.together.map(({ by_way }) => by_way)]
      expect(parts.reduce((sum, { jsapi }) => sum + jsapi, 0)).toBe(payments(told))
      expect(answer.payments ?? 0).toBe(payments(told))
      expect(answer.hours ?? hoursOf(0, 0)).toEqual(added(told))
      expect(range === null || answer.days.every(({ day }) => day >= range.from && day <= range.to)).toBe(true)
    }),
  )
})

describe('what is told of one shop', () => {
  const weeks = (...perDay: readonly (readonly number[])[]) =>
    perDay.flatMap((counts, week) => counts.map((count, at) => dayOf(week * 7 + at, count)))
  const busy = [30, 30, 30, 30, 30, 30, 30]

  test('given thirty a day, then each day is told, also to who asks for some of them, and of the last thirty where nobody says which', () => {
    const shop = weeks(busy, busy, busy, busy, busy)
    const answer = tell(shop, null)
    expect([answer.payments, answer.from, answer.to, answer.days_known, answer.together, answer.week!.includes(null)]).toEqual([
      900,
      dayLater(first, 5),
      dayLater(first, 34),
      30,
      [],
      false,
    ])
    expect(tell(shop, { from: first, to: dayLater(first, 2) }).payments).toBe(90)
    // also one whose week is not over
    expect(tell(weeks([30]), null).payments).toBe(30)
  })
  test('given a single payment on a quiet day, then no answer tells of it, and the days beside it are told', () => {
    const shop = weeks([30, 40, 1, 50, 60, 0, 70])
    const { days, together, week, payments: all } = tell(shop, null)
    expect(days.map(({ day, by_way }) => [day, by_way!.jsapi])).toEqual(
      [30, 40, null, 50, 60, 0, 70].flatMap((count, at) => (count === null ? [] : [[dayLater(first, at), count]])),
    )
    expect([all, together, week!.map(row => row !== null)]).toEqual([250, [], Array(7).fill(true)])
  })
  test('given small days of a week that have twenty together, then they are told so once the week is over', () => {
    const shop = weeks([30, 8, 0, 50, 9, 3, 70])
    const { together, week, payments: all } = tell(shop, null)
    expect(together).toEqual([{ days: [1, 4, 5].map(at => dayLater(first, at)), by_way: { ...noPayments, jsapi: 20 }, refunds: 0 }])
    expect([all, week!.map(row => row !== null)]).toEqual([170, [true, false, true, true, false, false, true]])
    expect([tell(shop.slice(0, 6), null).payments, tell(shop, { from: dayLater(first, 1), to: dayLater(first, 6) }).payments]).toEqual([
      80, 140,
    ])
  })
  test('given weeks of fewer than twenty, then four of them are told together, and nothing before the four are over', () => {
    const small = [1, 0, 2, 1, 3, 0, 0]
    expect(tell(weeks(small, small, small), null).payments).toBeNull()
    const { payments: all, together, hours } = tell(weeks(small, small, small, small), null)
    expect([all, together.length, together[0]!.days.length, hours!.reduce((sum, one) => sum + one)]).toEqual([28, 1, 16, 28])
    // what is large enough is told by itself, and the rest where that has twenty
    expect(tell(weeks(small, busy, small, small), null).payments).toBe(231)
    expect(tell(weeks([1, 0, 0, 0, 0, 0, 0], busy, small, small), null).payments).toBe(210)
  })
  test('given one bill is missing, then small days of its week are not told, and the others are', () => {
    const calm = [9, 9, 9, 9, 9, 9, 9]
    const shop = weeks(busy, calm).filter(({ day }) => day !== dayLater(first, 10))
    expect([tell(shop, null).to, tell(shop, null).payments]).toEqual([dayLater(first, 6), 210])
  })
})
