/** Waits before each question after a lost answer, in milliseconds; after the last one a person decides (product.md M14). */
const POLL_DELAYS = [2_000, 4_000, 8_000, 15_000, 30_000] as const

/** Wait before question number `asked` (0 is the first); null when it was asked often enough. */
export const nextPoll = (asked: number): number | null => POLL_DELAYS[asked] ?? null
