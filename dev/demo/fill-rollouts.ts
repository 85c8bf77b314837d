// Puts the demo rollouts where real ones are: one that is over, and one that waits for a look at its first stage.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../backend/database/connection.ts'
import { STAGES } from '../../backend/controls/rollouts/schema.ts'
import { day, hour } from './history.ts'
import { byRole, provider } from './organisation.ts'

const { sp_mchid } = provider

/** After the shops. */
export async function insertRollouts(trx: Trx, now: Date): Promise<void> {
  const { id: operator } = byRole('operator')
  const before = (ago: number) => new Date(now.getTime() - ago)
  const rollout = async (name: string, ago: number, status: 'completed' | 'waiting') => {
    const id = randomUUID()
    const at = before(ago)
    await trx
      .insertInto('rollouts')
      .values({
        id,
        sp_mchid,
        name,
        action: 'gold_plan.open',
        with_receipt: true,
        industries: [],
        filter: JSON.stringify({ gold_plan: 'unknown' }),
        status,
        refused: JSON.stringify([]),
        judged_from: at,
        created_by: operator,
        created_at: at,
        started_by: operator,
        started_at: at,
        ended_at: status === 'completed' ? before(ago - hour) : null,
      })
      .execute()
    return id
  }
  const over = await rollout('十一月第一批', 6 * day, 'completed')
  const waits = await rollout('十一月第二批', 2 * hour, 'waiting')
  await insertItems(trx, over, { open: [0, 18], refused: 1, left: 0, at: before(6 * day - hour) })
  await insertItems(trx, waits, { open: [18, 19], refused: 1, left: 140, at: before(hour) })
}

/** @param open which of the shops with an open plan, in order: from, and how many */
async function insertItems(
  trx: Trx,
  id: string,
  { open: [from, count], refused, left, at }: { open: [number, number]; refused: number; left: number; at: Date },
): Promise<void> {
  await sql`
    insert into rollout_items (rollout_id, position, sp_mchid, sub_mchid, stage, status, code, message, seen, done, try_at, changed_at)
    select ${id}, row_number() over (order by part, sub_mchid), sp_mchid, sub_mchid,
      case when row_number() over (order by part, sub_mchid) <= ${STAGES[0]} then 1 else 2 end, status, code, message, '', done, try_at, ${at}
    from (
      (select 1 as part, sp_mchid, sub_mchid, 'succeeded' as status, null as code, null as message, 2 as done, null::timestamptz as try_at
        from sub_merchants where sp_mchid = ${sp_mchid} and gold_plan_status = 'open' and migration_state <> 'blocked' order by sub_mchid offset ${from} limit ${count})
      union all
      (select 2, sp_mchid, sub_mchid, 'failed', 'SUB_MERCHANT_PUNISHED', '特约商户被处罚中', 0, null
        from sub_merchants where sp_mchid = ${sp_mchid} and migration_state = 'blocked' order by sub_mchid limit ${refused})
      union all
      (select 3, sp_mchid, sub_mchid, 'pending', null, null, 0, ${at}::timestamptz
        from sub_merchants where sp_mchid = ${sp_mchid} and gold_plan_status = 'unknown' and status = 'active' and migration_state <> 'blocked' order by sub_mchid limit ${left})
    ) as items`.execute(trx)
}
