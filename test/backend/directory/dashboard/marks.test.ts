// Which days the marks of a dashboard are about. Pure.
import { expect, test } from '@jest/globals'
import { freshnessBands, weekEnds } from '../../../../backend/directory/dashboard/marks.ts'
import { dayLater } from '../../../../backend/http/days.ts'

/** 09:00 in China */
const at = (day: string) => new Date(`${day}T01:00:00Z`)

test('given any day of a proof, then it is in one band of freshness: 7, 30 and 90 days back, or older', () => {
  const today = '2026-11-30'
  const bands = freshnessBands(at(today))
  const of = (day: string) =>
    bands.filter(({ from, to }) => (from === null || from <= day) && (to === null || day <= to)).map(({ band }) => band)
  for (const [back, band] of [
    [0, 'days_7'],
    [7, 'days_7'],
    [8, 'days_30'],
    [30, 'days_30'],
    [31, 'days_90'],
    [90, 'days_90'],
    [91, 'older'],
    [900, 'older'],
  ] as const)
    expect([back, of(dayLater(today, -back))]).toEqual([back, [band]])
})

test.each([
  ['a Monday', '2026-11-30', '2026-11-29'],
  ['a Saturday', '2026-12-05', '2026-11-29'],
  ['a Sunday, whose week is not over', '2026-12-06', '2026-11-29'],
  ['the Monday after it', '2026-12-07', '2026-12-06'],
])('given %s, then twelve Sundays end the weeks that are over, and today the one that is not', (_what, today, last) => {
  const ends = weekEnds(at(today))
  expect([ends.length, ends.at(-1), ends.at(-2), ends[0]]).toEqual([13, today, last, dayLater(last, -77)])
  for (const end of ends.slice(0, -1)) expect(new Date(`${end}T00:00:00Z`).getUTCDay()).toBe(0)
})
