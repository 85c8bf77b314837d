// Which merchants the plan is about: verified and still in business. Their proof is fresh, or old (product.md §5.6).
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'

/** A proof from before this moment is old. */
export const oldBefore = ({ stale_after_days }: { stale_after_days: number }, now: Date): Date =>
  new Date(now.getTime() - stale_after_days * 86_400_000)

const isMeant = sql<boolean>`(migration_state = 'verified' and status <> 'terminated')`

/** Condition on sub_merchants. */
export const isOld = (before: Date): RawBuilder<boolean> => sql<boolean>`(${isMeant} and migration_since < ${before})`

/** @param among condition on sub_merchants */
export async function countFresh(
  db: Database | Trx,
  among: RawBuilder<boolean>,
  before: Date,
): Promise<{ verified: number; fresh: number }> {
  const { rows } = await sql<{ verified: number; fresh: number }>`
    select count(*)::integer as verified, (count(*) filter (where migration_since >= ${before}))::integer as fresh
    from sub_merchants where ${among} and ${isMeant}`.execute(db)
  return rows[0]!
}
