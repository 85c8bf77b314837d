// How many merchants there are by one thing at a time, from the counters that every write keeps (migrations/0044_dashboard.sql).
import { sql } from 'kysely'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { inRegionOf, inScope, regionPrefixes, scopedToOwn } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { VerdictState } from '../../evidence/verdict/schema.ts'
import type { Caller } from '../../http/caller.ts'
import type { Condition } from './tier.ts'
import type { SubMerchantQuery } from './schema.ts'

/** What is counted: see the table in the migration for what `key` is. */
export type Facet = 'state' | 'staff' | 'proof' | 'since' | 'ready' | 'day'

export interface FacetCount {
  key: string
  /** empty where the facet does not tell states apart */
  state: VerdictState | ''
  /** of facet `day` a change, which may be below zero */
  count: number
}

/** Digits of the shortest region codes that still tell the caller's scope and this region. */
export function levelFor(caller: Caller, region_code: string | undefined): 2 | 4 | 6 {
  const prefixes = [...(regionPrefixes(caller) ?? []), ...(region_code ? regionPrefixesOf(region_code) : [])]
  const longest = Math.max(2, ...prefixes.map(({ length }) => length))
  return longest === 2 ? 2 : longest === 4 ? 4 : 6
}

/** Only where the caller is not scopedToOwn: these counters know whose a merchant is in one facet alone. @param more conditions on key and migration_state */
export async function facetCounts(
  db: Database | Trx,
  caller: Caller,
  facet: Facet,
  region_code: string | undefined,
  more: readonly Condition[] = [],
): Promise<FacetCount[]> {
  const conditions = [
    inScope(caller),
    sql<boolean>`facet = ${facet}`,
    // as a literal: the planner knows then that of the changes one level is read
    sql<boolean>`level = ${sql.lit(levelFor(caller, region_code))}`,
    ...(region_code ? [inRegionOf(region_code)] : []),
    ...more,
  ]
  const { rows } = await sql<FacetCount>`
    select key, migration_state as state, sum(count)::float8 as count from merchant_facets
    where ${sql.join(conditions, sql` and `)} group by key, migration_state`.execute(db)
  return rows.filter(({ count }) => count !== 0)
}

/** The first day whose end is known; null: every day. */
export async function historyFrom(db: Database | Trx): Promise<string | null> {
  const { rows } = await sql<{ known_from: string }>`select known_from from merchant_history`.execute(db)
  return rows[0]?.known_from ?? null
}

type Filters = Omit<SubMerchantQuery, 'q' | 'sort' | 'limit' | 'cursor' | 'count'>

/** Whether at most these are asked for. */
const onlyAsks = (filters: Filters, ...names: (keyof Filters)[]): boolean =>
  Object.entries(filters).every(([name, value]) => value === undefined || name === 'region_code' || names.includes(name as keyof Filters))

/** Exact; null where no single facet has it. */
export async function facetTotal(db: Database | Trx, caller: Caller, filters: Filters): Promise<number | null> {
  if (scopedToOwn(caller)) return null
  const states = filters.state?.split(',').map(one => one.trim())
  const inStates = states ? [sql<boolean>`migration_state in (${sql.join(states)})`] : []
  const sum = async (facet: Facet, ...more: Condition[]) =>
    (await facetCounts(db, caller, facet, filters.region_code, more)).reduce((total, { count }) => total + count, 0)
  const { on, assigned_to, proof, receipt_ready, since_from, since_to } = filters
  if (on && onlyAsks(filters, 'on', 'state'))
    return (await sum('state', ...inStates)) - (await sum('day', sql<boolean>`key > ${on}`, ...inStates))
  if (assigned_to && onlyAsks(filters, 'assigned_to', 'state'))
    return sum(
      'staff',
      sql<boolean>`key = ${assigned_to === 'none' ? '' : assigned_to === 'me' ? caller.staff_id : assigned_to}`,
      ...inStates,
    )
  if (proof && onlyAsks(filters, 'proof', 'state')) return sum('proof', sql<boolean>`key = ${proof}`, ...inStates)
  if (receipt_ready && onlyAsks(filters, 'receipt_ready')) return sum('ready', sql<boolean>`key = ${receipt_ready}`)
  if ((since_from || since_to) && filters.state === 'verified' && onlyAsks(filters, 'since_from', 'since_to', 'state'))
    return sum('since', sql<boolean>`key >= ${since_from ?? ''}`, ...(since_to ? [sql<boolean>`key <= ${since_to}`] : []))
  return null
}
