// A bounded queue for slow work, in which persons take turns: whoever sends much of it delays only themselves.
import { AppError } from './problems/app-error.ts'

export interface FairLaneLimits {
  /** how many run at once, for all */
  atOnce: number
  /** how many of one person wait or run */
  perPerson: number
  /** how many wait or run, for all */
  inAll: number
  /** seconds that a refused caller is told to wait */
  retryAfter: number
}

export interface FairLane {
  /**
   * Runs `work` when its turn comes: one at a time for a person, and persons take turns.
   * @param signal aborted when nobody waits for it any longer: work that has not begun is then dropped
   * @throws AppError OVERLOADED (503, with retry_after) when the lane is full, for this person or for all, and when the lane was closed
   */
  run<T>(person: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Refuses what waits and resolves when what runs has ended. */
  close(): Promise<void>
}

interface Waiting {
  begin(): void
  refuse(): void
}

export function createFairLane({ atOnce, perPerson, inAll, retryAfter }: FairLaneLimits): FairLane {
  // in the order in which persons came: a Map keeps it
  const waiting = new Map<string, Waiting[]>()
  /** the number of a person's newest turn, while something of theirs waits or runs */
  const hadTurn = new Map<string, number>()
  let turns = 0
  const running = new Map<string, Promise<unknown>>()
  let closed = false

  const full = () => new AppError('OVERLOADED', { retry_after: retryAfter })
  const of = (person: string) => (waiting.get(person)?.length ?? 0) + (running.has(person) ? 1 : 0)
  const all = () => running.size + [...waiting.values()].reduce((sum, { length }) => sum + length, 0)

  /** Of the persons who have nothing running: whose last turn was longest ago, or who had none. */
  const whoseTurn = (): string | undefined =>
    [...waiting.keys()]
      .filter(person => !running.has(person))
      .reduce<string | undefined>((best, person) => (best === undefined || turnOf(person) < turnOf(best) ? person : best), undefined)
  const turnOf = (person: string) => hadTurn.get(person) ?? 0

  const next = () => {
    while (running.size < atOnce) {
      const person = whoseTurn()
      if (person === undefined) return
      const turn = waiting.get(person)![0]!
      leave(person, turn)
      hadTurn.set(person, (turns += 1))
      turn.begin()
    }
  }
  const leave = (person: string, turn: Waiting) => {
    const rest = (waiting.get(person) ?? []).filter(other => other !== turn)
    if (rest.length > 0) waiting.set(person, rest)
    else waiting.delete(person)
  }

  return {
    run: (person, work, signal) =>
      new Promise((done, fail) => {
        if (closed || of(person) >= perPerson || all() >= inAll || signal?.aborted) return fail(full())
        const settle = async (begun: typeof work) => {
          try {
            done(await begun())
          } catch (error) {
            fail(error)
          }
        }
        const turn: Waiting = {
          begin() {
            signal?.removeEventListener('abort', drop)
            const under = settle(work).finally(() => {
              running.delete(person)
              if (!waiting.has(person)) hadTurn.delete(person)
              next()
            })
            running.set(person, under)
          },
          refuse() {
            signal?.removeEventListener('abort', drop)
            fail(full())
          },
        }
        const drop = () => {
          leave(person, turn)
          turn.refuse()
        }
        signal?.addEventListener('abort', drop, { once: true })
        waiting.set(person, [...(waiting.get(person) ?? []), turn])
        next()
      }),
    async close() {
      closed = true
      for (const queue of waiting.values()) for (const turn of queue) turn.refuse()
      waiting.clear()
      await Promise.all(running.values())
    },
  }
}
