// Who may decide about a shop (product.md §9): leads in whose scope it lies; where there is none, operators.
import type { Role } from '../../http/schema.ts'
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'

interface Shop {
  sp_mchid: string
  region_code: string
  assigned_to: string | null
}

/**
 * @param requested_by is never among them
 * @returns names in the order of the alphabet; none where nobody is left: then an admin has to invite or enable somebody
 */
export async function decidersOf(db: Database | Trx, shop: Shop, requested_by: string): Promise<{ role: Role; names: string[] }> {
  const { rows } = await sql<{ id: string; display_name: string; role: Role; region_codes: string[]; assigned_only: boolean }>`
    select id, display_name, role, region_codes, assigned_only from staff
    where sp_mchid = (select coalesce(home_sp_mchid, sp_mchid) from provider where sp_mchid = ${shop.sp_mchid})
      and status = 'active' and role in ('region_lead', 'operator') and id <> ${requested_by}
    order by display_name, id`.execute(db)
  const inTheirRegion = ({ region_codes, assigned_only, id }: (typeof rows)[number]) =>
    region_codes.flatMap(regionPrefixesOf).some(prefix => shop.region_code.startsWith(prefix)) &&
    (!assigned_only || shop.assigned_to === id)
  const leads = rows.filter(one => one.role === 'region_lead' && inTheirRegion(one))
  const chosen = leads.length > 0 ? leads : rows.filter(({ role }) => role === 'operator')
  return { role: leads.length > 0 ? 'region_lead' : 'operator', names: chosen.map(({ display_name }) => display_name) }
}
