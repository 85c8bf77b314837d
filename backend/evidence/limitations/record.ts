// What WeChat Pay answered about a merchant's limitations becomes evidence, where it is something new: limited, limited otherwise, or no longer.
import type { Trx } from '../../database/connection.ts'
import type { Difference } from '../../platform/audit/difference.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Limitations } from '../../wechatpay/index.ts'
import { momentOf } from '../moment.ts'
import { lockMerchant, recordEvidence, type MerchantKey, type NewEvidence } from '../record.ts'
import { watchMerchant, type MerchantFacts } from '../watch.ts'

type Detail = Extract<NewEvidence, { kind: 'limitation' }>['detail']

/** What stops a shop from being paid comes first: it is what a person reads. */
const gravest = ['NO_TRANSACTION_AND_RECHARGE', 'NO_TRANSACTION', 'NO_PAYMENT', 'NO_REFUND', 'NO_WITHDRAWAL']
const rank = (name: string): number => {
  const at = gravest.indexOf(name)
  return at < 0 ? gravest.length : at
}

/** @returns null: nothing is limited */
function detailOf({ functions, other, cases }: Limitations): Detail | null {
  if (functions.length === 0 && other === null && cases.length === 0) return null
  const sorted = [...new Set([...functions, ...cases.flatMap(one => one.functions)])].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const [first] = cases
  const reason = first?.reason ?? first?.describe ?? other
  return {
    code: sorted[0] ?? 'OTHER',
    active: true,
    ...(reason && { reason }),
    ...(first?.recover_way && { recover_way: first.recover_way }),
    functions: sorted,
    cases: cases.map(one => {
      const why = one.describe ?? one.reason
      return {
        ...(one.reason_type && { reason_type: one.reason_type }),
        ...(why && { reason: why }),
        ...(one.recover_way && { recover_way: one.recover_way }),
        ...(one.help_url && { help_url: one.help_url }),
        ...(one.since && { since: one.since }),
      }
    }),
  }
}

export interface RecordedLimitation {
  limited: boolean
  /** of the newest limitation, or of its end; null: there never was one */
  evidence_id: string | null
  /** null: it said what was known */
  changes: Difference<MerchantFacts> | null
  at: Date
}

/** Locks the merchant. Asked twice, it is written once. */
export async function recordLimitations(trx: Trx, merchant: MerchantKey, said: Limitations, now: Date): Promise<RecordedLimitation> {
  await lockMerchant(trx, merchant)
  const last = await trx
    .selectFrom('evidence')
    .select(['id', 'detail'])
    .where('sp_mchid', '=', merchant.sp_mchid)
    .where('sub_mchid', '=', merchant.sub_mchid)
    .where('kind', '=', 'limitation')
    .orderBy('occurred_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const before = last ? (last.detail as unknown as Detail) : null
  const found = detailOf(said)
  const detail = found ?? (before?.active ? { code: before.code, active: false } : null)
  const at = await momentOf(trx, merchant, now)
  if (detail === null || canonical(detail) === canonical(before))
    return { limited: found !== null, evidence_id: last?.id ?? null, changes: null, at }
  const changes = await watchMerchant(trx, merchant)
  const item = { kind: 'limitation' as const, detail, occurred_at: at, recorded_at: at, recorded_by: null, source: 'backend' as const }
  const [evidence_id] = await recordEvidence(trx, merchant, [item], at)
  return { limited: found !== null, evidence_id: evidence_id!, changes: await changes(), at }
}
