// When something happens to a merchant. Processes have clocks of their own, and any clock may be set back: what happened later must not be dated earlier.
import { sql } from 'kysely'
import type { Trx } from '../database/connection.ts'
import { isOneOf, keyOf } from './merchant-keys.ts'
import type { MerchantKey } from './record.ts'

/**
 * With the merchant's row locked.
 * @param now of this process
 * @returns now, or a millisecond after the newest that was recorded of this merchant
 */
export async function momentOf(trx: Trx, { sp_mchid, sub_mchid }: MerchantKey, now: Date): Promise<Date> {
  const { newest } = await trx
    .selectFrom('evidence')
    .select(sql<Date | null>`greatest(max(recorded_at), max(occurred_at))`.as('newest'))
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  return after(newest, now)
}

/** The same for several merchants, whose rows are locked. */
export async function momentsOf(trx: Trx, merchants: readonly MerchantKey[], now: Date): Promise<(merchant: MerchantKey) => Date> {
  const { rows } = await sql<MerchantKey & { newest: Date }>`
    select sp_mchid, sub_mchid, greatest(max(recorded_at), max(occurred_at)) as newest from evidence
    where ${isOneOf(merchants)} group by sp_mchid, sub_mchid`.execute(trx)
  const newest = new Map(rows.map(row => [keyOf(row), row.newest]))
  return merchant => after(newest.get(keyOf(merchant)), now)
}

const after = (newest: Date | null | undefined, now: Date): Date => (newest && newest >= now ? new Date(newest.getTime() + 1) : now)
