// Who can be made responsible for a shop: an active member of staff who works at merchants and sees the shop (product.md §9).
import type { Role } from '../../http/schema.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { regionPrefixes } from '../../company/staff/scope.ts'

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

/** Whether shops of this region are seen by somebody once they are his. */
export function seesRegion(staff: Responsible, region_code: string): boolean {
  const prefixes = regionPrefixes(staff)
  return prefixes === null || prefixes.some(prefix => region_code.startsWith(prefix))
}
