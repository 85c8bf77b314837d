// Carries out what rollouts have to do, in any number of processes: each item is claimed by its row, which stays claimed by its operation until WeChat Pay's
// answer is written. A process that ends leaves an operation that the others ask about again (../ask-again.ts).
import { sql } from 'kysely'
import { ofNumbers } from '../../company/staff/scope.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import type { Context } from '../../platform/context.ts'
import type { Outcome } from '../call.ts'
import { carryOutBy, settleOnceItCan } from '../service.ts'
import { beginNext, type Begun } from './begin.ts'
import { allowedRate, type RolloutRow } from './find.ts'
import { createGivingWay } from './giving-way.ts'
import { noteStep, stop } from './finish.ts'
import { takeMoments, type Moments } from './rate.ts'
import { createSettling } from './settling.ts'

/** Calls of rollouts that one process has under way; they hold no connection to the database while WeChat Pay thinks. */
const mostAtOnce = 96
/** milliseconds of the pace that are claimed together: one transaction for several */
const claimedForMs = 250
/** Turns that rollouts have among the writes of a process: staff have the others. */
const turns = 2
/** milliseconds after which it looks whether the rollout still goes on */
const passMs = 1_000
/** milliseconds that a round waits for the next moment, instead of ending */
const patienceMs = 300
/** Of so many items that ended last, more than this share failed for one cause at the merchants: it stops. */
const judgedLast = 200
const judgedAtLeast = 20
const mostFailed = 0.05

export interface Rollouts {
  /** Begins what may leave now, and does not wait for answers. @returns how many items it touched */
  round(goOn: () => boolean): Promise<number>
  /** Resolves when nothing that it began is under way. */
  settled(): Promise<void>
}

export function startRollouts(context: Context): Rollouts {
  const out = new Set<Promise<unknown>>()
  let began = 0
  let carriesOn = false
  const { pace, step, begin, restMs } = createGivingWay(context.people, () => carriesOn || out.size > 0)
  const settleTogether = createSettling(context, { underWay: () => out.size, step })

  /** when the last call of this process leaves, by the steady clock */
  let lastLeft = Number.NEGATIVE_INFINITY
  /** Waits for the moment; calls of a process that stood still in between leave no closer to each other than they would have. */
  const turnOf = async (at: Date, gapMs: number): Promise<void> => {
    const wait = at.getTime() - context.clock.now().getTime()
    if (wait > 0) await pause(wait)
    const now = performance.now()
    const leaves = Math.max(now, lastLeft + Math.max(Math.min(gapMs, patienceMs), 1_000 / pace.perSecond()))
    lastLeft = leaves
    if (leaves > now) await pause(leaves - now)
    pace.left(1)
  }

  const send = async ({ operation, call }: Begun, at: Date, gapMs: number): Promise<void> => {
    const turn = `rollouts ${(began += 1) % turns}`
    await turnOf(at, gapMs)
    const settled = async (outcome: Outcome) => {
      const alone = outcome.phase !== 'succeeded' || (await settleTogether({ operation, outcome, call_id: call.id }))
      if (alone) await settleOnceItCan(context, operation.id, outcome, call.id, turn)
    }
    // its row says what became of it, or that nobody knows
    await carryOutBy(context, operation, call, settled, { forget: leftToSettling }).catch(() => undefined)
  }

  const beginAt = async (rollout: RolloutRow, { at: moments, gapMs }: Moments): Promise<number> => {
    const { begun, touched } = await step(() =>
      context.lanes.writes.run(`rollouts ${began % turns}`, () => beginNext(context, rollout, moments.length)),
    )
    begun.forEach((one, index) => {
      const answer: Promise<unknown> = send(one, moments[index]!, gapMs).finally(() => out.delete(answer))
      out.add(answer)
    })
    return touched
  }

  /** For a moment, or until nothing is due, or nothing may leave for a while. @returns items that it touched, and whether there is more to do at once */
  const carryOn = async (rollout: RolloutRow, goOn: () => boolean): Promise<{ touched: number; more: boolean }> => {
    let touched = 0
    const allowed = await allowedRate(context.db, rollout.sp_mchid)
    await begin(allowed / 60)
    const until = performance.now() + passMs
    while (goOn() && (await context.calls.provesLife())) {
      if (performance.now() > until) return { touched, more: true }
      // what was claimed leaves first
      await pause(Math.max(restMs(), lastLeft - performance.now()))
      const wanted = Math.min(mostAtOnce / 2, Math.ceil((pace.perSecond() * claimedForMs) / 1_000))
      while (out.size > mostAtOnce - wanted) await Promise.race(out)
      const moments = await takeMoments(context.db, allowed, wanted, context.clock.now())
      if (moments.at.length > 0) {
        const done = await beginAt(rollout, moments)
        touched += done
        if (done < moments.at.length) break
      } else if (moments.nextInMs > patienceMs) break
      else await pause(moments.nextInMs)
    }
    return { touched, more: false }
  }

  return {
    async round(goOn) {
      let touched = 0
      for (let more = true; more;) {
        more = false
        // what failed meanwhile is looked at each time: a stage of a hundred thousand takes an hour
        for (const rollout of await running(context)) {
          if (await endsOrWaits(context, rollout)) continue
          carriesOn = true
          const done = await carryOn(rollout, goOn).finally(() => (carriesOn = false))
          touched += done.touched
          more ||= done.more
        }
      }
      return touched
    },
    async settled() {
      while (out.size > 0) await Promise.all(out)
    },
  }
}

/** Once for all successes that are written together. */
const leftToSettling = () => Promise.resolve()

const pause = (ms: number): Promise<void> => (ms <= 0 ? Promise.resolve() : new Promise(done => setTimeout(done, ms)))

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
  const cause = (await troubleSince(context, rollout)) ?? (await tooManyFailed(context, rollout))
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

/** @returns what WeChat Pay has against the provider, where it said so since somebody looked: answers that are not provably its own, too */
async function troubleSince({ db, providers }: Context, { judged_from }: RolloutRow): Promise<string | null> {
  const row = await db
    .selectFrom('provider')
    .select('trouble_code')
    .where(ofNumbers(providers.numbers))
    .where('trouble_code', 'is not', null)
    .where('trouble_last_seen_at', '>=', judged_from)
    .limit(1)
    .executeTakeFirst()
  return row?.trouble_code ?? null
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
