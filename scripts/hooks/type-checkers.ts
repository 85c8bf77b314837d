import { availableParallelism } from 'node:os'

/** For tsc. Each further checker works out again what the others know of common types: four cost a processor twice as much as one. */
export const typeCheckers = ['--checkers', String(Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2))))]
