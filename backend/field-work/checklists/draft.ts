// The next version while it is written: one draft for the company. Whoever saves says which one he saw, so that two who write at once lose nothing, and is
// shown what the other made of it (412). Publishing makes a version of it that never changes.
import { isDeepStrictEqual } from 'node:util'
import type { Database, Trx } from '../../database/connection.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { neededReason } from '../../http/problems/reason.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { changesBetween, factsLost } from './changes.ts'
import type { ChecklistContent, ChecklistDraft, ChecklistPublication, ChecklistTemplate, ChecklistVersionList } from './schema.ts'
import { contentOf, currentTemplate, templateOfVersion } from './service.ts'
import { templateFaults } from './validate.ts'

const rowOf = (db: Database | Trx, sp_mchid: string) => db.selectFrom('checklist_drafts').selectAll().where('sp_mchid', '=', sp_mchid)

export async function readDraft(context: Context, db: Database | Trx = context.db): Promise<ChecklistDraft> {
  const current = await currentTemplate(context, db)
  const row = await rowOf(db, context.sp_mchid).executeTakeFirst()
  const content = row?.body ?? contentOf(current)
  const writer = row?.body && (await db.selectFrom('staff').select('display_name').where('id', '=', row.updated_by).executeTakeFirst())
  const versions = await db.selectFrom('checklist_templates').select('body').where('sp_mchid', '=', context.sp_mchid).execute()
  return {
    version: row?.version ?? 0,
    begun: Boolean(row?.body),
    content,
    current_version: current.version,
    changes: changesBetween(current, content),
    faults: templateFaults(content),
    facts_lost: factsLost(current, content),
    used_ids: [...new Set(versions.flatMap(({ body }) => body.items.map(({ id }) => id)))].sort(),
    updated_at: row?.body ? toInstantOrNull(row.updated_at) : null,
    updated_by: writer?.display_name ?? null,
  }
}

/** Where nobody has begun one there is no row to lock: two who begin at once meet here. */
async function lockDraft(context: Context, trx: Trx) {
  // makes the first version, where the program was only just started
  await currentTemplate(context, trx)
  await trx.selectFrom('provider').select('sp_mchid').where('sp_mchid', '=', context.sp_mchid).forNoKeyUpdate().execute()
  const row = await rowOf(trx, context.sp_mchid).forUpdate().executeTakeFirst()
  return { version: row?.version ?? 0, body: row?.body ?? null, current: () => readDraft(context, trx) }
}

const store = (trx: Trx, sp_mchid: string, values: { version: number; body: string | null; updated_at: Date; updated_by: string }) =>
  trx
    .insertInto('checklist_drafts')
    .values({ sp_mchid, ...values })
    .onConflict(conflict => conflict.column('sp_mchid').doUpdateSet(values))
    .execute()

/** @throws AppError ACTION_FORBIDDEN, PRECONDITION_REQUIRED, VERSION_MISMATCH (current: ChecklistDraft), IDEMPOTENCY_KEY_REUSED */
export const saveDraft = (context: Context, ask: Ask, content: ChecklistContent): Promise<ChecklistDraft> =>
  idempotentWrite(context, ask, {
    replay: db => readDraft(context, db),
    lock: trx => lockDraft(context, trx),
    async work(trx, { caller, held, now }) {
      const before = held.body ?? contentOf(await currentTemplate(context, trx))
      const values = { version: held.version + 1, body: JSON.stringify(content), updated_at: now, updated_by: caller.staff_id }
      await store(trx, context.sp_mchid, values)
      return {
        answer: await readDraft(context, trx),
        keep: { answer: JSON.stringify({ draft: values.version }) },
        audit: trail(context, 'draft', { ...changesBetween(before, content) }),
      }
    },
  })

/** 不要这份草稿: the current version stays as it is. @throws as saveDraft */
export const discardDraft = (context: Context, ask: Ask): Promise<ChecklistDraft> =>
  idempotentWrite(context, ask, {
    replay: db => readDraft(context, db),
    lock: trx => lockDraft(context, trx),
    async work(trx, { caller, held, now }) {
      const thrown = held.body && changesBetween(contentOf(await currentTemplate(context, trx)), held.body)
      if (thrown)
        await store(trx, context.sp_mchid, { version: held.version + 1, body: null, updated_at: now, updated_by: caller.staff_id })
      return {
        answer: await readDraft(context, trx),
        keep: { answer: JSON.stringify({ draft: null }) },
        audit: thrown && trail(context, 'discard', { ...thrown }),
      }
    },
  })

/**
 * The draft becomes the next version. Visits that were begun with an older one are taken for 30 days more.
 * @throws AppError as saveDraft, VALIDATION_FAILED (the draft's faults, or that it changes nothing)
 */
export const publishDraft = (context: Context, ask: Ask, { comment: given }: ChecklistPublication): Promise<ChecklistTemplate> =>
  idempotentWrite(context, ask, {
    refuse: () => void neededReason('comment', given),
    replay: (db, { kept }) => templateOfVersion(context, (kept.answer as { version: number }).version, db),
    lock: trx => lockDraft(context, trx),
    async work(trx, { caller, held, now }) {
      const current = await currentTemplate(context, trx)
      if (!held.body || isDeepStrictEqual(contentOf(current), held.body))
        throw invalidField('draft', 'NOTHING_CHANGED', 'is what the current version says already')
      const errors = templateFaults(held.body)
      if (errors.length > 0) throw new AppError('VALIDATION_FAILED', { errors })
      const version = current.version + 1
      const body = { template_id: current.template_id, ...held.body }
      const comment = neededReason('comment', given)
      await trx
        .insertInto('checklist_templates')
        .values({
          sp_mchid: context.sp_mchid,
          version,
          body: JSON.stringify(body),
          published_at: now,
          published_by: caller.staff_id,
          comment,
        })
        .execute()
      await store(trx, context.sp_mchid, { version: held.version + 1, body: null, updated_at: now, updated_by: caller.staff_id })
      return {
        answer: { ...body, version, published_at: toInstant(now) },
        keep: { answer: JSON.stringify({ version }) },
        audit: {
          ...trail(context, 'publish', { version, ...changesBetween(current, held.body) }),
          before: { version: current.version },
          reason: comment,
        },
      }
    },
  })

const trail = ({ sp_mchid }: Context, what: 'draft' | 'discard' | 'publish', after: object) => ({
  sp_mchid,
  action: `checklist_template.${what}`,
  target: { type: 'provider' as const, id: sp_mchid },
  before: null,
  after,
})

export async function listVersions(context: Context): Promise<ChecklistVersionList> {
  await currentTemplate(context)
  const rows = await context.db
    .selectFrom('checklist_templates as t')
    .leftJoin('staff as s', 's.id', 't.published_by')
    .select(['t.version', 't.body', 't.published_at', 't.published_by', 't.comment', 's.display_name'])
    .where('t.sp_mchid', '=', context.sp_mchid)
    .orderBy('t.version', 'desc')
    .execute()
  return {
    items: rows.map(({ version, body, published_at, published_by, comment, display_name }, index) => {
      const before = rows[index + 1]
      return {
        version,
        published_at: toInstant(published_at),
        published_by: published_by === null ? null : (display_name ?? published_by),
        comment,
        item_count: body.items.length,
        changes: before ? changesBetween(before.body, body) : null,
      }
    }),
  }
}
