// How the bills of one number are doing, for whoever shows what is still to be done before it works.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { dayLater } from '../../http/days.ts'
import { toInstantOrNull } from '../../platform/instants.ts'
import { daysBack, newestBillDay } from './fetch.ts'
import type { BillHealth } from './schema.ts'

const mostTroubles = 20

interface Row {
  newest: string | null
  day: string
  state: 'waiting' | 'landed' | 'empty' | 'refused' | null
  reason: string | null
  tried_at: Date | null
  try_at: Date | null
}

export async function billHealth(db: Database | Trx, sp_mchid: string, now: Date): Promise<BillHealth> {
  const last = newestBillDay(now)
  const { rows } = await sql<Row>`
    select to_char(d.day, 'YYYY-MM-DD') as day, b.state, b.reason, b.tried_at, b.try_at,
      (select to_char(max(day), 'YYYY-MM-DD') from bill_days where sp_mchid = ${sp_mchid} and state = 'landed') as newest
    from generate_series(${dayLater(last, 1 - daysBack)}::date, ${last}::date, interval '1 day') as d(day)
    left join bill_days as b on b.sp_mchid = ${sp_mchid} and b.day = d.day::date
    order by d.day desc`.execute(db)
  const isMissing = ({ state }: Row) => state !== 'landed' && state !== 'empty'
  const missing_count = rows.filter(isMissing).length
  const troubles = rows.filter(row => isMissing(row) || row.reason !== null)
  return {
    newest: rows[0]!.newest,
    days: rows.length - missing_count,
    missing_count,
    troubles: troubles.slice(0, mostTroubles).map(({ day, state, reason, tried_at, try_at }) => ({
      day,
      state: state === 'refused' || state === 'landed' ? state : 'waiting',
      reason,
      tried_at: toInstantOrNull(tried_at),
      next_at: try_at !== null && try_at > now ? toInstantOrNull(try_at) : null,
    })),
  }
}
