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

/** @returns null: nothing is limited, and nothing will be */
function detailOf({ functions, other, cases }: Limitations): Detail | null {
  if (functions.length === 0 && other === null && cases.length === 0) return null
  const current = cases.filter(({ planned }) => !planned)
  const active = functions.length > 0 || other !== null || current.length > 0
  const told = active ? current : cases
  const sorted = [...new Set([...functions, ...told.flatMap(one => one.functions)])].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const [first] = told
  const reason = first?.reason ?? first?.describe ?? other
  return {
    code: sorted[0] ?? 'OTHER',
    active,
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
        ...(one.planned && { planned: true }),
      }
    }),
  }
}

/** Limited, or going to be. */
const isOpen = ({ active, cases = [] }: Detail): boolean => active || cases.length > 0

/** The end of what was, where it is over, and what is now: what was limited and is only announced anew is not limited meanwhile. */
function newIn(found: Detail | null, before: Detail | null): Detail[] {
  if (canonical(found) === canonical(before)) return []
  const isOver = before !== null && (found === null ? isOpen(before) : before.active && !found.active)
  return [...(isOver ? [{ code: before.code, active: false }] : []), ...(found ? [found] : [])]
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
  const limited = found?.active === true
  const details = newIn(found, before)
  const at = await momentOf(trx, merchant, now)
  if (details.length === 0) return { limited, evidence_id: last?.id ?? null, changes: null, at }
  const changes = await watchMerchant(trx, merchant)
  const items = details.map((detail, index) => {
    // one after the other: nothing occurs later than it is recorded
    const moment = new Date(at.getTime() + index)
    return { kind: 'limitation' as const, detail, occurred_at: moment, recorded_at: moment, recorded_by: null, source: 'backend' as const }
  })
  const ids = await recordEvidence(trx, merchant, items, at)
  return { limited, evidence_id: ids.at(-1)!, changes: await changes(), at }
}
