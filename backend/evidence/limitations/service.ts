// Somebody wants to know now what WeChat Pay limits.
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { askWechatPay } from '../ask.ts'
import { findMerchant } from '../find.ts'
import { evidenceShape, selectEvidence } from '../read.ts'
import type { MerchantKey } from '../record.ts'
import { verdictShape } from '../verdict/shape.ts'
import { recordLimitations } from './record.ts'
import type { LimitationState } from './schema.ts'

type Kept = Pick<LimitationState, 'limited'> & { evidence_id: string | null }

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, and what WeChat Pay refuses with: then nothing is kept, and the same key may be sent again */
export const refreshLimitations = (context: Context, ask: Ask, sub_mchid: string): Promise<LimitationState> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    replay: (db, { caller, kept }) => stateOf(context, db, caller, sub_mchid, kept.answer as Kept),
    outside: shop => askNow(context, shop, ask),
    async work(trx, { caller, found: merchant, outside: said, now }) {
      const { changes, limited, evidence_id, at } = await recordLimitations(trx, merchant, said, now)
      const kept: Kept = { limited, evidence_id }
      return {
        answer: await stateOf(context, trx, caller, sub_mchid, kept),
        keep: { answer: JSON.stringify(kept) },
        audit: {
          sp_mchid: merchant.sp_mchid,
          at,
          action: 'limitation.refresh',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: changes?.before ?? null,
          after: { ...changes?.after, limited, evidence_id },
        },
      }
    },
  })

function askNow(context: Context, { sp_mchid, sub_mchid }: MerchantKey, { origin }: Ask) {
  const { limitations } = context.providers.of(sp_mchid).wechatPay
  if (!limitations) throw new AppError('WX_UNAVAILABLE', { retry_after: 5 })
  return askWechatPay(context, { sp_mchid, about: 'what it limits', request_id: origin.request_id }, signal =>
    limitations.ask(sub_mchid, signal),
  )
}

async function stateOf(
  context: Context,
  db: Database | Trx,
  caller: Caller,
  sub_mchid: string,
  { limited, evidence_id }: Kept,
): Promise<LimitationState> {
  const merchant = await findMerchant(db, caller, sub_mchid)
  const row = evidence_id === null ? undefined : await selectEvidence(db, merchant).where('e.id', '=', evidence_id).executeTakeFirst()
  const now = context.clock.now()
  return {
    limited,
    evidence: row ? evidenceShape(row, caller, now) : null,
    migration: verdictShape(merchant, { now, staleAfterDays: caller.stale_after_days }),
  }
}
