// Which numbers a dashboard has, and what each asks the list for.
import { AFTER_PAGES } from '../../../miniprogram/shared/after-page.ts'
import { VerdictState } from '../../evidence/verdict/schema.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import type { FreshnessBand, MarkFilter } from './schema.ts'

export const STATES: readonly VerdictState[] = VerdictState.anyOf.map(literal => literal.const)
/** neither migrated nor without need */
export const MISSING: readonly VerdictState[] = STATES.filter(state => state !== 'verified' && state !== 'not_applicable')

/** What can be seen after a payment: by somebody on the spot in the order of the choices on screen, or by the receipt page itself. */
export const PROOFS: readonly string[] = [
  ...AFTER_PAGES.filter(page => page.class !== 'none').map(({ code }) => `test_payment:${code}`),
  'receipt_beacon',
]

export const READY_BANDS = ['within_1s', 'within_3s', 'over_3s'] as const

const weeksBack = 12

/** Sundays of the last twelve weeks, oldest first, then today. */
export function weekEnds(now: Date): string[] {
  const today = dayOf(now)
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay()
  // Sunday itself is today: its week is not over
  const lastSunday = dayLater(today, weekday === 0 ? -7 : -weekday)
  return [...Array.from({ length: weeksBack }, (_, index) => dayLater(lastSunday, 7 * (index - weeksBack + 1))), today]
}

/** By days in China, today being day 0. */
export function freshnessBands(now: Date): { band: FreshnessBand; from: string | null; to: string | null }[] {
  const ago = (days: number) => dayLater(dayOf(now), -days)
  return [
    { band: 'days_7', from: ago(7), to: null },
    { band: 'days_30', from: ago(30), to: ago(8) },
    { band: 'days_90', from: ago(90), to: ago(31) },
    { band: 'older', from: null, to: ago(91) },
  ]
}

export const sinceFilter = ({ from, to }: { from: string | null; to: string | null }): MarkFilter => ({
  state: 'verified',
  ...(from !== null && { since_from: from }),
  ...(to !== null && { since_to: to }),
})
