// Keeps a shop's timeline in step with a visit: each conclusion is there once, and a changed one replaces the one before.
import type { Caller } from '../../http/caller.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Trx } from '../../database/connection.ts'
import { recordEvidence, withdrawEvidence, type MerchantKey, type NewEvidence } from '../../evidence/record.ts'
import { attachPhotos } from '../../evidence/photos.ts'
import type { Conclusions } from './conclude.ts'

const kinds = ['flow_conclusion', 'test_payment'] as const
/** shown beside the struck-through item */
const replaced = '拜访修改后重新提交'

/** @param visit occurred_at: when it ended */
export async function keepEvidence(
  trx: Trx,
  visit: MerchantKey & { visit_id: string; occurred_at: Date },
  conclusions: Conclusions,
  caller: Caller,
  now: Date,
): Promise<void> {
  const { sp_mchid, sub_mchid, visit_id, occurred_at } = visit
  const before = await trx
    .selectFrom('visit_evidence as v')
    .innerJoin('evidence as e', join => join.onRef('e.sp_mchid', '=', 'v.sp_mchid').onRef('e.id', '=', 'v.evidence_id'))
    .leftJoin('evidence_withdrawals as w', join => join.onRef('w.sp_mchid', '=', 'v.sp_mchid').onRef('w.evidence_id', '=', 'v.evidence_id'))
    .select(['v.kind', 'e.id', 'e.detail', 'w.withdrawn_at'])
    .where('v.sp_mchid', '=', sp_mchid)
    .where('v.visit_id', '=', visit_id)
    .execute()
  for (const kind of kinds) {
    const detail = conclusions[kind]
    const held = before.find(one => one.kind === kind)
    // what somebody withdrew stays withdrawn until the answers say something else
    if (held && detail && canonical(held.detail) === canonical(detail)) continue
    if (held) {
      if (!held.withdrawn_at) {
        const withdrawal = { evidence_id: held.id, withdrawn_by: caller.staff_id, withdrawn_at: now, reason: replaced }
        await withdrawEvidence(trx, { sp_mchid, sub_mchid }, withdrawal, now)
      }
      await trx
        .deleteFrom('visit_evidence')
        .where('sp_mchid', '=', sp_mchid)
        .where('visit_id', '=', visit_id)
        .where('kind', '=', kind)
        .execute()
    }
    if (!detail) continue
    const item = { kind, detail, occurred_at, recorded_at: now, recorded_by: caller.staff_id, source: 'app' } as NewEvidence
    const [evidence_id] = (await recordEvidence(trx, { sp_mchid, sub_mchid }, [item], now)) as [string]
    await trx.insertInto('visit_evidence').values({ sp_mchid, visit_id, kind, evidence_id }).execute()
    await attachPhotos(
      trx,
      { owner: sp_mchid, photos: caller.sp_mchid },
      { evidence_id },
      conclusions.test_payment && kind === 'test_payment' ? conclusions.test_payment.photo_ids : [],
    )
  }
}
