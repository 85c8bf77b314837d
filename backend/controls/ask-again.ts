// Asks WeChat Pay again where an answer was lost, and finds operations that a process left pending when it ended. Any number of processes may do it: a shop
// has at most one call under way, and the process that recorded the call asks.
import { sql, type ExpressionWrapper, type RawBuilder } from 'kysely'
import { clockSlackMs } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import type { Schema } from '../database/tables.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import { callWechatPay } from './call.ts'
import type { OperationRow } from '../database/control-tables.ts'
import type { Call } from './calls.ts'
import { askAgainAfter, settle, settleAbandoned } from './settle.ts'

/** How many operations one round claims. */
const batch = 20
/** Questions under way at once: a question without an answer holds its place for the 20 s that a call may take. */
const mostAtOnce = 64
/** Of these, at most so many for operations that were asked again before: slow questions must leave places for operations whose answer was lost just now. */
const mostRepeated = 32

/** What an answer may still take when the process is to end; the usual one takes a fifth of it. */
const momentMs = 1_500

/** Questions of one process that are under way. */
export interface Asking {
  /** Claims what is due, as far as places are free, and does not wait for answers. @returns how many */
  claimDue(): Promise<number>
  /** Resolves when no question is under way any longer. */
  settled(): Promise<void>
  /**
   * Nothing further is claimed. What is still under way after a moment is given up: WeChat Pay may have done it, so it stays unknown and is asked
   * again later.
   */
  stop(): Promise<void>
}

export function startAsking(context: Context): Asking {
  const out = new Map<string, Promise<void>>()
  const givenUp = new AbortController()
  const stopped = new AbortController()
  let repeated = 0

  const ask = async (operation: OperationRow, call: Call, isRepeated: boolean): Promise<void> => {
    if (isRepeated) repeated += 1
    try {
      await settle(context, operation.id, await callWechatPay(context, operation, call, { signal: givenUp.signal }), call.id)
    } catch (error) {
      // its call is found left behind, then it is due again
      context.log.error({ err: error, operation_id: operation.id }, 'the answer to a repeated question could not be written')
    } finally {
      if (isRepeated) repeated -= 1
      context.calls.done(call)
      out.delete(operation.id)
    }
  }

  return {
    async claimDue() {
      let claimed = 0
      while (out.size < mostAtOnce && claimed < batch && !stopped.signal.aborted) {
        const taken = await claimOne(context, repeated >= mostRepeated)
        if (!taken) break
        claimed += 1
        out.set(taken.operation.id, ask(taken.operation, taken.call, isRepeated(taken.operation)))
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

/** Takes away the calls that nobody else will, and makes unknown what they left pending. @returns how many operations */
export async function adoptAbandoned(context: Context): Promise<number> {
  const { db, calls, providers } = context
  let adopted = 0
  for (const { id, operation_id } of await calls.leftBehind(db, providers.numbers)) {
    adopted += await db.transaction().execute(async trx => {
      const operation = await trx.selectFrom('operations').selectAll().where('id', '=', operation_id).forUpdate().executeTakeFirstOrThrow()
      // its answer came after all, or another process was first
      if (!(await calls.takeAway(trx, id)) || operation.status !== 'pending') return 0
      context.log.warn({ operation_id }, 'an operation was left pending by a process that ended: its outcome is unknown')
      await settleAbandoned(context, trx, operation)
      return 1
    })
  }
  return adopted
}

const waits = [...askAgainAfter]

/**
 * Whether this time has come, or lies further ahead than anybody can have set it: then the clock was set back since, and the operation counts as due.
 * @param most milliseconds
 */
const isOver = (
  time: RawBuilder<unknown> | ExpressionWrapper<Schema, 'operations', Date | null>,
  now: Date,
  most: number | RawBuilder<unknown>,
) => sql<boolean>`(${time} <= ${now} or ${time} > ${now}::timestamptz + (${most} + ${sql.lit(clockSlackMs)}) * interval '1 millisecond')`

/** The call that was lost counts as the first attempt. */
const isRepeated = ({ attempts }: Pick<OperationRow, 'attempts'>): boolean => attempts > 1

/** @param freshOnly leaves out what was asked again before */
async function claimOne(context: Context, freshOnly: boolean): Promise<{ operation: OperationRow; call: Call } | undefined> {
  const { db, clock, providers, calls } = context
  if (!(await calls.provesLife())) return undefined
  const now = clock.now()
  const call = calls.next()
  const operation = await db
    .transaction()
    .execute(async trx => {
      const due = await trx
        .selectFrom('operations')
        .selectAll()
        .where(ofNumbers(providers.numbers))
        .where('status', '=', 'unknown')
        .where(eb => isOver(eb.ref('next_attempt_at'), now, sql`(${waits}::integer[])[least(attempts, ${waits.length})]`))
        .where(
          sql<boolean>`not exists (select from calls_under_way c where c.sp_mchid = operations.sp_mchid and c.sub_mchid = operations.sub_mchid)`,
        )
        .$if(freshOnly, query => query.where('attempts', '<=', 1))
        .orderBy('next_attempt_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      return due && (await calls.writeDown(trx, call, due)) ? due : undefined
    })
    .catch((error: unknown) => {
      calls.done(call)
      throw error
    })
  if (operation) return { operation, call }
  calls.done(call)
  return undefined
}
