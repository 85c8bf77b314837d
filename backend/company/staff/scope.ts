// Where a member of staff sees merchants: the one predicate that every query of merchants uses (product.md §9).
import type { Caller, Numbers } from '../../http/caller.ts'
import type { Role } from '../../http/schema.ts'
import { sql, type RawBuilder } from 'kysely'
import { regionPrefixesOf } from '../regions/divisions.ts'

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
function inRegion(prefix: string): RawBuilder<boolean> {
  if (prefix.length === 6) return sql<boolean>`region_code = ${prefix}`
  return sql<boolean>`(region_code >= ${prefix} and region_code < ${`${prefix}:`})`
}

/** With one number an equality, as ever: what the indexes begin with. @param column named so in the query */
export const ofNumbers = (numbers: Numbers, column = 'sp_mchid'): RawBuilder<boolean> =>
  numbers.length === 1 ? sql<boolean>`${sql.ref(column)} = ${numbers[0]}` : sql<boolean>`${sql.ref(column)} in (${sql.join([...numbers])})`

/** If a merchant exists under two numbers all the same, a look-up takes the one under the first number. */
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
