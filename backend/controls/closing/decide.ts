// Another member of staff decides. Approved, it is on its way: whatever dies afterwards, the worker carries it out.
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import type { Origin } from '../../platform/audit/record.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { writeAs } from '../../http/write-as.ts'
import { findProvider } from '../../directory/merchants/one.ts'
import { assertMayDo } from '../../company/staff/permissions.ts'
import type { Caller } from '../../company/staff/scope.ts'
import { carryOutRequest } from './carry-out.ts'
import { readRequest } from './find.ts'
import { whyNotClosable } from './preconditions.ts'
import type { Written } from './request.ts'
import type { ChangeRequestDecision } from './schema.ts'
import { endRequest, lockRequest, noteRequest, type RequestRow } from './write.ts'

/**
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, SELF_APPROVAL, ALREADY_DECIDED (with the request as it is), DEFAULT_OPEN_ACTIVE, NOT_OPEN,
 *         VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export async function decideRequest(
  context: Context,
  asked: Caller,
  id: string,
  { decision, comment }: ChangeRequestDecision,
  idempotent: IdempotentRequest,
  origin: Origin,
): Promise<Written> {
  const said = comment?.trim() || null
  const written = await writeAs(context, asked, async (trx, caller) => {
    const seen = await readRequest(context, trx, caller, id)
    assertMayDo(caller, 'gold_plan.close.approve')
    const { request, merchant } = await lockRequest(trx, caller, seen)
    await assertAnother(trx, caller, request)
    if (decision === 'reject' && characterCount(said ?? '') < 2)
      throw invalidField('comment', said ? 'TOO_SHORT' : 'REQUIRED', 'say why, in at least 2 characters')
    const now = context.clock.now()
    if (await keptKey(trx, idempotent, now)) return { replayed: true }
    if (request.status !== 'pending' || request.expires_at <= now)
      throw new AppError('ALREADY_DECIDED', { current: await readRequest(context, trx, caller, id) })
    const decided = { decided_by: caller.staff_id, decided_at: now, comment: said }
    const step = { merchant, id, actor: caller, from: request.status, reason: said, origin, now }
    if (decision === 'reject') {
      await endRequest(trx, merchant, request, { ...decided, status: 'rejected' }, now)
      await noteRequest(trx, { ...step, action: 'gold_plan.close.reject', to: 'rejected' })
    } else {
      const why = whyNotClosable(merchant, await findProvider(trx, merchant.sp_mchid))
      if (why) throw new AppError(why)
      await trx
        .updateTable('change_requests')
        .set({ ...decided, status: 'approved', try_at: now })
        .where('id', '=', id)
        .execute()
      await noteRequest(trx, { ...step, action: 'gold_plan.close.approve', to: 'approved' })
    }
    await keepKey(trx, idempotent, { answer: JSON.stringify({ id }) }, now)
    return { replayed: false }
  })
  if (decision === 'approve' && !written.replayed) await soon(context, carryOutRequest(context, id))
  return { ...written, request: await readRequest(context, context.db, asked, id) }
}

/** Four eyes are two people: neither the same member of staff, nor the same WeChat account as another one. */
async function assertAnother(trx: Trx, caller: Caller, { requested_by, requested_openid }: RequestRow): Promise<void> {
  if (requested_by === caller.staff_id) throw new AppError('SELF_APPROVAL')
  if (requested_openid === null) return
  const binding = await trx.selectFrom('staff_bindings').select('openid').where('staff_id', '=', caller.staff_id).executeTakeFirst()
  if (binding?.openid === requested_openid) throw new AppError('SELF_APPROVAL')
}

/** The answer does not wait for WeChat Pay for longer than this: it is approved, and the worker sees to the rest. */
async function soon(context: Context, work: Promise<unknown>): Promise<void> {
  const carried = work.catch((error: unknown) => context.log.error({ err: error }, 'an approved request could not be carried out yet'))
  let timer: NodeJS.Timeout | undefined
  const slow = new Promise(done => {
    timer = setTimeout(done, context.slowCallMs)
  })
  await Promise.race([carried, slow])
  clearTimeout(timer)
}
