// The visit plan (product.md §5.6): the fewest visits that bring 95 % of verified merchants under the age at which a proof is old, by district, spread over
// people and days. One visit makes one shop fresh, so the fewest are exactly as many as are missing from the share. Pure.
import { groupedBy } from '../../platform/grouped-by.ts'

/** of verified merchants that should have a fresh proof */
export const freshShare = 0.95
/** days of a plan: who plans further plans what loads of receipts will have done by then */
export const planDays = 14

export interface OldShop {
  sub_mchid: string
  /** its district */
  region_code: string
  /** whose shop it is, where that person visits shops */
  staff_id: string | null
  /** looks as if it had gone back: first in its district */
  suspected: boolean
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

/** @param planned visits that are published and not made yet: they are part of what is needed */
export const visitsNeeded = ({ verified, fresh, planned }: { verified: number; fresh: number; planned: number }): number =>
  Math.max(0, Math.ceil(freshShare * verified) - fresh - planned)

/**
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
  const { rounds, without_anybody } = roundsOf(old, people, perDay)
  const stops: Stop[] = []
  for (let day = 0; day < days && stops.length < needed; day += 1) {
    // everybody's day before anybody's next one, and who has the fullest first: what is cut off at the end is the thinnest
    const today = people
      .flatMap(({ staff_id }) => {
        const room = perDay - (taken.get(staff_id)?.[day] ?? 0)
        const shops = rounds.get(staff_id)?.splice(0, room) ?? []
        return shops.length === 0 ? [] : [{ staff_id, shops, first: perDay - room }]
      })
      .sort((one, other) => other.shops.length - one.shops.length)
    for (const { staff_id, shops, first } of today)
      for (const [index, { sub_mchid }] of shops.slice(0, Math.max(0, needed - stops.length)).entries())
        stops.push({ sub_mchid, staff_id, day, place: first + index })
  }
  return { needed, stops, without_anybody }
}

/** Each person's shops in the order in which they go there: a district after the other, the one with the most first. */
function roundsOf(
  old: readonly OldShop[],
  people: readonly Visitor[],
  perDay: number,
): { rounds: Map<string, OldShop[]>; without_anybody: number } {
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
      (one, other) => Number(other.suspected) - Number(one.suspected) || one.since - other.since || compare(one.sub_mchid, other.sub_mchid),
    )
    const own = groupedBy(
      sorted.filter(({ staff_id }) => staff_id !== null && known.has(staff_id)),
      ({ staff_id }) => staff_id!,
    )
    for (const [staff_id, theirs] of own) give(staff_id, region_code, theirs)
    free.push([region_code, sorted.filter(({ staff_id }) => staff_id === null || !known.has(staff_id))])
  }
  let without_anybody = 0
  for (const [region_code, shops] of free.sort(
    ([code, one], [otherCode, other]) => other.length - one.length || compare(code, otherCode),
  )) {
    const there = people.filter(person => person.covers(region_code))
    if (there.length === 0) without_anybody += shops.length
    else
      for (let at = 0; at < shops.length; at += perDay) {
        const least = there.reduce((one, other) => ((load.get(other.staff_id) ?? 0) < (load.get(one.staff_id) ?? 0) ? other : one))
        give(least.staff_id, region_code, shops.slice(at, at + perDay))
      }
  }
  const rounds = new Map<string, OldShop[]>()
  for (const { staff_id, shops } of parts.sort(
    (one, other) => other.shops.length - one.shops.length || compare(one.region_code, other.region_code),
  ))
    rounds.set(staff_id, [...(rounds.get(staff_id) ?? []), ...shops])
  return { rounds, without_anybody }
}

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)
