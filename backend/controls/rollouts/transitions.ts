// What a person does to a rollout: start it, let it go on, pause, cancel, try again what failed. Each is one row's change; the worker reads it before the next item.
import { sql } from 'kysely'
import type { RolloutStatus } from '../../database/rollout-tables.ts'
import type { Trx } from '../../database/connection.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { findRollout, readRollout, type RolloutRow } from './find.ts'
import { STAGES, type Rollout, type RolloutStep } from './schema.ts'

const from: Readonly<Record<RolloutStep, readonly RolloutStatus[]>> = {
  start: ['draft'],
  pause: ['running', 'waiting'],
  resume: ['waiting', 'paused', 'stopped'],
  cancellation: ['draft', 'running', 'waiting', 'paused', 'stopped'],
  'retry-failed': ['waiting', 'paused', 'stopped', 'completed'],
}

/** @throws AppError NOT_FOUND, ACTION_FORBIDDEN, INVALID_TRANSITION (with `current`), PRECONDITION_FAILED */
export const stepRollout = (context: Context, ask: Ask, id: string, step: RolloutStep): Promise<Rollout> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => findRollout(db, caller, id),
    replay: (db, { caller }) => readRollout(context, db, caller, id),
    async lock(trx, { caller }) {
      const row = await findRollout(trx, caller, id, true)
      return { row, version: row.version, current: () => readRollout(context, trx, caller, id) }
    },
    async work(trx, { caller, held: { row }, now }) {
      if (!from[step].includes(row.status))
        throw new AppError('INVALID_TRANSITION', { current: await readRollout(context, trx, caller, id) })
      const change = await changeOf(trx, row, step, now)
      if (change === null) throw new AppError('INVALID_TRANSITION', { current: await readRollout(context, trx, caller, id) })
      const started = change.status === 'running' ? { started_by: caller.staff_id, started_at: row.started_at ?? now } : {}
      await trx
        .updateTable('rollouts')
        .set({ ...change, ...started, stop_code: null, version: row.version + 1 })
        .where('id', '=', id)
        .execute()
      return {
        answer: await readRollout(context, trx, caller, id),
        keep: { answer: JSON.stringify({ id }) },
        audit: {
          sp_mchid: row.sp_mchid,
          action: `rollout.${step}`,
          target: { type: 'rollout', id },
          before: { status: row.status, stage: row.stage },
          after: { status: change.status, stage: change.stage ?? row.stage },
        },
      }
    },
  })

interface Change {
  status: RolloutStatus
  stage?: number
  judged_from?: Date
  ended_at?: Date | null
}

/** @returns null: there is nothing that this would do */
async function changeOf(trx: Trx, row: RolloutRow, step: RolloutStep, now: Date): Promise<Change | null> {
  switch (step) {
    case 'start':
      return { status: 'running', judged_from: now }
    case 'pause':
      return { status: 'paused' }
    case 'resume':
      // what failed before was looked at: the judgement begins anew
      return { status: 'running', judged_from: now, stage: await stageToGoOn(trx, row) }
    case 'cancellation':
      return { status: 'cancelled', ended_at: now }
    case 'retry-failed': {
      // whose it was is not known any more
      if (row.reduced_at !== null) return null
      const { numUpdatedRows } = await trx
        .updateTable('rollout_items')
        .set({ status: 'pending', code: null, message: null, try_at: now, changed_at: now })
        .where('rollout_id', '=', row.id)
        .where('status', '=', 'failed')
        .executeTakeFirst()
      return numUpdatedRows === 0n ? null : { status: 'running', judged_from: now, ended_at: null }
    }
  }
}

/** After a look at a stage that is over: the next one that has items. */
async function stageToGoOn(trx: Trx, row: RolloutRow): Promise<number> {
  const { rows } = await sql<{ stage: number }>`
    select min(stage) as stage from rollout_items where rollout_id = ${row.id} and status in ('pending', 'working')`.execute(trx)
  return Math.max(row.stage, rows[0]?.stage ?? STAGES.length + 1)
}
