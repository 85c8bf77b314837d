// Somebody asks that a gold plan be closed, or takes that back.
import { findMerchant, findProvider } from '../../evidence/find.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { randomUUID } from 'node:crypto'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { readRequest } from './find.ts'
import { whyNotClosable } from './preconditions.ts'
import type { ChangeRequest, NewChangeRequest } from './schema.ts'
import { beginWaiting, endRequest, lockRequest, entryOf } from './write.ts'

/** A request that nobody decided is over after this, milliseconds. */
const waitsFor = 72 * 3_600_000

const leastReason = 5

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, REQUEST_EXISTS, DEFAULT_OPEN_ACTIVE, NOT_OPEN, IDEMPOTENCY_KEY_REUSED */
export const requestClosing = (
  context: Context,
  ask: Ask,
  { kind, sub_mchid, scene, reason }: NewChangeRequest,
): Promise<{ request: ChangeRequest; created: boolean }> => {
  const said = reason.trim()
  return idempotentWrite(context, ask, {
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    async refuse() {
      if (characterCount(said) < leastReason)
        throw invalidField('reason', said === '' ? 'REQUIRED' : 'TOO_SHORT', `a reason of at least ${leastReason} characters`)
    },
    replay: async (db, { caller, kept }) => written(await readRequest(context, db, caller, idIn(kept.answer)), false),
    async work(trx, { caller, now }) {
      const merchant = await findMerchant(trx, caller, sub_mchid, true)
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
      return {
        answer: written(await readRequest(context, trx, caller, id), true),
        keep: { answer: JSON.stringify({ id }) },
        audit: entryOf({ merchant, id, action: 'gold_plan.close.request', from: null, to: 'pending', reason: said }),
      }
    },
  })
}

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN (of somebody else), ALREADY_DECIDED, IDEMPOTENCY_KEY_REUSED */
export const cancelRequest = (context: Context, ask: Ask, id: string): Promise<ChangeRequest> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => readRequest(context, db, caller, id),
    async refuse(_, { caller, found }) {
      if (found.requested_by.id !== caller.staff_id) throw new AppError('ACTION_FORBIDDEN', { required_action: 'gold_plan.close.request' })
    },
    replay: async (_, { found }) => found,
    async work(trx, { caller, found, now }) {
      const { request, merchant } = await lockRequest(trx, caller, found)
      if (request.status !== 'pending' || request.expires_at <= now)
        throw new AppError('ALREADY_DECIDED', { current: await readRequest(context, trx, caller, id) })
      await endRequest(trx, merchant, request, { status: 'cancelled' }, now)
      return {
        answer: await readRequest(context, trx, caller, id),
        keep: { answer: JSON.stringify({ id }) },
        audit: entryOf({ merchant, id, action: 'gold_plan.close.cancel', from: 'pending', to: 'cancelled', reason: null }),
      }
    },
  })

const written = (request: ChangeRequest, created: boolean) => ({ request, created })

const idIn = (answer: object | null): string => (answer as { id: string }).id
