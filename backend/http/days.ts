// Days as the contract means them: in China.
import { CHINA_OFFSET, chinaDay } from '../../miniprogram/shared/china-time.ts'
import { invalidField } from './problems/app-error.ts'

const dayMs = 86_400_000
const mostDays = 92

/** 2026-11-23 */
export const dayOf = (moment: Date): string => chinaDay(moment.getTime())

export const dayLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/**
 * The days asked for, both ends included: without them the last 7.
 * @throws AppError VALIDATION_FAILED when they are no days, the wrong way round or more than 92
 */
export function dayRange({ from, to }: { from?: string; to?: string }, now: Date): { from: string; to: string } {
  for (const [field, day] of Object.entries({ from, to }))
    if (day !== undefined && !(day >= '2020-01-01' && day <= '2999-12-31')) throw invalidField(field, 'NOT_ALLOWED', 'is out of range')
  const last = to ?? (from ? (dayLater(from, 6) < dayOf(now) ? dayLater(from, 6) : dayOf(now)) : dayOf(now))
  const first = from ?? dayLater(last, -6)
  if (first > last) throw invalidField('from', 'TOO_LARGE', 'is after the last day')
  if (dayLater(first, mostDays - 1) < last) throw invalidField('to', 'TOO_LARGE', `at most ${mostDays} days`)
  return { from: first, to: last }
}

export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = dayLater(day, 1)) days.push(day)
  return days
}

/** The moment at which it ends. */
export const endOfDay = (day: string): Date => new Date(`${dayLater(day, 1)}T00:00:00${CHINA_OFFSET}`)
