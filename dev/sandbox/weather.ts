// How WeChat Pay behaves on a bad day, for every merchant at once: a share of the calls meets a scenario, and a second has room for so many. Which call meets what
// is the seed's and the merchant's own count of calls, so it does not depend on the order in which they come.
import { createHash } from 'node:crypto'
import type { ScenarioName } from './scenarios.ts'

export interface Weather {
  seed: number
  /** of all calls about merchants, 0 to 1; together at most 1 */
  shares: Partial<Record<ScenarioName, number>>
  /** calls in one second of the sandbox's clock; what is above meets `rate_limited_429`. null: any number */
  mostPerSecond: number | null
  /** 商户号 that are spared */
  spares: ReadonlySet<string>
}

export type Skies = ReturnType<typeof createSkies>

export const createSkies = () => {
  let weather: Weather | null = null
  const callsOf = new Map<string, number>()
  /** epoch second → calls about merchants that are not spared */
  const seconds = new Map<number, number>()

  const chanceOf = (sub_mchid: string, nth: number, { seed }: Weather) =>
    createHash('md5').update(`${seed} ${sub_mchid} ${nth}`).digest().readUInt32BE(0) / 2 ** 32

  return {
    /** null: fine again */
    set(next: Weather | null) {
      weather = next
      callsOf.clear()
      seconds.clear()
    },
    /** calls in each second since the weather was set */
    seconds: (): ReadonlyMap<number, number> => seconds,
    /** What the next call about this merchant meets. */
    next(sub_mchid: string, now: Date): ScenarioName {
      if (weather === null || weather.spares.has(sub_mchid)) return 'normal'
      const second = Math.floor(now.getTime() / 1_000)
      const before = seconds.get(second) ?? 0
      seconds.set(second, before + 1)
      if (weather.mostPerSecond !== null && before >= weather.mostPerSecond) return 'rate_limited_429'
      const nth = (callsOf.get(sub_mchid) ?? 0) + 1
      callsOf.set(sub_mchid, nth)
      let rest = chanceOf(sub_mchid, nth, weather)
      for (const [name, share] of Object.entries(weather.shares) as [ScenarioName, number][]) if ((rest -= share) < 0) return name
      return 'normal'
    },
  }
}
