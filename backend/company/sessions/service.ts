// Login by WeChat, and binding of a WeChat user to a member of staff by an invite (product.md M01, §7.2).
import { mayDo } from '../staff/permissions.ts'
import type { Access, Caller, Numbers } from '../../http/caller.ts'
import { isDeepStrictEqual } from 'node:util'
import { CompiledQuery, sql, type RawBuilder, type Selectable } from 'kysely'
import { recordAudit, type Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import { plannedOnce, type Database, type Trx } from '../../database/connection.ts'
import type { StaffTable } from '../../database/company-tables.ts'
import { toInstant } from '../../platform/instants.ts'
import { Recent } from '../../platform/recent.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { inOrderOf, ofNumbers } from '../staff/scope.ts'
import { staffShape } from '../staff/shape.ts'
import { WechatError } from '../../wechat/code2session.ts'
import type { BindingRequired, Session, StaffBindingRequest } from './schema.ts'
import { mostWrongTries } from './invites.ts'
import { hashInviteCode, hashInviteFinder, hashToken, newToken } from './secrets.ts'

const minute = 60_000
const sessionLife = 12 * 60 * minute
const ticketLife = 10 * minute
const triesPerTicket = 5
/** so long are wrong codes of a WeChat account counted together */
const triesKeptFor = 60 * minute
/** milliseconds after its end for which a ticket is told apart from one that never was */
const ticketsKeptFor = 24 * 60 * minute
/** any number, the same in every process */
const bindingLock = 401_247_391

type StaffRow = Selectable<StaffTable>
type SessionRow = Pick<StaffRow, 'sp_mchid' | 'id' | 'display_name' | 'role' | 'region_codes' | 'assigned_only' | 'status'> & {
  expires_at: Date
  stale_after_days: number
}

/** @throws AppError INVALID_LOGIN_CODE, WECHAT_UNAVAILABLE, WECHAT_USER_AT_RISK, WECHAT_USER_LIMITED, WECHAT_APP_BANNED, WX_CONFIG, STAFF_DISABLED */
export async function logIn(context: Context, code: string, origin: Origin): Promise<Session | BindingRequired> {
  const { openid } = await askWechat(context, code)
  return context.db.transaction().execute(async trx => {
    const staff = await boundStaff(trx, context.providers.numbers, openid)
    if (!staff) return issueTicket(context, trx, openid)
    if (staff.status === 'disabled') throw new AppError('STAFF_DISABLED')
    return openSession(context, trx, staff, origin)
  })
}

async function askWechat(context: Context, code: string): Promise<{ openid: string }> {
  try {
    return await context.wechat.code2Session(code)
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    if (error.code === 'WX_CONFIG')
      context.log.error({ reason: error.reason }, 'WeChat refuses our appid or secret: check WECHAT_APPID and WECHAT_APP_SECRET')
    if (error.code === 'WECHAT_APP_BANNED')
      context.log.error({ reason: error.reason }, 'WeChat has banned the login interface of our mini program: look at mp.weixin.qq.com')
    throw new AppError(error.code === 'INVALID_CODE' ? 'INVALID_LOGIN_CODE' : error.code)
  }
}

/** Of the first number, in the order of the settings, under which this person stands; until the transaction ends, nobody can disable or move this person. */
const boundStaff = (trx: Trx, numbers: Numbers, openid: string): Promise<StaffRow | undefined> =>
  trx
    .selectFrom('staff_bindings')
    .innerJoin('staff', 'staff.id', 'staff_bindings.staff_id')
    .selectAll('staff')
    .where(ofNumbers(numbers, 'staff_bindings.sp_mchid'))
    .where('openid', '=', openid)
    .orderBy(inOrderOf(numbers, 'staff_bindings.sp_mchid'))
    .limit(1)
    .forNoKeyUpdate('staff')
    .executeTakeFirst()

async function issueTicket(context: Context, trx: Trx, openid: string): Promise<BindingRequired> {
  const bind_ticket = newToken()
  const now = context.clock.now()
  const expires_at = new Date(now.getTime() + ticketLife)
  await trx
    .insertInto('bind_tickets')
    .values({ ticket_hash: hashToken(bind_ticket), sp_mchid: context.sp_mchid, openid, created_at: now, expires_at })
    .execute()
  return { binding_required: true, bind_ticket, expires_at: toInstant(expires_at) }
}

async function openSession(context: Context, trx: Trx, staff: StaffRow, origin: Origin): Promise<Session> {
  const token = newToken()
  const now = context.clock.now()
  const expires_at = new Date(now.getTime() + sessionLife)
  await trx.deleteFrom('sessions').where('staff_id', '=', staff.id).where('expires_at', '<=', now).execute()
  await trx
    .insertInto('sessions')
    .values({ token_hash: hashToken(token), sp_mchid: staff.sp_mchid, staff_id: staff.id, created_at: now, expires_at })
    .execute()
  await trx.updateTable('staff').set({ last_seen_at: now }).where('id', '=', staff.id).execute()
  await recordAudit(trx, {
    sp_mchid: staff.sp_mchid,
    at: now,
    actor: { staff_id: staff.id, role: staff.role },
    action: 'session.open',
    target: { type: 'staff', id: staff.id },
    before: null,
    after: { expires_at },
    origin,
  })
  return { token, expires_at: toInstant(expires_at), staff: staffShape(staff) }
}

/**
 * A wrong code is counted even though the request fails, so it is judged in a transaction of its own that commits. A code that nobody has, one that is
 * locked and one with a wrong end are answered the same.
 * @throws AppError BIND_TICKET_INVALID, TOO_MANY_TRIES, INVITE_INVALID, INVITE_EXPIRED, ALREADY_BOUND, STAFF_DISABLED
 */
export async function bindStaff(context: Context, { bind_ticket, invite_code }: StaffBindingRequest, origin: Origin): Promise<Session> {
  const outcome = await context.db.transaction().execute(async trx => {
    const now = context.clock.now()
    const ticket = await usableTicket(context, trx, bind_ticket, now)
    if (ticket instanceof AppError) return ticket
    // one WeChat account tries one code at a time: with two invites at once the second finds what the first bound
    await sql`select pg_advisory_xact_lock(${bindingLock}, hashtext(${ticket.openid}))`.execute(trx)
    const wait = await triesOver(trx, context.sp_mchid, ticket.openid, now)
    if (wait !== null) return new AppError('TOO_MANY_TRIES', { retry_after: wait })
    await trx
      .updateTable('bind_tickets')
      .set({ tries: ticket.tries + 1 })
      .where('ticket_hash', '=', ticket.ticket_hash)
      .execute()
    const invite = await findInvite(context, trx, invite_code)
    if (!invite) {
      await countWrongTry(context, trx, ticket.openid, invite_code, now)
      return new AppError('INVITE_INVALID', { errors: [{ field: 'invite_code', code: 'INVITE_INVALID', message: 'no such invite' }] })
    }
    if (invite.used_at || invite.revoked_at || invite.expires_at <= now) return new AppError('INVITE_EXPIRED')
    const staff = await trx.selectFrom('staff').selectAll().where('id', '=', invite.staff_id).forUpdate().executeTakeFirstOrThrow()
    if (staff.status === 'disabled') return new AppError('STAFF_DISABLED')
    const moved = await makeRoom(context, trx, ticket.openid, staff.id)
    if (moved === null) return new AppError('ALREADY_BOUND')
    await trx.updateTable('bind_tickets').set({ used_at: now }).where('ticket_hash', '=', ticket.ticket_hash).execute()
    await trx.updateTable('invites').set({ used_at: now }).where('code_hash', '=', invite.code_hash).execute()
    await trx.deleteFrom('invite_tries').where('sp_mchid', '=', context.sp_mchid).where('openid', '=', ticket.openid).execute()
    await trx
      .insertInto('staff_bindings')
      .values({ sp_mchid: staff.sp_mchid, openid: ticket.openid, staff_id: staff.id, bound_at: now })
      .execute()
    await trx.updateTable('staff').set({ status: 'active' }).where('id', '=', staff.id).execute()
    await recordAudit(trx, {
      sp_mchid: staff.sp_mchid,
      at: now,
      actor: { staff_id: staff.id, role: staff.role },
      action: 'staff.bind',
      target: { type: 'staff', id: staff.id },
      before: { status: staff.status },
      after: { status: 'active', ...(moved && { another_wechat: true }) },
      origin,
    })
    return openSession(context, trx, { ...staff, status: 'active' }, origin)
  })
  if (outcome instanceof AppError) throw outcome
  return outcome
}

async function usableTicket({ sp_mchid }: Context, trx: Trx, bind_ticket: string, now: Date) {
  const ticket = await trx
    .selectFrom('bind_tickets')
    .selectAll()
    .where('ticket_hash', '=', hashToken(bind_ticket))
    .where('sp_mchid', '=', sp_mchid)
    .forUpdate()
    .executeTakeFirst()
  if (!ticket || ticket.used_at || ticket.expires_at <= now || ticket.tries >= triesPerTicket) return new AppError('BIND_TICKET_INVALID')
  return ticket
}

/** @returns seconds until this WeChat account may try again; null: now */
async function triesOver(trx: Trx, sp_mchid: string, openid: string, now: Date): Promise<number | null> {
  const held = await trx
    .selectFrom('invite_tries')
    .selectAll()
    .where('sp_mchid', '=', sp_mchid)
    .where('openid', '=', openid)
    .executeTakeFirst()
  if (!held || held.wrong_tries < mostWrongTries) return null
  const left = held.since.getTime() + triesKeptFor - now.getTime()
  return left > 0 ? Math.ceil(left / 1_000) : null
}

/** Of a code that is locked nothing is found, however right it is. */
async function findInvite({ providers }: Context, trx: Trx, invite_code: string) {
  return trx
    .selectFrom('invites')
    .selectAll()
    .where('code_hash', '=', hashInviteCode(invite_code))
    .where('wrong_tries', '<', mostWrongTries)
    .where(ofNumbers(providers.numbers))
    .forUpdate()
    .executeTakeFirst()
}

/** Against whoever tries, and against the invite that begins so. */
async function countWrongTry(context: Context, trx: Trx, openid: string, invite_code: string, now: Date): Promise<void> {
  const { providers, sp_mchid } = context
  await trx
    .updateTable('invites')
    .set(eb => ({ wrong_tries: eb('wrong_tries', '+', 1) }))
    .where('finder_hash', '=', hashInviteFinder(invite_code))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where(ofNumbers(providers.numbers))
    .execute()
  const begun = new Date(now.getTime() - triesKeptFor)
  await sql`
    insert into invite_tries as held (sp_mchid, openid, wrong_tries, since) values (${sp_mchid}, ${openid}, 1, ${now})
    on conflict (sp_mchid, openid) do update set
      wrong_tries = case when held.since <= ${begun} then 1 else held.wrong_tries + 1 end,
      since = case when held.since <= ${begun} then excluded.since else held.since end`.execute(trx)
}

/**
 * Who lost a phone or a WeChat account comes back with an invite: their old account is let go, its sessions end.
 * @returns whether there was one; null: this WeChat account is somebody else's
 */
async function makeRoom({ providers }: Context, trx: Trx, openid: string, staff_id: string): Promise<boolean | null> {
  const bound = await trx
    .selectFrom('staff_bindings')
    .selectAll()
    .where(ofNumbers(providers.numbers))
    .where(eb => eb.or([eb('openid', '=', openid), eb('staff_id', '=', staff_id)]))
    .execute()
  if (bound.some(one => one.staff_id !== staff_id)) return null
  await trx.deleteFrom('staff_bindings').where('staff_id', '=', staff_id).execute()
  await trx.deleteFrom('sessions').where('staff_id', '=', staff_id).execute()
  return bound.some(one => one.openid !== openid)
}

/** Nobody is kept waiting by them any more. */
export async function dropOldTries({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await db
    .deleteFrom('invite_tries')
    .where('since', '<=', new Date(clock.now().getTime() - triesKeptFor))
    .execute()
}

/** Every stranger who opens the app leaves one. */
export async function dropOldTickets({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await db
    .deleteFrom('bind_tickets')
    .where('expires_at', '<=', new Date(clock.now().getTime() - ticketsKeptFor))
    .execute()
}

/** Whoever has a session, and what they may do. */
export function accessOf(context: CallerContext): Access {
  const asked = sessionStatement(context, 'session', sql``)
  const atTheWrite = sessionStatement(context, 'session at the write', sql`for share of staff`)
  const remembered = new Recent<Caller>(mostRemembered)
  const remember = (caller: Caller): Caller => {
    remembered.set(caller.session_hash, caller, rememberedMs)
    return caller
  }
  return {
    async callerOf(token) {
      if (!token) throw new AppError('UNAUTHENTICATED')
      return remember(await callerIn(context, context.db, hashToken(token), asked))
    },
    remembered(token) {
      if (!token) return null
      const session_hash = hashToken(token)
      const caller = remembered.get(session_hash)
      if (!caller) return null
      let isConfirmed = false
      const changed = (rows: readonly unknown[]) => {
        const now = callerIs(context, session_hash, rows as SessionRow[])
        isConfirmed = true
        return isDeepStrictEqual(now, caller) ? null : remember(now)
      }
      return {
        caller,
        asked: asked(session_hash),
        changed,
        get isConfirmed() {
          return isConfirmed
        },
      }
    },
    callerNow: (trx, { session_hash }) => callerIn(context, trx, session_hash, atTheWrite),
    mayDo,
  }
}

/** people whose last question is remembered, and how long */
const mostRemembered = 20_000
const rememberedMs = 10 * minute

type CallerContext = Pick<Context, 'clock' | 'db' | 'providers' | 'sp_mchid'>
type SessionStatement = (session_hash: string) => CompiledQuery<SessionRow>

/** Its text is written once, when it is first asked: each request asks it, and writing it took longer than sending it. */
function sessionStatement({ db, providers, sp_mchid }: CallerContext, name: string, lock: RawBuilder<unknown>): SessionStatement {
  const place = Symbol('session_hash')
  const write = () =>
    sql`
    ${plannedOnce(name)}
    select sessions.sp_mchid, staff.id, display_name, role, region_codes, assigned_only, status, expires_at, stale_after_days
    from sessions
    join staff on staff.id = sessions.staff_id
    join provider on provider.sp_mchid = ${sp_mchid}
    where token_hash = ${place} and ${ofNumbers(providers.numbers, 'sessions.sp_mchid')} ${lock}`.compile(db)
  let written: ReturnType<typeof write> | null = null
  return session_hash => {
    const { sql: text, parameters } = (written ??= write())
    return CompiledQuery.raw(
      text,
      parameters.map(value => (value === place ? session_hash : value)),
    )
  }
}

async function callerIn(context: CallerContext, db: Database | Trx, session_hash: string, statement: SessionStatement): Promise<Caller> {
  const { rows } = await db.executeQuery(statement(session_hash))
  return callerIs(context, session_hash, rows)
}

function callerIs({ clock, providers }: CallerContext, session_hash: string, [row]: readonly SessionRow[]): Caller {
  if (!row || row.expires_at <= clock.now()) throw new AppError('UNAUTHENTICATED')
  if (row.status === 'disabled') throw new AppError('STAFF_DISABLED')
  const { sp_mchid, id, display_name, role, region_codes, assigned_only, stale_after_days } = row
  const { numbers } = providers
  return { sp_mchid, numbers, staff_id: id, session_hash, display_name, role, region_codes, assigned_only, stale_after_days }
}

export async function logOut({ db, clock }: Context, caller: Caller, token: string, origin: Origin): Promise<void> {
  await db.transaction().execute(async trx => {
    const ended = await trx
      .deleteFrom('sessions')
      .where('token_hash', '=', hashToken(token))
      .returning(['sp_mchid', 'staff_id', 'expires_at'])
      .executeTakeFirst()
    // the same token may be logged out twice at once
    if (!ended) return
    await recordAudit(trx, {
      sp_mchid: ended.sp_mchid,
      at: clock.now(),
      actor: caller,
      action: 'session.close',
      target: { type: 'staff', id: ended.staff_id },
      before: { expires_at: ended.expires_at },
      after: null,
      origin,
    })
  })
}
