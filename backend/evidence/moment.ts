// When something happens to a merchant. Processes have clocks of their own, and any clock may be set back: what happened later must not be dated earlier.
import { sql } from 'kysely'
import type { Trx } from '../database/connection.ts'

interface Key {
  sp_mchid: string
  sub_mchid: string
}

/**
 * With the merchant's row locked.
 * @param now of this process
 * @returns now, or a millisecond after the newest that was recorded of this merchant
 */
export async function momentOf(trx: Trx, { sp_mchid, sub_mchid }: Key, now: Date): Promise<Date> {
  const { newest } = await trx
    .selectFrom('evidence')
    .select(sql<Date | null>`greatest(max(recorded_at), max(occurred_at))`.as('newest'))
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  return after(newest, now)
}

/** The same for several merchants, whose rows are locked. */
export async function momentsOf(trx: Trx, merchants: readonly Key[], now: Date): Promise<(merchant: Key) => Date> {
  const { rows } = await sql<Key & { newest: Date }>`
    select sp_mchid, sub_mchid, greatest(max(recorded_at), max(occurred_at)) as newest from evidence
    where (sp_mchid, sub_mchid) in (select * from unnest(${merchants.map(one => one.sp_mchid)}::text[], ${merchants.map(one => one.sub_mchid)}::text[]))
    group by sp_mchid, sub_mchid`.execute(trx)
  const newest = new Map(rows.map(row => [`${row.sp_mchid} ${row.sub_mchid}`, row.newest]))
  return ({ sp_mchid, sub_mchid }) => after(newest.get(`${sp_mchid} ${sub_mchid}`), now)
}

const after = (newest: Date | null | undefined, now: Date): Date => (newest && newest >= now ? new Date(newest.getTime() + 1) : now)
