// Successes of a process that came while others were being written are written together: one turn, one transaction.
import { forgetTrouble } from '../../company/provider-trouble/note.ts'
import type { Context } from '../../platform/context.ts'
import { settleSuccesses, type Success } from '../settle-many.ts'

/** successes of one transaction at most */
const atOnce = 48
/** From so many on it begins at once. */
const enough = 24
/** milliseconds that the first of them waits for others whose calls are under way */
const gatherMs = 250

interface Waiting {
  success: Success
  /** @param alone it is still to be settled, by itself */
  tell(alone: boolean): void
}

interface Settling {
  /** calls whose answers may come soon, and those that came and wait */
  underWay(): number
  /** does what it is given when that is the background's turn */
  step<T>(work: () => Promise<T>): Promise<T>
}

/** @returns resolves when it was written, or to true: it is still to be settled by itself. Never rejects. */
export function createSettling(context: Context, { underWay: calls, step }: Settling): (success: Success) => Promise<boolean> {
  const waiting: Waiting[] = []
  let underWay = false
  let cameOne = () => {}

  const gathered = async (): Promise<void> => {
    const until = performance.now() + gatherMs
    for (;;) {
      const left = until - performance.now()
      if (waiting.length >= enough || waiting.length >= calls() || left <= 0) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>(done => {
        cameOne = done
        timer = setTimeout(done, left)
      })
      clearTimeout(timer)
    }
  }

  const writeSome = async (): Promise<void> => {
    const some = waiting.splice(0, atOnce)
    const written = await settleSuccesses(
      context,
      some.map(({ success }) => success),
    ).catch((error: unknown) => {
      context.log.warn({ err: error, operations: some.length }, 'outcomes of a rollout could not be written together')
      return new Set<string>()
    })
    await forgetTroubles(some.map(({ success }) => success))
    for (const { success, tell } of some) tell(!written.has(success.operation.id))
  }
  /** By the call of each number that was sent last. */
  const forgetTroubles = async (successes: readonly Success[]): Promise<void> => {
    const newest = new Map<string, Success>()
    for (const success of successes) {
      const { sp_mchid } = success.operation
      if (success.outcome.sent_at >= (newest.get(sp_mchid)?.outcome.sent_at ?? 0)) newest.set(sp_mchid, success)
    }
    for (const [sp_mchid, { outcome }] of newest)
      await forgetTrouble(context, { ...outcome, sp_mchid }).catch((error: unknown) =>
        context.log.error({ err: error, sp_mchid }, 'what WeChat Pay said about the provider could not be written'),
      )
  }
  const writeAll = async (): Promise<void> => {
    if (underWay) return
    underWay = true
    try {
      while (waiting.length > 0) {
        await gathered()
        await step(() => context.lanes.writes.run('rollouts', writeSome))
      }
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
      cameOne()
      void writeAll()
    })
}
