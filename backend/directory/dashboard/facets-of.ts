// What the plots of a dashboard are counted from: the kept counters; of the caller's own shops, which are few, the shops and their moves themselves.
import { sql, type RawBuilder } from 'kysely'
import { inRegionOf, inScope, scopedToOwn } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { facetCounts, type Facet, type FacetCount } from '../merchants/facets.ts'
import type { Condition } from '../merchants/tier.ts'
import { PROOFS } from './marks.ts'

/** Moves, and days of what is verified, only after these days. */
export type ReadFacets = (after: {
  moves: string
  since: string
}) => Promise<Record<'state' | 'day' | 'since' | 'proof' | 'ready', FacetCount[]>>

/** A field agent's dashboard is about the shops assigned to them. */
export const seesOwn = (caller: Caller): boolean => caller.role === 'field_agent' || scopedToOwn(caller)

export const facetsOf = (trx: Trx, caller: Caller, region_code: string | undefined): ReadFacets =>
  seesOwn(caller) ? ownFacets(trx, caller, region_code) : keptFacets(trx, caller, region_code)

/** How many more shops had a state at the end of each later day than of the one before. */
export const movesAfter = (trx: Trx, caller: Caller, region_code: string | undefined, day: string): Promise<FacetCount[]> =>
  seesOwn(caller) ? ownMoves(trx, caller, region_code, day) : keptMoves(trx, caller, region_code, day)

const keptMoves = (trx: Trx, caller: Caller, region_code: string | undefined, day: string) =>
  facetCounts(trx, caller, 'day', region_code, [sql<boolean>`key > ${day}`, sql<boolean>`migration_state in ('verified', 'regressed')`])

const keptFacets =
  (trx: Trx, caller: Caller, region_code: string | undefined): ReadFacets =>
  async after => {
    const read = (facet: Facet, ...more: Condition[]) => facetCounts(trx, caller, facet, region_code, more)
    return {
      state: await read('state'),
      day: await keptMoves(trx, caller, region_code, after.moves),
      since: await read('since', sql<boolean>`key > ${after.since}`),
      proof: await read('proof', sql<boolean>`key in (${sql.join([...PROOFS])})`),
      ready: await read('ready'),
    }
  }

const chinaDay = (column: string) => sql<string>`to_char(${sql.ref(column)} at time zone interval '08:00', 'YYYY-MM-DD')`
/** as receipt_ready_band of migrations/0044_dashboard.sql */
const band = sql<string>`case when receipt_ready_ms is null then 'unmeasured' when receipt_ready_ms <= 1000 then 'within_1s'
  when receipt_ready_ms <= 3000 then 'within_3s' else 'over_3s' end`

const ownShops = (caller: Caller, region_code: string | undefined) =>
  sql.join([inScope(caller), sql<boolean>`assigned_to = ${caller.staff_id}`, ...(region_code ? [inRegionOf(region_code)] : [])], sql` and `)

const ownFacets =
  (trx: Trx, caller: Caller, region_code: string | undefined): ReadFacets =>
  async after => {
    const own = ownShops(caller, region_code)
    const count = async (key: RawBuilder<string>, where: Condition = sql`true`): Promise<FacetCount[]> => {
      const { rows } = await sql<FacetCount>`
        select ${key} as key, migration_state as state, count(*)::float8 as count from sub_merchants where ${own} and ${where} group by 1, 2`.execute(
        trx,
      )
      return rows
    }
    const since = chinaDay('migration_since')
    return {
      state: await count(sql`''`),
      day: await ownMoves(trx, caller, region_code, after.moves),
      since: await count(since, sql`migration_state = 'verified' and ${since} > ${after.since}`),
      proof: await count(sql`coalesce(migration_proof, '')`),
      ready: await count(band),
    }
  }

async function ownMoves(trx: Trx, caller: Caller, region_code: string | undefined, day: string): Promise<FacetCount[]> {
  const added = chinaDay('created_at')
  const { rows } = await sql<FacetCount>`
    with own as materialized (
      select sp_mchid, sub_mchid, migration_state, created_at from sub_merchants where ${ownShops(caller, region_code)}
    )
    select day as key, moved.state, sum(moved.change)::float8 as count
    from own join merchant_state_moves using (sp_mchid, sub_mchid), lateral (values (from_state, -1), (to_state, 1)) as moved(state, change)
    where day > ${day} group by 1, 2
    union all
    select ${added}, coalesce((
        select from_state from merchant_state_moves as first
        where first.sp_mchid = own.sp_mchid and first.sub_mchid = own.sub_mchid order by id limit 1), migration_state), count(*)::float8
    from own where ${added} > ${day} group by 1, 2`.execute(trx)
  return rows
}
