// Asks WeChat Pay again where an answer was lost, and finds what a dead process left pending. Any number of processes may run it:
// rows are claimed, never shared.
import type { Context } from '../context.ts'
import { dropExpiredKeys } from '../idempotency.ts'
import { removeUnattachedPhotos } from '../photos/clean.ts'
import { measureProvider } from '../provider-trouble/note.ts'
import { ofNumbers } from '../staff/scope.ts'
import { dropOldScopes } from '../visits/past-scope.ts'
import { callWechatPay, type OperationRow } from './call.ts'
import { leaseMs } from './service.ts'
import { settle, settleAbandoned } from './settle.ts'

/** How many operations one round takes on. */
const batch = 20

/** One round. @returns how many operations it touched */
export async function askAgain(context: Context): Promise<number> {
  const abandoned = await adoptAbandoned(context)
  let asked = 0
  for (; asked < batch; asked += 1) {
    const operation = await claimDue(context)
    if (!operation) break
    const outcome = await callWechatPay(context, operation)
    await settle(context, operation.id, outcome)
  }
  return abandoned + asked
}

/** Pending past its lease, and not by a call that this very process still waits for (the clock of tests may jump). */
async function adoptAbandoned(context: Context): Promise<number> {
  const { db, clock, inFlight, providers } = context
  const ours = [...inFlight.keys()]
  return db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('operations')
      .selectAll()
      .where(ofNumbers(providers.numbers))
      .where('status', '=', 'pending')
      .where('lease_until', '<=', clock.now())
      .$if(ours.length > 0, query => query.where('id', 'not in', ours))
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const operation of rows) {
      context.log.warn({ operation_id: operation.id }, 'an operation was left pending by a process that ended: its outcome is unknown')
      await settleAbandoned(context, trx, operation)
    }
    return rows.length
  })
}

async function claimDue({ db, clock, providers }: Context): Promise<OperationRow | undefined> {
  const now = clock.now()
  return db.transaction().execute(async trx => {
    const due = await trx
      .selectFrom('operations')
      .select('id')
      .where(ofNumbers(providers.numbers))
      .where('status', '=', 'unknown')
      .where('next_attempt_at', '<=', now)
      .where(eb => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .orderBy('next_attempt_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!due) return undefined
    return trx
      .updateTable('operations')
      .set({ lease_until: new Date(now.getTime() + leaseMs) })
      .where('id', '=', due.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

export interface Worker {
  /** After the round under way. */
  stop(): Promise<void>
}

/** @param everyMs pause between rounds, real time */
export function startWorker(context: Context, everyMs = 1_000): Worker {
  const hourly = Math.max(1, Math.round(3_600_000 / everyMs))
  let rounds = 0
  const { receipts } = context
  // beside each other: an order system or a WeChat Pay that does not answer holds up nothing but the questions to it
  const loops = [
    repeat(context, everyMs, () => receipts.settle()),
    repeat(context, everyMs, goOn => receipts.recheck(goOn)),
    repeat(context, everyMs, async () => {
      await askAgain(context)
      await countUnsettled(context)
      await measureProvider(context)
      if (rounds % hourly === 0) await tidyUp(context)
      rounds += 1
    }),
  ]
  return {
    async stop() {
      await Promise.all(loops.map(loop => loop.stop()))
    },
  }
}

function repeat(context: Context, everyMs: number, round: (goOn: () => boolean) => Promise<unknown>): Worker {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  const work = async () => {
    try {
      await round(() => !stopped)
    } catch (error) {
      context.log.error({ err: error }, 'a round of the worker failed; the next one tries again')
    }
    if (!stopped) timer = setTimeout(next, everyMs)
  }
  const next = () => {
    underWay = work()
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}

async function tidyUp(context: Context): Promise<void> {
  await dropExpiredKeys(context.db, context.clock.now())
  await dropOldScopes(context)
  await removeUnattachedPhotos(context)
  await context.receipts.dropOld()
}

async function countUnsettled({ db, payCalls, providers }: Context): Promise<void> {
  const statuses = ['pending', 'unknown', 'unresolved'] as const
  const rows = await db
    .selectFrom('operations')
    .select(['status', eb => eb.fn.countAll<string>().as('count')])
    .where(ofNumbers(providers.numbers))
    .where('status', 'in', statuses)
    .where('settled_at', 'is', null)
    .groupBy('status')
    .execute()
  for (const status of statuses) payCalls.unsettled(status, Number(rows.find(row => row.status === status)?.count ?? 0))
}
