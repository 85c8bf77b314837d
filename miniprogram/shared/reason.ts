// Why somebody closes, withdraws, returns or lifts something: one rule for the sheet that asks and for the server that keeps it.
import { characterCount } from './characters'
import { withoutInvisible } from './comparable'

/** characters that are seen */
export const REASON_MIN = 2

/** As it is kept. */
export const writtenReason = (text: string): string => text.trim()

/** Blanks and characters that nobody sees say nothing. */
export const isReason = (text: string): boolean => characterCount(withoutInvisible(text).trim()) >= REASON_MIN
