// Somebody has mended what was in the way: days that are missing are asked for at once, instead of when their pause is over.
import { AppError } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { billHealth } from './health.ts'
import type { BillHealth } from './schema.ts'

/** The worker asks for them within a minute. @throws AppError NOT_FOUND (a number that is not the caller's), ACTION_FORBIDDEN */
export const askAgain = (context: Context, ask: Ask, sp_mchid: string): Promise<BillHealth> =>
  idempotentWrite(context, ask, {
    refuse(_, { caller }) {
      if (!caller.numbers.includes(sp_mchid)) throw new AppError('NOT_FOUND')
    },
    replay: db => billHealth(db, sp_mchid, context.clock.now()),
    async work(trx, { now }) {
      const { numUpdatedRows } = await trx
        .updateTable('bill_days')
        .set({ try_at: null, tries: 0 })
        .where('sp_mchid', '=', sp_mchid)
        .where('state', 'in', ['waiting', 'refused'])
        .where('try_at', 'is not', null)
        .executeTakeFirst()
      const days = Number(numUpdatedRows)
      return {
        answer: await billHealth(trx, sp_mchid, now),
        keep: { answer: '{}' },
        audit:
          days === 0 ? null : { sp_mchid, action: 'bill.asked', target: { type: 'provider', id: sp_mchid }, before: null, after: { days } },
      }
    },
  })
