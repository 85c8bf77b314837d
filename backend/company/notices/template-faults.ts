// Templates of subscription messages that WeChat does not take (product.md §7.6): nobody is asked to allow them, and an administrator sees which and why.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { toInstant } from '../../platform/instants.ts'
import type { MessageTemplate, MessageTemplateFault } from './schema.ts'

/** 40037 it is not, or no longer, one of this app; 47003 its keywords are others; 43116 it was reported too often and is blocked. */
const aboutTemplate: ReadonlySet<number> = new Set([40037, 43116, 47003])
export const isAboutTemplate = (errcode: number): boolean => aboutTemplate.has(errcode)

/** milliseconds between two messages that find out whether WeChat takes it again */
const triedApart = 3_600_000
const longestText = 200

export async function noteTemplateFault(
  trx: Trx,
  template_id: string,
  said: { errcode: number; errmsg: string },
  now: Date,
): Promise<void> {
  const { errcode } = said
  const errmsg = said.errmsg.slice(0, longestText)
  await trx
    .insertInto('message_template_faults')
    .values({ template_id, errcode, errmsg, since: now, last_at: now })
    .onConflict(conflict => conflict.column('template_id').doUpdateSet({ errcode, errmsg, last_at: now }))
    .execute()
}

/** A message of it went out. */
export const forgetTemplateFault = (trx: Trx, template_id: string): Promise<unknown> =>
  trx.deleteFrom('message_template_faults').where('template_id', '=', template_id).execute()

/** The templates of the settings changed: those that stand there now are tried anew. @param templates those of before, too */
export const forgetTemplateFaults = (trx: Trx, templates: readonly MessageTemplate[]): Promise<unknown> =>
  templates.length === 0
    ? Promise.resolve()
    : trx
        .deleteFrom('message_template_faults')
        .where(
          'template_id',
          'in',
          templates.map(({ template_id }) => template_id),
        )
        .execute()

/** Whether a message of it may go out now: one an hour while WeChat does not take it. Whoever asks first has the turn. */
export async function mayTryTemplate(trx: Trx, template_id: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    with held as (select template_id, last_at from message_template_faults where template_id = ${template_id} for update),
      turn as (update message_template_faults as f set last_at = ${now} from held
        where f.template_id = held.template_id and held.last_at <= ${new Date(now.getTime() - triedApart)} returning f.template_id)
    select not exists (select from held) or exists (select from turn) as mine`.execute(trx)
  return rows[0]!.mine
}

export async function templateFaults(db: Database | Trx, templates: readonly MessageTemplate[]): Promise<MessageTemplateFault[]> {
  if (templates.length === 0) return []
  const rows = await db
    .selectFrom('message_template_faults')
    .selectAll()
    .where(
      'template_id',
      'in',
      templates.map(({ template_id }) => template_id),
    )
    .orderBy('since')
    .execute()
  return rows.map(({ template_id, errcode, errmsg, since, last_at }) => ({
    template_id,
    kind: templates.find(one => one.template_id === template_id)!.kind,
    errcode,
    errmsg,
    since: toInstant(since),
    last_at: toInstant(last_at),
  }))
}
