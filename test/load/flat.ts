// Whether something grew: the straight line through its samples, and how sure that is. Pure.

interface Sample {
  /** seconds */
  at: number
  value: number
}
export interface Rise {
  /** where the line begins and ends */
  from: number
  to: number
  /** what chance alone moves the end by, twice its standard error */
  noise: number
}

/** @returns the line of least squares over the samples' time; null: fewer than three */
export function riseOf(samples: readonly Sample[]): Rise | null {
  const n = samples.length
  if (n < 3) return null
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / n
  const [x, y] = [mean(({ at }) => at), mean(({ value }) => value)]
  const spread = samples.reduce((sum, { at }) => sum + (at - x) ** 2, 0)
  if (spread === 0) return null
  const slope = samples.reduce((sum, { at, value }) => sum + (at - x) * (value - y), 0) / spread
  const left = samples.reduce((sum, { at, value }) => sum + (value - y - slope * (at - x)) ** 2, 0)
  const [first, last] = [samples[0]!.at, samples.at(-1)!.at]
  const error = Math.sqrt(left / (n - 2) / spread)
  return { from: y + slope * (first - x), to: y + slope * (last - x), noise: 2 * error * (last - first) }
}

/**
 * Grown: the line ends more than a tenth (or `least`, where that is more) above what was held already when it began, and by more than chance explains.
 * @param held at the first look: what a process held once, it may hold again
 */
export const isFlat = ({ from, to, noise }: Rise, held: number, least: number): boolean => {
  const before = Math.max(from, held)
  return to - before <= Math.max(before / 10, least) || to - from <= noise
}
