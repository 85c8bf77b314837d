// How many merchants a question has. Most are a sum over counters that every write keeps (migrations/0004_counts.sql); the others are counted.
import type { Caller } from '../../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { inScope, regionPrefixes, scopedToOwn } from '../../company/staff/scope.ts'
import { facetTotal } from './facets.ts'
import { filterConditions } from './filters.ts'
import type { SubMerchantQuery } from './schema.ts'
import { candidates } from './page.ts'
import { matches, type Tier, type Condition } from './tier.ts'

type Filters = Omit<SubMerchantQuery, 'q' | 'sort' | 'limit' | 'cursor' | 'count'>

/** The counters know neither whose a merchant is, nor what depends on the moment, nor operations and visits. */
export const isCounted = (caller: Caller, filters: Filters): boolean =>
  !scopedToOwn(caller) &&
  !filters.assigned_to &&
  !filters.operation &&
  !filters.route &&
  !singleOf(filters) &&
  !/STALE|SETTLING|SUSPECTED/.test(filters.attention ?? '')

/** What the counters of one thing at a time know (facets.ts). */
const singles = ['on', 'since_from', 'since_to', 'proof', 'receipt_ready'] as const
const singleOf = (filters: Filters): boolean => singles.some(name => filters[name] !== undefined)

/** Neither scope nor filters leave anything out. */
export const isEverything = (caller: Caller, filters: Filters): boolean =>
  isCounted(caller, filters) &&
  regionPrefixes(caller) === null &&
  !['state', 'region_code', 'gold_plan', 'receipt', 'advertising', 'attention'].some(name => filters[name as keyof Filters])

/** The counters that have enough: by city, unless the caller or the filter is about a district. */
export function countersFor(caller: Caller, filters: Filters) {
  const prefixes = [...(regionPrefixes(caller) ?? []), ...(filters.region_code ? regionPrefixesOf(filters.region_code) : [])]
  return sql.table(prefixes.some(prefix => prefix.length === 6) ? 'merchant_counts' : 'merchant_city_counts')
}

/** Exact. Only where isCounted. */
export async function countedTotal(context: Pick<Context, 'db'>, caller: Caller, filters: Filters, now: Date): Promise<number> {
  const { rows } = await countersTotal(caller, filters, now).execute(context.db)
  return rows[0]!.count
}

/** The statement of countedTotal. */
export function countersTotal(caller: Caller, filters: Filters, now: Date): RawBuilder<{ count: number }> {
  const conditions = [inScope(caller), ...filterConditions(caller, filters, now)]
  return sql`
    select coalesce(sum(count), 0)::float8 as count from ${countersFor(caller, filters)}
    where ${sql.join(conditions, sql` and `)}`
}

/** Exact, from whatever counters have it; null: none has. */
export async function keptTotal(context: Pick<Context, 'db'>, caller: Caller, filters: Filters, now: Date): Promise<number | null> {
  if (isCounted(caller, filters)) return countedTotal(context, caller, filters, now)
  return facetTotal(context.db, caller, filters)
}

/** Counts rows. @param limit null: all */
export async function countUpTo(context: Pick<Context, 'db'>, conditions: readonly Condition[], limit: number | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from (select 1 from sub_merchants where ${sql.join([...conditions], sql` and `)} limit ${limit}) as counted`.execute(context.db)
  return rows[0]!.count
}

/** Counts the rows of any tier. Each tier alone stops at the limit; an "or" of them all would read every one to its end. */
export function tiersCount(
  conditions: readonly Condition[],
  tiers: readonly Tier[],
  isWalked: boolean,
  limit: number,
  isHidden: boolean,
): RawBuilder<{ count: number }> {
  const parts = tiers
    .filter(({ contained }) => !contained)
    .map(tier => {
      const walks = isWalked && tier.isWalkable
      const fenced = isHidden && !walks ? tier.found : null
      const where = sql.join([...conditions, fenced || walks ? tier.decides : matches(tier)], sql` and `)
      // in the order of the index that it walks
      const order = walks ? sql`order by sub_mchid` : sql``
      return sql`(select sub_mchid from ${candidates(fenced)} where ${where} ${order} limit ${sql.lit(limit)})`
    })
  return sql`
    select count(*)::integer as count
    from (select distinct sub_mchid from (${sql.join(parts, sql` union all `)}) as found limit ${sql.lit(limit)}) as counted`
}
