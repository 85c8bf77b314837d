// Times in answers: ISO 8601 in China's offset, which has no daylight saving.

const offset = 8 * 3_600_000
const day = 24 * 3_600_000

/** 2026-11-23T10:12:00+08:00, milliseconds only where there are any. */
export function toInstant(time: Date | string): string {
  const shifted = new Date(new Date(time).getTime() + offset).toISOString()
  return `${shifted.replace(/(\.000)?Z$/, '')}+08:00`
}

/** Midnight in China before or at this time. */
export const startOfDay = (time: Date): Date => new Date(Math.floor((time.getTime() + offset) / day) * day - offset)

export const toInstantOrNull = (time: Date | string | null): string | null => (time === null ? null : toInstant(time))
