// The lines of a dashboard: how far each region is, and each person.
import { sql } from 'kysely'
import { regionName, regionPrefixesOf } from '../../company/regions/divisions.ts'
import { inRegionOf, inScope } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import type { VerdictState } from '../../evidence/verdict/schema.ts'
import type { Caller } from '../../http/caller.ts'
import { facetCounts, levelFor } from '../merchants/facets.ts'
import { MISSING } from './marks.ts'
import type { Dashboard, Mark, MarkFilter } from './schema.ts'

interface Progress {
  total: Mark
  verified: Mark
  missing: Mark
}
interface StateCount {
  of: string
  state: VerdictState
  count: number
}

const mostStaff = 100

/** `of` → how far it is, most missing first. */
function progressOf(counts: readonly StateCount[], filterOf: (of: string) => MarkFilter): ({ of: string } & Progress)[] {
  const sums = new Map<string, { total: number; verified: number; missing: number }>()
  for (const { of, state, count } of counts) {
    const held = sums.get(of) ?? { total: 0, verified: 0, missing: 0 }
    sums.set(of, {
      total: held.total + count,
      verified: held.verified + (state === 'verified' ? count : 0),
      missing: held.missing + (MISSING.includes(state) ? count : 0),
    })
  }
  return [...sums]
    .filter(([, { total }]) => total > 0)
    .map(([of, { total, verified, missing }]) => {
      const filter = filterOf(of)
      return {
        of,
        total: { filter, count: total },
        verified: { filter: { ...filter, state: 'verified' }, count: verified },
        missing: { filter: { ...filter, state: MISSING.join(',') }, count: missing },
      }
    })
    .sort((one, other) => other.missing.count - one.missing.count || other.total.count - one.total.count || (one.of < other.of ? -1 : 1))
}

export async function staffLines(trx: Trx, caller: Caller, place: MarkFilter): Promise<Pick<Dashboard, 'staff' | 'staff_more'>> {
  const counts = await facetCounts(trx, caller, 'staff', place.region_code)
  const lines = progressOf(
    counts.map(({ key, state, count }) => ({ of: key, state: state as VerdictState, count })),
    id => ({ ...place, assigned_to: id === '' ? 'none' : id }),
  )
  const shown = lines.slice(0, mostStaff)
  const ids = shown.map(({ of }) => of).filter(id => id !== '')
  const people = ids.length === 0 ? [] : await trx.selectFrom('staff').select(['id', 'display_name']).where('id', 'in', ids).execute()
  const nameOf = new Map(people.map(({ id, display_name }) => [id, display_name]))
  return {
    staff: shown.map(({ of, ...progress }) => ({ id: of === '' ? null : of, name: nameOf.get(of) ?? null, ...progress })),
    staff_more: lines.length - shown.length,
  }
}

/** Where the regions part: the highest level at which there is more than one, below the one that is asked about. */
export async function regionLines(trx: Trx, caller: Caller, region_code: string | undefined): Promise<Dashboard['regions']> {
  const codes = await codesBelow(trx, caller, region_code)
  if (codes.length === 0) return []
  const ranges = codes.flatMap(code => regionPrefixesOf(code).map(prefix => ({ code, prefix })))
  const level = Math.max(levelFor(caller, region_code), ...ranges.map(({ prefix }) => prefix.length))
  // not within the region that is asked about: what became part of a district stands elsewhere, and the list of the district has it
  const { rows } = await sql<StateCount>`
    select asked.code as of, migration_state as state, sum(count)::float8 as count
    from unnest(${ranges.map(({ code }) => code)}::text[], ${ranges.map(({ prefix }) => prefix)}::text[]) as asked(code, prefix)
    join (
      select region_code, migration_state, count from merchant_facets
      where facet = 'state' and level = ${sql.lit(level <= 2 ? 2 : level <= 4 ? 4 : 6)} and ${inScope(caller)}
    ) as held on held.region_code >= asked.prefix collate "C" and held.region_code < (asked.prefix || ':') collate "C"
    group by 1, 2`.execute(trx)
  return progressOf(rows, code => ({ region_code: code })).map(({ of, ...progress }) => ({ code: of, name: regionName(of), ...progress }))
}

async function codesBelow(trx: Trx, caller: Caller, region_code: string | undefined): Promise<string[]> {
  const within = [inScope(caller), ...(region_code ? [inRegionOf(region_code)] : [])]
  const held = levelFor(caller, region_code)
  const above = region_code ? region_code.replace(/(00){1,2}$/, '').length : 0
  for (const digits of [2, 4, 6]) {
    if (digits <= above) continue
    const level = Math.max(held, digits)
    const { rows } = await sql<{ area: string }>`
      select left(region_code, ${sql.lit(digits)}) as area from merchant_facets
      where facet = 'state' and level = ${sql.lit(level)} and ${sql.join(within, sql` and `)}
      group by 1 having sum(count) > 0 order by 1`.execute(trx)
    if (rows.length > 1 || digits === 6) return rows.map(({ area }) => area.padEnd(6, '0'))
  }
  return []
}
