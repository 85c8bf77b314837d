// What an administrator fills in of a person, and whether it can be saved. Pure.
import type { NewStaff, StaffMember } from '../../../../typings/api'
import { characterCount } from '../../../shared/characters'

export interface Form {
  display_name: string
  role: StaffMember['role']
  regions: { code: string; name: string }[]
  assigned_only: boolean
}

export const EMPTY: Form = { display_name: '', role: 'field_agent', regions: [], assigned_only: false }
export const LONGEST_NAME = 32

/** Whoever sees only regions; the others see everything. */
export const isScoped = (role: StaffMember['role']): boolean => role === 'field_agent' || role === 'region_lead'

export const formOf = ({ display_name, role, region_codes, region_names, assigned_only }: StaffMember): Form => ({
  display_name,
  role,
  regions: region_codes.map((code, index) => ({ code, name: region_names[index] ?? code })),
  assigned_only,
})

/** As it is sent. */
export const rightsOf = ({ display_name, role, regions, assigned_only }: Form): NewStaff => ({
  display_name: display_name.trim(),
  role,
  region_codes: isScoped(role) ? regions.map(({ code }) => code) : [],
  assigned_only: isScoped(role) && assigned_only,
})

export const isComplete = (form: Form): boolean => {
  const length = characterCount(form.display_name.trim())
  return length > 0 && length <= LONGEST_NAME && (!isScoped(form.role) || form.regions.length > 0)
}

/** Regions in another order are the same. */
export function isSame(one: Form, other: Form): boolean {
  const sent = (form: Form) => {
    const rights = rightsOf(form)
    return JSON.stringify({ ...rights, region_codes: [...rights.region_codes].sort() })
  }
  return sent(one) === sent(other)
}

/** One that holds another replaces it; one that is held already adds nothing. */
export function withRegion(regions: Form['regions'], region: { code: string; name: string }): Form['regions'] {
  const prefix = (code: string) => code.replace(/(00){1,2}$/, '')
  if (regions.some(({ code }) => region.code.startsWith(prefix(code)))) return regions
  return [...regions.filter(({ code }) => !code.startsWith(prefix(region.code))), region]
}
