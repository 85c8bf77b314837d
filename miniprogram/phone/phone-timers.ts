import type { Timers } from '../rules/timers'

/** The phone's own clock and timers. */
export const phoneTimers: Timers = {
  now: () => Date.now(),
  set: (task, ms) => setTimeout(task, ms),
  clear: handle => clearTimeout(handle as number),
}
