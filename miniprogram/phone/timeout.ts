// Waiting for WeChat. Its methods now and then call none of success, fail and complete (a camera that was killed, a login in a tunnel): nothing that the
// app shows may hang on such an answer without an end.
import type { Timers } from '../rules/timers'

/** what a phone does by itself, ms; with room for an old one that is busy */
const MACHINE_MS = 20_000

/**
 * What WeChat does without the person.
 * @param start calls the method; one that throws is a failure like any other
 * @throws Error after `ms`
 */
export function answered<T>(
  api: string,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ms = MACHINE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = setTimeout(() => reject(new Error(`${api} did not call back`)), ms)
    const end =
      <Value>(settle: (value: Value) => void) =>
      (value: Value) => {
        clearTimeout(over)
        settle(value)
      }
    try {
      start(end(resolve), end(reject))
    } catch (error) {
      end(reject)(error)
    }
  })
}

/** a second tap within this time is the same wish: the camera takes a moment to cover the app */
const SAME_TAP_MS = 1_000
/** after coming back: nine photos of the album are made small before WeChat hands them over */
export const RETURN_GRACE_MS = 60_000

interface AppVisibility {
  onShow(listener: () => void): void
  onHide(listener: () => void): void
}

/**
 * What a person does outside the app: taking a photo, scanning, choosing a file. That may last minutes, so no time ends it while they are away. It ends
 * when they ask again (whoever taps in the app is not in the camera), or some time after they came back without an answer.
 */
export class PersonWait<T> {
  private waiting: { since: number; end: (value: T) => void } | null = null
  private grace: unknown = null

  /** @param givenUp what the call gives that WeChat never answered */
  constructor(
    private readonly timers: Timers,
    app: AppVisibility,
    private readonly givenUp: T,
  ) {
    app.onShow(() => {
      this.stopGrace()
      if (this.waiting) this.grace = this.timers.set(() => this.giveUp(), RETURN_GRACE_MS)
    })
    app.onHide(() => this.stopGrace())
  }

  ask(start: (done: (value: T) => void) => void): Promise<T> {
    const since = this.timers.now()
    if (this.waiting && since - this.waiting.since < SAME_TAP_MS) return Promise.resolve(this.givenUp)
    this.giveUp()
    return new Promise((resolve, reject) => {
      const mine = {
        since,
        end: (value: T) => {
          if (this.waiting === mine) this.clear()
          resolve(value)
        },
      }
      this.waiting = mine
      try {
        start(mine.end)
      } catch (error) {
        this.clear()
        reject(error as Error)
      }
    })
  }

  private giveUp(): void {
    this.waiting?.end(this.givenUp)
  }
  private clear(): void {
    this.waiting = null
    this.stopGrace()
  }
  private stopGrace(): void {
    if (this.grace !== null) this.timers.clear(this.grace)
    this.grace = null
  }
}
