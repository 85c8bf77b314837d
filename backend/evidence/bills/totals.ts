// Payments of the districts that somebody sees, added up when bills land (product.md B30).
import { sql, type RawBuilder } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers, scopedToOwn } from '../../company/staff/scope.ts'
import type { Caller } from '../../http/caller.ts'
import { dayRange } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { leastPayments } from './conclude.ts'
import type { PaymentsQuery, PaymentTotals, PaymentWays } from './schema.ts'
import { jsapiByAppid, otherWays, partsOf } from './ways.ts'

const mostRegions = 200
const ways = ['jsapi', 'miniprogram', 'unknown_appid', ...otherWays] as const

interface Row extends PaymentWays {
  /** null: of all days */
  day: string | null
  /** null: of all districts */
  region_code: string | null
  payments: number
  refunds: number
  hours: number[]
  bands: number[]
}

/** @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED */
export async function readPaymentTotals(
  { db, clock, sp_mchid: home }: Context,
  caller: Caller,
  query: PaymentsQuery,
): Promise<PaymentTotals> {
  const range = dayRange(query, clock.now())
  const summed = (column: string) => sql`coalesce(sum(${sql.ref(column)}), 0)::double precision as ${sql.ref(column)}`
  // one reading of the days, added up by district and by day of the districts that may be told of
  const { rows } = await sql<Row & { few: number; as_of: string | null }>`
    with given as (${source(caller, range)}),
    told as (select region_code from given group by region_code having sum(payments) >= ${leastPayments}),
    counted as (
      select p.region_code, p.day, p.payments, p.refunds, p.hours, p.bands, ${sql.join(otherWays.map(way => sql.ref(`p.${way}`)))},
        by_appid.jsapi, by_appid.miniprogram, by_appid.unknown_appid
      from given as p join told using (region_code) left join lateral (${jsapiByAppid(home)}) as by_appid on true
    )
    select to_char(day, 'YYYY-MM-DD') as day, region_code, ${summed('payments')}, ${summed('refunds')}, ${sql.join(ways.map(summed))},
      ${partsOf('hours', 24, 'double precision')} as hours, ${partsOf('bands', 6, 'double precision')} as bands,
      (select count(*)::integer from (select from given group by region_code having sum(payments) between 1 and ${leastPayments - 1}) as few) as few,
      (select to_char(max(day), 'YYYY-MM-DD') from bill_days where ${ofNumbers(caller.numbers)} and state = 'landed') as as_of
    from counted group by grouping sets ((region_code), (day), ()) order by day nulls last, payments desc, region_code`.execute(db)
  return totalsOf(rows)
}

function totalsOf(rows: readonly (Row & { few: number; as_of: string | null })[]): PaymentTotals {
  const regions = rows.filter(({ region_code }) => region_code !== null)
  const whole = rows.find(({ region_code, day }) => region_code === null && day === null)!
  const byWay = (row: Row) => Object.fromEntries(ways.map(way => [way, row[way]])) as unknown as PaymentWays
  return {
    regions: regions.slice(0, mostRegions).map(row => ({
      region_code: row.region_code!,
      region_name: regionName(row.region_code!),
      payments: row.payments,
      by_way: byWay(row),
    })),
    few: whole.few,
    more: Math.max(0, regions.length - mostRegions),
    total:
      regions.length === 0
        ? null
        : {
            payments: whole.payments,
            days: rows.flatMap(row => (row.day === null ? [] : [{ day: row.day, by_way: byWay(row), refunds: row.refunds }])),
            hours: whole.hours,
            bands: whole.bands,
          },
    as_of: whole.as_of,
  }
}

/** What is added up by district serves whoever sees all of it; of own shops alone it is added up here: nobody has so many. */
function source(caller: Caller, { from, to }: { from: string; to: string }): RawBuilder<unknown> {
  const days = sql`day between ${from}::date and ${to}::date`
  if (!scopedToOwn(caller)) return sql`select * from payment_region_days where ${inScope(caller)} and ${days}`
  return sql`
    select s.region_code, p.* from (select sp_mchid, sub_mchid, region_code from sub_merchants where ${inScope(caller)}) as s
      join payment_days as p using (sp_mchid, sub_mchid) where ${days}`
}
