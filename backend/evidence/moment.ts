// When something happens to a merchant. Processes have clocks of their own, and any clock may be set back: what happened later must not be dated earlier.
import { sql } from 'kysely'
import type { Trx } from '../database/connection.ts'

/**
 * With the merchant's row locked.
 * @param now of this process
 * @returns now, or a millisecond after the newest that was recorded of this merchant
 */
export async function momentOf(trx: Trx, { sp_mchid, sub_mchid }: { sp_mchid: string; sub_mchid: string }, now: Date): Promise<Date> {
  const { newest } = await trx
    .selectFrom('evidence')
    .select(sql<Date | null>`greatest(max(recorded_at), max(occurred_at))`.as('newest'))
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  return newest && newest >= now ? new Date(newest.getTime() + 1) : now
}
