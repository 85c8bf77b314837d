// Another member of staff decides. Once approved it is carried out: by the worker, if this process ends first.
import { findProvider } from '../../evidence/find.ts'
import type { Caller } from '../../http/caller.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { carryOutRequest } from './carry-out.ts'
import { readRequest } from './find.ts'
import { whyNotClosable } from './preconditions.ts'
import type { ChangeRequest, ChangeRequestDecision } from './schema.ts'
import { endRequest, lockRequest, entryOf } from './write.ts'

/**
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, SELF_APPROVAL, ALREADY_DECIDED (with the request as it is), DEFAULT_OPEN_ACTIVE, NOT_OPEN,
 *         VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export async function decideRequest(
  context: Context,
  ask: Ask,
  id: string,
  { decision, comment }: ChangeRequestDecision,
): Promise<ChangeRequest> {
  const said = comment?.trim() || null
  const { approved } = await idempotentWrite(context, ask, {
    find: (db, caller) => readRequest(context, db, caller, id),
    async refuse(db, { caller }) {
      await assertAnother(db, caller, id)
      if (decision === 'reject' && characterCount(said ?? '') < 2)
        throw invalidField('comment', said ? 'TOO_SHORT' : 'REQUIRED', 'say why, in at least 2 characters')
    },
    replay: async () => ({ approved: false }),
    async work(trx, { caller, found, now }) {
      const { request, merchant } = await lockRequest(trx, caller, found)
      if (request.status !== 'pending' || request.expires_at <= now)
        throw new AppError('ALREADY_DECIDED', { current: await readRequest(context, trx, caller, id) })
      const decided = { decided_by: caller.staff_id, decided_at: now, comment: said }
      const step = { merchant, id, from: request.status, reason: said }
      const keep = { answer: JSON.stringify({ id }) }
      if (decision === 'reject') {
        await endRequest(trx, merchant, request, { ...decided, status: 'rejected' }, now)
        const audit = entryOf({ ...step, action: 'gold_plan.close.reject', to: 'rejected' })
        return { answer: { approved: false }, keep, audit }
      }
      const why = whyNotClosable(merchant, await findProvider(trx, merchant.sp_mchid))
      if (why) throw new AppError(why)
      await trx
        .updateTable('change_requests')
        .set({ ...decided, status: 'approved', try_at: now })
        .where('id', '=', id)
        .execute()
      return { answer: { approved: true }, keep, audit: entryOf({ ...step, action: 'gold_plan.close.approve', to: 'approved' }) }
    },
  })
  if (approved) await soon(context, carryOutRequest(context, id))
  return readRequest(context, context.db, ask.caller, id)
}

/** Four eyes are two people: neither the same member of staff, nor the same WeChat account as another one. */
async function assertAnother(db: Database | Trx, caller: Caller, id: string): Promise<void> {
  const { requested_by, requested_openid } = await db
    .selectFrom('change_requests')
    .select(['requested_by', 'requested_openid'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (requested_by === caller.staff_id) throw new AppError('SELF_APPROVAL')
  if (requested_openid === null) return
  const binding = await db.selectFrom('staff_bindings').select('openid').where('staff_id', '=', caller.staff_id).executeTakeFirst()
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
