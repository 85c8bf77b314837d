// Counts of the rate limit by a clock that only goes forward: with the system's, a minute that was begun before it was set back would last as long as it was
// set back by.
import type { FastifyRateLimitOptions, FastifyRateLimitStore } from '@fastify/rate-limit'

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void

export class SteadyStore implements FastifyRateLimitStore {
  readonly #windows = new Map<string, { current: number; since: number }>()
  readonly #most: number

  /** @param options `cache`: callers that are counted at once; above it the one that was quiet longest is forgotten */
  constructor({ cache = 5_000 }: FastifyRateLimitOptions & { cache?: number } = {}) {
    this.#most = cache
  }

  incr(key: string, counted: Counted, timeWindow = 60_000): void {
    const now = performance.now()
    const held = this.#windows.get(key)
    const window = held && held.since + timeWindow > now ? { ...held, current: held.current + 1 } : { current: 1, since: now }
    // the order of a Map is that of the last use
    this.#windows.delete(key)
    if (this.#windows.size >= this.#most) this.#windows.delete(this.#windows.keys().next().value!)
    this.#windows.set(key, window)
    counted(null, { current: window.current, ttl: timeWindow - (now - window.since) })
  }

  child(options: FastifyRateLimitOptions): SteadyStore {
    return new SteadyStore({ ...options, cache: this.#most })
  }
}
