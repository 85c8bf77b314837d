// How the bills of one number are doing, for whoever shows what is still to be done before it works.
import { sql } from 'kysely'
import type { Database } from '../../database/connection.ts'

export interface BillHealth {
  /** the newest day whose bill is here, 2026-11-28; null: none ever was */
  newest: string | null
  /** days of the last 90 that are known, landed or without payments */
  days: number
  /** the newest day that did not land, and why: BillRefusal, BILL_BEING_MADE, or what WeChat Pay or the way to it said; null: all is well */
  trouble: { day: string; reason: string; tried_at: Date | null } | null
}

export async function billHealth(db: Database, sp_mchid: string): Promise<BillHealth> {
  const { rows } = await sql<{ newest: string | null; days: number; day: string | null; reason: string; tried_at: Date | null }>`
    select known.*, bad.* from (
      select to_char(max(day) filter (where state = 'landed'), 'YYYY-MM-DD') as newest,
        count(*) filter (where state in ('landed', 'empty'))::integer as days
      from bill_days where sp_mchid = ${sp_mchid}
    ) as known
    left join lateral (
      select to_char(b.day, 'YYYY-MM-DD') as day, b.reason, b.tried_at from bill_days as b
      where b.sp_mchid = ${sp_mchid} and b.reason is not null order by b.day desc limit 1
    ) as bad on true`.execute(db)
  const { newest, days, day, reason, tried_at } = rows[0]!
  return { newest, days, trouble: day === null ? null : { day, reason, tried_at } }
}
