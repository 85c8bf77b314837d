// Versions of the checklist: the first comes with the program, later ones from an administrator. None is ever changed or removed.
import { readFileSync } from 'node:fs'
import { difference } from '../../platform/audit/difference.ts'
import { recordAudit, type Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { toInstant } from '../../platform/instants.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { assertMayDo } from '../../company/staff/permissions.ts'
import type { Caller } from '../../company/staff/scope.ts'
import { writeAs } from '../../http/write-as.ts'
import type { ChecklistTemplate, ChecklistTemplateRequest } from './schema.ts'
import { templateFaults } from './validate.ts'

type Content = Omit<ChecklistTemplate, 'version' | 'published_at'>

/** onboarding-v1 (product.md §10) */
const first = JSON.parse(readFileSync(new URL('onboarding-v1.json', import.meta.url), 'utf8')) as Content & { version: number }

/** Puts the first version into a database that has none. */
export async function ensureTemplate(db: Database | Trx, sp_mchid: string, now: Date): Promise<void> {
  const { version, ...body } = first
  await db
    .insertInto('checklist_templates')
    .values({ sp_mchid, version, body: JSON.stringify(body), published_at: now, published_by: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function currentTemplate(context: Context, db: Database | Trx = context.db): Promise<ChecklistTemplate> {
  const { sp_mchid } = context
  const newest = () =>
    db.selectFrom('checklist_templates').selectAll().where('sp_mchid', '=', sp_mchid).orderBy('version', 'desc').limit(1).executeTakeFirst()
  let row = await newest()
  if (!row) {
    await ensureTemplate(db, sp_mchid, context.clock.now())
    row = await newest()
  }
  if (!row) throw new Error('the checklist of the program was not stored')
  return templateShape(row)
}

/** @throws AppError NOT_FOUND */
export async function templateOfVersion(context: Context, version: number, db: Database | Trx = context.db): Promise<ChecklistTemplate> {
  const current = await currentTemplate(context, db)
  if (current.version === version) return current
  const row = await db
    .selectFrom('checklist_templates')
    .selectAll()
    .where('sp_mchid', '=', context.sp_mchid)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return templateShape(row)
}

const templateShape = ({ version, body, published_at }: { version: number; body: Content; published_at: Date }): ChecklistTemplate => ({
  ...body,
  version,
  published_at: toInstant(published_at),
})

/**
 * The next version. Visits that were begun with an older one are taken for 30 days more.
 * @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED, TEMPLATE_OUTDATED, IDEMPOTENCY_KEY_REUSED
 */
export async function publishTemplate(
  context: Context,
  asked: Caller,
  request: ChecklistTemplateRequest,
  idempotent: IdempotentRequest,
  origin: Origin,
): Promise<{ template: ChecklistTemplate; replayed: boolean }> {
  return writeAs(context, asked, async (trx, caller) => {
    assertMayDo(caller, 'settings.manage')
    const faults = templateFaults(request)
    if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { errors: faults })
    const now = context.clock.now()
    const kept = await keptKey(trx, idempotent, now)
    if (kept) return { template: await templateOfVersion(context, request.version, trx), replayed: true }
    const before = await currentTemplate(context, trx)
    const { version, ...content } = request
    if (version !== before.version + 1) throw new AppError('TEMPLATE_OUTDATED', { current_version: before.version })
    const body: Content = { template_id: before.template_id, ...content }
    const stored = await trx
      .insertInto('checklist_templates')
      .values({ sp_mchid: context.sp_mchid, version, body: JSON.stringify(body), published_at: now, published_by: caller.staff_id })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    // somebody else published the same number at this moment
    if (stored.numInsertedOrUpdatedRows !== 1n) throw new AppError('TEMPLATE_OUTDATED', { current_version: version })
    if (!(await keepKey(trx, idempotent, { answer: JSON.stringify({ version }) }, now))) throw new AppError('IDEMPOTENCY_KEY_REUSED')
    const { published_at: _, ...contentBefore } = before
    const changed = difference<Omit<ChecklistTemplate, 'published_at'>>(contentBefore, { ...body, version })
    await recordAudit(trx, {
      sp_mchid: context.sp_mchid,
      at: now,
      actor: caller,
      action: 'checklist_template.publish',
      target: { type: 'provider', id: context.sp_mchid },
      before: changed.before,
      after: changed.after,
      origin,
    })
    return { template: { ...body, version, published_at: toInstant(now) }, replayed: false }
  })
}
