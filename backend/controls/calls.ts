// Which calls to WeChat Pay may still reach it. Each has a row from before it leaves until its outcome is written, and a shop has one at most: no call of a
// process that was believed to have ended, and no repeated question, can arrive after a later change.
import type { Numbers } from '../http/caller.ts'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { sql } from 'kysely'
import { plannedOnce, type Database, type Trx } from '../database/connection.ts'
import { lives, type SignOfLife } from '../database/sign-of-life.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import type { OperationRow } from '../database/control-tables.ts'

declare module '../platform/context.ts' {
  interface Context {
    /** calls to WeChat Pay that may still reach it, of every process */
    calls: Calls
  }
}

/** Milliseconds from the row to the call: a process that stood still for longer sends nothing. */
export const leavesWithinMs = 5_000
/**
 * Milliseconds for which another process has seen the row of one that is gone before the call counts as over. Longer than `leavesWithinMs` and the time-out of
 * a call (20 s) together: a process may have lost its connection and not its call.
 */
export const overAfterMs = 30_000

export interface Call {
  id: string
  /** when it was written down, by the steady clock */
  begun: number
}

type CalledFor = Pick<OperationRow, 'id' | 'sp_mchid' | 'sub_mchid'>

export interface Calls {
  /** A call of this process that is to be written down; `done` must follow. */
  next(): Call
  /** Writes it down. @returns false while another one for this shop may be out */
  writeDown(trx: Trx, call: Call, operation: CalledFor): Promise<boolean>
  /** The same for several shops at once. @returns ids of the calls that were written down */
  writeDownAll(trx: Trx, calls: readonly { call: Call; operation: CalledFor }[]): Promise<Set<string>>
  /** Whether it must not leave any more. */
  isTooLate(call: Call): boolean
  /** With what came of it. */
  takeAway(trx: Trx, id: string): Promise<boolean>
  /** This process does no more about it, whether or not its row was taken away. */
  done(call: Call): void
  /** Rows that nobody will take away: of a process that is gone, or of work that this one has given up. */
  leftBehind(db: Database, numbers: Numbers): Promise<{ id: string; operation_id: string }[]>
  /** Whether the others can see that this process lives; without that it sends nothing. */
  provesLife(): Promise<boolean>
}

/** @param ticks milliseconds of a clock that nobody sets */
export function createCalls({ clock, life, ticks }: { clock: Clock; life: SignOfLife; ticks: () => number }): Calls {
  const here = new Set<string>()
  /** rows of processes without a sign of life, since when they were seen so */
  const seenSince = new Map<string, number>()

  const writeDownAll: Calls['writeDownAll'] = async (trx, calls) => {
    // nobody sees the rows before this
    for (const { call } of calls) call.begun = ticks()
    const rows = calls.map(({ call: { id }, operation: { id: operation_id, sp_mchid, sub_mchid } }) => ({
      id,
      sp_mchid,
      sub_mchid,
      operation_id,
      process: life.process,
      began_at: clock.now(),
    }))
    const { rows: written } = await sql<{ id: string }>`${plannedOnce('calls that leave')}
      insert into calls_under_way (id, sp_mchid, sub_mchid, operation_id, process, began_at)
      select id, sp_mchid, sub_mchid, operation_id, process, began_at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (id uuid, sp_mchid text, sub_mchid text, operation_id uuid, process integer, began_at timestamptz)
      on conflict (sp_mchid, sub_mchid) do nothing returning id`.execute(trx)
    return new Set(written.map(({ id }) => id))
  }

  return {
    provesLife: () => life.held(),
    next() {
      const call = { id: randomUUID(), begun: ticks() }
      here.add(call.id)
      return call
    },
    writeDownAll,
    writeDown: async (trx, call, operation) => (await writeDownAll(trx, [{ call, operation }])).has(call.id),
    isTooLate: ({ begun }) => ticks() - begun > leavesWithinMs,
    async takeAway(trx, id) {
      const { numDeletedRows } = await trx.deleteFrom('calls_under_way').where('id', '=', id).executeTakeFirst()
      return numDeletedRows === 1n
    },
    done: ({ id }) => void here.delete(id),
    async leftBehind(db, numbers) {
      const rows = await db
        .selectFrom('calls_under_way')
        .select(['id', 'operation_id', 'process', eb => lives(eb.ref('process')).as('lives')])
        .where(ofNumbers(numbers))
        .execute()
      const now = ticks()
      for (const id of seenSince.keys()) if (!rows.some(row => row.id === id && !row.lives)) seenSince.delete(id)
      return rows.filter(row => {
        if (row.process === life.process) return !here.has(row.id)
        if (row.lives) return false
        const since = seenSince.get(row.id) ?? now
        seenSince.set(row.id, since)
        return now - since >= overAfterMs
      })
    },
  }
}
