// The one way in which a provider's own facts change, whoever says so: an administrator in the app's backend, or the command on the server.
import { goldPlanBegan, futureTolerance } from '../../platform/times.ts'
import type { Selectable } from 'kysely'
import { difference } from '../../platform/audit/difference.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { ProviderTable } from '../../database/tables.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import type { ProviderSettings, ProviderSettingsRequest } from './schema.ts'

export type ProviderRow = Selectable<ProviderTable>

/** Who changes it, and by what request. */
export type ChangedBy = Pick<AuditEntry, 'actor' | 'origin'>

/**
 * Locks the number's row, which the verdicts that are derived meanwhile do not wait for.
 * @returns undefined: there is no such number
 */
export const lockProvider = (trx: Trx, sp_mchid: string): Promise<ProviderRow | undefined> =>
  trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).forNoKeyUpdate().executeTakeFirst()

/**
 * @param row as lockProvider gave it
 * @throws AppError VALIDATION_FAILED
 */
export async function changeProvider(
  trx: Trx,
  row: ProviderRow,
  request: ProviderSettingsRequest,
  { actor, origin }: ChangedBy,
  now: Date,
): Promise<void> {
  const since = sinceIn(request, now)
  const settings = { ...request, name: request.name.trim(), default_open_since: since }
  const { name, receipt_link_configured, default_open_since, stale_after_days } = row
  const changed = difference({ name, receipt_link_configured, default_open_since, stale_after_days }, settings)
  // the same value again changes nothing
  if (changed.after === null) return
  const switched = default_open_since?.getTime() !== since?.getTime()
  await trx
    .updateTable('provider')
    .set({
      ...settings,
      version: row.version + 1,
      updated_at: now,
      // starts over, also where an earlier change is still being applied
      ...(switched && { rederive_after: '', rederive_done: 0, rederive_total: null }),
    })
    .where('sp_mchid', '=', row.sp_mchid)
    .execute()
  if (switched) {
    const change = { enabled: since !== null, effective_at: since ?? now, recorded_at: now, recorded_by: actor?.staff_id ?? null }
    await trx
      .insertInto('provider_default_open_changes')
      .values({ sp_mchid: row.sp_mchid, ...change })
      .execute()
  }
  await recordAudit(trx, {
    sp_mchid: row.sp_mchid,
    at: now,
    actor,
    action: 'provider.change',
    target: { type: 'provider', id: row.sp_mchid },
    ...changed,
    origin,
  })
}

function sinceIn({ default_open_since }: ProviderSettingsRequest, now: Date): Date | null {
  if (default_open_since === null) return null
  const since = new Date(default_open_since)
  const field = 'default_open_since'
  if (Number.isNaN(since.getTime())) throw invalidField(field, 'WRONG_FORMAT', 'is not a time')
  if (since < goldPlanBegan) throw invalidField(field, 'TOO_EARLY', 'is before there was a gold plan')
  if (since.getTime() > now.getTime() + futureTolerance)
    throw invalidField(field, 'IN_THE_FUTURE', 'is still to come: say it when it is on')
  return since
}

/** Everything of one number that its administrator sees. */
export async function providerSettings(db: Database | Trx, row: ProviderRow): Promise<ProviderSettings> {
  const changes = await db
    .selectFrom('provider_default_open_changes as c')
    .leftJoin('staff as s', 's.id', 'c.recorded_by')
    .select(['c.enabled', 'c.effective_at', 'c.recorded_at', 'c.recorded_by', 's.display_name'])
    .where('c.sp_mchid', '=', row.sp_mchid)
    .orderBy('c.recorded_at', 'desc')
    .execute()
  return {
    sp_mchid: row.sp_mchid,
    name: row.name,
    receipt_link_configured: row.receipt_link_configured,
    default_open_since: toInstantOrNull(row.default_open_since),
    stale_after_days: row.stale_after_days,
    default_open_changes: changes.map(({ enabled, effective_at, recorded_at, recorded_by, display_name }) => ({
      enabled,
      effective_at: toInstant(effective_at),
      recorded_at: toInstant(recorded_at),
      recorded_by: display_name ?? recorded_by,
    })),
    rederiving: rederivingOf(row),
    version: row.version,
  }
}

export const rederivingOf = ({ rederive_after, rederive_done, rederive_total }: ProviderRow): ProviderSettings['rederiving'] =>
  rederive_after === null ? null : { done: rederive_done ?? 0, total: rederive_total }
