// Payments of one merchant by day, way, hour and band, for whoever may see it (product.md B30).
import { sql } from 'kysely'
import type { Caller } from '../../http/caller.ts'
import { dayRange } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../database/connection.ts'
import { findMerchant } from '../find.ts'
import type { MerchantKey } from '../record.ts'
import { leastPayments } from './conclude.ts'
import { isOfAnOrder } from './loads.ts'
import type { Payments, PaymentsQuery, PaymentWays } from './schema.ts'
import { jsapiByAppid } from './ways.ts'

interface Row extends PaymentWays {
  day: string
  refunds: number
  payments: number
  hours: number[] | null
  bands: number[] | null
}

type Range = { from: string; to: string }

/** @throws AppError NOT_FOUND, VALIDATION_FAILED */
export async function readPayments(
  { db, clock, sp_mchid: home }: Context,
  caller: Caller,
  sub_mchid: string,
  query: PaymentsQuery,
): Promise<Payments> {
  const merchant = await findMerchant(db, caller, sub_mchid)
  const range = dayRange(query, clock.now())
  const [rows, around] = await Promise.all([rowsOf(db, home, merchant, range), aroundThem(db, merchant, range)])
  const payments = rows.reduce((sum, row) => sum + row.payments, 0)
  const known = { days_known: rows.length, ...around }
  if (payments < leastPayments) return { payments: null, days: [], hours: null, week: null, bands: null, ...known }
  return {
    payments,
    days: rows.map(({ day, refunds, payments: _sum, hours: _hours, bands: _bands, ...by_way }) => ({ day, by_way, refunds })),
    hours: added(rows, 24, 'hours'),
    week: Array.from({ length: 7 }, (_, weekday) =>
      added(
        rows.filter(({ day }) => weekdayOf(day) === weekday),
        24,
        'hours',
      ),
    ),
    bands: added(rows, 6, 'bands'),
    ...known,
  }
}

const added = (rows: readonly Row[], length: number, part: 'hours' | 'bands'): number[] =>
  rows.reduce((sums, row) => sums.map((sum, index) => sum + (row[part]?.[index] ?? 0)), Array<number>(length).fill(0))

/** 0: Monday */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** A day whose bill does not name the merchant is a day without payments. */
async function rowsOf(db: Database, home: string, { sp_mchid, sub_mchid }: MerchantKey, { from, to }: Range): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(by_appid.jsapi, 0)::integer as jsapi, coalesce(by_appid.miniprogram, 0)::integer as miniprogram,
      coalesce(by_appid.unknown_appid, 0)::integer as unknown_appid, coalesce(native, 0) as native, coalesce(micropay, 0) as micropay,
      coalesce(app, 0) as app, coalesce(h5, 0) as h5, coalesce(facepay, 0) as facepay, coalesce(other, 0) as other, coalesce(refunds, 0) as refunds,
      coalesce(p.payments, 0) as payments, hours, bands
    from bill_days as d left join payment_days as p on p.sp_mchid = d.sp_mchid and p.day = d.day and p.sub_mchid = ${sub_mchid}
    left join lateral (${jsapiByAppid(home)}) as by_appid on true
    where d.sp_mchid = ${sp_mchid} and d.state in ('landed', 'empty') and d.day between ${from}::date and ${to}::date
    order by d.day`.execute(db)
  return rows
}

async function aroundThem(
  db: Database,
  { sp_mchid, sub_mchid }: MerchantKey,
  { from, to }: Range,
): Promise<Pick<Payments, 'page_loads' | 'as_of'>> {
  const { rows } = await sql<{ page_loads: number; as_of: string | null }>`
    select (select coalesce(sum(l.loads), 0)::integer from receipt_load_days as l join bill_days as d using (sp_mchid, day)
        where l.sp_mchid = ${sp_mchid} and l.sub_mchid = ${sub_mchid} and l.day between ${from}::date and ${to}::date
          and ${isOfAnOrder} and d.state in ('landed', 'empty')) as page_loads,
      (select to_char(max(day), 'YYYY-MM-DD') from bill_days where sp_mchid = ${sp_mchid} and state = 'landed') as as_of`.execute(db)
  return rows[0]!
}
