// What was counted a short while ago and need not be counted again, in each process.
import type { Database } from '../../database/connection.ts'
import { Recent } from '../../platform/recent.ts'

interface RecentTotals {
  /** questions with so many answers that the list says "so many or more": as long as they are not taken away by the hundred, it says so again */
  most: Recent<true>
  /** merchants in a scope and under its filters, to judge by how a search is read; never answered */
  about: Recent<number>
}

/** questions; a text and a scope each, some hundred bytes */
const questions = 5_000
export const mostKeptMs = 60_000
export const aboutKeptMs = 5 * 60_000

const known = new WeakMap<Database, RecentTotals>()

export function recentTotals(db: Database): RecentTotals {
  const held = known.get(db)
  if (held) return held
  const fresh = { most: new Recent<true>(questions), about: new Recent<number>(questions) }
  known.set(db, fresh)
  return fresh
}
