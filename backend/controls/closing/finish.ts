// The write that carries a request out has an outcome: in the same transaction the request has its own.
import type { Trx } from '../../database/connection.ts'
import type { Context } from '../../platform/context.ts'
import type { MerchantKey } from '../../evidence/record.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { OperationRow } from '../../database/control-tables.ts'
import { endRequest, lockedMerchant, lockedRow, noteRequest, type RequestRow } from './write.ts'

/** The close was not made, and may be asked for again by itself after this, milliseconds. */
const tryAgainAfter = 60_000

/**
 * Called under the merchant's lock.
 * @param again the answer said "the same again later"
 */
export async function finishRequestOf(trx: Trx, operation: OperationRow, again: boolean, now: Date): Promise<void> {
  if (operation.kind !== 'gold_plan.close') return
  const request = await trx
    .selectFrom('change_requests')
    .selectAll()
    .where('operation_id', '=', operation.id)
    .forUpdate()
    .executeTakeFirst()
  if (!request || request.status !== 'approved') return
  switch (operation.status) {
    case 'succeeded':
      return end(trx, request, operation, { status: 'executed', code: null }, now)
    case 'failed':
      if (!again) return end(trx, request, operation, { status: 'failed', code: operation.code }, now)
      await trx
        .updateTable('change_requests')
        .set({ operation_id: null, try_at: new Date(now.getTime() + Math.max(tryAgainAfter, (operation.retry_after ?? 0) * 1_000)) })
        .where('id', '=', request.id)
        .execute()
      return
    default:
  }
}

/**
 * What a look at the console said of a close that nobody knew the outcome of.
 * @returns how many requests it ended
 */
export async function finishUnresolved({ db, clock, providers }: Context): Promise<number> {
  const told = await db
    .selectFrom('change_requests as r')
    .innerJoin('operations as o', 'o.id', 'r.operation_id')
    .select(['r.id', 'r.sp_mchid', 'r.sub_mchid'])
    .where(ofNumbers(providers.numbers, 'r.sp_mchid'))
    .where('r.status', '=', 'approved')
    .where('o.status', '=', 'unresolved')
    .where('o.settled_at', 'is not', null)
    .execute()
  for (const { id, ...merchant } of told) {
    await db.transaction().execute(async trx => {
      const { gold_plan_status } = await lockedMerchant(trx, merchant)
      const request = await lockedRow(trx, id)
      if (request.status !== 'approved') return
      const closed = gold_plan_status === 'closed'
      await end(
        trx,
        request,
        merchant,
        closed ? { status: 'executed', code: null } : { status: 'failed', code: 'WX_REJECTED' },
        clock.now(),
      )
    })
  }
  return told.length
}

async function end(
  trx: Trx,
  request: RequestRow,
  merchant: MerchantKey,
  outcome: { status: 'executed' | 'failed'; code: string | null },
  now: Date,
): Promise<void> {
  await endRequest(trx, merchant, request, outcome, now)
  const step = { merchant, id: request.id, actor: null, action: 'gold_plan.close.run', from: 'approved' as const, to: outcome.status }
  await noteRequest(trx, { ...step, reason: null, code: outcome.code, origin: null, now })
}
