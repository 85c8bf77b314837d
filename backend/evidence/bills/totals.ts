// Payments of the districts that somebody sees, added up when bills land (product.md B30).
import { sql, type RawBuilder } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers, scopedToOwn } from '../../company/staff/scope.ts'
import type { Caller } from '../../http/caller.ts'
import { dayLater, dayOf, dayRange } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import type { PaymentsQuery, PaymentTotals, PaymentWays } from './schema.ts'
import { daysTold, keptFrom, leastPayments, sumsKeptFrom } from './told.ts'
import { jsapiByAppid, otherWays, partsOf, waysOf } from './ways.ts'

const mostRegions = 200
const ways = ['jsapi', 'miniprogram', 'unknown_appid', ...otherWays] as const

interface Row extends PaymentWays {
  /** null: of all days; the Monday of what is told of a week only together */
  day: string | null
  together: boolean | null
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
  const asked = query.from === undefined && query.to === undefined ? null : dayRange(query, clock.now())
  const today = dayOf(clock.now())
  const kept = scopedToOwn(caller) ? keptFrom(today) : sumsKeptFrom(today)
  const newest = (states: RawBuilder<unknown>) =>
    sql`(select max(day) from bill_days where ${ofNumbers(caller.numbers)} and state in (${states}))`
  const known = newest(sql`'landed', 'empty'`)
  const range = asked
    ? sql`${asked.from < kept ? kept : asked.from}::date as first, ${asked.to}::date as last`
    : sql`greatest(${kept}::date, ${known} - ${daysTold - 1}::integer) as first, ${known} as last`
  const summed = (column: string) => sql`coalesce(sum(${sql.ref(column)}), 0)::double precision as ${sql.ref(column)}`
  // one reading of the days, added up by district and by day
  const { rows } = await sql<Row & { as_of: string | null }>`
    with range as materialized (select ${range}), given as (${source(caller)}), counted as (
      select p.region_code, p.day, p.together, p.payments, p.refunds, p.hours, p.bands, ${sql.join(otherWays.map(way => sql.ref(`p.${way}`)))},
        by_appid.jsapi, by_appid.miniprogram, by_appid.unknown_appid
      from given as p left join lateral (${jsapiByAppid(home)}) as by_appid on true
    )
    select to_char(day, 'YYYY-MM-DD') as day, together, region_code, ${summed('payments')}, ${summed('refunds')}, ${sql.join(ways.map(summed))},
      ${partsOf('hours', 24, 'double precision')} as hours, ${partsOf('bands', 6, 'double precision')} as bands,
      to_char(${newest(sql`'landed'`)}, 'YYYY-MM-DD') as as_of
    from counted group by grouping sets ((region_code), (day, together), ()) order by day nulls last, payments desc, region_code`.execute(
    db,
  )
  return totalsOf(rows)
}

function totalsOf(rows: readonly (Row & { as_of: string | null })[]): PaymentTotals {
  const regions = rows.filter(({ region_code }) => region_code !== null)
  const whole = rows.find(({ region_code, day }) => region_code === null && day === null)!
  const parts = daysOf(rows.flatMap(row => (row.day === null ? [] : [{ ...row, day: row.day }])))
  return {
    from: parts.days[0]?.day ?? null,
    to: parts.days.at(-1)?.day ?? null,
    regions: regions.slice(0, mostRegions).map(row => ({
      region_code: row.region_code!,
      region_name: regionName(row.region_code!),
      payments: row.payments,
      by_way: waysOf(row),
    })),
    more: Math.max(0, regions.length - mostRegions),
    total: regions.length === 0 ? null : { payments: whole.payments, ...parts, hours: whole.hours, bands: whole.bands },
    as_of: whole.as_of,
  }
}

/** Each day by itself, of shops that were paid often on it; and what is told only of a week. */
function daysOf(rows: readonly (Row & { day: string })[]): Pick<NonNullable<PaymentTotals['total']>, 'days_known' | 'days' | 'together'> {
  const alone = new Map(rows.filter(row => !row.together).map(row => [row.day, row]))
  const together = rows
    .filter(row => row.together)
    .map(row => ({ ...row, days: Array.from({ length: 7 }, (_, at) => dayLater(row.day, at)) }))
  const named = [...new Set([...alone.keys(), ...together.flatMap(({ days }) => days)])].sort()
  return {
    days_known: named.length,
    days: named.map(day => {
      const row = alone.get(day)
      return { day, ...(row ? { by_way: waysOf(row), refunds: row.refunds } : { by_way: null, refunds: null }) }
    }),
    together: together.map(({ days, refunds, ...row }) => ({ days, by_way: waysOf(row), refunds })),
  }
}

/**
 * Of days, and of whole weeks, that lie within what was asked for. What is added up by district serves whoever sees all of it; of own shops alone it is added up
 * here: nobody has so many.
 */
function source(caller: Caller): RawBuilder<unknown> {
  const isWithin = sql`day >= (select first from range) and (case when together then day + 6 else day end) <= (select last from range)`
  if (!scopedToOwn(caller)) return sql`select * from payment_region_days where ${inScope(caller)} and ${isWithin}`
  return sql`
    with whole as materialized (
      select sp_mchid, date_trunc('week', day)::date as week from bill_days
      where ${ofNumbers(caller.numbers)} and state in ('landed', 'empty') and day >= (select first from range) - 6 and day <= (select last from range) + 6
      group by sp_mchid, date_trunc('week', day) having count(*) = 7
    ), paid as materialized (
      select s.region_code, p.*, p.payments < ${leastPayments} as together, date_trunc('week', p.day)::date as week
      from (select sp_mchid, sub_mchid, region_code from sub_merchants where ${inScope(caller)}) as s join payment_days as p using (sp_mchid, sub_mchid)
      where p.day >= (select first from range) - 6 and p.day <= (select last from range)
    ), small as (
      select sp_mchid, sub_mchid, week from paid join whole using (sp_mchid, week)
      where together group by sp_mchid, sub_mchid, week having sum(payments) >= ${leastPayments}
    ), placed as (
      select region_code, day, together, payments, jsapi, ${sql.join(otherWays.map(way => sql.ref(way)))}, refunds, hours, bands from paid where not together
      union all
      select region_code, week, together, payments, jsapi, ${sql.join(otherWays.map(way => sql.ref(way)))}, refunds, hours, bands
      from paid join small using (sp_mchid, sub_mchid, week) where together
    )
    select * from placed where ${isWithin}`
}
