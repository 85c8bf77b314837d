// Carries out what rollouts have to do, in any number of processes: each item is claimed by its row, which stays claimed by its operation until WeChat Pay's
// answer is written. A process that ends leaves an operation that the others ask about again (../ask-again.ts).
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { randomUUID } from 'node:crypto'
import { ofNumbers } from '../../company/staff/scope.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import type { Trx } from '../../database/connection.ts'
import type { RolloutItemTable } from '../../database/rollout-tables.ts'
import { findProvider, type MerchantRow } from '../../evidence/find.ts'
import { momentOf } from '../../evidence/moment.ts'
import { findOpenOperation } from '../../directory/merchants/shape.ts'
import type { Context } from '../../platform/context.ts'
import type { OperationRow } from '../call.ts'
import type { Call } from '../calls.ts'
import type { Control } from '../preconditions.ts'
import { carryOut } from '../service.ts'
import { allowedRate, type RolloutRow } from './find.ts'
import { noteStep, stop } from './finish.ts'
import { controlsFor, seenOf, whyNot } from './judge-merchant.ts'
import { takeTokens } from './rate.ts'

/** Calls of rollouts that one process has under way: the rest of its connections are for staff. */
const mostAtOnce = 16
/** Turns that rollouts have among the writes of a process: staff have the others. */
const turns = 3
/** milliseconds until another look at a merchant whose earlier write has no outcome yet */
const waitForOther = 5_000
/** Of so many items that ended last, more than this share failed for one cause at the merchants: it stops. */
const judgedLast = 200
const judgedAtLeast = 20
const mostFailed = 0.05

type ItemRow = Selectable<RolloutItemTable>

export interface Rollouts {
  /** Begins what may leave now, and does not wait for answers. @returns how many items it touched */
  round(goOn: () => boolean): Promise<number>
  /** Resolves when nothing that it began is under way. */
  settled(): Promise<void>
}

export function startRollouts(context: Context): Rollouts {
  const out = new Set<Promise<unknown>>()

  const begin = async (rollout: RolloutRow, index: number): Promise<boolean> => {
    const call = context.calls.next()
    const turn = `rollouts ${index % turns}`
    const begun = await context.lanes.writes
      .run(turn, () => context.db.transaction().execute(trx => beginNext(context, trx, rollout, call)))
      .catch((error: unknown) => {
        context.calls.done(call)
        throw error
      })
    if (begun === 'nothing' || begun === 'done') {
      context.calls.done(call)
      return begun === 'done'
    }
    const answer = carryOut(context, begun, call, turn).catch(() => undefined)
    out.add(answer)
    void answer.then(() => out.delete(answer))
    return true
  }

  return {
    async round(goOn) {
      let touched = 0
      for (const rollout of await running(context)) {
        if (await endsOrWaits(context, rollout)) continue
        const allowed = await allowedRate(context.db, rollout.sp_mchid)
        while (goOn() && out.size < mostAtOnce && (await context.calls.provesLife())) {
          const free = mostAtOnce - out.size
          const tokens = await takeTokens(context.db, allowed, free, context.clock.now())
          if (tokens === 0) break
          const began = await Promise.all(Array.from({ length: tokens }, (_, index) => begin(rollout, index)))
          touched += began.filter(Boolean).length
          if (began.includes(false)) break
          if (out.size >= mostAtOnce) await Promise.race(out)
        }
      }
      return touched
    },
    async settled() {
      while (out.size > 0) await Promise.all(out)
    },
  }
}

/** Oldest first. One whose starter may do it no longer stops. */
async function running({ db, clock, providers }: Context): Promise<RolloutRow[]> {
  const rows = await db
    .selectFrom('rollouts as r')
    .innerJoin('staff as s', 's.id', 'r.started_by')
    .selectAll('r')
    .select(['s.status as starter_status', 's.role as starter_role'])
    .where(ofNumbers(providers.numbers, 'r.sp_mchid'))
    .where('r.status', '=', 'running')
    .orderBy('r.started_at')
    .orderBy('r.id')
    .execute()
  const may = (row: (typeof rows)[number]) => row.starter_status === 'active' && mayDo(row.starter_role, 'rollout.write')
  for (const row of rows.filter(one => !may(one)))
    await db
      .transaction()
      .execute(trx => stop(trx, row.id, row.starter_status === 'active' ? 'ACTION_FORBIDDEN' : 'STAFF_DISABLED', clock.now()))
  return rows.filter(may)
}

