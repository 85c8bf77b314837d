// Rollouts beside people who wait for this process: by turns in its time, and by the pace of their calls.
import type { People } from '../../http/people.ts'
import { createPace, leastPace, type Pace } from './pace.ts'

/** Where somebody waits for an answer of this process, rollouts have one of so many parts of its time. */
const parts = 4
/** milliseconds that a step waits at most */
const longestMs = 1_000
/** milliseconds between two looks at what a statement waits */
const triedEveryMs = 40
/** looks of which the first calm figure is made, and milliseconds between them */
const firstTries = { times: 12, everyMs: 8 }

export interface GivingWay {
  pace: Pace
  /** A claim, or the writing of outcomes: never begun while somebody waits, unless the pause was as long as their part of the time. */
  step<T>(work: () => Promise<T>): Promise<T>
  /**
   * Before calls are made. The first time it looks at what is calm; from then on, at what statements wait for as long as calls are made.
   * @param perSecond calls that the provider's setting lets leave: where those are as few as leave in any case, there is nothing to look at
   */
  begin(perSecond: number): Promise<void>
  /** milliseconds until the end of the rest that is now; 0: none, or there is nothing to look at */
  restMs(): number
}

/** @param underWay whether calls are made */
export function createGivingWay(people: People, underWay: () => boolean): GivingWay {
  const pace = createPace()
  /** milliseconds that the last step took */
  let took = 0
  let watching = false
  let looked: Promise<void> | undefined

  // the database may be away for a moment: then the pace stays
  const look = () => people.tryStatement().then(pace.note, () => undefined)
  const lookFirst = async (): Promise<void> => {
    for (let times = 0; times < firstTries.times; times += 1) {
      await look()
      await pause(firstTries.everyMs)
    }
    pace.calmNow()
  }
  const watch = async (): Promise<void> => {
    if (watching) return
    watching = true
    for (; underWay(); await pause(triedEveryMs)) await look()
    watching = false
  }

  return {
    pace,
    async step(work) {
      await people.gone(Math.min((parts - 1) * took, longestMs))
      const since = performance.now()
      try {
        return await work()
      } finally {
        took = performance.now() - since
      }
    },
    async begin(perSecond) {
      if (perSecond <= leastPace) return
      await (looked ??= lookFirst())
      void watch()
    },
    restMs: () => (watching ? pace.restMs() : 0),
  }
}

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))
