// Versions of the checklist: the first comes with the program, later ones from an administrator. None is ever changed or removed.
import { readFileSync } from 'node:fs'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { toInstant } from '../../platform/instants.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { ChecklistContent, ChecklistTemplate } from './schema.ts'

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

/** The part that a draft is about. */
export const contentOf = ({ title_zh, title_en, sections, items }: ChecklistTemplate): ChecklistContent => ({
  title_zh,
  title_en,
  sections,
  items,
})
