// Which merchants 默认开通 says something of.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'

/** Of sub_merchants, unaliased. A merchant without evidence keeps its verdict whatever the switch says. */
export const withEvidence = sql<boolean>`exists (select from evidence as e where e.sp_mchid = sub_merchants.sp_mchid and e.sub_mchid = sub_merchants.sub_mchid)`

export async function countWithEvidence(db: Database | Trx, sp_mchid: string): Promise<number> {
  const { count } = await db
    .selectFrom('sub_merchants')
    .where('sp_mchid', '=', sp_mchid)
    .where(withEvidence)
    .select(eb => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
