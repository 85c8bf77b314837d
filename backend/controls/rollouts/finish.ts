// The write of an item has an outcome: in the same transaction the item has its own.
import { sql } from 'kysely'
import { plannedOnce, type Trx } from '../../database/connection.ts'
import { tell } from '../../company/notices/record.ts'
import { mayDo, rolesThatMay } from '../../company/staff/permissions.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import { ProviderTroubleCode } from '../../company/staff/schema.ts'
import type { OperationRow } from '../../database/control-tables.ts'
import { allowedRate } from './find.ts'
import { noteAway, noteBack, slowDown } from './rate.ts'

/** The change was not made, and is tried again by itself after this, milliseconds. */
const tryAgainAfter = 10_000
/** WeChat Pay has something against the provider: every further item would meet it. */
const aboutProvider: ReadonlySet<string> = new Set(ProviderTroubleCode.anyOf.map(one => one.const))

/**
 * Called under the merchant's lock, for every operation.
 * @param again the answer said "the same again later"
 */
export async function finishItemOf(trx: Trx, operation: OperationRow, again: boolean, now: Date): Promise<void> {
  const item = await trx
    .selectFrom('rollout_items as i')
    .innerJoin('rollouts as r', 'r.id', 'i.rollout_id')
    .select(['i.rollout_id', 'i.position', 'i.done', 'r.sp_mchid', 'r.with_receipt'])
    .where('i.operation_id', '=', operation.id)
    .executeTakeFirst()
  if (!item) return
  // asked once and without an answer: what is asked again later says nothing about the moment
  if (operation.status === 'unknown') return operation.attempts === 1 ? void (await noteAway(trx, now)) : undefined
  const end = (change: { status: 'pending' | 'succeeded' | 'failed'; code: string | null; try_at: Date | null; done?: number }) =>
    trx
      .updateTable('rollout_items')
      .set({ ...change, operation_id: null, message: operation.status === 'failed' ? operation.wx_message : null, changed_at: now })
      .where('rollout_id', '=', item.rollout_id)
      .where('position', '=', item.position)
      .execute()
  // "nobody knows" is no answer either
  if (!again && operation.status !== 'unresolved') await noteBack(trx, now)
  if (operation.status === 'succeeded') {
    const planFollows = item.with_receipt && operation.kind === 'receipt.open'
    await end({ status: planFollows ? 'pending' : 'succeeded', code: null, try_at: planFollows ? now : null, done: item.done + 1 })
    return
  }
  if (operation.status === 'failed' && again) {
    if (operation.code === 'WX_RATE_LIMITED') await slowDown(trx, await allowedRate(trx, item.sp_mchid), now)
    else await noteAway(trx, now)
    const wait = Math.max(tryAgainAfter, (operation.retry_after ?? 0) * 1_000)
    await end({ status: 'pending', code: operation.code, try_at: new Date(now.getTime() + wait) })
    return
  }
  const code = operation.status === 'failed' ? (operation.code ?? 'WX_UNCLASSIFIED') : 'UNRESOLVED'
  await end({ status: 'failed', code, try_at: null })
  if (aboutProvider.has(code)) await stop(trx, item.rollout_id, code, now)
}

/** The same for several that WeChat Pay carried out, each at its moment. */
export async function finishItemsOf(
  trx: Trx,
  operations: readonly (Pick<OperationRow, 'id' | 'kind'> & { at: Date })[],
  now: Date,
): Promise<void> {
  const given = operations.map(({ id, kind, at }) => ({ id, opens_receipt: kind === 'receipt.open', at }))
  await sql`
    ${plannedOnce('items of successes')} update rollout_items as i set status = case when follows then 'pending' else 'succeeded' end, try_at = case when follows then given.at end,
      code = null, message = null, done = i.done + 1, operation_id = null, changed_at = given.at
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id uuid, opens_receipt boolean, at timestamptz),
      rollouts as r, lateral (select r.with_receipt and given.opens_receipt as follows) as next
    where i.operation_id = given.id and r.id = i.rollout_id`.execute(trx)
  await noteBack(trx, now)
}

/** By itself: it goes on when somebody has looked. */
export async function stop(trx: Trx, rollout_id: string, code: string, now: Date): Promise<void> {
  const { rows } = await sql<{ sp_mchid: string; stage: number }>`
    update rollouts set status = 'stopped', stop_code = ${code}, version = version + 1 where id = ${rollout_id} and status = 'running'
    returning sp_mchid, stage`.execute(trx)
  if (rows[0]) await noteStep(trx, { ...rows[0], id: rollout_id, step: 'stop', from: 'running', to: 'stopped', code, now })
}

/** What the system itself does to a rollout. */
export async function noteStep(
  trx: Trx,
  given: { sp_mchid: string; id: string; stage: number; step: string; from: string; to: string; code: string | null; now: Date },
): Promise<void> {
  const { sp_mchid, id, stage, step, from, to, code, now } = given
  await tellWhoStarted(trx, id, to, now)
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor: null,
    action: `rollout.${step}`,
    target: { type: 'rollout', id },
    before: { status: from },
    after: { status: to, stage, ...(code && { code }) },
    origin: null,
  })
}

/** That it is over, has stopped, or waits for a look. Where who started it may do nothing about it any more, everybody is told who may. */
async function tellWhoStarted(trx: Trx, id: string, to: string, now: Date): Promise<void> {
  if (to !== 'completed' && to !== 'stopped' && to !== 'waiting') return
  const { sp_mchid, started_by, name, version, status, role } = await trx
    .selectFrom('rollouts as r')
    .innerJoin('staff as s', 's.id', 'r.started_by')
    .select(['r.sp_mchid', 'r.started_by', 'r.name', 'r.version', 's.status', 's.role'])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow()
  const may = status === 'active' && mayDo(role, 'rollout.write')
  const whom = may ? [started_by] : await whoMay(trx, sp_mchid)
  await tell(
    trx,
    whom.map(staff_id => ({ staff_id, kind: 'rollout', about: id, subject: name, outcome: to, cause: `${id} ${version}` })),
    now,
  )
}

/** @param sp_mchid home number of the company, under which its staff stand */
async function whoMay(trx: Trx, sp_mchid: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('staff')
    .select('id')
    .where('sp_mchid', '=', sp_mchid)
    .where('status', '=', 'active')
    .where('role', 'in', rolesThatMay('rollout.write'))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
