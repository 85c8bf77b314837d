/** Time as the rules and stores see it: injected, so that tests move it. `now` and delays in milliseconds. */
export interface Timers {
  now(): number
  set(task: () => void, ms: number): unknown
  clear(handle: unknown): void
}
