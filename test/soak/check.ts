// At the end: each merchant has one result, and the database, the trail and WeChat Pay's side say the same of it.
import type { Journal } from '../../scripts/chaos/journal.ts'
import { sp_mchid, type SoakWorld } from './world.ts'

export async function checkSoak(world: SoakWorld, journal: Journal, rollout_id: string, merchants: number): Promise<void> {
  await checkItems(world, journal, rollout_id, merchants)
  await checkRecords(world, journal)
  await checkSwitches(world, journal)
}

async function checkItems({ sql }: SoakWorld, journal: Journal, rollout_id: string, merchants: number): Promise<void> {
  const rows = await sql<{ status: string; code: string | null; items: number; shops: number }>(
    `select status, code, count(*)::int as items, count(distinct sub_mchid)::int as shops from rollout_items where rollout_id = $1 group by status, code`,
    [rollout_id],
  )
  const total = rows.reduce((sum, { items }) => sum + items, 0)
  const shops = rows.reduce((sum, one) => sum + one.shops, 0)
  if (total !== merchants || shops !== merchants) journal.violation(`${merchants} merchants have ${total} items, of ${shops} merchants`)
  for (const { status, code, items } of rows) {
    journal.note(`${items} items ${status} ${code ?? ''}`)
    if (status === 'pending' || status === 'working') journal.violation(`${items} items have no result: ${status} ${code ?? ''}`)
  }
  const [hanging] = await sql<{ open: number }>(`select count(*)::int as open from operations where status in ('pending', 'unknown')`)
  if (hanging!.open > 0) journal.violation(`${hanging!.open} operations have no outcome`)
}

/** One operation that succeeded is one piece of evidence and one entry of the trail; nothing of a switch succeeded twice. */
async function checkRecords({ sql }: SoakWorld, journal: Journal): Promise<void> {
  const [{ operations } = { operations: 0 }] = await sql<{ operations: number }>(
    `select count(*)::int as operations from operations where status = 'succeeded'`,
  )
  // counted, not joined: the planner takes texts inside documents for a few, and a hundred thousand would be compared with each other
  const wrong = await sql<{ key: string; sub_mchid: string; kind: string; evidence: number; audited: number }>(`
    select key, max(sub_mchid) as sub_mchid, max(kind) as kind, sum(evidence)::int as evidence, sum(audited)::int as audited from (
      select key::text, sub_mchid, kind, 0 as evidence, 0 as audited, true as done from operations where status = 'succeeded'
      union all select detail->>'operation_key', null, null, 1, 0, false from evidence
        where kind = 'api_operation' and detail->>'result' = 'succeeded'
      union all select after->>'key', null, null, 0, 1, false from audit_entries where after->>'status' = 'succeeded') as said
    group by key having bool_or(done) and (sum(evidence) <> 1 or sum(audited) <> 1) limit 5`)
  for (const { key, sub_mchid, kind, evidence, audited } of wrong)
    journal.violation(`${kind} of ${sub_mchid} (${key}) has ${evidence} evidence and ${audited} entries of the trail`)
  const twice = await sql<{ sub_mchid: string; kind: string; times: number }>(`
    select o.sub_mchid, o.kind, count(*)::int as times from operations o join rollouts r on r.id::text = o.request_id
    where o.status = 'succeeded' group by 1, 2 having count(*) > 1 limit 5`)
  for (const { sub_mchid, kind, times } of twice) journal.violation(`${kind} of ${sub_mchid} was recorded ${times} times by the rollout`)
  journal.note(`${operations} operations succeeded`)
}

/** of what is wrong in the same way: a hundred thousand lines say no more */
const named = 5

/** What the directory says of each shop is what WeChat Pay believes. */
async function checkSwitches({ sql, sandbox }: SoakWorld, journal: Journal): Promise<void> {
  const rows = await sql<{ sub_mchid: string; gold_plan_status: string; receipt_status: string }>(
    'select sub_mchid, gold_plan_status, receipt_status from sub_merchants where sp_mchid = $1',
    [sp_mchid],
  )
  let differ = 0
  const ledgers = await sandbox.ledgers(rows.map(({ sub_mchid }) => sub_mchid))
  for (const [index, { sub_mchid, gold_plan_status, receipt_status }] of rows.entries()) {
    const theirs = ledgers[index]!
    const pairs = [
      ['gold plan', gold_plan_status, theirs.gold_plan.JSAPI.status],
      ['receipt', receipt_status, theirs.receipt],
    ] as const
    for (const [what, ours, there] of pairs)
      // never touched by us: WeChat Pay begins with everything closed
      if ((ours === 'unknown' ? 'closed' : ours) !== there && (differ += 1) <= named)
        journal.violation(`${what} of ${sub_mchid} is ${ours} in the ledger and ${there} at WeChat Pay`)
  }
  if (differ > named) journal.violation(`${differ} switches differ in all`)
}
