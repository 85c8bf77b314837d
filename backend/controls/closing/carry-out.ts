// An approved request becomes a write to WeChat Pay. Everything that allowed it is looked at once more at this moment.
import { findProvider, type MerchantRow } from '../../evidence/find.ts'
import { findOpenOperation } from '../../directory/merchants/shape.ts'
import type { Numbers } from '../../http/caller.ts'
import { randomUUID } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { momentOf } from '../../evidence/moment.ts'
import type { OperationRow } from '../../database/control-tables.ts'
import type { Call } from '../calls.ts'
import { carryOut } from '../service.ts'
import { whyNotClosable } from './preconditions.ts'
import { endRequest, lockedMerchant, lockedRow, noteRequest, type RequestRow } from './write.ts'

/** milliseconds until another look at a merchant whose earlier write has no outcome yet */
const waitForOther = 5_000

/** @returns the operation when WeChat Pay was asked; null when there was nothing to do, or not yet */
export async function carryOutRequest(context: Context, id: string): Promise<OperationRow | null> {
  const { calls, db, lanes } = context
  if (!(await calls.provesLife())) return null
  const call = calls.next()
  const operation = await lanes.writes
    .run(`request ${id}`, () => db.transaction().execute(trx => begin(context, trx, id, call)))
    .catch(async (error: unknown) => {
      calls.done(call)
      if (!(error instanceof AppError) || error.code !== 'OPERATION_PENDING') throw error
      await waitFor(context, id)
      return null
    })
  if (operation) return carryOut(context, operation, call)
  calls.done(call)
  return null
}

/** An earlier write on this merchant has no outcome yet, or a call of it may still be out. */
async function waitFor({ db, clock }: Context, id: string): Promise<void> {
  await db
    .updateTable('change_requests')
    .set({ try_at: new Date(clock.now().getTime() + waitForOther) })
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .execute()
}

/** @throws AppError OPERATION_PENDING: nothing of this transaction stays */
async function begin(context: Context, trx: Trx, id: string, call: Call): Promise<OperationRow | null> {
  const seen = await trx
    .selectFrom('change_requests')
    .select(['sp_mchid', 'sub_mchid', 'decided_by'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  // a person before a shop, as whoever hands over the shops of a leaver: else each would wait for the other
  await trx.selectFrom('staff').select('id').where('id', '=', seen.decided_by).forShare().execute()
  const merchant = await lockedMerchant(trx, seen)
  const request = await lockedRow(trx, id)
  const now = context.clock.now()
  if (request.status !== 'approved' || request.operation_id) return null
  const over = await whyOver(trx, context.providers.numbers, request, merchant, now)
  if (over) {
    await endRequest(trx, merchant, request, over, now)
    await noteRequest(trx, {
      merchant,
      id,
      actor: null,
      action: 'gold_plan.close.run',
      from: 'approved',
      to: over.status,
      reason: null,
      code: over.code,
      origin: null,
      now,
    })
    return null
  }
  const open = await findOpenOperation(trx, merchant)
  if (open && open.status !== 'unresolved') throw new AppError('OPERATION_PENDING')
  const operation = await trx
    .insertInto('operations')
    .values({
      id: randomUUID(),
      sp_mchid: merchant.sp_mchid,
      sub_mchid: merchant.sub_mchid,
      key: randomUUID(),
      staff_id: request.decided_by!,
      kind: 'gold_plan.close',
      parameters: JSON.stringify({}),
      reason: request.reason,
      status: 'pending',
      started_at: await momentOf(trx, merchant, now),
      request_id: id,
      client: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (!(await context.calls.writeDown(trx, call, operation))) throw new AppError('OPERATION_PENDING')
  await trx.updateTable('change_requests').set({ operation_id: operation.id, try_at: null }).where('id', '=', id).execute()
  return operation
}

/** Between the decision and this moment the decider may have left, the shop may have moved, the provider may open all by default. */
async function whyOver(
  trx: Trx,
  numbers: Numbers,
  request: RequestRow,
  merchant: MerchantRow,
  now: Date,
): Promise<{ status: 'failed' | 'expired'; code: string } | null> {
  if (request.expires_at <= now) return { status: 'expired', code: 'REQUEST_EXPIRED' }
  const decider = await trx.selectFrom('staff').selectAll().where('id', '=', request.decided_by).forShare().executeTakeFirstOrThrow()
  if (decider.status !== 'active') return { status: 'failed', code: 'STAFF_DISABLED' }
  if (!mayDo(decider.role, 'gold_plan.close.approve') || !(await seesShop(trx, numbers, decider, merchant)))
    return { status: 'failed', code: 'ACTION_FORBIDDEN' }
  const why = whyNotClosable(merchant, await findProvider(trx, merchant.sp_mchid))
  return why && { status: 'failed', code: why }
}

async function seesShop(
  trx: Trx,
  numbers: Numbers,
  { id: staff_id, ...decider }: { id: string } & Pick<Parameters<typeof inScope>[0], 'role' | 'region_codes' | 'assigned_only'>,
  { sp_mchid, sub_mchid }: MerchantRow,
): Promise<boolean> {
  const found = await trx
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .where(inScope({ ...decider, staff_id, numbers }))
    .executeTakeFirst()
  return found !== undefined
}

/** What a process that ended left approved, or what WeChat Pay was too busy for; and what nobody decided in time. @returns how many it touched */
export async function carryOutApproved(context: Context, goOn: () => boolean): Promise<number> {
  const { db, clock, providers } = context
  const due = await db
    .selectFrom('change_requests')
    .select(['id', 'status'])
    .where(ofNumbers(providers.numbers))
    .where(eb =>
      eb.or([
        eb.and([eb('status', '=', 'approved'), eb('operation_id', 'is', null), eb('try_at', '<=', clock.now())]),
        eb.and([eb('status', '=', 'pending'), eb('expires_at', '<=', clock.now())]),
      ]),
    )
    .orderBy('requested_at')
    .limit(50)
    .execute()
  for (const { id, status } of due) {
    if (!goOn()) break
    if (status === 'pending') await expire(context, id)
    else await carryOutRequest(context, id)
  }
  return due.length
}

function expire(context: Context, id: string): Promise<void> {
  return context.db.transaction().execute(async trx => {
    const seen = await trx.selectFrom('change_requests').select(['sp_mchid', 'sub_mchid']).where('id', '=', id).executeTakeFirstOrThrow()
    await lockedMerchant(trx, seen)
    const request = await lockedRow(trx, id)
    const now = context.clock.now()
    if (request.status !== 'pending' || request.expires_at > now) return
    await endRequest(trx, seen, request, { status: 'expired' }, now)
    await noteRequest(trx, {
      merchant: seen,
      id,
      actor: null,
      action: 'gold_plan.close.expire',
      from: 'pending',
      to: 'expired',
      reason: null,
      origin: null,
      now,
    })
  })
}
