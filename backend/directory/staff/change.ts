// An administrator takes somebody on, changes what they may do, or lets them go; what a leaver had goes to somebody else in the same step.
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { keepInvites, inviteEnd, newInviteCode, revokeInvites } from '../../company/sessions/invites.ts'
import { standingOf } from '../../company/regions/divisions.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { difference } from '../../platform/audit/difference.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant } from '../../platform/instants.ts'
import { moveShops } from '../assignments/move.ts'
import { assertCanHave, lockResponsible, unseenBy } from '../assignments/responsible.ts'
import { findStaff, memberOf, type StaffRow } from './list.ts'
import { LONGEST_NAME, type NewStaff, type StaffInvite, type StaffMember, type StaffRequest } from './schema.ts'
import { tidy } from '../../platform/tidy.ts'

/** any number, the same in every process */
const staffLock = 401_247_393

/**
 * Two administrators who let each other go at once: the second waits here, and is read as what the first has made of them. Before anything is held, or
 * each would wait for the other's row.
 */
const oneAtATime = async (trx: Trx, sp_mchid: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(${staffLock}, hashtext(${sp_mchid}))`.execute(trx))

/** @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED */
export const addStaff = (context: Context, ask: Ask, request: NewStaff): Promise<StaffMember> => {
  const { sp_mchid, clock } = context
  return idempotentWrite(context, ask, {
    refuse: () => assertRights(request),
    replay: async (db, { caller, kept }) =>
      memberOf(db, caller, await findStaff(db, caller, (kept.answer as { id: string }).id), clock.now()),
    async work(trx, { caller, now }) {
      // letters and digits, because it may be typed into a file of assignments
      const id = `s-${randomBytes(5).toString('hex')}`
      const rights = rightsIn(request)
      const row = await trx
        .insertInto('staff')
        .values({ id, sp_mchid, ...rights, status: 'invited', created_at: now })
        .returningAll()
        .executeTakeFirstOrThrow()
      return {
        answer: await memberOf(trx, caller, row, now),
        keep: { answer: JSON.stringify({ id }) },
        audit: { sp_mchid, action: 'staff.added', target: { type: 'staff', id }, before: null, after: { ...rights, status: 'invited' } },
      }
    },
  })
}

/**
 * Whoever is disabled is out at once: their sessions end here, and each request asks who is asking.
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, PRECONDITION_REQUIRED, VERSION_MISMATCH, OWN_ROLE, LAST_ADMIN, SHOPS_LEFT (with how
 *         many), IDEMPOTENCY_KEY_REUSED
 */
export const changeStaff = (context: Context, ask: Ask, id: string, request: StaffRequest): Promise<StaffMember> => {
  const { clock, providers, sp_mchid } = context
  return idempotentWrite(context, ask, {
    first: trx => oneAtATime(trx, sp_mchid),
    find: (db, caller) => findStaff(db, caller, id),
    refuse: () => assertRights(request),
    replay: async (db, { caller }) => memberOf(db, caller, await findStaff(db, caller, id), clock.now()),
    async lock(trx, { caller, now }) {
      const row = await trx
        .selectFrom('staff')
        .selectAll()
        .where('id', '=', id)
        .where(ofNumbers(providers.numbers))
        .forUpdate()
        .executeTakeFirstOrThrow()
      return { row, version: row.version, current: () => memberOf(trx, caller, row, now) }
    },
    async work(trx, { caller, held: { row }, now }) {
      if (caller.staff_id === id && request.role !== row.role) throw new AppError('OWN_ROLE')
      const rights = rightsIn(request)
      const status = await statusAfter(trx, row, request.disabled)
      if (row.role === 'admin' && row.status === 'active' && (rights.role !== 'admin' || status !== 'active'))
        await assertAnotherAdmin(trx, providers.numbers, id)
      await handOver(trx, caller, { ...row, ...rights, status }, request, ask.origin, now)
      const changed = difference(only(row), { ...rights, status })
      if (changed.after !== null) await write(trx, row, { ...rights, status }, now)
      const after = await findStaff(trx, caller, id)
      return {
        answer: await memberOf(trx, caller, after, now),
        keep: { answer: JSON.stringify({ id }) },
        audit: changed.after && { sp_mchid: row.sp_mchid, action: 'staff.updated', target: { type: 'staff', id }, ...changed },
      }
    },
  })
}

/**
 * A new code, which takes the place of an earlier one. It is shown this once. Whoever is bound already comes back with it from another WeChat account.
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, PERSON_DISABLED, IDEMPOTENCY_KEY_REUSED
 */
export const inviteStaff = (context: Context, ask: Ask, id: string): Promise<StaffInvite> =>
  idempotentWrite(context, ask, {
    first: trx => oneAtATime(trx, context.sp_mchid),
    find: (db, caller) => findStaff(db, caller, id),
    replay: async (_, { kept }): Promise<StaffInvite> => ({ code: null, ...(kept.answer as { expires_at: string }) }),
    async work(trx, { caller, found, now }) {
      if (found.status === 'disabled') throw new AppError('PERSON_DISABLED')
      const invite = { staff_id: id, code: newInviteCode(), expires_at: inviteEnd(now) }
      await keepInvites(trx, found.sp_mchid, [invite], caller.staff_id, now)
      const expires_at = toInstant(invite.expires_at)
      return {
        answer: { code: invite.code, expires_at },
        keep: { answer: JSON.stringify({ expires_at }) },
        audit: {
          sp_mchid: found.sp_mchid,
          action: 'staff.invited',
          target: { type: 'staff', id },
          before: null,
          after: { invite_expires_at: expires_at },
        },
      }
    },
  })

/** @throws AppError VALIDATION_FAILED */
function assertRights({ display_name, role, region_codes }: NewStaff): void {
  const length = characterCount(tidy(display_name))
  if (length > LONGEST_NAME) throw invalidField('display_name', 'TOO_LONG', `has ${length} characters: at most ${LONGEST_NAME}`)
  region_codes.forEach((code, index) => {
    if (standingOf(code) === null || standingOf(code) === 'unknown')
      throw invalidField(`region_codes.${index}`, 'UNKNOWN_REGION', `${code} is no region of GB/T 2260`)
  })
  if (isScoped(role) && region_codes.length === 0)
    throw invalidField('region_codes', 'REQUIRED', 'a field agent and a lead need a region, or they see no shop')
}

const isScoped = (role: NewStaff['role']): boolean => regionPrefixes({ role, region_codes: [] }) !== null

/** Whoever sees everything has neither regions nor only their own. */
const rightsIn = ({ display_name, role, region_codes, assigned_only }: NewStaff) => ({
  display_name: tidy(display_name),
  role,
  region_codes: isScoped(role) ? [...region_codes].sort() : [],
  assigned_only: isScoped(role) && assigned_only,
})

type Entry = ReturnType<typeof rightsIn> & { status: StaffRow['status'] }

const only = ({ display_name, role, region_codes, assigned_only, status }: StaffRow): Entry => ({
  display_name,
  role,
  region_codes: [...region_codes].sort(),
  assigned_only,
  status,
})

/** Who was bound when they were disabled need not bind again. */
async function statusAfter(trx: Trx, row: StaffRow, disabled: boolean): Promise<StaffRow['status']> {
  if (disabled) return 'disabled'
  if (row.status !== 'disabled') return row.status
  const binding = await trx.selectFrom('staff_bindings').select('openid').where('staff_id', '=', row.id).executeTakeFirst()
  return binding ? 'active' : 'invited'
}

/** Somebody has to be left who can let people in. */
async function assertAnotherAdmin(trx: Trx, numbers: Caller['numbers'], id: string): Promise<void> {
  const other = await trx
    .selectFrom('staff')
    .select('id')
    .where(ofNumbers(numbers))
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('id', '<>', id)
    .executeTakeFirst()
  if (!other) throw new AppError('LAST_ADMIN')
}

/** What this person can have no longer: everything of a leaver and of a role that does not work at shops, else what is outside of the regions. */
async function handOver(
  trx: Trx,
  caller: Caller,
  after: StaffRow,
  { hand_over }: StaffRequest,
  origin: Ask['origin'],
  now: Date,
): Promise<void> {
  const all = after.status === 'disabled' || !mayDo(after.role, 'evidence.write')
  const theirs = sql<boolean>`assigned_to = ${after.id} and ${ofNumbers(caller.numbers)}`
  const left = all ? theirs : sql<boolean>`${theirs} and ${unseenBy(after)}`
  const { rows } = await sql<{ shops: number }>`select count(*)::integer as shops from sub_merchants where ${left}`.execute(trx)
  const { shops } = rows[0]!
  if (shops === 0) return
  if (!hand_over) throw new AppError('SHOPS_LEFT', { current: { shops } })
  const to = hand_over.staff_id
  if (to !== null) await assertTakes(trx, caller, after.id, to, left)
  await moveShops(
    trx,
    { from: sql`sub_merchants`, where: left },
    to,
    { actor: { staff_id: caller.staff_id, role: caller.role }, origin },
    now,
  )
}

async function assertTakes(trx: Trx, { numbers }: Caller, from: string, to: string, left: ReturnType<typeof unseenBy>): Promise<void> {
  const field = 'hand_over.staff_id'
  if (to === from) throw invalidField(field, 'SAME_PERSON', 'is the person whose shops these are')
  const successor = await lockResponsible(trx, numbers, to)
  assertCanHave(successor, field)
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from sub_merchants where ${left} and ${unseenBy(successor)}`.execute(trx)
  const { count } = rows[0]!
  if (count > 0) throw invalidField(field, 'OUTSIDE_THEIR_REGIONS', `${count} of these shops are outside of their regions`)
}

async function write(trx: Trx, row: StaffRow, after: Entry, now: Date): Promise<void> {
  const moved =
    row.role !== after.role || row.assigned_only !== after.assigned_only || only(row).region_codes.join() !== after.region_codes.join()
  await trx
    .updateTable('staff')
    .set({ ...after, version: row.version + 1, ...(moved && { scope_since: now }) })
    .where('id', '=', row.id)
    .execute()
  if (after.status !== 'disabled' || row.status === 'disabled') return
  await trx.deleteFrom('sessions').where('staff_id', '=', row.id).execute()
  await revokeInvites(trx, [row.id], now)
}
