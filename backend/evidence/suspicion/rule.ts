// Whether a shop that was seen to be migrated may have gone back (product.md §5.5): many payments that should end on the receipt, and nobody who loaded it. A
// hint for whoever goes there next; the verdict does not move. Pure.
import type { Suspicion } from '../verdict/schema.ts'

export interface WatchRule {
  enabled: boolean
  /** up to the newest bill */
  days: number
  /** JSAPI payments, at least 20: below that nothing is shown of a shop */
  min_payments: number
}

/** One shop as the rule sees it; days are of China. */
export interface Watched {
  state: string
  receipt: string
  /** of its newest proof: payments of that day and before say nothing against it */
  proved_on: string
  /** since when its receipt is open; null: not known */
  receipt_since: string | null
  /** JSAPI payments by day, inside a 公众号 of the register */
  payments: readonly { day: string; count: number }[]
  /** newest day on which its receipt page was loaded; null: never */
  loaded_on: string | null
}

/**
 * @param from the first of the days that are looked at, `to` the newest whose bill is here
 * @param anyLoads whether the receipt page of any shop of the number was loaded in these days: without one, nothing tells a shop from another
 */
export function suspicionOf(
  shop: Watched,
  { from, to, anyLoads }: { from: string; to: string; anyLoads: boolean },
  { enabled, min_payments }: WatchRule,
): Suspicion | null {
  if (!enabled || !anyLoads || shop.state !== 'verified' || shop.receipt !== 'open') return null
  if (shop.loaded_on !== null && shop.loaded_on >= from) return null
  const counts = ({ day }: { day: string }) =>
    day >= from && day <= to && day > shop.proved_on && (shop.receipt_since === null || day > shop.receipt_since)
  const payments = shop.payments.filter(counts).reduce((sum, { count }) => sum + count, 0)
  return payments >= min_payments ? { payments, from, to } : null
}
