// What WeChat Pay said when it refused writes of the last weeks: texts that the program knows, and one that it does not (product.md B16).
import type { Trx } from '../../backend/database/connection.ts'
import type { OperationKind } from '../../backend/evidence/schema.ts'
import type { WechatPayCode } from '../../backend/wechatpay/index.ts'
import { REFUSALS, type RefusalName } from '../sandbox/refusals.ts'
import { day, hour } from './history.ts'
import { byRole, provider } from './organisation.ts'

interface PastRefusal {
  sub_mchid: string
  kind: OperationKind
  refusal: RefusalName
  code: WechatPayCode
  ago: number
}
const past = (sub_mchid: string, kind: OperationKind, refusal: RefusalName, code: WechatPayCode, ago: number): PastRefusal => ({
  sub_mchid,
  kind,
  refusal,
  code,
  ago,
})

const refusals: readonly PastRefusal[] = [
  past('1900000131', 'gold_plan.open', 'unclassified', 'WX_UNCLASSIFIED', 12 * day),
  past('1900000132', 'gold_plan.open', 'unclassified', 'WX_UNCLASSIFIED', 5 * day + 3 * hour),
  past('1900000133', 'gold_plan.open', 'unclassified', 'WX_UNCLASSIFIED', 2 * hour),
  past('1900000134', 'advertising.open', 'type_illegal', 'WX_UNCLASSIFIED', 8 * day),
  past('1900000135', 'receipt.open', 'receipt_link_missing', 'RECEIPT_LINK_MISSING', 30 * day),
  past('1900000136', 'receipt.open', 'rate_limited_400', 'WX_RATE_LIMITED', 3 * day),
  past('1900000136', 'receipt.open', 'rate_limited_400', 'WX_RATE_LIMITED', 3 * day - 40_000),
]

export async function insertRefusals(trx: Trx, now: Date): Promise<void> {
  for (const [index, { sub_mchid, kind, refusal, code, ago }] of refusals.entries()) {
    const { http_status, code: wx_code, zh, number } = REFUSALS[refusal]
    const at = new Date(now.getTime() - ago)
    const id = `00000000-0000-4000-8016-${String(index).padStart(12, '0')}`
    const said = { wx_code, wx_message: zh, wx_request_id: `08E6${index}CF05-${number}` }
    await trx
      .insertInto('operations')
      .values({
        ...said,
        id,
        sp_mchid: provider.sp_mchid,
        sub_mchid,
        key: id,
        staff_id: byRole('region_lead').id,
        kind,
        parameters: '{}',
        reason: null,
        status: 'failed',
        code,
        message: null,
        retry_after: null,
        attempts: 1,
        started_at: at,
        finished_at: at,
        next_attempt_at: null,
        settled_at: null,
        request_id: `demo-${sub_mchid}`,
        client: null,
      })
      .execute()
    await trx
      .insertInto('operation_attempts')
      .values({ ...said, operation_id: id, attempt: 1, sent_at: at, answered_at: at, phase: 'refused', http_status })
      .execute()
  }
}
