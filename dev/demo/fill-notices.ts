// What the demo's people are told: of requests, shops and rollouts that are there.
import { tell } from '../../backend/company/notices/record.ts'
import type { Trx } from '../../backend/database/connection.ts'
import { closingRequests } from './closing-requests.ts'
import { hour } from './history.ts'
import { byRole } from './organisation.ts'

/** After requests and rollouts. Those of regressed shops came with their evidence. */
export async function insertNotices(trx: Trx, now: Date): Promise<void> {
  const before = (ago: number) => new Date(now.getTime() - ago)
  for (const { id, sub_mchid, by, status, decided } of closingRequests) {
    if (status !== 'executed' && status !== 'rejected') continue
    const { name } = await trx.selectFrom('sub_merchants').select('name').where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow()
    const notice = {
      staff_id: byRole(by).id,
      kind: 'closing',
      about: id,
      subject: name,
      outcome: status,
      cause: `${id} ${status}`,
    } as const
    await tell(trx, [notice], before(decided?.ago ?? 0))
  }
  const rollouts = await trx.selectFrom('rollouts').select(['id', 'name', 'status', 'started_by', 'ended_at']).execute()
  for (const { id, name, status, started_by, ended_at } of rollouts) {
    if (status !== 'completed' && status !== 'waiting') continue
    const notice = { staff_id: started_by, kind: 'rollout', about: id, subject: name, outcome: status, cause: `${id} 1` } as const
    await tell(trx, [notice], ended_at ?? before(hour))
  }
  // nobody has allowed a message yet, so all of it stands in the app; what is over was read
  await trx.updateTable('notices').set({ message: 'app', try_at: null }).execute()
  await trx.updateTable('notices').set({ read_at: now }).where('outcome', 'in', ['completed', 'rejected', 'executed']).execute()
}
