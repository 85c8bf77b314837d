// One write to WeChat Pay, from the request to its answer (product.md §7.1). The operation is committed as pending before the call
// leaves, so that whatever dies afterwards, somebody asks again.
import { randomUUID } from 'node:crypto'
import type { Origin } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import { momentOf } from '../evidence/moment.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../http/idempotency.ts'
import { findMerchant, findOpenOperation, findProvider, readMerchant } from '../directory/merchants/one.ts'
import type { SubMerchant } from '../directory/merchants/schema.ts'
import { AppError } from '../http/problems/app-error.ts'
import { actionFor, assertMayDo } from '../company/staff/permissions.ts'
import type { Caller } from '../company/staff/scope.ts'
import { versionIn } from '../http/versions.ts'
import { unavailable } from '../database/unavailable.ts'
import { callWechatPay, type OperationRow, type Outcome } from './call.ts'
import type { Call } from './calls.ts'
import { operationProblem, operationShape } from './outcome.ts'
import { assertAllowedNow, type Control } from './preconditions.ts'
import type { Operation } from './schema.ts'
import { writeAs } from '../http/write-as.ts'
import { settle } from './settle.ts'

export type ControlAnswer = { replayed: boolean } & ({ status: 200; merchant: SubMerchant } | { status: 202; operation: Operation })

export interface ControlRequest {
  sub_mchid: string
  control: Control
  idempotent: IdempotentRequest
  /** the header as it came */
  ifMatch: string | undefined
  origin: Origin
}

/** @throws AppError for everything that is not done and not on its way */
export async function runControl(context: Context, caller: Caller, request: ControlRequest): Promise<ControlAnswer> {
  await findMerchant(context.db, caller, request.sub_mchid)
  assertMayDo(caller, actionFor(request.control.kind))
  const replay = await replayOf(context, caller, request.idempotent)
  if (replay) return replay
  const { calls } = context
  if (!(await calls.provesLife())) throw new AppError('OVERLOADED', { retry_after: 2 })
  const call = calls.next()
  const operation = await begin(context, caller, request, call).catch((error: unknown) => {
    calls.done(call)
    throw error
  })
  if (!operation) {
    calls.done(call)
    // the same key arrived twice at once and the other was first
    const other = await replayOf(context, caller, request.idempotent)
    if (!other) throw new AppError('OPERATION_IN_PROGRESS', { retry_after: 2, operation_key: request.idempotent.key })
    return other
  }
  // from here on WeChat Pay may have acted: whatever cannot be written or read now, the answer is that it is on its way
  const settled = carryOut(context, operation, call).catch(() => null)
  const slow = new Promise<null>(done => setTimeout(() => done(null), context.slowCallMs).unref())
  const known = (await Promise.race([settled, slow])) ?? operation
  return answerFor(context, caller, known, false).catch((error: unknown) => {
    if (error instanceof AppError) throw error
    context.log.error({ err: error, operation_id: operation.id }, 'an outcome could not be read for its answer')
    return { status: 202, operation: operationShape(known), replayed: false }
  })
}

async function replayOf(context: Context, caller: Caller, idempotent: IdempotentRequest): Promise<ControlAnswer | undefined> {
  const kept = await keptKey(context.db, idempotent, context.clock.now())
  if (!kept?.operation_id) return undefined
  const operation = await context.db.selectFrom('operations').selectAll().where('id', '=', kept.operation_id).executeTakeFirstOrThrow()
  if (operation.status === 'pending') throw new AppError('OPERATION_IN_PROGRESS', { retry_after: 2, operation_key: operation.key })
  return answerFor(context, caller, operation, true)
}

async function answerFor(context: Context, caller: Caller, operation: OperationRow, replayed: boolean): Promise<ControlAnswer> {
  if (operation.status === 'failed') throw await operationProblem(context, caller, operation, replayed)
  if (operation.status === 'succeeded') {
    return { status: 200, merchant: await readMerchant(context, context.db, caller, operation.sub_mchid), replayed }
  }
  return { status: 202, operation: operationShape(operation), replayed }
}

