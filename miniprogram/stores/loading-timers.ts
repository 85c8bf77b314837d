// How long a person has waited: a skeleton after 200 ms, a word after 3 s (product.md §12).
import type { Timers } from '../rules/timers'

const SKELETON_MS = 200
const SLOW_MS = 3_000

/** Call what it returns when the answer is there. */
export function startLoadingTimers(timers: Timers, on: { skeleton(): void; slow(): void }): () => void {
  const handles = [timers.set(on.skeleton, SKELETON_MS), timers.set(on.slow, SLOW_MS)]
  return () => handles.forEach(handle => timers.clear(handle))
}

/** The answer where it comes in time, else null; it may still come, to nobody. Rejects with what `work` rejects with in time. */
export async function inTime<T>(timers: Timers, work: Promise<T>, ms = SLOW_MS): Promise<T | null> {
  let handle: unknown
  const over = new Promise<null>(resolve => (handle = timers.set(() => resolve(null), ms)))
  work.catch(() => {})
  try {
    return await Promise.race([work, over])
  } finally {
    timers.clear(handle)
  }
}
