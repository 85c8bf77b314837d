// Sends what people allowed, once: a notice is claimed with its place in the quota before the message leaves, and what became of it is written afterwards. A
// process that ends in between leaves it unknown, and it does not go out again. It stands in the app whatever WeChat says.
import { type Selectable, sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import type { NoticeTable } from '../../database/notice-tables.ts'
import { lives } from '../../database/sign-of-life.ts'
import type { Context } from '../../platform/context.ts'
import { startOfChinaDay } from '../../../miniprogram/shared/china-time.ts'
import type { SendOutcome, SubscribeMessage } from '../../wechat/messages.ts'
import { messageOf } from './message.ts'
import { templatesOf } from './service.ts'
import { forgetTemplateFault, isAboutTemplate, mayTryTemplate, noteTemplateFault } from './template-faults.ts'
import { accessToken } from './token.ts'

type NoticeRow = Selectable<NoticeTable>

interface Claimed {
  notice: NoticeRow
  message: SubscribeMessage
}

/** messages of one round of a process */
const mostAtOnce = 20
/** milliseconds until a message that never left is tried again */
const tryAgainAfter = 60_000
/** so old, it is no news any more: it stands in the app */
const newsFor = 86_400_000
const day = 86_400_000

/** The token is not, or no longer, valid. */
const aboutToken: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001])
/** later: busy, too many in this minute */
const later: ReadonlySet<number> = new Set([-1, 45011])
const tooManyToday = 45009
/** the person refuses, or took back what was allowed */
const refusedByPerson = 43101

/** @returns how many it claimed */
export async function sendMessages(context: Context, goOn: () => boolean): Promise<number> {
  const { messages } = context
  if (messages === null) return 0
  await adopt(context)
  let sent = 0
  while (goOn() && sent < mostAtOnce && (await context.calls.provesLife())) {
    const claimed = await context.db.transaction().execute(trx => claim(context, trx))
    if (claimed === 'nothing') break
    if (claimed === 'app') continue
    sent += 1
    const outcome = await send(context, claimed.message)
    await settle(context, claimed, outcome)
  }
  return sent
}

/** Where nobody configured messages at all, notices stand in the app only. */
async function claim(context: Context, trx: Trx): Promise<Claimed | 'app' | 'nothing'> {
  const now = context.clock.now()
  const notice = await trx
    .selectFrom('notices')
    .selectAll()
    .where('sp_mchid', '=', context.sp_mchid)
    .where('message', '=', 'due')
    .where('try_at', '<=', now)
    .orderBy('try_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!notice) return 'nothing'
  const message = await allowed(context, trx, notice, now)
  const change = message ? { message: 'sending' as const, sender: context.life.process } : { message: 'app' as const }
  await trx
    .updateTable('notices')
    .set({ ...change, try_at: null })
    .where('id', '=', notice.id)
    .execute()
  return message ? { notice, message } : 'app'
}

/** Takes one from the quota. @returns null: nothing goes out */
async function allowed(context: Context, trx: Trx, notice: NoticeRow, now: Date): Promise<SubscribeMessage | null> {
  const template = (await templatesOf(trx, context.sp_mchid)).find(one => one.kind === notice.kind)
  if (!template || now.getTime() - notice.at.getTime() > newsFor) return null
  // who has left since is told nothing, and stays bound
  const binding = await trx
    .selectFrom('staff_bindings as b')
    .innerJoin('staff as s', 's.id', 'b.staff_id')
    .select('b.openid')
    .where('s.id', '=', notice.staff_id)
    .where('s.status', '=', 'active')
    .executeTakeFirst()
  if (!binding) return null
  const change = (by: number) =>
    trx
      .updateTable('message_quota')
      .set({ allowed: sql<number>`allowed + ${by}::integer` })
      .where('staff_id', '=', notice.staff_id)
      .where('template_id', '=', template.template_id)
      .where('allowed', '>=', -by)
      .executeTakeFirst()
  const { numUpdatedRows } = await change(-1)
  if (numUpdatedRows === 0n) return null
  if (await mayTryTemplate(trx, template.template_id, now)) return messageOf(notice, template, binding.openid)
  await change(1)
  return null
}

/** A token that WeChat no longer takes is renewed once: the message has not gone out. */
async function send(context: Context, message: SubscribeMessage): Promise<SendOutcome> {
  const messages = context.messages!
  let refused: string | null = null
  for (;;) {
    const token = await accessToken(context, messages, refused)
    if (token === null) return { outcome: 'not_sent', reason: 'NO_TOKEN' }
    const outcome = await messages.send(token, message)
    if (outcome.outcome !== 'refused' || !aboutToken.has(outcome.errcode) || refused !== null) return outcome
    refused = token
  }
}

async function settle(context: Context, { notice, message }: Claimed, outcome: SendOutcome): Promise<void> {
  const { clock, db, log } = context
  const now = clock.now()
  await db.transaction().execute(async trx => {
    const end = (change: { message: 'sent' | 'failed' | 'unknown' | 'due'; message_code: string | null; try_at?: Date }) =>
      trx
        .updateTable('notices')
        .set({ try_at: null, ...change, sender: null })
        .where('id', '=', notice.id)
        .where('message', '=', 'sending')
        .execute()
    const giveBack = () =>
      trx
        .updateTable('message_quota')
        .set({ allowed: sql<number>`allowed + 1` })
        .where('staff_id', '=', notice.staff_id)
        .where('template_id', '=', message.template_id)
        .execute()
    if (outcome.outcome === 'sent') {
      await forgetTemplateFault(trx, message.template_id)
      return end({ message: 'sent', message_code: null })
    }
    if (outcome.outcome === 'unknown') return end({ message: 'unknown', message_code: outcome.reason })
    const code = outcome.outcome === 'refused' ? String(outcome.errcode) : outcome.reason
    const errcode = outcome.outcome === 'refused' ? outcome.errcode : null
    if (errcode === refusedByPerson) {
      await trx
        .updateTable('message_quota')
        .set({ allowed: 0, answer: 'refused', answered_at: now })
        .where('staff_id', '=', notice.staff_id)
        .where('template_id', '=', message.template_id)
        .execute()
      return end({ message: 'failed', message_code: code })
    }
    // it did not go out, so what the person allowed is still there
    await giveBack()
    const again = errcode === null || aboutToken.has(errcode) || later.has(errcode)
    if (again) return end({ message: 'due', message_code: code, try_at: new Date(now.getTime() + tryAgainAfter) })
    if (errcode === tooManyToday)
      return end({ message: 'due', message_code: code, try_at: new Date(startOfChinaDay(now.getTime()) + day + tryAgainAfter) })
    if (outcome.outcome === 'refused' && isAboutTemplate(outcome.errcode)) await noteTemplateFault(trx, message.template_id, outcome, now)
    log.error(
      { errcode, errmsg: outcome.outcome === 'refused' ? outcome.errmsg : null, template_id: message.template_id, kind: notice.kind },
      'WeChat does not take a subscription message: see the template in the provider settings',
    )
    return end({ message: 'failed', message_code: code })
  })
}

/** Those of processes that ended between the message and its outcome. */
async function adopt({ db, log }: Context): Promise<void> {
  const rows = await db
    .updateTable('notices')
    .set({ message: 'unknown', message_code: 'PROCESS_ENDED', sender: null })
    .where('message', '=', 'sending')
    .where(eb => eb.not(lives(eb.ref('sender').$castTo<number>())))
    .returning('id')
    .execute()
  for (const { id } of rows) log.warn({ notice_id: id }, 'whether a message went out is not known: it is not sent again')
}
