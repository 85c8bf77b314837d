// Where a member of staff sees merchants: the one predicate that every query of merchants uses (product.md §9).
import { sql, type RawBuilder } from 'kysely'
import { regionPrefixesOf } from '../regions/divisions.ts'
import type { Role } from './schema.ts'

/** The sp_mchids of one provider company, its home first. */
export type Numbers = readonly [string, ...string[]]

/** Who is asking, as loaded with the session. */
export interface Caller {
  /** under which this member of staff stands; merchants may stand under any of `numbers` */
  sp_mchid: string
  /** every sp_mchid of the provider company that this process serves */
  numbers: Numbers
  staff_id: string
  /** of the session's token: read again at the moment of writing */
  session_hash: string
  display_name: string
  role: Role
  region_codes: readonly string[]
  assigned_only: boolean
  /** the provider's: days after which a proof is old */
  stale_after_days: number
}

const scoped: ReadonlySet<Role> = new Set(['field_agent', 'region_lead'])

/** Prefixes of region codes that the caller sees; null: everything. */
export function regionPrefixes(caller: Pick<Caller, 'role' | 'region_codes'>): string[] | null {
  return scoped.has(caller.role) ? caller.region_codes.flatMap(regionPrefixesOf) : null
}

/** Whether he sees only what is assigned to him. */
export const scopedToOwn = (caller: Pick<Caller, 'role' | 'assigned_only'>): boolean => scoped.has(caller.role) && caller.assigned_only

/** Whether a shop stands in this region. @param code as chosen from the tree, see regionPrefixesOf */
export const inRegionOf = (code: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(regionPrefixesOf(code).map(inRegion), sql` or `)})`

/** In a form that an index on region_code serves. @param prefix of region codes, see regionPrefix */
export function inRegion(prefix: string): RawBuilder<boolean> {
  if (prefix.length === 6) return sql<boolean>`region_code = ${prefix}`
  return sql<boolean>`(region_code >= ${prefix} and region_code < ${`${prefix}:`})`
}

/** With one number an equality, as ever: what the indexes begin with. @param column named so in the query */
export const ofNumbers = (numbers: Numbers, column = 'sp_mchid'): RawBuilder<boolean> =>
  numbers.length === 1 ? sql<boolean>`${sql.ref(column)} = ${numbers[0]}` : sql<boolean>`${sql.ref(column)} in (${sql.join([...numbers])})`

/** Should a merchant be there twice all the same, whoever looks it up means the one under the first number. */
export const inOrderOf = (numbers: Numbers, column = 'sp_mchid'): RawBuilder<number | null> =>
  sql<number | null>`array_position(${[...numbers]}::text[], ${sql.ref(column)}::text)`

/**
 * @param numbers those of the caller's among which is looked
 * @returns a condition on sub_merchants, unaliased: this provider's, in the caller's regions, and his own where only those are his
 */
export function inScope(
  caller: Pick<Caller, 'numbers' | 'staff_id' | 'role' | 'region_codes' | 'assigned_only'>,
  numbers = caller.numbers,
): RawBuilder<boolean> {
  const conditions = [ofNumbers(numbers)]
  const prefixes = regionPrefixes(caller)
  if (prefixes) {
    const regions = prefixes.map(inRegion)
    conditions.push(regions.length > 0 ? sql`(${sql.join(regions, sql` or `)})` : sql`false`)
  }
  if (scopedToOwn(caller)) conditions.push(sql`assigned_to = ${caller.staff_id}`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
