// Times until onIframeReady as counters: how many fell into each step. Sums of counters are counters, so days and merchants can be added.

/** upper ends of the steps, milliseconds; the last step has none */
export const readySteps = [
  50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 1_000, 1_250, 1_500, 2_000, 2_500, 3_000, 4_000, 6_000,
] as const

/** WeChat shows 小票错误页 after so many milliseconds without onIframeReady */
const wechatWaits = 3_000

export const stepOf = (ms: number): number => {
  const step = readySteps.findIndex(end => ms <= end)
  return step < 0 ? readySteps.length : step
}

export function addSteps(sum: number[], more: readonly (number | string)[]): number[] {
  for (const [step, count] of more.entries()) sum[step] = (sum[step] ?? 0) + Number(count)
  return sum
}

export const countOf = (steps: readonly number[]): number => steps.reduce((sum, count) => sum + (count ?? 0), 0)

export const over3s = (steps: readonly number[]): number => countOf(steps.slice(readySteps.indexOf(wechatWaits) + 1))

/** The end of the step that holds the nearest-rank quantile; null without counts; past the last end, that end. @param share 0.95 for p95 */
export function quantile(steps: readonly number[], share: number): number | null {
  const rank = Math.ceil(countOf(steps) * share)
  if (rank === 0) return null
  let below = 0
  for (const [step, end] of readySteps.entries()) {
    below += steps[step] ?? 0
    if (below >= rank) return end
  }
  return readySteps.at(-1)!
}
