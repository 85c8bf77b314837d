// Times in answers: ISO 8601 in China's offset.
import { CHINA_OFFSET, chinaClock, startOfChinaDay } from '../../miniprogram/shared/china-time.ts'

/** 2026-11-23T10:12:00+08:00, milliseconds only where there are any. */
export function toInstant(time: Date | string): string {
  return chinaClock(new Date(time).getTime())
    .toISOString()
    .replace(/(\.000)?Z$/, CHINA_OFFSET)
}

/** Midnight in China before or at this time. */
export const startOfDay = (time: Date): Date => new Date(startOfChinaDay(time.getTime()))

export const toInstantOrNull = (time: Date | string | null): string | null => (time === null ? null : toInstant(time))
