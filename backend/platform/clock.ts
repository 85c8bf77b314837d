// The one clock of the domain. Tests and the sandbox move it, so SQL never calls now() for domain time (product.md §7.1).
import { readFileSync } from 'node:fs'

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/**
 * The system clock plus an offset that another process writes.
 * @param path file with the offset in milliseconds as decimal text, read again at each call; a missing or unreadable number counts as 0
 */
export function fileClock(path: string): Clock {
  return {
    now() {
      return new Date(Date.now() + offsetIn(path))
    },
  }
}

function offsetIn(path: string): number {
  try {
    const offset = Number(readFileSync(path, 'utf8').trim())
    return Number.isFinite(offset) ? offset : 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

export interface ManualClock extends Clock {
  advance(milliseconds: number): void
  set(instant: Date): void
}

/** A clock that changes only when a test sets it. */
export function manualClock(start: Date): ManualClock {
  let instant = start.getTime()
  return {
    now: () => new Date(instant),
    advance(milliseconds) {
      instant += milliseconds
    },
    set(to) {
      instant = to.getTime()
    },
  }
}
