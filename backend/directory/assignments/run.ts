// Assigning shops, a thousand at a time: the first of them at once, the rest by whichever process is free. What a run has done stays, and where it is
// stands in its row, so a process that ends loses nothing and does nothing twice.
import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { AssignmentRunTable } from '../../database/directory-tables.ts'
import { merchantsOf } from '../../database/keyed.ts'
import type { Caller } from '../../http/caller.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { askerAsNow } from '../../company/staff/as-now.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { assertOneOf, countShops, joined, lockNext, reasonOf } from './meant.ts'
import { moveShops } from './move.ts'
import { assertCanHave, faultOf, lockResponsible, type Responsible } from './responsible.ts'
import type { AssignmentFilter, AssignmentRequest, AssignmentRun, RefusedShops } from './schema.ts'

type RunRow = Selectable<AssignmentRunTable>
type RunContext = Pick<Context, 'clock' | 'db' | 'providers'>

const batch = 1_000
/** older than any key that may still be sent again */
const keptFor = 30 * 86_400_000

/** @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED */
export const assign = (context: Context, ask: Ask, request: AssignmentRequest): Promise<AssignmentRun> =>
  idempotentWrite(context, ask, {
    refuse: () => assertOneOf(request),
    replay: async (db, { kept }) => shapeOf(db, await rowOf(db, (kept.answer as { id: string }).id)),
    async work(trx, { caller, now }) {
      const responsible = await responsibleOf(trx, caller, request.staff_id)
      const { total, refused } = await countShops(trx, caller, request, responsible, now)
      const id = randomUUID()
      await trx
        .insertInto('assignment_runs')
        .values({
          sp_mchid: caller.sp_mchid,
          id,
          asked_by: caller.staff_id,
          asked_at: now,
          staff_id: request.staff_id,
          filter: request.filter ? JSON.stringify(request.filter) : null,
          sub_mchids: request.sub_mchids ?? null,
          status: 'running',
          total,
          // those outside of somebody's regions are found batch by batch
          refused: JSON.stringify(refused.filter(({ reason }) => reason === 'NOT_FOUND')),
          request_id: ask.origin.request_id,
          client: ask.origin.client,
        })
        .execute()
      await nextBatch(trx, await rowOf(trx, id), caller, responsible, now)
      return { answer: await shapeOf(trx, await rowOf(trx, id)), keep: { answer: JSON.stringify({ id }) }, audit: null }
    },
  })

async function responsibleOf(trx: Trx, caller: Caller, staff_id: string | null): Promise<Responsible | null> {
  if (staff_id === null) return null
  const staff = await lockResponsible(trx, caller.numbers, staff_id)
  assertCanHave(staff, 'staff_id')
  return staff
}

/** @throws AppError NOT_FOUND, also for one that somebody else asked for */
export async function readRun({ db }: Context, caller: Caller, id: string): Promise<AssignmentRun> {
  const row = await db
    .selectFrom('assignment_runs')
    .selectAll()
    .where('id', '=', id)
    .where('asked_by', '=', caller.staff_id)
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return shapeOf(db, row)
}

