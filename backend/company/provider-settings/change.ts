// The one way in which a provider's own facts change, whoever says so: an administrator in the app's backend, or the command on the server.
import { goldPlanBegan, futureTolerance } from '../../platform/times.ts'
import type { Selectable } from 'kysely'
import { difference } from '../../platform/audit/difference.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { ProviderTable } from '../../database/company-tables.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { plainHost, receiptLinkFaults, type ReceiptLinkFaultCode } from '../../../miniprogram/packages/manage/shared/receipt-link.ts'
import { countWithEvidence } from './judged.ts'
import type { MessageTemplate } from '../notices/schema.ts'
import { forgetTemplateFaults, templateFaults } from '../notices/template-faults.ts'
import type { ProviderSettings, ProviderSettingsRequest, ReceiptLink } from './schema.ts'
import { tidy } from '../../platform/tidy.ts'

export type ProviderRow = Selectable<ProviderTable>

/** Who changes it, and by what request. */
export type ChangedBy = Pick<AuditEntry, 'actor' | 'origin'>

/**
 * Locks the number's row, which the verdicts that are derived meanwhile do not wait for.
 * @returns undefined: there is no such number
 */
export const lockProvider = (trx: Trx, sp_mchid: string): Promise<ProviderRow | undefined> =>
  trx.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).forNoKeyUpdate().executeTakeFirst()

/** What may be set, as it is. */
export const settableOf = (row: ProviderRow): ProviderSettingsRequest => ({
  name: row.name,
  receipt_link_configured: row.receipt_link_configured,
  receipt_links: row.receipt_links,
  default_open_since: toInstantOrNull(row.default_open_since),
  stale_after_days: row.stale_after_days,
  rollout_rate_per_minute: row.rollout_rate_per_minute,
  watch: row.watch,
  message_templates: row.message_templates,
})

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
  const receipt_links = linksIn(request)
  const settings = { ...request, name: tidy(request.name), receipt_links, default_open_since: since }
  const changed = difference({ ...settableOf(row), default_open_since: row.default_open_since }, settings)
  // the same value again changes nothing
  if (changed.after === null) return
  const switched = row.default_open_since?.getTime() !== since?.getTime()
  await trx
    .updateTable('provider')
    .set({
      ...settings,
      receipt_links: JSON.stringify(receipt_links),
      watch: JSON.stringify(settings.watch),
      message_templates: JSON.stringify(templatesIn(request)),
      version: row.version + 1,
      updated_at: now,
      changed_by: actor?.staff_id ?? null,
      changed_at: now,
      // starts over, also where an earlier change is still being applied
      ...(switched && { rederiving: 'to_split' as const, rederive_total: null }),
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
  if (changed.after.message_templates !== undefined)
    await forgetTemplateFaults(trx, [...row.message_templates, ...settings.message_templates])
  // what was found of other links says nothing of these
  if (changed.after.receipt_links !== undefined)
    await trx
      .deleteFrom('readiness_findings')
      .where('sp_mchid', '=', row.sp_mchid)
      .where('check', 'in', ['link', 'verification_file'])
      .execute()
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

const faultMessages: Readonly<Record<ReceiptLinkFaultCode, string>> = {
  REQUIRED: 'must not be empty',
  TOO_LONG: 'is too long',
  HAS_SCHEME: 'is more than a host name: give it without https://',
  HAS_PORT: 'names a port: WeChat asks for receipts at the usual one',
  WILDCARD: 'is a wildcard: give each host by its name',
  IS_ADDRESS: 'is an address: give a host name',
  NOT_ASCII: 'is not in plain ASCII, or spells out (xn--) a name that is not: whoever keeps the server registers it (RECEIPT_LINK_HOSTS)',
  INNER_NAME: 'is a name of an inner network',
  WRONG_FORMAT: 'is not in a form that can be visited',
  DUPLICATE: 'is there twice',
}

function linksIn({ receipt_links }: ProviderSettingsRequest): ReceiptLink[] {
  const links = receipt_links.map(({ host, path, note }) => ({ host: plainHost(host), path: path.trim(), note: note.trim() }))
  const errors = receiptLinkFaults(links).map(({ field, code }) => ({ field, code, message: faultMessages[code] }))
  if (errors.length > 0) throw new AppError('VALIDATION_FAILED', { errors })
  return links
}

/** One of a kind, and none for two: WeChat counts what a person allowed by template. */
function templatesIn({ message_templates }: ProviderSettingsRequest): MessageTemplate[] {
  const errors = message_templates.flatMap(({ kind, template_id }, index) =>
    message_templates.slice(0, index).some(one => one.kind === kind || one.template_id === template_id)
      ? [{ field: `message_templates.${index}`, code: 'DUPLICATE', message: 'is there twice' }]
      : [],
  )
  if (errors.length > 0) throw new AppError('VALIDATION_FAILED', { errors })
  return message_templates
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

/** Everything of one number that may be seen of its settings. */
export async function providerSettings(db: Database | Trx, row: ProviderRow): Promise<ProviderSettings> {
  const changes = await db
    .selectFrom('provider_default_open_changes as c')
    .leftJoin('staff as s', 's.id', 'c.recorded_by')
    .select(['c.enabled', 'c.effective_at', 'c.recorded_at', 'c.recorded_by', 's.display_name'])
    .where('c.sp_mchid', '=', row.sp_mchid)
    .orderBy('c.recorded_at', 'desc')
    .execute()
  const rederiving = (await rederivingOf(db, [row]))[0] ?? null
  return {
    sp_mchid: row.sp_mchid,
    ...settableOf(row),
    default_open_changes: changes.map(({ enabled, effective_at, recorded_at, recorded_by, display_name }) => ({
      enabled,
      effective_at: toInstant(effective_at),
      recorded_at: toInstant(recorded_at),
      recorded_by: display_name ?? recorded_by,
    })),
    message_template_faults: await templateFaults(db, row.message_templates),
    rederiving,
    judged_by_default_open: rederiving?.total ?? (await countWithEvidence(db, row.sp_mchid)),
    changed_by: await nameOf(db, row.changed_by),
    changed_at: toInstantOrNull(row.changed_at),
    version: row.version,
  }
}

async function nameOf(db: Database | Trx, id: string | null): Promise<string | null> {
  if (id === null) return null
  const staff = await db.selectFrom('staff').select('display_name').where('id', '=', id).executeTakeFirst()
  return staff?.display_name ?? id
}

/** Of those numbers whose verdicts are being derived anew. */
export async function rederivingOf(
  db: Database | Trx,
  rows: readonly Pick<ProviderRow, 'sp_mchid' | 'rederiving' | 'rederive_total'>[],
): Promise<NonNullable<ProviderSettings['rederiving']>[]> {
  const underWay = rows.filter(({ rederiving }) => rederiving !== null)
  if (underWay.length === 0) return []
  const parts = await db
    .selectFrom('rederive_parts')
    .select(['sp_mchid', eb => eb.fn.sum<string>('done').as('done')])
    .where(
      'sp_mchid',
      'in',
      underWay.map(({ sp_mchid }) => sp_mchid),
    )
    .groupBy('sp_mchid')
    .execute()
  return underWay.map(({ sp_mchid, rederiving, rederive_total }) => {
    const done = Number(parts.find(part => part.sp_mchid === sp_mchid)?.done ?? 0)
    return { done: rederiving === 'in_parts' ? done : 0, total: rederive_total }
  })
}
