// A small seeded generator: the same seed gives the same demo data on every machine and in every run.

export interface Random {
  /** uniform in [0, 1) */
  next(): number
  /** whole number in [from, to], both included */
  integer(from: number, to: number): number
  /** true with the given probability */
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** an item by its weight; weights need not add up to 1 */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T
}

/** mulberry32: 32 bits of state, good enough for made-up shops, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(items: readonly T[]): T => items[integer(0, items.length - 1)] as T
  return {
    next,
    integer,
    chance: probability => next() < probability,
    pick,
    weighted: <T>(items: readonly (readonly [number, T])[]): T => {
      let rest = next() * items.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, item] of items) {
        rest -= weight
        if (rest < 0) return item
      }
      return (items[items.length - 1] as readonly [number, T])[1]
    },
  }
}
