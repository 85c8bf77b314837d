// Somebody asks that a gold plan be closed, or takes that back.
import { randomUUID } from 'node:crypto'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import type { Context } from '../../platform/context.ts'
import type { Origin } from '../../platform/audit/record.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { writeAs } from '../../http/write-as.ts'
import { findMerchant, findProvider } from '../../directory/merchants/one.ts'
import { assertMayDo } from '../../company/staff/permissions.ts'
import type { Caller } from '../../company/staff/scope.ts'
import { readRequest } from './find.ts'
import { whyNotClosable } from './preconditions.ts'
import type { ChangeRequest, NewChangeRequest } from './schema.ts'
import { beginWaiting, endRequest, lockRequest, noteRequest } from './write.ts'

/** A request that nobody decided is over after this, milliseconds. */
const waitsFor = 72 * 3_600_000

const leastReason = 5

export interface Written {
  request: ChangeRequest
  replayed: boolean
}

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, REQUEST_EXISTS, DEFAULT_OPEN_ACTIVE, NOT_OPEN, IDEMPOTENCY_KEY_REUSED */
export function requestClosing(
  context: Context,
  asked: Caller,
  { kind, sub_mchid, scene, reason }: NewChangeRequest,
  idempotent: IdempotentRequest,
  origin: Origin,
): Promise<Written> {
  return writeAs(context, asked, async (trx, caller) => {
    const merchant = await findMerchant(trx, caller, sub_mchid, true)
    assertMayDo(caller, 'gold_plan.close.request')
    const said = reason.trim()
    if (characterCount(said) < leastReason)
      throw invalidField('reason', said === '' ? 'REQUIRED' : 'TOO_SHORT', `a reason of at least ${leastReason} characters`)
    const now = context.clock.now()
    const kept = await keptKey(trx, idempotent, now)
    if (kept) return { request: await readRequest(context, trx, caller, idIn(kept.answer)), replayed: true }
    if (merchant.open_request_id)
      throw new AppError('REQUEST_EXISTS', { current: await readRequest(context, trx, caller, merchant.open_request_id) })
    const why = whyNotClosable(merchant, await findProvider(trx, merchant.sp_mchid))
    if (why) throw new AppError(why)
    const binding = await trx.selectFrom('staff_bindings').select('openid').where('staff_id', '=', caller.staff_id).executeTakeFirst()
    const id = randomUUID()
    await trx
      .insertInto('change_requests')
      .values({
        sp_mchid: merchant.sp_mchid,
        id,
        sub_mchid,
        kind,
        scene,
        reason: said,
        requested_by: caller.staff_id,
        requested_openid: binding?.openid ?? null,
        requested_at: now,
        expires_at: new Date(now.getTime() + waitsFor),
        status: 'pending',
      })
      .execute()
    await beginWaiting(trx, merchant, id, now)
    await noteRequest(trx, {
      merchant,
      id,
      actor: caller,
      action: 'gold_plan.close.request',
      from: null,
      to: 'pending',
      reason: said,
      origin,
      now,
    })
    await keepKey(trx, idempotent, { answer: JSON.stringify({ id }) }, now)
    return { request: await readRequest(context, trx, caller, id), replayed: false }
  })
}

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN (of somebody else), ALREADY_DECIDED, IDEMPOTENCY_KEY_REUSED */
export function cancelRequest(
  context: Context,
  asked: Caller,
  id: string,
  idempotent: IdempotentRequest,
  origin: Origin,
): Promise<Written> {
  return writeAs(context, asked, async (trx, caller) => {
    const seen = await readRequest(context, trx, caller, id)
    const { request, merchant } = await lockRequest(trx, caller, seen)
    if (request.requested_by !== caller.staff_id) throw new AppError('ACTION_FORBIDDEN', { required_action: 'gold_plan.close.request' })
    const now = context.clock.now()
    if (await keptKey(trx, idempotent, now)) return { request: await readRequest(context, trx, caller, id), replayed: true }
    if (request.status !== 'pending' || request.expires_at <= now)
      throw new AppError('ALREADY_DECIDED', { current: await readRequest(context, trx, caller, id) })
    await endRequest(trx, merchant, request, { status: 'cancelled' }, now)
    await noteRequest(trx, {
      merchant,
      id,
      actor: caller,
      action: 'gold_plan.close.cancel',
      from: 'pending',
      to: 'cancelled',
      reason: null,
      origin,
      now,
    })
    await keepKey(trx, idempotent, { answer: JSON.stringify({ id }) }, now)
    return { request: await readRequest(context, trx, caller, id), replayed: false }
  })
}

const idIn = (answer: object | null): string => (answer as { id: string }).id
