// GET /metrics/dashboard: from the counters that every write keeps, in one snapshot; of own shops, which are few, by counting them.
import { regionName } from '../../company/regions/divisions.ts'
import type { Trx } from '../../database/connection.ts'
import type { VerdictState } from '../../evidence/verdict/schema.ts'
import type { Caller } from '../../http/caller.ts'
import { dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant } from '../../platform/instants.ts'
import { assertRegion } from '../merchants/filters.ts'
import { historyFrom } from '../merchants/facets.ts'
import { facetsOf, seesOwn, type ReadFacets } from './facets-of.ts'
import { freshnessBands, PROOFS, READY_BANDS, sinceFilter, STATES, weekEnds } from './marks.ts'
import { regionLines, staffLines } from './lines.ts'
import type { Dashboard, DashboardQuery, Mark, MarkFilter } from './schema.ts'

/** filter → how many shops it has; asked for all at once */
type CountAll = (filters: readonly MarkFilter[]) => Promise<number[]>

export async function readDashboard(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  caller: Caller,
  query: DashboardQuery,
): Promise<Dashboard> {
  if (query.region_code) assertRegion(query.region_code)
  const now = clock.now()
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      const own = seesOwn(caller)
      const place: MarkFilter = { ...(query.region_code && { region_code: query.region_code }), ...(own && { assigned_to: 'me' }) }
      const countAll = countBy(facetsOf(trx, caller, query.region_code), now)
      const plots = await readPlots(trx, countAll, place, now)
      const lines = own
        ? noLines
        : { ...(await staffLines(trx, caller, place)), regions: await regionLines(trx, caller, query.region_code) }
      return {
        region: query.region_code ? { code: query.region_code, name: regionName(query.region_code) } : null,
        own,
        ...plots,
        ...lines,
        as_of: toInstant(now),
      }
    })
}

const noLines: Pick<Dashboard, 'staff' | 'staff_more' | 'regions'> = { staff: [], staff_more: 0, regions: [] }

type Plots = Pick<Dashboard, 'total' | 'states' | 'weeks' | 'freshness' | 'seen' | 'ready'>

async function readPlots(trx: Trx, countAll: CountAll, place: MarkFilter, now: Date): Promise<Plots> {
  const marks = marksToCount()
  const total = marks.add(place)
  const states = STATES.map(state => ({ state, mark: marks.add({ ...place, state }) }))
  const known = await historyFrom(trx)
  const today = dayOf(now)
  const weeks = weekEnds(now).map(day => {
    const stood = (state: VerdictState) => marks.add({ ...place, state, ...(day !== today && { on: day }) })
    const there = day === today || known === null || day >= known
    return there ? { day, verified: stood('verified'), regressed: stood('regressed') } : { day, verified: null, regressed: null }
  })
  const freshness = freshnessBands(now).map(({ band, ...days }) => ({ band, mark: marks.add({ ...place, ...sinceFilter(days) }) }))
  const seen = PROOFS.map(proof => ({ proof, mark: marks.add({ ...place, proof }) }))
  const ready = READY_BANDS.map(band => ({ band, mark: marks.add({ ...place, receipt_ready: band }) }))
  await marks.count(countAll)
  return { total, states, weeks, freshness, seen, ready }
}

/** Marks stand in their plots before their numbers are known. */
function marksToCount() {
  const all: Mark[] = []
  return {
    add(filter: MarkFilter): Mark {
      const mark = { filter, count: 0 }
      all.push(mark)
      return mark
    },
    async count(countAll: CountAll): Promise<void> {
      const counts = await countAll(all.map(({ filter }) => filter))
      counts.forEach((count, index) => (all[index]!.count = count))
    },
  }
}

/** Each facet is read once, whatever marks ask of it. */
function countBy(read: ReadFacets, now: Date): CountAll {
  return async filters => {
    const {
      state: states,
      day: moves,
      since: fresh,
      proof: proofs,
      ready,
    } = await read({
      moves: weekEnds(now)[0]!,
      since: freshnessBands(now).at(-1)!.to!,
    })
    const sumOf = (counts: typeof states, matches: (one: (typeof states)[number]) => boolean) =>
      counts.reduce((sum, one) => (matches(one) ? sum + one.count : sum), 0)
    const inState = (state: string | undefined) => sumOf(states, one => state === undefined || one.state === state)
    return filters.map(({ state, on, since_from, since_to, proof, receipt_ready }) => {
      if (proof !== undefined) return sumOf(proofs, one => one.key === proof)
      if (receipt_ready !== undefined) return sumOf(ready, one => one.key === receipt_ready)
      if (since_from !== undefined) return sumOf(fresh, one => one.key >= since_from && (since_to === undefined || one.key <= since_to))
      // all that is not younger: days long ago are not read one by one
      if (since_to !== undefined) return inState('verified') - sumOf(fresh, one => one.key > since_to)
      return inState(state) - (on === undefined ? 0 : sumOf(moves, one => one.state === state && one.key > on))
    })
  }
}