/**
 * First transaction: preconditions, the key, the pending operation and its call.
 * @returns undefined when the key was taken at the same moment
 */
async function begin(context: Context, asked: Caller, request: ControlRequest, call: Call): Promise<OperationRow | undefined> {
  const { control, idempotent, sub_mchid, origin } = request
  const version = versionIn(request.ifMatch)
  return writeAs(context, asked, async (trx, caller) => {
    const merchant = await findMerchant(trx, caller, sub_mchid, true)
    assertMayDo(caller, actionFor(control.kind))
    const now = context.clock.now()
    const started_at = await momentOf(trx, merchant, now)
    const open = await findOpenOperation(trx, merchant)
    const id = randomUUID()
    // before the merchant is judged: the winner of a race on this key has changed it
    if (!(await keepKey(trx, idempotent, { operation_id: id }, now))) return undefined
    if (open && open.status !== 'unresolved') throw new AppError('OPERATION_PENDING', { operation_key: open.key, retry_after: 5 })
    if (merchant.version !== version)
      throw new AppError('VERSION_MISMATCH', { current: await readMerchant(context, trx, caller, sub_mchid) })
    assertAllowedNow(control, merchant, await findProvider(trx, merchant.sp_mchid), open, now)
    const operation = await trx
      .insertInto('operations')
      .values({
        id,
        sp_mchid: merchant.sp_mchid,
        sub_mchid,
        key: idempotent.key,
        staff_id: caller.staff_id,
        kind: control.kind,
        parameters: JSON.stringify(control.parameters),
        reason: control.reason,
        status: 'pending',
        started_at,
        request_id: origin.request_id,
        client: origin.client,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    // an operation that has its outcome from one call may have another one out: that a process of before sent, or a repeated question
    if (!(await context.calls.writeDown(trx, call, operation))) throw new AppError('OPERATION_PENDING', { retry_after: 5 })
    return operation
  })
}

/** milliseconds; then the outcome counts as lost, and the worker asks again */
const writeAgainAfter: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000]

/** @throws what the database said last */
async function settleOnceItCan(context: Context, operation_id: string, outcome: Outcome, call_id: string): Promise<OperationRow> {
  for (const wait of writeAgainAfter) {
    try {
      return await settle(context, operation_id, outcome, call_id)
    } catch (error) {
      const why = error instanceof AppError ? 'busy' : unavailable(error)
      if (why === null) throw error
      context.log.warn({ operation_id, unavailable: why, wait }, 'an outcome cannot be written yet')
      await new Promise(done => setTimeout(done, wait))
    }
  }
  return settle(context, operation_id, outcome, call_id)
}

/** The call and the second transaction. Goes on when the caller no longer waits. */
export function carryOut(context: Context, operation: OperationRow, call: Call): Promise<OperationRow> {
  const work = callWechatPay(context, operation, call).then(outcome => settleOnceItCan(context, operation.id, outcome, call.id))
  const tracked = work.finally(() => {
    context.inFlight.delete(operation.id)
    context.calls.done(call)
  })
  context.inFlight.set(
    operation.id,
    // a caller who no longer waits does not see this fail; the worker finds the operation by its call
    tracked.catch((error: unknown) => context.log.error({ err: error, operation_id: operation.id }, 'an outcome could not be written')),
  )
  return tracked
}

/** @throws AppError NOT_FOUND: it never arrived, so the same key may be sent again */
export async function readOperation(context: Context, caller: Caller, key: string): Promise<Operation> {
  const operation = await context.db
    .selectFrom('operations')
    .selectAll()
    .where('staff_id', '=', caller.staff_id)
    .where('key', '=', key.toLowerCase())
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!operation) throw new AppError('NOT_FOUND')
  if (operation.status !== 'succeeded') return operationShape(operation)
  const result = await readMerchant(context, context.db, caller, operation.sub_mchid).catch((error: unknown) => {
    // the shop is somebody else's by now: what became of one's own write is still told, since 404 would say that it never arrived
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  })
  return { ...operationShape(operation), ...(result && { result }) }
}
