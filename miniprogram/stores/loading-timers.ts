// How long a person has waited: a skeleton after 200 ms, a word after 3 s (product.md §12).
import type { Timers } from '../rules/timers'

const SKELETON_MS = 200
const SLOW_MS = 3_000

/** Call what it returns when the answer is there. */
export function startLoadingTimers(timers: Timers, on: { skeleton(): void; slow(): void }): () => void {
  const handles = [timers.set(on.skeleton, SKELETON_MS), timers.set(on.slow, SLOW_MS)]
  return () => handles.forEach(handle => timers.clear(handle))
}
