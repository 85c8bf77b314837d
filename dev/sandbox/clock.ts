// The sandbox's clock: real time plus an offset, which it shares with the backend through a file (offset in milliseconds as decimal text).
import { existsSync, readFileSync } from 'node:fs'
import type { Clock } from '../../backend/platform/clock.ts'
import { writeAtomically } from './atomic-file.ts'

export interface SandboxClock extends Clock {
  /** milliseconds ahead of real time */
  offset(): number
  advance(milliseconds: number): void
  set(now: Date): void
  reset(): void
}

export const createSandboxClock = (file?: string): SandboxClock => {
  const kept = file !== undefined && existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  let offset = Number.isSafeInteger(kept) ? kept : 0
  const move = (to: number) => {
    if (!Number.isSafeInteger(to)) throw new RangeError('the clock takes whole milliseconds')
    offset = to
    if (file !== undefined) writeAtomically(file, String(offset))
  }
  return {
    now: () => new Date(Date.now() + offset),
    offset: () => offset,
    advance: milliseconds => move(offset + milliseconds),
    set: now => move(now.getTime() - Date.now()),
    reset: () => move(0),
  }
}
