import type { Selectable } from 'kysely'
import type { Database, Trx } from '../database/connection.ts'
import type { ProviderTable } from '../database/tables.ts'
import { toInstant } from '../instants.ts'
import type { ProviderTrouble } from '../staff/schema.ts'

/** Who mends it and has been told by their own page: the provider's active operators, by display name. */
export async function toldOperators(db: Database | Trx, sp_mchid: string): Promise<string[]> {
  const rows = await db
    .selectFrom('staff')
    .select('display_name')
    .where('sp_mchid', '=', sp_mchid)
    .where('role', '=', 'operator')
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(row => row.display_name)
}

export async function troubleOf(
  db: Database | Trx,
  { sp_mchid, trouble_code, trouble_since }: Pick<Selectable<ProviderTable>, 'sp_mchid' | 'trouble_code' | 'trouble_since'>,
): Promise<ProviderTrouble | null> {
  if (!trouble_code || !trouble_since) return null
  return { code: trouble_code, since: toInstant(trouble_since), told: await toldOperators(db, sp_mchid) }
}
