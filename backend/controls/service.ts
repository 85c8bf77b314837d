// One write to WeChat Pay, from the request to its answer (product.md §7.1). The operation is committed as pending before the call
// is sent, so that the worker asks again if this process ends before the answer.
import { idempotentWrite, type Ask } from '../http/write.ts'
import type { Caller } from '../http/caller.ts'
import { rightFor } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { findMerchant, findProvider } from '../evidence/find.ts'
import { randomUUID } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import { momentOf } from '../evidence/moment.ts'
import { findOpenOperation, readMerchant } from '../directory/merchants/shape.ts'
import type { SubMerchant } from '../directory/merchants/schema.ts'
import { AppError } from '../http/problems/app-error.ts'
import { unavailable } from '../database/unavailable.ts'
import { callWechatPay, type CallOptions, type Outcome } from './call.ts'
import type { OperationRow } from '../database/control-tables.ts'
import type { Call } from './calls.ts'
import { operationProblem, operationShape } from './outcome.ts'
import { assertAllowedNow, type Control } from './preconditions.ts'
import type { Operation } from './schema.ts'
import { settle } from './settle.ts'

export type ControlAnswer = { status: 200; merchant: SubMerchant } | { status: 202; operation: Operation }

/** @throws AppError for everything that is not done and not on its way */
export async function runControl(context: Context, ask: Ask, sub_mchid: string, control: Control): Promise<ControlAnswer> {
  const { calls } = context
  const call = calls.next()
  const { operation, known } = await begin(context, ask, sub_mchid, control, call).catch((error: unknown) => {
    calls.done(call)
    throw error
  })
  if (known) {
    calls.done(call)
    return answerFor(context, ask.caller, operation)
  }
  // from here on WeChat Pay may have acted: whatever cannot be written or read now, the answer is that it is on its way
  const settled = carryOut(context, operation, call).catch(() => null)
  const slow = new Promise<null>(done => setTimeout(() => done(null), context.slowCallMs).unref())
  const outcome = (await Promise.race([settled, slow])) ?? operation
  return answerFor(context, ask.caller, outcome).catch((error: unknown) => {
    if (error instanceof AppError) throw error
    context.log.error({ err: error, operation_id: operation.id }, 'an outcome could not be read for its answer')
    return { status: 202, operation: operationShape(outcome) }
  })
}

async function answerFor(context: Context, caller: Caller, operation: OperationRow): Promise<ControlAnswer> {
  if (operation.status === 'failed') throw await operationProblem(context, caller, operation)
  if (operation.status === 'succeeded')
    return { status: 200, merchant: await readMerchant(context, context.db, caller, operation.sub_mchid) }
  return { status: 202, operation: operationShape(operation) }
}

/** @param known that of an earlier request with this key */
const begun = (operation: OperationRow, known: boolean) => ({ operation, known })

/** First transaction: preconditions, the key, the pending operation and its call. */
const begin = (context: Context, ask: Ask, sub_mchid: string, control: Control, call: Call) =>
  idempotentWrite(context, ask, {
    action: rightFor(control.kind),
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    async replay(db, { kept: { operation_id } }) {
      if (!operation_id) return undefined
      const operation = await db.selectFrom('operations').selectAll().where('id', '=', operation_id).executeTakeFirstOrThrow()
      if (operation.status === 'pending') throw new AppError('OPERATION_IN_PROGRESS', { retry_after: 2, operation_key: operation.key })
      return begun(operation, true)
    },
    async outside() {
      if (!(await context.calls.provesLife())) throw new AppError('OVERLOADED', { retry_after: 2 })
    },
    async lock(trx, { caller }) {
      const merchant = await findMerchant(trx, caller, sub_mchid, true)
      const open = await findOpenOperation(trx, merchant)
      if (open && open.status !== 'unresolved') throw new AppError('OPERATION_PENDING', { operation_key: open.key, retry_after: 5 })
      return { merchant, open, version: merchant.version, current: () => readMerchant(context, trx, caller, sub_mchid) }
    },
    async work(trx, { caller, held: { merchant, open }, now }) {
      assertAllowedNow(control, { merchant, provider: await findProvider(trx, merchant.sp_mchid), open, now })
      const operation = await trx
        .insertInto('operations')
        .values({
          id: randomUUID(),
          sp_mchid: merchant.sp_mchid,
          sub_mchid,
          key: ask.idempotent.key,
          staff_id: caller.staff_id,
          kind: control.kind,
          parameters: JSON.stringify(control.parameters),
          reason: control.reason,
          status: 'pending',
          started_at: await momentOf(trx, merchant, now),
          request_id: ask.origin.request_id,
          client: ask.origin.client,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      // an operation that has its outcome from one call may have another one out: that a process of before sent, or a repeated question
      if (!(await context.calls.writeDown(trx, call, operation))) throw new AppError('OPERATION_PENDING', { retry_after: 5 })
      // the trail gets its entry with the outcome
      return { answer: begun(operation, false), keep: { operation_id: operation.id }, audit: null }
    },
  })

/** milliseconds; then the outcome counts as lost, and the worker asks again */
const writeAgainAfter: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000]

/** @throws what the database said last */
export async function settleOnceItCan(
  context: Context,
  operation_id: string,
  outcome: Outcome,
  call_id: string,
  turn: string,
): Promise<OperationRow> {
  for (const wait of writeAgainAfter) {
    try {
      return await settle(context, operation_id, outcome, call_id, turn)
    } catch (error) {
      const why = error instanceof AppError ? 'busy' : unavailable(error)
      if (why === null) throw error
      context.log.warn({ operation_id, unavailable: why, wait }, 'an outcome cannot be written yet')
      await new Promise(done => setTimeout(done, wait))
    }
  }
  return settle(context, operation_id, outcome, call_id, turn)
}

/** The call and the second transaction. Goes on when the caller no longer waits. */
export const carryOut = (context: Context, operation: OperationRow, call: Call): Promise<OperationRow> =>
  carryOutBy(context, operation, call, outcome => settleOnceItCan(context, operation.id, outcome, call.id, `operation ${operation.id}`))

/** @param settled writes what came of it */
export function carryOutBy<T>(
  context: Context,
  operation: OperationRow,
  call: Call,
  settled: (outcome: Outcome) => Promise<T>,
  options?: CallOptions,
): Promise<T> {
  const work = callWechatPay(context, operation, call, options).then(settled)
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
