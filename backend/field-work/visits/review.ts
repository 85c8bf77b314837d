// A lead or an operator accepts a visit or returns it with a reason (product.md B09). Nobody reviews their own.
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { neededReason } from '../../http/problems/reason.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { readVisit } from './read.ts'
import type { ReviewRequest, Visit } from './schema.ts'

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, SELF_REVIEW, VISIT_REVIEWED, VERSION_MISMATCH, VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED */
export const reviewVisit = (
  context: Context,
  ask: Ask,
  id: string,
  { result, comment, ended_at: seen_ended_at }: ReviewRequest,
): Promise<Visit> => {
  const said = () => (result === 'returned' || comment !== undefined ? neededReason('comment', comment) : null)
  return idempotentWrite(context, ask, {
    find: (db, caller) => readVisit(db, caller, id),
    refuse(_, { caller, found: seen }) {
      if (seen.staff.id === caller.staff_id) throw new AppError('SELF_REVIEW')
      said()
    },
    replay: async (_, { found }) => found,
    async work(trx, { caller, now }) {
      const { sp_mchid, status, sub_mchid, ended_at } = await trx
        .selectFrom('visits')
        .select(['sp_mchid', 'status', 'sub_mchid', 'ended_at'])
        .where(ofNumbers(caller.numbers))
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirstOrThrow()
      if (status !== 'submitted') throw new AppError('VISIT_REVIEWED', { current: await readVisit(trx, caller, id) })
      if (seen_ended_at !== undefined && Date.parse(seen_ended_at) !== ended_at.getTime())
        throw new AppError('VERSION_MISMATCH', { current: await readVisit(trx, caller, id) })
      const review = { sp_mchid, visit_id: id, result, comment: said(), reviewed_by: caller.staff_id, reviewed_at: now }
      await trx.insertInto('visit_reviews').values(review).execute()
      await trx
        .updateTable('visits')
        .set({ status: result, updated_at: now })
        .where('sp_mchid', '=', sp_mchid)
        .where('id', '=', id)
        .execute()
      return {
        answer: await readVisit(trx, caller, id),
        keep: { answer: JSON.stringify({ visit_id: id }) },
        audit: {
          sp_mchid,
          action: 'visit.review',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: { status },
          // ended_at: which version of the visit was decided on
          after: { status: result, visit_id: id, ended_at },
          reason: said(),
        },
      }
    },
  })
}
