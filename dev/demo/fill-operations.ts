// Writes whose outcome is not known yet: what a merchant looks like while WeChat Pay's answer is missing (product.md §7.1, M14).
import type { Trx } from '../../backend/database/connection.ts'
import type { DifficultMerchant } from './difficult-merchant.ts'
import { hour, minute } from './history.ts'
import { byRole, provider } from './organisation.ts'
import { uuid, type Random } from './random.ts'

/** sent, then asked again after 5 s, 30 s, 2, 10 and 60 min */
const attemptsAfter = [0, 5_000, 35_000, 155_000, 12 * minute + 35_000, 72 * minute + 35_000]

export async function insertUnsettled(trx: Trx, now: Date, random: Random, merchants: readonly DifficultMerchant[]): Promise<void> {
  const before = (ago: number) => new Date(now.getTime() - ago)
  for (const { sub_mchid, unsettled } of merchants) {
    if (unsettled === undefined) continue
    const { status, kind, ago } = unsettled
    const sent = attemptsAfter.filter(after => after < ago)
    const id = uuid(random)
    await trx
      .insertInto('operations')
      .values({
        id,
        sp_mchid: provider.sp_mchid,
        sub_mchid,
        key: uuid(random),
        staff_id: byRole('field_agent').id,
        kind,
        parameters: '{}',
        reason: null,
        status,
        code: null,
        message: null,
        wx_request_id: null,
        wx_code: null,
        wx_message: null,
        retry_after: null,
        attempts: sent.length,
        started_at: before(ago),
        finished_at: status === 'unresolved' ? before(ago - attemptsAfter.at(-1)!) : null,
        // an hour's grace, so that a person who looks at the demo sees 结果确认中 before the next attempt settles it
        next_attempt_at: status === 'unknown' ? new Date(now.getTime() + hour) : null,
        settled_at: null,
        request_id: `demo-${sub_mchid}`,
        client: null,
      })
      .execute()
    await trx
      .insertInto('operation_attempts')
      .values(
        sent.map((after, index) => ({
          operation_id: id,
          attempt: index + 1,
          sent_at: before(ago - after),
          answered_at: null,
          phase: 'unknown' as const,
          http_status: null,
          wx_code: null,
          wx_message: null,
          wx_request_id: null,
        })),
      )
      .execute()
  }
}
