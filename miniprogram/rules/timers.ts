/** Time as the rules and stores see it: injected, so that tests move it. `now` and delays in milliseconds. */
export interface Timers {
  now(): number
  set(task: () => void, ms: number): unknown
  clear(handle: unknown): void
}

/** a clock that is kept right by the network jumps as far */
const SET_RIGHT_MS = 1_000
/** Whether `at` (ms) is at most `ms` ago. Where the clock was set back since, nobody knows: no. */
export const isRecent = (at: number, ms: number, timers: Pick<Timers, 'now'>): boolean =>
  timers.now() <= at + ms && timers.now() >= at - SET_RIGHT_MS
