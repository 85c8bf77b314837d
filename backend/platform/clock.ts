// The one clock of the domain. Tests and the sandbox move it, so SQL never calls now() for domain time (product.md §7.1).
import { readFileSync } from 'node:fs'

export interface Clock {
  now(): Date
}

/**
 * Milliseconds by which a stored time may lie ahead of what we took for now, with no clock set back: another process's clock is ahead, or it looked at its clock
 * after we did, and we then waited for the database. Only what lies further ahead was set by a clock that was set back since.
 */
export const clockSlackMs = 60_000

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
