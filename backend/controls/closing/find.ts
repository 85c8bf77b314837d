// Change requests as clients see them: those of shops in the caller's scope.
import type { Caller } from '../../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { decodeCursor, encodeCursor, isTimeKey } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { regionName } from '../../company/regions/divisions.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import { decidersOf } from './deciders.ts'
import type { ChangeRequest, ChangeRequestPage, ChangeRequestQuery } from './schema.ts'

/** Inside the sub-query, unqualified columns are those of sub_merchants. */
const shopInScope = (caller: Caller) =>
  sql<boolean>`exists (select 1 from sub_merchants where sub_merchants.sp_mchid = r.sp_mchid and sub_merchants.sub_mchid = r.sub_mchid and ${inScope(caller)})`

const selectRequests = (db: Database | Trx, caller: Caller) =>
  db
    .selectFrom('change_requests as r')
    .innerJoin('sub_merchants as m', join => join.onRef('m.sp_mchid', '=', 'r.sp_mchid').onRef('m.sub_mchid', '=', 'r.sub_mchid'))
    .innerJoin('staff as asking', 'asking.id', 'r.requested_by')
    .leftJoin('staff as deciding', 'deciding.id', 'r.decided_by')
    .leftJoin('operations as o', 'o.id', 'r.operation_id')
    .selectAll('r')
    .select(['m.name', 'm.short_name', 'm.region_code', 'm.assigned_to', 'o.key as operation_key'])
    .select(['asking.display_name as asking_name', 'asking.role as asking_role'])
    .select(['deciding.display_name as deciding_name', 'deciding.role as deciding_role'])
    .where(ofNumbers(caller.numbers, 'r.sp_mchid'))
    .where(shopInScope(caller))

type Row = Awaited<ReturnType<ReturnType<typeof selectRequests>['execute']>>[number]

/** @throws AppError NOT_FOUND, the same for one that does not exist and one whose shop is out of scope */
export async function readRequest(context: Pick<Context, 'clock'>, db: Database | Trx, caller: Caller, id: string): Promise<ChangeRequest> {
  const row = await selectRequests(db, caller).where('r.id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return shapeOf(db, row, caller, context.clock.now())
}

/** @throws AppError INVALID_CURSOR */
export async function listRequests(
  context: Context,
  caller: Caller,
  { cursor, limit = 20, ...filter }: ChangeRequestQuery,
): Promise<ChangeRequestPage> {
  const { db } = context
  const now = context.clock.now()
  const question = [
    caller.staff_id,
    'change-requests',
    filter.status ?? null,
    filter.mine ?? null,
    filter.to_decide ?? null,
    filter.sub_mchid ?? null,
  ]
  let query = selectRequests(db, caller)
  for (const condition of conditionsOf(caller, filter, now)) query = query.where(condition)
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(
      cursor,
      question,
      key => key.length === 2 && isTimeKey(key[0]) && typeof key[1] === 'string' && isUuid(key[1]),
    )
    query = query.where(sql<boolean>`(r.requested_at, r.id) < (${at}, ${id})`)
  }
  const rows = await query
    .orderBy('r.requested_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items: ChangeRequest[] = []
  for (const row of shown) items.push(await shapeOf(db, row, caller, now))
  return {
    items,
    next_cursor: rows.length > limit && last ? encodeCursor([last.requested_at.toISOString(), last.id], question) : null,
  }
}

const isUuid = (part: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)

type Filter = Pick<ChangeRequestQuery, 'status' | 'mine' | 'to_decide' | 'sub_mchid'>

/** On change_requests as `r`. */
function conditionsOf(caller: Caller, { status, mine, to_decide, sub_mchid }: Filter, now: Date): RawBuilder<boolean>[] {
  const own = sql<boolean>`r.requested_by = ${caller.staff_id}`
  const conditions: RawBuilder<boolean>[] = []
  if (status === 'open') conditions.push(sql<boolean>`r.status in ('pending', 'approved')`)
  else if (status === 'decided') conditions.push(sql<boolean>`r.status <> 'pending'`)
  else if (status) conditions.push(sql<boolean>`r.status = ${status}`)
  if (mine) conditions.push(mine === 'true' ? own : sql<boolean>`not ${own}`)
  if (sub_mchid) conditions.push(sql<boolean>`r.sub_mchid = ${sub_mchid}`)
  if (to_decide) conditions.push(waiting(caller, now))
  return conditions
}

/** Pending, by somebody else, and the caller may decide. */
const waiting = (caller: Caller, now: Date): RawBuilder<boolean> =>
  mayDo(caller.role, 'gold_plan.close.approve')
    ? sql<boolean>`(r.status = 'pending' and r.expires_at > ${now} and r.requested_by <> ${caller.staff_id})`
    : sql<boolean>`false`

/** In a statement: as many as GET /change-requests?to_decide=true has. */
export const requestsToDecide = (caller: Caller, now: Date): RawBuilder<number> =>
  mayDo(caller.role, 'gold_plan.close.approve')
    ? sql<number>`(select count(*)::integer from change_requests as r
        where ${ofNumbers(caller.numbers, 'r.sp_mchid')} and ${waiting(caller, now)} and ${shopInScope(caller)})`
    : sql<number>`0`

async function shapeOf(db: Database | Trx, row: Row, caller: Caller, now: Date): Promise<ChangeRequest> {
  const waits = row.status === 'pending' && row.expires_at > now
  return {
    id: row.id,
    kind: row.kind,
    sub_mchid: row.sub_mchid,
    merchant: { name: row.name, short_name: row.short_name, region_code: row.region_code, region_name: regionName(row.region_code) },
    scene: row.scene,
    reason: row.reason,
    // between its end and the round of the worker that writes it down
    status: row.status === 'pending' && !waits ? 'expired' : row.status,
    requested_by: { id: row.requested_by, display_name: row.asking_name, role: row.asking_role },
    requested_at: toInstant(row.requested_at),
    expires_at: toInstant(row.expires_at),
    decided_by:
      row.decided_by && row.deciding_name !== null && row.deciding_role !== null
        ? { id: row.decided_by, display_name: row.deciding_name, role: row.deciding_role }
        : null,
    decided_at: toInstantOrNull(row.decided_at),
    comment: row.comment,
    ended_at: toInstantOrNull(row.ended_at),
    code: row.code,
    operation_key: row.operation_key,
    deciders: waits ? await decidersOf(db, row, row.requested_by) : null,
    can_decide: waits && row.requested_by !== caller.staff_id && mayDo(caller.role, 'gold_plan.close.approve'),
    can_cancel: waits && row.requested_by === caller.staff_id,
  }
}
