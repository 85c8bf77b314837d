// Asks WeChat Pay again where an answer was lost, and finds what a dead process left pending. Any number of processes may do it: rows are
// claimed, never shared.
import { sql, type ExpressionWrapper, type RawBuilder } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Schema } from '../database/tables.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import { callWechatPay, type OperationRow } from './call.ts'
import { leaseMs } from './service.ts'
import { askAgainAfter, settle, settleAbandoned } from './settle.ts'

/** How many operations one look takes on. */
const batch = 20
/** Questions that are out at once: a shop that is not answered holds a place for the 20 s that a call may take. */
const mostAtOnce = 64
/** Of these, at most so many for operations that were asked again before: whatever hangs for long leaves room for what was lost just now. */
const mostRepeated = 32

/** What an answer may still take when the process is to end; the usual one takes a fifth of it. */
const momentMs = 1_500

/** Questions that are out, of one process. */
export interface Asking {
  /** Takes on what is due, as far as there is room, and does not wait for answers. @returns how many */
  claimDue(): Promise<number>
  /** Resolves when nothing is out any longer. */
  settled(): Promise<void>
  /**
   * Nothing further is claimed. What is still out after a moment is given up: WeChat Pay may have done it, so it stays unknown and is asked
   * again later.
   */
  stop(): Promise<void>
}

export function startAsking(context: Context): Asking {
  const out = new Map<string, Promise<void>>()
  const givenUp = new AbortController()
  const stopped = new AbortController()
  let repeated = 0

  const ask = async (operation: OperationRow, isRepeated: boolean): Promise<void> => {
    if (isRepeated) repeated += 1
    try {
      await settle(context, operation.id, await callWechatPay(context, operation, givenUp.signal))
    } catch (error) {
      // its lease ends by itself, then it is due again
      context.log.error({ err: error, operation_id: operation.id }, 'the answer to a repeated question could not be written')
    } finally {
      if (isRepeated) repeated -= 1
      out.delete(operation.id)
    }
  }

  return {
    async claimDue() {
      let claimed = 0
      while (out.size < mostAtOnce && claimed < batch && !stopped.signal.aborted) {
        const operation = await claimOne(context, repeated >= mostRepeated)
        if (!operation) break
        claimed += 1
        out.set(operation.id, ask(operation, isRepeated(operation)))
      }
      return claimed
    },
    async settled() {
      while (out.size > 0) await Promise.all(out.values())
    },
    async stop() {
      stopped.abort()
      const timer = setTimeout(() => givenUp.abort(), momentMs)
      await this.settled()
      clearTimeout(timer)
    },
  }
}

/** One look, and its answers. @returns how many operations it touched */
export async function askAgain(context: Context): Promise<number> {
  const adopted = await adoptAbandoned(context)
  const asking = startAsking(context)
  const asked = await asking.claimDue()
  await asking.settled()
  return adopted + asked
}

/** Pending past its lease, and not by a call that this very process still waits for (the clock of tests may jump). @returns how many */
export async function adoptAbandoned(context: Context): Promise<number> {
  const { db, clock, inFlight, providers } = context
  const ours = [...inFlight.keys()]
  return db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('operations')
      .selectAll()
      .where(ofNumbers(providers.numbers))
      .where('status', '=', 'pending')
      .where(eb => isOver(eb.ref('lease_until'), clock.now(), 2 * leaseMs))
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

const waits = [...askAgainAfter]

/**
 * Whether this time has come, or lies further ahead than anybody can have set it: then the clock was set back since, and nobody waits for as long as that.
 * @param most milliseconds
 */
const isOver = (
  time: RawBuilder<unknown> | ExpressionWrapper<Schema, 'operations', Date | null>,
  now: Date,
  most: number | RawBuilder<unknown>,
) => sql<boolean>`(${time} <= ${now} or ${time} > ${now}::timestamptz + ${most} * interval '1 millisecond')`

/** The call that was lost counts as the first attempt. */
const isRepeated = ({ attempts }: Pick<OperationRow, 'attempts'>): boolean => attempts > 1

/** @param freshOnly leaves out what was asked again before */
async function claimOne({ db, clock, providers }: Context, freshOnly: boolean): Promise<OperationRow | undefined> {
  const now = clock.now()
  return db.transaction().execute(async trx => {
    const due = await trx
      .selectFrom('operations')
      .select('id')
      .where(ofNumbers(providers.numbers))
      .where('status', '=', 'unknown')
      .where(eb => isOver(eb.ref('next_attempt_at'), now, sql`(${waits}::integer[])[least(attempts, ${waits.length})]`))
      .where(eb => eb.or([eb('lease_until', 'is', null), isOver(eb.ref('lease_until'), now, 2 * leaseMs)]))
      .$if(freshOnly, query => query.where('attempts', '<=', 1))
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
