// The visit plan (product.md §5.6): the fewest visits that bring 95 % of verified merchants under the age at which a proof is old, by district, spread over
// people and days. One visit makes one shop fresh, so the fewest are exactly as many as are missing from the share. Pure.
import { groupedBy } from '../../platform/grouped-by.ts'

/** of verified merchants that should have a fresh proof */
export const freshShare = 0.95
/** days of a plan: who plans further plans what loads of receipts will have done by then */
export const planDays = 14
/** days until the next plan: what gets old before it is missing today */
export const aheadDays = 1
/** Days after a proof has become old: then nobody puts it off for the sake of a shorter way, nor because it may prove itself. */
export const overdueAfter = 30
/** days in which a load of the receipt page says that the next ones may prove the shop */
export const loadedWithin = 30

export interface OldShop {
  sub_mchid: string
  /** its district */
  region_code: string
  /** whose shop it is, where that person visits shops */
  staff_id: string | null
  /** looks as if it had gone back: first in its district */
  suspected: boolean
  /** its receipt page was loaded in the last `loadedWithin` days: after the others, because it may prove itself */
  loaded: boolean
  /** old for more than `overdueAfter` days: before the others, in whatever district */
  overdue: boolean
  /** of its proof, ms: the oldest first */
  since: number
}

export interface Visitor {
  staff_id: string
  /** whether this person works in a district and takes shops that are not theirs */
  covers(region_code: string): boolean
}

interface Stop {
  sub_mchid: string
  staff_id: string
  /** 0: the first day of the plan */
  day: number
  /** in the order of the day */
  place: number
}

export interface VisitPlanOf {
  /** visits that are missing from the share, whether or not somebody can make them */
  needed: number
  stops: Stop[]
  /** old shops where nobody works */
  without_anybody: number
}

/**
 * @param fresh those that will be so still in `aheadDays`
 * @param planned visits that are published and not made yet: they are part of what is needed
 */
export const visitsNeeded = ({ verified, fresh, planned }: { verified: number; fresh: number; planned: number }): number =>
  Math.max(0, Math.ceil(freshShare * verified) - fresh - planned)

/**
 * What may prove itself comes last; the others by district, where somebody is overdue first.
 * @param old verified merchants whose proof is old and that no published stop names
 * @param taken stops that are published: person → how many on each day
 * @param perDay shops that one person visits in a day
 */
export function planVisits(
  needed: number,
  old: readonly OldShop[],
  people: readonly Visitor[],
  { perDay, days = planDays, taken = new Map() }: { perDay: number; days?: number; taken?: ReadonlyMap<string, readonly number[]> },
): VisitPlanOf {
  const used = new Map([...taken].map(([staff_id, counts]) => [staff_id, [...counts]]))
  const stops: Stop[] = []
  let without_anybody = 0
  const waits = ({ loaded, overdue, suspected }: OldShop) => loaded && !overdue && !suspected
  for (const shops of [old.filter(shop => !waits(shop)), old.filter(waits)]) {
    const { rounds, without } = roundsOf(shops, people, perDay)
    without_anybody += without
    for (let day = 0; day < days && stops.length < needed; day += 1)
      for (const { staff_id, round, first } of dayOf(rounds, people, used, day, perDay)) {
        const going = round.slice(0, Math.max(0, needed - stops.length))
        for (const [index, { sub_mchid }] of going.entries()) stops.push({ sub_mchid, staff_id, day, place: first + index })
        const counts = used.get(staff_id) ?? []
        counts[day] = first + going.length
        used.set(staff_id, counts)
      }
  }
  return { needed, stops, without_anybody }
}

/** Everybody's day before anybody's next one: who has an overdue shop first, then who has the fullest; what is cut off at the end is the thinnest. Takes them off the rounds. */
function dayOf(
  rounds: Map<string, OldShop[]>,
  people: readonly Visitor[],
  used: ReadonlyMap<string, readonly number[]>,
  day: number,
  perDay: number,
) {
  return people
    .flatMap(({ staff_id }) => {
      const first = used.get(staff_id)?.[day] ?? 0
      const round = rounds.get(staff_id)?.splice(0, Math.max(0, perDay - first)) ?? []
      return round.length === 0 ? [] : [{ staff_id, round, first }]
    })
    .sort((one, other) => Number(other.round.some(isOverdue)) - Number(one.round.some(isOverdue)) || other.round.length - one.round.length)
}

const isOverdue = ({ overdue }: OldShop): boolean => overdue

/** Each person's shops in the order in which they go there: a district after the other, the one with the most first. */
function roundsOf(
  old: readonly OldShop[],
  people: readonly Visitor[],
  perDay: number,
): { rounds: Map<string, OldShop[]>; without: number } {
  const known = new Set(people.map(({ staff_id }) => staff_id))
  const load = new Map<string, number>()
  const parts: { staff_id: string; region_code: string; shops: OldShop[] }[] = []
  const give = (staff_id: string, region_code: string, shops: OldShop[]) => {
    load.set(staff_id, (load.get(staff_id) ?? 0) + shops.length)
    const held = parts.find(part => part.staff_id === staff_id && part.region_code === region_code)
    if (held) held.shops.push(...shops)
    else parts.push({ staff_id, region_code, shops })
  }
  const districts = groupedBy(old, ({ region_code }) => region_code)
  const free: [string, OldShop[]][] = []
  for (const [region_code, shops] of districts) {
    const sorted = [...shops].sort(
      (one, other) =>
        Number(other.suspected) - Number(one.suspected) ||
        Number(other.overdue) - Number(one.overdue) ||
        one.since - other.since ||
        compare(one.sub_mchid, other.sub_mchid),
    )
    const own = groupedBy(
      sorted.filter(({ staff_id }) => staff_id !== null && known.has(staff_id)),
      ({ staff_id }) => staff_id!,
    )
    for (const [staff_id, theirs] of own) give(staff_id, region_code, theirs)
    free.push([region_code, sorted.filter(({ staff_id }) => staff_id === null || !known.has(staff_id))])
  }
  let without = 0
  for (const [region_code, shops] of free.sort(
    ([code, one], [otherCode, other]) => other.length - one.length || compare(code, otherCode),
  )) {
    const there = people.filter(person => person.covers(region_code))
    if (there.length === 0) without += shops.length
    else
      for (let at = 0; at < shops.length; at += perDay) {
        const least = there.reduce((one, other) => ((load.get(other.staff_id) ?? 0) < (load.get(one.staff_id) ?? 0) ? other : one))
        give(least.staff_id, region_code, shops.slice(at, at + perDay))
      }
  }
  const rounds = new Map<string, OldShop[]>()
  for (const { staff_id, shops } of parts.sort(
    (one, other) =>
      Number(other.shops.some(isOverdue)) - Number(one.shops.some(isOverdue)) ||
      other.shops.length - one.shops.length ||
      compare(one.region_code, other.region_code),
  ))
    rounds.set(staff_id, [...(rounds.get(staff_id) ?? []), ...shops])
  return { rounds, without }
}

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)
