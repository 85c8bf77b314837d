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

/** A version 4 UUID, the same for the same generator. */
export function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16))
  hex[12] = '4'
  hex[16] = random.pick(['8', '9', 'a', 'b'])
  const text = hex.join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
