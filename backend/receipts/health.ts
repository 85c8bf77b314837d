// Receipt health (product.md B12): loads, wrong codes and times by merchant and day, added up from the daily counters.
import type { Caller, Numbers } from '../http/caller.ts'
import { findMerchant } from '../evidence/find.ts'
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Database } from '../database/connection.ts'
import { toInstant, toInstantOrNull } from '../platform/instants.ts'
import { inScope, ofNumbers } from '../company/staff/scope.ts'
import { dayRange, daysOf } from '../http/days.ts'
import type { ReceiptHealth, ReceiptHealthQuery, ReceiptMetrics, ReceiptMetricsQuery } from './schema.ts'
import { addSteps, countOf, over3s, quantile } from './steps.ts'
import type { LoadResult } from '../database/receipt-tables.ts'

type Figures = ReceiptHealth['total']

interface Counted {
  result: LoadResult
  loads: string
  shown: string
  ready_steps: string[]
}

function figuresOf(rows: readonly Counted[]): Figures {
  const steps: number[] = []
  const loads: Record<LoadResult, number> = { valid: 0, invalid: 0, pending: 0, unknown_order: 0, source_failed: 0 }
  let shown = 0
  for (const row of rows) {
    loads[row.result] += Number(row.loads)
    shown += Number(row.shown)
    addSteps(steps, row.ready_steps)
  }
  return {
    loads: Object.values(loads).reduce((sum, count) => sum + count, 0),
    ...loads,
    shown,
    beacons: countOf(steps),
    over_3s: over3s(steps),
    ready_ms_p95: quantile(steps, 0.95),
  }
}

const dayText = sql<string>`to_char(day, 'YYYY-MM-DD')`
const betweenDays = (range: { from: string; to: string }) => sql<boolean>`day between ${range.from}::date and ${range.to}::date`

/** @throws AppError NOT_FOUND, VALIDATION_FAILED */
export async function readHealth(context: Context, caller: Caller, sub_mchid: string, query: ReceiptHealthQuery): Promise<ReceiptHealth> {
  const { db, clock } = context
  const now = clock.now()
  const { sp_mchid } = await findMerchant(db, caller, sub_mchid)
  const range = dayRange(query, now)
  const rows = await db
    .selectFrom('receipt_load_days')
    .select([dayText.as('day'), 'result', 'loads', 'shown', 'ready_steps'])
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .where(betweenDays(range))
    .execute()
  const last = await db
    .selectFrom('receipt_loads')
    .select('loaded_at')
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .where('state', '=', 'valid')
    .orderBy('loaded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    sub_mchid,
    ...range,
    total: figuresOf(rows),
    days: daysOf(range).map(day => ({ day, ...figuresOf(rows.filter(row => row.day === day)) })),
    check_code: await checkCodeState(db, [sp_mchid]),
    last_valid_at: toInstantOrNull(last?.loaded_at ?? null),
    as_of: toInstant(now),
  }
}

/** Whether a code ever matched for this provider: before, nobody can say that loads "stopped" (product.md F8). */
async function checkCodeState(db: Database, numbers: Numbers): Promise<ReceiptHealth['check_code']> {
  const ofProvider = sql`where ${ofNumbers(numbers)}`
  const { rows } = await sql<{ matched: boolean; loaded: boolean }>`
    select exists (select from receipt_code_variants ${ofProvider}) as matched,
      exists (select from receipt_load_days ${ofProvider} and result in ('invalid', 'pending')) as loaded`.execute(db)
  return rows[0]!.matched ? 'matched' : rows[0]!.loaded ? 'never_matched' : 'no_loads'
}

const mostRows = 500

/** @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED */
export async function readMetrics(context: Context, caller: Caller, query: ReceiptMetricsQuery): Promise<ReceiptMetrics> {
  const { db, clock } = context
  const { numbers } = caller
  const now = clock.now()
  const range = dayRange(query, now)
  const group = query.group_by ?? 'day'
  const day = group === 'merchant' ? sql`null::text` : dayText
  const merchant = group === 'day' ? sql`null::text` : sql`d.sub_mchid`
  const order = {
    day: sql`day`,
    merchant: sql`total desc, sub_mchid`,
    merchant_day: sql`day desc, total desc, sub_mchid`,
  }[group]
  // counters of one group and result, added step by step
  const { rows } = await sql<Counted & { day: string | null; sub_mchid: string | null; name: string | null }>`
    with scoped as (
      select ${day} as day, ${merchant} as sub_mchid, m.name, d.result, d.loads, d.shown, d.ready_steps
      from receipt_load_days d
        join (select sp_mchid, sub_mchid, name from sub_merchants where ${inScope(caller)}) m using (sp_mchid, sub_mchid)
      where ${ofNumbers(numbers, 'd.sp_mchid')} and ${betweenDays(range)}
    ), groups as (
      select day, sub_mchid, ${group === 'day' ? sql`null::text` : sql`min(name)`} as name, sum(loads) as total from scoped
      group by day, sub_mchid order by ${order} limit ${mostRows}
    ), steps as (
      select day, sub_mchid, result, step, sum(count)::bigint as count
      from scoped, unnest(ready_steps) with ordinality as u(count, step) group by day, sub_mchid, result, step
    )
    select g.day, g.sub_mchid, g.name, s.result, sum(s.loads)::bigint as loads, sum(s.shown)::bigint as shown,
      coalesce((select array_agg(t.count order by t.step) from steps t
        where t.day is not distinct from g.day and t.sub_mchid is not distinct from g.sub_mchid and t.result = s.result), '{}') as ready_steps
    from groups g join scoped s on s.day is not distinct from g.day and s.sub_mchid is not distinct from g.sub_mchid
    group by g.day, g.sub_mchid, g.name, g.total, s.result
    order by ${order}`.execute(db)
  const groups = new Map<string, typeof rows>()
  for (const row of rows) {
    const key = `${row.day}/${row.sub_mchid}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const variants = await db
    .selectFrom('receipt_code_variants')
    .select(['variant', eb => eb.fn.sum<string>('loads').as('loads')])
    .where(ofNumbers(numbers))
    .groupBy('variant')
    .orderBy('loads', 'desc')
    .execute()
  return {
    ...range,
    total: figuresOf(rows),
    rows: [...groups.values()].map(one => ({ day: one[0]!.day, sub_mchid: one[0]!.sub_mchid, name: one[0]!.name, ...figuresOf(one) })),
    check_code: await checkCodeState(db, numbers),
    variants: variants.map(({ variant, loads }) => ({ variant, loads: Number(loads) })),
    as_of: toInstant(now),
    timezone: 'Asia/Shanghai',
  }
}
