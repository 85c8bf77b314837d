// The register of appids: kept by administrators, read whenever an order's appid has to be told apart.
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { toInstant } from '../../platform/instants.ts'
import type { AppidEntry, AppidKind, AppidList, AppidRequest } from './schema.ts'

/** Appids are printed on every page of their owner: whoever works here may read the register. */
export async function listAppids(db: Database, sp_mchid: string): Promise<AppidList> {
  const rows = await db.selectFrom('appids').selectAll().where('sp_mchid', '=', sp_mchid).orderBy('appid').execute()
  return { items: rows.map(shape) }
}

const shape = ({ appid, kind, name, updated_at }: Pick<AppidEntry, 'appid' | 'kind' | 'name'> & { updated_at: Date }): AppidEntry => ({
  appid,
  kind,
  name,
  updated_at: toInstant(updated_at),
})

/** @returns null for one that is not in the register, or was taken out again */
export async function kindOfAppid(db: Database | Trx, sp_mchid: string, appid: string): Promise<Exclude<AppidKind, 'unregistered'> | null> {
  const row = await db.selectFrom('appids').select('kind').where('sp_mchid', '=', sp_mchid).where('appid', '=', appid).executeTakeFirst()
  return row && row.kind !== 'unregistered' ? row.kind : null
}

/**
 * Enters one appid, or says anew what it is.
 * @throws AppError ACTION_FORBIDDEN, IDEMPOTENCY_KEY_REUSED
 */
export const enterAppid = (context: Context, ask: Ask, appid: string, { kind, name = null }: AppidRequest): Promise<AppidEntry> =>
  idempotentWrite(context, ask, {
    replay: async db => {
      const held = await appidOf(db, context.sp_mchid, appid).executeTakeFirst()
      return held && shape(held)
    },
    async work(trx, { caller, now }) {
      await putAppid(trx, context.sp_mchid, { appid, kind, name }, { actor: caller, origin: ask.origin }, now)
      const answer = shape({ appid, kind, name, updated_at: now })
      return { answer, keep: { answer: JSON.stringify({ appid }) }, audit: null }
    },
  })

const appidOf = (db: Database | Trx, sp_mchid: string, appid: string) =>
  db.selectFrom('appids').selectAll().where('sp_mchid', '=', sp_mchid).where('appid', '=', appid)

/** @param entry without a name: the one that it has stays */
export async function putAppid(
  trx: Trx,
  sp_mchid: string,
  entry: { appid: string; kind: AppidKind; name?: string | null },
  { actor, origin }: Pick<AuditEntry, 'actor' | 'origin'>,
  now: Date,
): Promise<void> {
  const { appid, kind } = entry
  const before = await appidOf(trx, sp_mchid, appid).forUpdate().executeTakeFirst()
  const name = entry.name === undefined ? (before?.name ?? null) : entry.name
  const values = { kind, name, updated_at: now, updated_by: actor?.staff_id ?? '' }
  await trx
    .insertInto('appids')
    .values({ sp_mchid, appid, ...values })
    .onConflict(conflict => conflict.columns(['sp_mchid', 'appid']).doUpdateSet(values))
    .execute()
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor,
    action: 'appid.enter',
    target: { type: 'provider', id: sp_mchid },
    before: before ? { appid, kind: before.kind, name: before.name } : null,
    after: { appid, kind, name },
    origin,
  })
}
