// Where a member of staff sees merchants: the one predicate that every query of merchants uses (product.md §9).
import { sql, type RawBuilder } from 'kysely'
import { regionPrefix } from '../regions/divisions.ts'
import type { Role } from './schema.ts'

/** Who is asking, as loaded with the session. */
export interface Caller {
  sp_mchid: string
  staff_id: string
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
  return scoped.has(caller.role) ? caller.region_codes.map(regionPrefix) : null
}

/** Whether he sees only what is assigned to him. */
export const scopedToOwn = (caller: Pick<Caller, 'role' | 'assigned_only'>): boolean => scoped.has(caller.role) && caller.assigned_only

/** In a form that an index on region_code serves. @param prefix of region codes, see regionPrefix */
export function inRegion(prefix: string): RawBuilder<boolean> {
  if (prefix.length === 6) return sql<boolean>`region_code = ${prefix}`
  return sql<boolean>`(region_code >= ${prefix} and region_code < ${`${prefix}:`})`
}

/** @returns a condition on sub_merchants, unaliased: this provider's, in the caller's regions, and his own where only those are his */
export function inScope(caller: Caller): RawBuilder<boolean> {
  const conditions = [sql`sp_mchid = ${caller.sp_mchid}`]
  const prefixes = regionPrefixes(caller)
  if (prefixes) {
    const regions = prefixes.map(inRegion)
    conditions.push(regions.length > 0 ? sql`(${sql.join(regions, sql` or `)})` : sql`false`)
  }
  if (scopedToOwn(caller)) conditions.push(sql`assigned_to = ${caller.staff_id}`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
