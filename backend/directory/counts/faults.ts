// Whether the kept counters say what a full count says (migrations/0004_counts.sql, 0044_dashboard.sql).
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import { historyDays } from '../merchants/filters.ts'

export interface CountFault {
  /** which counter: state, staff, proof, since, ready, day, or merchant_counts */
  facet: string
  sp_mchid: string
  region_code: string
  key: string
  migration_state: string
  kept: number
  counted: number
}

/**
 * In one snapshot; none, unless somebody wrote past the triggers. Reads every merchant: seconds at a million.
 * @param now days that no question reaches any more by then are dropped (dashboard/tidy.ts) and not looked at
 */
export async function countFaults(db: Database | Trx, now: Date): Promise<CountFault[]> {
  const before = dayLater(dayOf(now), -historyDays)
  const { rows } = await sql<CountFault>`
    select facet, sp_mchid, region_code, key, migration_state, kept::float8, counted::float8 from merchant_count_faults()
    where not (facet ~ '^day( of |$)' and key < ${before}) order by 1, 2, 3, 4, 5`.execute(db)
  return rows
}
