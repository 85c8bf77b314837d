// China's time, whatever the zone of the machine is (product.md §7.1). It has no summer time.

/** ms */
const CHINA_AHEAD = 8 * 3_600_000
/** as instants of the contract end */
export const CHINA_OFFSET = '+08:00'
const DAY = 24 * 3_600_000

/** The clock on a wall in China, in the UTC fields of a date. @param at ms */
export const chinaClock = (at: number): Date => new Date(at + CHINA_AHEAD)

/** 2026-11-23 @param at ms */
export const chinaDay = (at: number): string => chinaClock(at).toISOString().slice(0, 10)

/** Midnight in China at this moment or before it. @param at ms @returns ms */
export const startOfChinaDay = (at: number): number => Math.floor((at + CHINA_AHEAD) / DAY) * DAY - CHINA_AHEAD
