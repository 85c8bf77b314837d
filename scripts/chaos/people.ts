// Who works and where: rows as an import would leave them, before the first process starts.
import type { Role } from '../../backend/http/schema.ts'
import type { Clock } from '../../backend/platform/clock.ts'
import { aloneLimits } from '../../backend/database/client.ts'
import { connect } from '../../backend/database/connection.ts'
import { searchTerms } from '../../backend/directory/merchants/search-terms.ts'
import { ensureProvider } from '../../backend/company/providers.ts'

export const sp_mchid = '1900000001'

export interface Person {
  id: string
  /** what wx.login of his phone gives */
  code: string
  role: Role
  region_codes: readonly string[]
}

const person = (code: string, role: Role, region_codes: readonly string[]): Person => ({
  id: `staff-${code}`,
  code: `demo-${code}`,
  role,
  region_codes,
})

/** whose rights never change: what they are refused was not done */
export const steady: readonly Person[] = [
  person('field_agent', 'field_agent', ['440305']),
  person('region_lead', 'region_lead', ['440300']),
  person('operator', 'operator', []),
]
/** who is disabled and moved in the middle of his work */
export const unsteady: Person = person('unbound', 'field_agent', ['440305'])
/** where he is moved to */
export const elsewhere = '440304'
export const auditor = person('auditor', 'auditor', [])
const people: readonly Person[] = [...steady, unsteady, auditor]

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => String(from + index))
/** shops of the district that everybody works in, and of the one next to it */
export const shops = { here: numbers(1_900_010_101, 24), there: numbers(1_900_010_201, 6) }
export const allShops: readonly string[] = [...shops.here, ...shops.there]

/** @param url of the program's login, at an empty database that is up to date */
export async function fillWithPeople(url: string, clock: Clock): Promise<void> {
  const db = connect(url, 1, aloneLimits)
  const now = clock.now()
  try {
    await ensureProvider(db, { sp_mchid, name: '示例服务商' }, now)
    await db.updateTable('provider').set({ receipt_link_configured: true }).where('sp_mchid', '=', sp_mchid).execute()
    await db
      .insertInto('staff')
      .values(
        people.map(({ id, role, region_codes }) => ({
          id,
          sp_mchid,
          display_name: id,
          role,
          region_codes: [...region_codes],
          status: 'active' as const,
          created_at: now,
        })),
      )
      .execute()
    await db
      .insertInto('staff_bindings')
      .values(people.map(({ id, code }) => ({ sp_mchid, openid: `openid-${code}`, staff_id: id, bound_at: now })))
      .execute()
    await db
      .insertInto('sub_merchants')
      .values(
        allShops.map(sub_mchid => {
          const shop = { name: `面馆${sub_mchid.slice(-4)}`, short_name: '面馆', address: '科苑路 15 号' }
          const region_code = shops.here.includes(sub_mchid) ? '440305' : elsewhere
          return { sp_mchid, sub_mchid, ...shop, ...searchTerms(shop), region_code, created_at: now, updated_at: now }
        }),
      )
      .execute()
  } finally {
    await db.destroy()
  }
}
