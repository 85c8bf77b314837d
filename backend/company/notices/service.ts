// A person's own notices, and which messages the person allowed. Nobody sees those of others.
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor, isTimeKey, isUuid } from '../../http/cursor.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant } from '../../platform/instants.ts'
import type {
  MessageSubscriptions,
  MessageTemplate,
  NoticePage,
  NoticeQuery,
  NoticesRead,
  NoticesUnread,
  SubscriptionAnswers,
} from './schema.ts'
import { templateFaults } from './template-faults.ts'

/** Newest first. @throws AppError INVALID_CURSOR */
export async function listNotices({ db }: Context, caller: Caller, { cursor, limit = 20 }: NoticeQuery): Promise<NoticePage> {
  const question = [caller.staff_id, 'notices']
  const after = cursor === undefined ? null : decodeCursor(cursor, question, key => key.length === 2 && isTimeKey(key[0]) && isUuid(key[1]))
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('staff_id', '=', caller.staff_id)
    .$if(after !== null, query => query.where(sql<boolean>`(at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ id, kind, outcome, about, subject, at, read_at, message }) => ({
      id,
      kind,
      outcome,
      about,
      subject,
      at: toInstant(at),
      read: read_at !== null,
      messaged: message === 'sent',
    })),
    next_cursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id], question) : null,
    unread: await countUnread(db, caller),
  }
}

/** In a statement: how many of the own notices nobody has read. */
export const unreadNotices = ({ staff_id }: Pick<Caller, 'staff_id'>): RawBuilder<number> =>
  sql<number>`(select count(*)::integer from notices where staff_id = ${staff_id} and read_at is null)`

async function countUnread(db: Database | Trx, caller: Pick<Caller, 'staff_id'>): Promise<number> {
  const { rows } = await sql<{ unread: number }>`select ${unreadNotices(caller)} as unread`.execute(db)
  return rows[0]!.unread
}

/** Twice is once. */
export const markRead = (context: Context, ask: Ask, { ids }: NoticesRead): Promise<NoticesUnread> => {
  const unread = async (db: Database | Trx, caller: Caller) => ({ unread: await countUnread(db, caller) })
  return idempotentWrite(context, ask, {
    replay: (db, { caller }) => unread(db, caller),
    async work(trx, { caller, now }) {
      await trx
        .updateTable('notices')
        .set({ read_at: now })
        .where('staff_id', '=', caller.staff_id)
        .where('read_at', 'is', null)
        .$if(ids !== undefined, query => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
        .execute()
      // what a person has read of the own mail changes nothing for anybody
      return { answer: await unread(trx, caller), keep: { answer: JSON.stringify({}) }, audit: null }
    },
  })
}

/** The templates of the company's app: those of its home number. */
export async function templatesOf(db: Database | Trx, sp_mchid: string): Promise<readonly MessageTemplate[]> {
  const row = await db.selectFrom('provider').select('message_templates').where('sp_mchid', '=', sp_mchid).executeTakeFirst()
  return row?.message_templates ?? []
}

export async function readSubscriptions(db: Database | Trx, { staff_id, sp_mchid }: Caller): Promise<MessageSubscriptions> {
  const all = await templatesOf(db, sp_mchid)
  const faults = await templateFaults(db, all)
  const templates = all.filter(({ template_id }) => !faults.some(fault => fault.template_id === template_id))
  const quotas = await db.selectFrom('message_quota').selectAll().where('staff_id', '=', staff_id).execute()
  return {
    kinds: templates.map(({ kind, template_id }) => {
      const quota = quotas.find(one => one.template_id === template_id)
      return { kind, template_id, allowed: quota?.allowed ?? 0, answer: quota?.answer ?? null }
    }),
  }
}

/** Each accept allows one message; a no takes back nothing that was allowed before. What is no template of ours is left out. */
export const answerSubscriptions = (context: Context, ask: Ask, { answers }: SubscriptionAnswers): Promise<MessageSubscriptions> =>
  idempotentWrite(context, ask, {
    replay: (db, { caller }) => readSubscriptions(db, caller),
    async work(trx, { caller, now }) {
      const known = new Set((await templatesOf(trx, caller.sp_mchid)).map(({ template_id }) => template_id))
      for (const { template_id, answer } of answers.filter(one => known.has(one.template_id))) {
        const more = answer === 'accept' ? 1 : 0
        await trx
          .insertInto('message_quota')
          .values({ staff_id: caller.staff_id, template_id, allowed: more, answer, answered_at: now })
          .onConflict(conflict =>
            conflict
              .columns(['staff_id', 'template_id'])
              .doUpdateSet({ allowed: sql<number>`message_quota.allowed + ${more}::integer`, answer, answered_at: now }),
          )
          .execute()
      }
      return { answer: await readSubscriptions(trx, caller), keep: { answer: JSON.stringify({}) }, audit: null }
    },
  })

/** kept so long, milliseconds */
const keptFor = 180 * 86_400_000

export async function dropOldNotices({ db, clock }: Context): Promise<void> {
  await db
    .deleteFrom('notices')
    .where('at', '<', new Date(clock.now().getTime() - keptFor))
    .where('message', '<>', 'sending')
    .execute()
}
