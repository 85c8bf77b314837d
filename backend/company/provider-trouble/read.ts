import type { Numbers } from '../../http/caller.ts'
import type { Selectable } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { ProviderTable } from '../../database/company-tables.ts'
import { toInstant } from '../../platform/instants.ts'
import { ofNumbers } from '../staff/scope.ts'
import type { ProviderTrouble } from '../staff/schema.ts'

/** Who can fix it and sees the trouble on their own page: the provider company's active operators, by display name. */
export async function toldOperators(db: Database | Trx, numbers: Numbers): Promise<string[]> {
  const rows = await db
    .selectFrom('staff')
    .select('display_name')
    .where(ofNumbers(numbers))
    .where('role', '=', 'operator')
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(row => row.display_name)
}

type NumberRow = Pick<Selectable<ProviderTable>, 'sp_mchid' | 'name' | 'trouble_code' | 'trouble_since'>

/**
 * @param rows of the company's numbers, in the order of the settings
 * @returns every standing trouble; with several numbers each says which it is about
 */
export async function troublesOf(db: Database | Trx, numbers: Numbers, rows: readonly NumberRow[]): Promise<ProviderTrouble[]> {
  const standing = rows.flatMap(({ trouble_code, trouble_since, ...row }) =>
    trouble_code && trouble_since ? [{ ...row, code: trouble_code, since: toInstant(trouble_since) }] : [],
  )
  if (standing.length === 0) return []
  const told = await toldOperators(db, numbers)
  return standing.map(({ sp_mchid, name, code, since }) => ({
    code,
    since,
    told,
    ...(numbers.length > 1 && { number: { sp_mchid, name } }),
  }))
}
