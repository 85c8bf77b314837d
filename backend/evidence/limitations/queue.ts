// Merchants that WeChat Pay is to be asked about, in the order in which they are due.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { LimitationCause } from '../../database/limitation-tables.ts'
import type { MerchantKey } from '../record.ts'

/** Asked for twice it is one question, due at once. A merchant that is not in the directory is none. */
export async function askSoon(trx: Trx | Database, { sp_mchid, sub_mchid }: MerchantKey, cause: LimitationCause, now: Date): Promise<void> {
  await sql`
    insert into limitation_questions as q (sp_mchid, sub_mchid, cause, due_at)
    select sp_mchid, sub_mchid, ${cause}, ${now} from sub_merchants where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid}
    on conflict (sp_mchid, sub_mchid) do update set cause = excluded.cause, due_at = least(q.due_at, excluded.due_at), tries = 0`.execute(
    trx,
  )
}
