import type { Selectable } from 'kysely'
import type { StaffTable } from '../../database/company-tables.ts'
import { regionName } from '../regions/divisions.ts'
import type { Staff } from './schema.ts'

export function staffShape(row: Selectable<StaffTable>): Staff {
  const { id, display_name, role, region_codes, assigned_only, status } = row
  return { id, display_name, role, region_codes, region_names: region_codes.map(regionName), assigned_only, status }
}
