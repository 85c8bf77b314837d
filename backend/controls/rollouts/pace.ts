// How many calls of rollouts leave this process in a second, where the provider's setting would let more leave: as many as keep the wait for a statement at most
// a third longer than in a rest. A rest comes for all processes at the same time, so that it shows the machine and the database without rollouts. What a person's tap
// waits is a row of such statements and callbacks.

/** A wait for the database may become so many times as long as in a rest. */
const mostTimes = 4 / 3
/** milliseconds: each process rests at the beginning of each of these, and for so long */
const restsEveryMs = 15_000
const restMs = 600
/** milliseconds after which nothing of before is under way any more, but for calls that WeChat Pay is slow to answer */
const drainedMs = 120
/** milliseconds of which one judgement is made, and looks that it needs */
const judgedMs = 1_000
const fewestLooks = 8
/** calls a second that leave in any case */
export const leastPace = 2
/** A process that has just begun is slow by itself, until all of its code has run some times. */
const first = 20
/** Until it was too much once. */
const growthAtFirst = 1.4
/** by how much of the room there is: none left, and all */
const growth = { least: 1.03, most: 1.3 }
const mostShrink = 0.7

export interface Pace {
  /** calls a second */
  perSecond(): number
  /** milliseconds until the end of the rest that is now; 0: none */
  restMs(): number
  /** How long a statement was waited for that does nothing, milliseconds. */
  note(waitedMs: number): void
  /** What was noted until now was a rest, as far as this process knows: other processes may have had calls under way. */
  calmNow(): void
  /** So many calls left; a pace that is not reached does not grow. */
  left(calls: number): void
}

/**
 * @param time milliseconds by which all processes count, 1970 as the beginning; the system's, since no work depends on it
 */
export function createPace(time: () => number = () => performance.timeOrigin + performance.now()): Pace {
  let perSecond = first
  let calm: number | null = null
  /** no rest of all processes was seen yet */
  let calmIsGuessed = true
  let begun = true
  let since = time()
  let inRest = false
  let waits: number[] = []
  let calls = 0

  const restedFor = () => time() % restsEveryMs
  const judge = (now: number) => {
    if (waits.length < fewestLooks) return
    const wait = typical(waits)
    if (inRest) {
      calm = calm === null || calmIsGuessed ? wait : (calm + wait) / 2
      calmIsGuessed = false
      return
    }
    const made = (calls * 1_000) / Math.max(1, now - since)
    // what others do while no calls leave says nothing about these
    if (calm === null || made < perSecond / 10) return
    const times = wait / calm
    if (times > mostTimes) {
      begun = false
      perSecond = Math.max(leastPace, Math.min(perSecond, 1.2 * made) * Math.max(mostShrink, mostTimes / times))
    } else if (made > 0.8 * perSecond) {
      const room = Math.min(1, (mostTimes - times) / (mostTimes - 1))
      perSecond *= begun ? growthAtFirst : growth.least + room * (growth.most - growth.least)
    }
  }
  const from = (now: number, rests: boolean) => {
    since = now
    inRest = rests
    waits = []
    calls = 0
  }

  return {
    perSecond: () => perSecond,
    restMs: () => Math.max(0, restMs - restedFor()),
    calmNow() {
      if (waits.length > 0) calm = typical(waits)
      from(time(), false)
    },
    left: some => void (calls += some),
    note(waitedMs) {
      const now = time()
      const rested = restedFor()
      const rests = rested < restMs
      // what is under way when the rest begins belongs to neither
      if (rests && rested < drainedMs) return from(now, true)
      if (rests !== inRest) {
        if (inRest) judge(now)
        from(now, rests)
      }
      waits.push(waitedMs)
      if (now - since >= judgedMs) {
        judge(now)
        from(now, rests)
      }
    },
  }
}

/**
 * Three of four wait no longer. A tap is some forty such waits: what half of them meet hides the bursts, and the longest of all were mostly met elsewhere.
 */
const typical = (waits: readonly number[]): number => waits.toSorted((one, other) => one - other)[Math.floor(waits.length * 0.75)]!
