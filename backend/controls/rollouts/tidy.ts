// Rollouts that ended long ago keep their numbers, and what the trail says of them; their items, a hundred thousand each, go (product.md §7.5).
import { sql } from 'kysely'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Database } from '../../database/connection.ts'
import type { Context } from '../../platform/context.ts'
import { countItems } from './find.ts'
import { noteStep } from './finish.ts'

type Tidying = Pick<Context, 'db' | 'clock' | 'providers'>

const day = 86_400_000
/** milliseconds: a dry run that nobody starts, and what was cancelled before it began */
const keptUnstarted = 30 * day
/** and what has changed merchants, from its end on */
const keptEnded = 180 * day
/** rows of one statement: nobody waits for it */
const batch = 20_000

/** In any number of processes: each step is one row's change, and what is gone already is not missed. @returns how many rollouts it reduced */
export async function reduceOldRollouts(context: Tidying, goOn: () => boolean): Promise<number> {
  await cancelForgotten(context)
  let reduced = 0
  for (const id of await oldOnes(context)) {
    if (!goOn()) break
    if (await keepNumbers(context, id)) reduced += 1
    await dropItems(context.db, id, goOn)
  }
  return reduced
}

async function cancelForgotten({ db, clock, providers }: Tidying): Promise<void> {
  const now = clock.now()
  const forgotten = await db
    .selectFrom('rollouts')
    .select(['id', 'sp_mchid', 'stage'])
    .where(ofNumbers(providers.numbers))
    .where('status', '=', 'draft')
    .where('created_at', '<', new Date(now.getTime() - keptUnstarted))
    .execute()
  for (const { id, sp_mchid, stage } of forgotten)
    await db.transaction().execute(async trx => {
      const { numUpdatedRows } = await trx
        .updateTable('rollouts')
        .set({ status: 'cancelled', ended_at: now, version: sql`version + 1` })
        .where('id', '=', id)
        .where('status', '=', 'draft')
        .executeTakeFirst()
      if (numUpdatedRows > 0n)
        await noteStep(trx, { sp_mchid, id, stage, step: 'cancellation', from: 'draft', to: 'cancelled', code: null, now })
    })
}

/** Those whose time is over and that have items still. What waits for WeChat Pay's word gets it first, and who exports one gets all of it. */
async function oldOnes({ db, clock, providers }: Tidying): Promise<string[]> {
  const before = (ms: number) => new Date(clock.now().getTime() - ms)
  const { rows } = await sql<{ id: string }>`
    select r.id from rollouts as r where ${ofNumbers(providers.numbers, 'r.sp_mchid')}
      and (r.ended_at < ${before(keptEnded)} or (r.ended_at is not null and r.started_at is null and r.created_at < ${before(keptUnstarted)}))
      and (r.counts is null or exists (select from rollout_items as i where i.rollout_id = r.id))
      and not exists (select from rollout_items as w where w.rollout_id = r.id and w.status = 'working')
      and not exists (select from exports as e where e.kind = 'rollout' and e.status in ('queued', 'running') and lower(e.filter ->> 'rollout_id') = r.id::text)
    order by r.ended_at`.execute(db)
  return rows.map(({ id }) => id)
}

/** @returns false: they are kept already, or somebody tries again what failed, at this moment */
const keepNumbers = ({ db, clock }: Tidying, id: string): Promise<boolean> =>
  db.transaction().execute(async trx => {
    const row = await trx.selectFrom('rollouts').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (row.counts !== null || row.ended_at === null) return false
    const counts = JSON.stringify(await countItems(trx, row))
    await trx.updateTable('rollouts').set({ counts, reduced_at: clock.now() }).where('id', '=', id).execute()
    return true
  })

async function dropItems(db: Database, id: string, goOn: () => boolean): Promise<void> {
  for (let gone = batch; gone === batch && goOn();) {
    const { numAffectedRows = 0n } = await sql`
      delete from rollout_items where rollout_id = ${id} and position in (
        select i.position from rollout_items as i join rollouts as r on r.id = i.rollout_id
        where i.rollout_id = ${id} and r.reduced_at is not null order by i.position limit ${batch})`.execute(db)
    gone = Number(numAffectedRows)
  }
}
