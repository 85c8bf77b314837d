// The service provider that this process serves.
import { ensureTemplate } from './checklists/service.ts'
import type { Database } from './database/connection.ts'

/** Makes the provider's row and its checklist on the first start; later they are the database's. */
export async function ensureProvider(db: Database, { sp_mchid, name }: { sp_mchid: string; name: string }, now: Date): Promise<void> {
  await db
    .insertInto('provider')
    .values({ sp_mchid, name, updated_at: now })
    .onConflict(conflict => conflict.column('sp_mchid').doNothing())
    .execute()
  await ensureTemplate(db, sp_mchid, now)
}
