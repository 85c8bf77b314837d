// Successes of a process that came while others were being written are written together: one turn, one transaction.
import type { Context } from '../../platform/context.ts'
import { settleSuccesses, type Success } from '../settle-many.ts'

/** successes of one transaction */
const atOnce = 24

interface Waiting {
  success: Success
  /** @param alone it is still to be settled, by itself */
  tell(alone: boolean): void
}

/** @returns resolves when it was written, or to true: it is still to be settled by itself. Never rejects. */
export function createSettling(context: Context): (success: Success) => Promise<boolean> {
  const waiting: Waiting[] = []
  let underWay = false

  const writeSome = async (): Promise<void> => {
    const some = waiting.splice(0, atOnce)
    const written = await settleSuccesses(
      context,
      some.map(({ success }) => success),
    ).catch((error: unknown) => {
      context.log.warn({ err: error, operations: some.length }, 'outcomes of a rollout could not be written together')
      return new Set<string>()
    })
    for (const { success, tell } of some) tell(!written.has(success.operation.id))
  }
  const writeAll = async (): Promise<void> => {
    if (underWay) return
    underWay = true
    try {
      while (waiting.length > 0) await context.lanes.writes.run('rollouts', writeSome)
    } catch {
      // the lane is full or closed: each goes its own way, which tries again until it can
      for (const { tell } of waiting.splice(0)) tell(true)
    } finally {
      underWay = false
    }
  }

  return success =>
    new Promise(tell => {
      waiting.push({ success, tell })
      void writeAll()
    })
}