const rowOf = (db: Database | Trx, id: string): Promise<RunRow> =>
  db.selectFrom('assignment_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** The shops after the last one that was looked at, in the order of their key. */
async function nextBatch(trx: Trx, run: RunRow, caller: Caller, responsible: Responsible | null, now: Date): Promise<void> {
  const which = run.sub_mchids ? { sub_mchids: run.sub_mchids } : { filter: run.filter as AssignmentFilter }
  const { after_sp_mchid, after_sub_mchid, staff_id } = run
  const after = after_sp_mchid === null || after_sub_mchid === null ? null : { sp_mchid: after_sp_mchid, sub_mchid: after_sub_mchid }
  const rows = await lockNext(trx, caller, which, { responsible, staff_id, after, most: batch, now })
  const moving = rows.filter(({ same, outside }) => !same && !outside)
  const outside = rows.filter(one => one.outside && !one.same).map(({ sub_mchid }) => sub_mchid)
  const changed = await moveShops(
    trx,
    { from: merchantsOf(moving), where: sql<boolean>`true` },
    staff_id,
    { actor: { staff_id: caller.staff_id, role: caller.role }, origin: run },
    now,
  )
  const last = rows.at(-1)
  const ended = rows.length < batch
  await trx
    .updateTable('assignment_runs')
    .set({
      done: run.done + rows.length,
      changed: run.changed + changed,
      same: run.same + rows.filter(({ same }) => same).length,
      refused: JSON.stringify(joined(run.refused as RefusedShops[], reasonOf('OUTSIDE_THEIR_REGIONS', outside.length, outside))),
      ...(last && { after_sp_mchid: last.sp_mchid, after_sub_mchid: last.sub_mchid }),
      ...(ended && { status: 'finished', ended_at: now, sub_mchids: run.sub_mchids && [] }),
    })
    .where('id', '=', run.id)
    .execute()
}

/** A batch of each run that is under way, again and again until none is. @returns how many batches it did */
export async function carryOnAssigning(context: RunContext, goOn: () => boolean): Promise<number> {
  let batches = 0
  while (goOn() && (await oneBatch(context))) batches += 1
  return batches
}

/** @returns whether there was one that no other process is at */
function oneBatch({ db, clock, providers }: RunContext): Promise<boolean> {
  return db.transaction().execute(async trx => {
    const run = await trx
      .selectFrom('assignment_runs')
      .selectAll()
      .where('status', '=', 'running')
      .where(ofNumbers(providers.numbers))
      .orderBy('asked_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!run) return false
    const now = clock.now()
    const caller = await askerNow(trx, run, providers.numbers)
    if (typeof caller === 'string') return stop(trx, run, caller, now)
    const responsible = run.staff_id === null ? null : await lockResponsible(trx, providers.numbers, run.staff_id)
    const fault = responsible && faultOf(responsible)
    if (fault) return stop(trx, run, fault, now)
    await nextBatch(trx, run, caller, responsible ?? null, now)
    return true
  })
}

/** Who asked, with the rights of this moment; else why they may no longer. */
async function askerNow(
  trx: Trx,
  { asked_by }: RunRow,
  numbers: Caller['numbers'],
): Promise<Caller | 'STAFF_DISABLED' | 'ACTION_FORBIDDEN'> {
  const asker = await askerAsNow(trx, asked_by, numbers)
  if (asker.status !== 'active') return 'STAFF_DISABLED'
  return mayDo(asker.role, 'merchant.assign') ? asker : 'ACTION_FORBIDDEN'
}

async function stop(trx: Trx, run: RunRow, code: string, now: Date): Promise<true> {
  await trx
    .updateTable('assignment_runs')
    .set({ status: 'stopped', code, ended_at: now, sub_mchids: run.sub_mchids && [] })
    .where('id', '=', run.id)
    .execute()
  return true
}

/** Nobody asks what became of them any more. */
export async function dropOldRuns({ db, clock }: Pick<Context, 'clock' | 'db'>): Promise<void> {
  await db
    .deleteFrom('assignment_runs')
    .where('status', '<>', 'running')
    .where('ended_at', '<', new Date(clock.now().getTime() - keptFor))
    .execute()
}

async function shapeOf(db: Database | Trx, run: RunRow): Promise<AssignmentRun> {
  const staff =
    run.staff_id === null
      ? null
      : await db.selectFrom('staff').select(['id', 'display_name']).where('id', '=', run.staff_id).executeTakeFirstOrThrow()
  const { id, status, code, total, done, changed, same, refused } = run
  return {
    id,
    status,
    code,
    staff,
    total,
    done,
    changed,
    same,
    refused: refused as RefusedShops[],
    asked_at: toInstant(run.asked_at),
    ended_at: toInstantOrNull(run.ended_at),
  }
}
