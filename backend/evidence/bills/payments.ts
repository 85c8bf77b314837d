// Payments of one merchant by day, way, hour and band, for whoever may see it (product.md B30).
import { sql } from 'kysely'
import type { Caller } from '../../http/caller.ts'
import { dayOf, dayRange } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { type Database } from '../../database/connection.ts'
import { findMerchant } from '../find.ts'
import type { MerchantKey } from '../record.ts'
import { isOfAnOrder } from './loads.ts'
import type { Payments, PaymentsQuery, PaymentWays } from './schema.ts'
import { aroundNewest, aroundRange, chosen, keptFrom, unitsOf, type Unit } from './told.ts'
import { addedWays, jsapiByAppid, waysOf } from './ways.ts'

/** A day of the bills as one merchant's answer is made of it. */
export interface PaidDay extends PaymentWays {
  day: string
  refunds: number
  payments: number
  hours: number[] | null
  bands: number[] | null
  loads: number
}

type Range = { from: string; to: string }
interface Read {
  rows: PaidDay[]
  as_of: string | null
}

/** @throws AppError NOT_FOUND, VALIDATION_FAILED */
export async function readPayments(
  { db, clock, sp_mchid: home }: Context,
  caller: Caller,
  sub_mchid: string,
  query: PaymentsQuery,
): Promise<Payments> {
  const asked = query.from === undefined && query.to === undefined ? null : dayRange(query, clock.now())
  const merchant = await findMerchant(db, caller, sub_mchid)
  const today = dayOf(clock.now())
  const { from, to } = asked ? aroundRange(asked) : aroundNewest(today)
  const { rows, as_of } = await readDays(db, home, merchant, { from: from < keptFrom(today) ? keptFrom(today) : from, to })
  return { ...tell(rows, asked), as_of }
}

/**
 * @param known oldest first, at least all of the four weeks around what was asked for
 * @param asked null: the newest thirty days
 */
export function tell(known: readonly PaidDay[], asked: Range | null): Omit<Payments, 'as_of'> {
  const units: readonly Unit<PaidDay>[] = chosen(unitsOf(known), asked)
  const rows = units.flat().toSorted((one, other) => (one.day < other.day ? -1 : 1))
  const [first, last] = [rows[0], rows.at(-1)]
  const payments = rows.reduce((sum, row) => sum + row.payments, 0)
  // days on which nothing happened say nothing by themselves
  if (!first || !last || payments === 0)
    return {
      payments: null,
      from: null,
      to: null,
      days_known: 0,
      days: [],
      together: [],
      hours: null,
      week: null,
      bands: null,
      page_loads: 0,
    }
  const together = units.filter(unit => unit.length > 1)
  const hidden = new Set(together.flat())
  return {
    payments,
    from: first.day,
    to: last.day,
    days_known: rows.length,
    days: rows.map(row => ({
      day: row.day,
      ...(hidden.has(row) ? { by_way: null, refunds: null } : { by_way: waysOf(row), refunds: row.refunds }),
    })),
    together: together.map(addedUp),
    hours: added(rows, 24, 'hours'),
    week: Array.from({ length: 7 }, (_, weekday) => {
      const ofDay = rows.filter(({ day }) => weekdayOf(day) === weekday)
      return ofDay.some(row => hidden.has(row)) ? null : added(ofDay, 24, 'hours')
    }),
    bands: added(rows, 6, 'bands'),
    page_loads: rows.reduce((sum, { loads }) => sum + loads, 0),
  }
}

const addedUp = (rows: readonly PaidDay[]): Payments['together'][number] => ({
  days: rows.map(({ day }) => day),
  by_way: addedWays(rows),
  refunds: rows.reduce((sum, { refunds }) => sum + refunds, 0),
})

const added = (rows: readonly PaidDay[], length: number, part: 'hours' | 'bands'): number[] =>
  rows.reduce((sums, row) => sums.map((sum, index) => sum + (row[part]?.[index] ?? 0)), Array<number>(length).fill(0))

/** 0: Monday */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/**
 * A day whose bill does not name the merchant is a day without payments. One statement: a page waits for the way to the database as often as it asks. `offset 0`
 * keeps the days of the shop one walk through the index: looked up day by day they take four times as many pages, and without their limits all that are kept.
 */
async function readDays(db: Database, home: string, { sp_mchid, sub_mchid }: MerchantKey, { from, to }: Range): Promise<Read> {
  const { rows } = await sql<PaidDay & { as_of: string | null }>`
    select newest.as_of, to_char(d.day, 'YYYY-MM-DD') as day, coalesce(by_appid.jsapi, 0)::integer as jsapi,
      coalesce(by_appid.miniprogram, 0)::integer as miniprogram, coalesce(by_appid.unknown_appid, 0)::integer as unknown_appid,
      coalesce(native, 0) as native, coalesce(micropay, 0) as micropay, coalesce(app, 0) as app, coalesce(h5, 0) as h5,
      coalesce(facepay, 0) as facepay, coalesce(other, 0) as other, coalesce(refunds, 0) as refunds, coalesce(p.payments, 0) as payments, hours, bands,
      coalesce(loaded.loads, 0)::integer as loads
    from (select to_char(max(day), 'YYYY-MM-DD') as as_of from bill_days where sp_mchid = ${sp_mchid} and state = 'landed') as newest
    left join bill_days as d on d.sp_mchid = ${sp_mchid} and d.state in ('landed', 'empty') and d.day between ${from}::date and ${to}::date
    left join (
      select * from payment_days where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid} and day between ${from}::date and ${to}::date offset 0
    ) as p on p.day = d.day
    left join lateral (${jsapiByAppid(home)}) as by_appid on true
    left join (
      select l.day, sum(l.loads) as loads from receipt_load_days as l
      where l.sp_mchid = ${sp_mchid} and l.sub_mchid = ${sub_mchid} and l.day between ${from}::date and ${to}::date and ${isOfAnOrder} group by l.day
    ) as loaded on loaded.day = d.day
    order by d.day`.execute(db)
  // no day is known: one row that has none
  return { rows: rows.filter(({ day }) => day !== null), as_of: rows[0]!.as_of }
}
