// Who can be made responsible for a shop: an active member of staff who works at merchants and sees the shop (product.md §9).
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { Numbers } from '../../http/caller.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import type { Role } from '../../http/schema.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'

export interface Responsible {
  id: string
  role: Role
  region_codes: string[]
  status: 'invited' | 'active' | 'disabled'
}

/** @returns why nobody can be given shops to this member of staff; null when they can */
export function faultOf(staff: Responsible): 'NOT_ACTIVE' | 'ROLE_WITHOUT_SHOPS' | null {
  if (staff.status !== 'active') return 'NOT_ACTIVE'
  return mayDo(staff.role, 'evidence.write') ? null : 'ROLE_WITHOUT_SHOPS'
}

/** Whether shops of this region are seen by somebody once they are theirs. */
export function seesRegion(staff: Responsible, region_code: string): boolean {
  const prefixes = regionPrefixes(staff)
  return prefixes === null || prefixes.some(prefix => region_code.startsWith(prefix))
}

/** As a condition on sub_merchants, unaliased: shops that this person would not see though they were theirs. */
export function unseenBy(staff: Pick<Responsible, 'role' | 'region_codes'>): RawBuilder<boolean> {
  const prefixes = regionPrefixes({ role: staff.role, region_codes: staff.region_codes })
  if (prefixes === null) return sql<boolean>`false`
  return sql<boolean>`not exists (select 1 from unnest(${prefixes}::text[]) as prefix where starts_with(region_code, prefix))`
}

/** Who is disabled at this moment gets nothing any more: the row is held until the transaction ends. */
export const lockResponsible = (trx: Trx, numbers: Numbers, staff_id: string): Promise<Responsible | undefined> =>
  personOf(trx, numbers, staff_id).forShare().executeTakeFirst()

/** As it is at this moment. */
export const findResponsible = (db: Database | Trx, numbers: Numbers, staff_id: string): Promise<Responsible | undefined> =>
  personOf(db, numbers, staff_id).executeTakeFirst()

const personOf = (db: Database | Trx, numbers: Numbers, staff_id: string) =>
  db.selectFrom('staff').select(['id', 'role', 'region_codes', 'status']).where('id', '=', staff_id).where(ofNumbers(numbers))

/**
 * @param field that names the person
 * @throws AppError VALIDATION_FAILED
 */
export function assertCanHave(staff: Responsible | undefined, field: string): asserts staff is Responsible {
  if (!staff) throw invalidField(field, 'NOT_FOUND', 'there is no such member of staff')
  const fault = faultOf(staff)
  if (fault === 'NOT_ACTIVE') throw invalidField(field, fault, 'is disabled, or has not bound a WeChat account yet')
  if (fault) throw invalidField(field, fault, 'has a role that does not work at shops')
}
