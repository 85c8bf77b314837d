// Payments of the districts that somebody sees, added up when bills land (product.md B30).
import { sql, type RawBuilder } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers, scopedToOwn } from '../../company/staff/scope.ts'
import type { Caller } from '../../http/caller.ts'
import { dayOf, dayRange } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import type { PaymentsQuery, PaymentTotals, PaymentWays } from './schema.ts'
import { apart, aroundNewest, byWeek, keptFrom, leastPayments, sumsKeptFrom, weeksTold } from './told.ts'
import { addedWays, jsapiByAppid, otherWays, partsOf, waysOf } from './ways.ts'

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
  const asked = query.from === undefined && query.to === undefined ? null : dayRange(query, clock.now())
  const today = dayOf(clock.now())
  const kept = scopedToOwn(caller) ? keptFrom(today) : sumsKeptFrom(today)
  const { from, to } = asked ?? aroundNewest(today)
  const range = { from: from < kept ? kept : from, to }
  const summed = (column: string) => sql`coalesce(sum(${sql.ref(column)}), 0)::double precision as ${sql.ref(column)}`
  // one reading of the days, added up by district and by day
  const { rows } = await sql<Row & { as_of: string | null }>`
    with whole as materialized (
      select sp_mchid, date_trunc('week', day)::date as week from bill_days
      where ${ofNumbers(caller.numbers)} and state in ('landed', 'empty') and day between ${range.from}::date and ${range.to}::date
      group by sp_mchid, date_trunc('week', day) having count(*) = 7
    ), weeks as materialized (
      select week from whole group by week order by week desc limit ${asked ? null : weeksTold}
    ), given as (${source(caller)}), counted as (
      select p.region_code, p.day, p.payments, p.refunds, p.hours, p.bands, ${sql.join(otherWays.map(way => sql.ref(`p.${way}`)))},
        by_appid.jsapi, by_appid.miniprogram, by_appid.unknown_appid
      from given as p left join lateral (${jsapiByAppid(home)}) as by_appid on true
    )
    select to_char(day, 'YYYY-MM-DD') as day, region_code, ${summed('payments')}, ${summed('refunds')}, ${sql.join(ways.map(summed))},
      ${partsOf('hours', 24, 'double precision')} as hours, ${partsOf('bands', 6, 'double precision')} as bands,
      (select to_char(max(day), 'YYYY-MM-DD') from bill_days where ${ofNumbers(caller.numbers)} and state = 'landed') as as_of
    from counted group by grouping sets ((region_code), (day), ()) order by day nulls last, payments desc, region_code`.execute(db)
  return totalsOf(rows)
}

function totalsOf(rows: readonly (Row & { as_of: string | null })[]): PaymentTotals {
  const regions = rows.filter(({ region_code }) => region_code !== null)
  const days = rows.flatMap(row => (row.day === null ? [] : [{ ...row, day: row.day }]))
  const whole = rows.find(({ region_code, day }) => region_code === null && day === null)!
  return {
    from: days[0]?.day ?? null,
    to: days.at(-1)?.day ?? null,
    regions: regions.slice(0, mostRegions).map(row => ({
      region_code: row.region_code!,
      region_name: regionName(row.region_code!),
      payments: row.payments,
      by_way: waysOf(row),
    })),
    more: Math.max(0, regions.length - mostRegions),
    total: regions.length === 0 ? null : { payments: whole.payments, ...daysOf(days), hours: whole.hours, bands: whole.bands },
    as_of: whole.as_of,
  }
}

/** Day by day where a day has enough, as of a shop: a district may have one shop. */
function daysOf(days: readonly (Row & { day: string })[]): Pick<NonNullable<PaymentTotals['total']>, 'days_known' | 'days' | 'together'> {
  const weeks = byWeek(days)
  const parts = weeks.map(apart)
  const hidden = new Set(parts.flatMap(({ together }) => together))
  return {
    days_known: weeks.length * 7,
    days: days.map(row => ({
      day: row.day,
      ...(hidden.has(row) ? { by_way: null, refunds: null } : { by_way: waysOf(row), refunds: row.refunds }),
    })),
    together: parts.flatMap(({ together }) =>
      together.length === 0
        ? []
        : [
            {
              days: together.map(({ day }) => day),
              by_way: addedWays(together),
              refunds: together.reduce((sum, { refunds }) => sum + refunds, 0),
            },
          ],
    ),
  }
}

/**
 * Of whole weeks that lie within what was asked for. What is added up by district serves whoever sees all of it; of own shops alone it is added up here: nobody has
 * so many.
 */
function source(caller: Caller): RawBuilder<unknown> {
  if (!scopedToOwn(caller))
    return sql`select p.* from (select * from payment_region_days where ${inScope(caller)} and day >= (select min(week) from weeks)) as p
      join weeks on p.day between weeks.week and weeks.week + 6`
  return sql`
    select s.region_code, p.* from (select sp_mchid, sub_mchid, region_code from sub_merchants where ${inScope(caller)}) as s
      join payment_days as p using (sp_mchid, sub_mchid) join weeks on p.day between weeks.week and weeks.week + 6
      join whole on whole.sp_mchid = p.sp_mchid and whole.week = weeks.week
    where (select sum(w.payments) from payment_days as w where w.sp_mchid = p.sp_mchid and w.sub_mchid = p.sub_mchid
      and w.day between weeks.week and weeks.week + 6) >= ${leastPayments}`
}