/** @returns whether nothing more is begun now: it stopped, its stage is over, or all of it */
async function endsOrWaits(context: Context, rollout: RolloutRow): Promise<boolean> {
  const { db, clock } = context
  const now = clock.now()
  const cause = await tooManyFailed(context, rollout)
  if (cause !== null) {
    await db.transaction().execute(trx => stop(trx, rollout.id, cause, now))
    return true
  }
  const { rows } = await sql<{ here: boolean; later: boolean }>`
    select exists (select from rollout_items where rollout_id = ${rollout.id} and status in ('pending', 'working') and stage <= ${rollout.stage}) as here,
      exists (select from rollout_items where rollout_id = ${rollout.id} and status = 'pending' and stage > ${rollout.stage}) as later`.execute(
    db,
  )
  const { here, later } = rows[0]!
  if (here) return false
  const status = later ? 'waiting' : 'completed'
  await db.transaction().execute(async trx => {
    const { numUpdatedRows } = await trx
      .updateTable('rollouts')
      .set({ status, ended_at: later ? null : now, version: sql`version + 1` })
      .where('id', '=', rollout.id)
      .where('status', '=', 'running')
      .where('stage', '=', rollout.stage)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const { id, sp_mchid, stage } = rollout
    await noteStep(trx, { sp_mchid, id, stage, step: later ? 'stage' : 'complete', from: 'running', to: status, code: null, now })
  })
  return true
}

/** @returns the cause that fails more than its share of what ended last */
async function tooManyFailed({ db }: Context, { id, judged_from }: RolloutRow): Promise<string | null> {
  const { rows } = await sql<{ code: string | null; failed: number; ended: number }>`
    with newest as (
      select status, code from rollout_items where rollout_id = ${id} and status in ('succeeded', 'failed') and changed_at >= ${judged_from}
      order by changed_at desc limit ${judgedLast}
    )
    select code, count(*)::integer as failed, (select count(*) from newest)::integer as ended from newest where status = 'failed'
    group by code order by failed desc limit 1`.execute(db)
  const worst = rows[0]
  if (!worst || worst.ended < judgedAtLeast) return null
  return worst.failed > worst.ended * mostFailed ? worst.code : null
}

/**
 * Claims the next item that is due and begins its next operation.
 * @returns the operation; done: the item has its result, or waits for something; nothing: none is due
 */
async function beginNext(context: Context, trx: Trx, rollout: RolloutRow, call: Call): Promise<OperationRow | 'done' | 'nothing'> {
  const now = context.clock.now()
  const item = await claim(trx, rollout.id, now)
  if (!item) return 'nothing'
  const end = (change: Partial<Pick<ItemRow, 'status' | 'code' | 'try_at' | 'operation_id'>>) =>
    trx
      .updateTable('rollout_items')
      .set({ ...change, message: null, changed_at: now })
      .where('rollout_id', '=', item.rollout_id)
      .where('position', '=', item.position)
      .execute()
  const wait = async (code: string) => {
    await end({ code, try_at: new Date(now.getTime() + waitForOther) })
    return 'done' as const
  }
  // whoever has the row writes to this merchant at this moment
  const merchant = await trx
    .selectFrom('sub_merchants')
    .selectAll()
    .where('sp_mchid', '=', item.sp_mchid)
    .where('sub_mchid', '=', item.sub_mchid)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!merchant) return wait('OPERATION_PENDING')
  const open = await findOpenOperation(trx, merchant)
  const why = whyNot(rollout, merchant, await findProvider(trx, merchant.sp_mchid), open, now)
  if (why === 'OPERATION_PENDING') return wait(why)
  // what was found done after its own operations is its success
  if (why === 'ALREADY' && item.done > 0) return end({ status: 'succeeded', code: null, try_at: null }).then(() => 'done' as const)
  const changed = item.done === 0 && seenOf(merchant) !== item.seen && why !== 'ALREADY' ? 'CHANGED_MEANWHILE' : null
  if (why ?? changed) return end({ status: 'skipped', code: why ?? changed, try_at: null }).then(() => 'done' as const)
  const operation = await insertOperation(trx, { rollout, merchant, control: controlsFor(rollout, merchant)[0]!, now })
  if (!(await context.calls.writeDown(trx, call, operation))) {
    await trx.deleteFrom('operations').where('id', '=', operation.id).execute()
    return wait('OPERATION_PENDING')
  }
  await end({ status: 'working', code: null, try_at: null, operation_id: operation.id })
  return operation
}

async function claim(trx: Trx, rollout_id: string, now: Date): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`
    select i.* from rollout_items as i join rollouts as r on r.id = i.rollout_id
    where i.rollout_id = ${rollout_id} and i.status = 'pending' and i.try_at <= ${now} and i.stage <= r.stage and r.status = 'running'
    order by i.position limit 1 for update of i skip locked`.execute(trx)
  return rows[0]
}

const insertOperation = async (
  trx: Trx,
  { rollout, merchant, control, now }: { rollout: RolloutRow; merchant: MerchantRow; control: Control; now: Date },
): Promise<OperationRow> =>
  trx
    .insertInto('operations')
    .values({
      id: randomUUID(),
      sp_mchid: merchant.sp_mchid,
      sub_mchid: merchant.sub_mchid,
      key: randomUUID(),
      staff_id: rollout.started_by!,
      kind: control.kind,
      parameters: JSON.stringify(control.parameters),
      reason: null,
      status: 'pending',
      started_at: await momentOf(trx, merchant, now),
      request_id: rollout.id,
      client: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
