// Asks WeChat Pay what it limits: one merchant after the other, at one pace for all processes.
import { sql } from 'kysely'
import { dayLater, dayOf } from '../../http/days.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../database/connection.ts'
import { WechatPayError } from '../../wechatpay/index.ts'
import { recordLimitations } from './record.ts'

/** Our choice: WeChat Pay publishes no figure, and answers 429 when it is too fast. */
const betweenMs = 1_000
/** longer than a call takes: should the process end, another one asks then */
const heldMs = 60_000
/** seconds, where a refusal names none */
const pauseSeconds = 60
const mostTries = 5
const againAfterMs = 10 * 60_000
/** of the day, in China */
const nightlyHour = 3
const notificationsKeptMs = 30 * 86_400_000

/**
 * Any number of processes may run it.
 * @returns how many merchants were asked about
 */
export async function askAboutLimitations(context: Context): Promise<number> {
  let asked = 0
  for (const sp_mchid of context.providers.numbers) {
    if (!context.providers.of(sp_mchid).wechatPay.limitations) continue
    const now = context.clock.now()
    await queueNightly(context.db, sp_mchid, now)
    const question = await takeOne(context.db, sp_mchid, now)
    if (!question) continue
    asked += 1
    await askOne(context, sp_mchid, question)
  }
  return asked
}

/** Once a night, whichever process comes first: those that are blocked, and those whose last limitation has not ended. */
async function queueNightly(db: Database, sp_mchid: string, now: Date): Promise<void> {
  const night = dayOf(new Date(now.getTime() - nightlyHour * 3_600_000))
  const { rows: done } = await sql`select from limitation_pace where sp_mchid = ${sp_mchid} and nightly_day >= ${night}::date`.execute(db)
  if (done.length > 0) return
  await db.transaction().execute(async trx => {
    const { rows } = await sql`
      insert into limitation_pace as p (sp_mchid, next_at, nightly_day) values (${sp_mchid}, ${now}, ${dayLater(night, -1)}::date)
      on conflict (sp_mchid) do update set nightly_day = ${night}::date where p.nightly_day < ${night}::date
      returning p.nightly_day = ${night}::date as due`.execute(trx)
    if (!(rows as { due: boolean }[])[0]?.due) return
    await sql`
      insert into limitation_questions (sp_mchid, sub_mchid, cause, due_at)
      select sp_mchid, sub_mchid, 'nightly', ${now} from sub_merchants
      where sp_mchid = ${sp_mchid} and status <> 'terminated' and (migration_state = 'blocked' or migration_attention @> '{OPERATION_BLOCKED}'
        or sub_mchid in (
          select sub_mchid from (
            select distinct on (sub_mchid) sub_mchid, detail from evidence
            where sp_mchid = ${sp_mchid} and kind = 'limitation' order by sub_mchid, occurred_at desc
          ) as newest where detail -> 'active' = 'true' or detail ? 'cases'
        ))
      on conflict do nothing`.execute(trx)
  })
}

interface Question {
  sub_mchid: string
  tries: number
}

async function takeOne(db: Database, sp_mchid: string, now: Date): Promise<Question | undefined> {
  return db.transaction().execute(async trx => {
    const { rows: due } = await sql<{ sub_mchid: string }>`
      select q.sub_mchid from limitation_questions as q where q.sp_mchid = ${sp_mchid} and q.due_at <= ${now}
      order by q.due_at, q.sub_mchid limit 1 for update skip locked`.execute(trx)
    if (due.length === 0) return undefined
    // its turn: the pace is everybody's
    const { rows: turns } = await sql`
      update limitation_pace set next_at = ${new Date(now.getTime() + betweenMs)} where sp_mchid = ${sp_mchid}
        and (next_at <= ${now} or next_at > ${new Date(now.getTime() + 3_600_000)}) returning sp_mchid`.execute(trx)
    if (turns.length === 0) return undefined
    const { rows } = await sql<Question>`
      update limitation_questions set due_at = ${new Date(now.getTime() + heldMs)}, tries = tries + 1
      where sp_mchid = ${sp_mchid} and sub_mchid = ${due[0]!.sub_mchid} returning sub_mchid, tries`.execute(trx)
    return rows[0]
  })
}

async function askOne(context: Context, sp_mchid: string, { sub_mchid, tries }: Question): Promise<void> {
  const { db, clock, log, providers } = context
  try {
    const said = await providers.of(sp_mchid).wechatPay.limitations!.ask(sub_mchid)
    await db.transaction().execute(async trx => {
      const { changes, limited, evidence_id, at } = await recordLimitations(trx, { sp_mchid, sub_mchid }, said, clock.now())
      if (changes)
        await recordAudit(trx, {
          sp_mchid,
          at,
          actor: null,
          action: 'limitation.write',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: changes.before,
          after: { ...changes.after, limited, evidence_id },
          origin: null,
        })
      // asked for anew while this was under way, it stays
      await sql`delete from limitation_questions where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid} and tries > 0`.execute(trx)
    })
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { phase, reason, code, wx_request_id } = error
    log.warn({ sp_mchid, sub_mchid, phase, reason, code, wx_request_id }, 'WeChat Pay did not answer what it limits')
    await putBack(context, sp_mchid, { sub_mchid, tries }, error)
  }
}

async function putBack({ db, clock }: Context, sp_mchid: string, { sub_mchid, tries }: Question, error: WechatPayError): Promise<void> {
  const now = clock.now().getTime()
  if (error.code === 'WX_RATE_LIMITED') {
    const next_at = new Date(now + (error.retry_after ?? pauseSeconds) * 1_000)
    await sql`update limitation_pace set next_at = ${next_at} where sp_mchid = ${sp_mchid}`.execute(db)
    await sql`
      update limitation_questions set due_at = ${next_at}, tries = greatest(tries - 1, 0) where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid}`.execute(
      db,
    )
    return
  }
  const isOver = error.phase === 'refused' && error.code !== 'WX_UNAVAILABLE'
  const where = sql`where sp_mchid = ${sp_mchid} and sub_mchid = ${sub_mchid}`
  if (isOver || tries >= mostTries) await sql`delete from limitation_questions ${where}`.execute(db)
  else await sql`update limitation_questions set due_at = ${new Date(now + againAfterMs * tries)} ${where}`.execute(db)
}

/** A signature does not count for that long. */
export const dropOldNotifications = ({ db, clock }: Pick<Context, 'db' | 'clock'>) =>
  db
    .deleteFrom('wechatpay_notifications')
    .where('received_at', '<', new Date(clock.now().getTime() - notificationsKeptMs))
    .execute()
