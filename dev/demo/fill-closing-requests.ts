// Puts the demo requests to close a gold plan where real ones are.
import { beginWaiting } from '../../backend/controls/closing/write.ts'
import type { Trx } from '../../backend/database/connection.ts'
import { closingRequests } from './closing-requests.ts'
import { hour } from './history.ts'
import { byRole, provider } from './organisation.ts'

/** product.md M10 */
const waitsFor = 72 * hour
const { sp_mchid } = provider

/** After the shops. */
export async function insertClosingRequests(trx: Trx, now: Date): Promise<void> {
  const before = (ago: number) => new Date(now.getTime() - ago)
  for (const { id, sub_mchid, by, ago, reason, status, decided } of closingRequests) {
    const asking = byRole(by)
    await trx
      .insertInto('change_requests')
      .values({
        sp_mchid,
        id,
        sub_mchid,
        kind: 'gold_plan.close',
        scene: 'jsapi',
        reason,
        requested_by: asking.id,
        requested_openid: asking.openid,
        requested_at: before(ago),
        expires_at: before(ago - waitsFor),
        status,
        ...(decided && {
          decided_by: byRole(decided.by).id,
          decided_at: before(decided.ago),
          comment: decided.comment,
          ended_at: before(decided.ago),
        }),
      })
      .execute()
    if (status === 'pending') await beginWaiting(trx, { sp_mchid, sub_mchid }, id, before(ago))
  }
}
