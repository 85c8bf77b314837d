// GET /sub-merchants: filters, order and pages. Every query carries the scope predicate.
import type { Caller } from '../../http/caller.ts'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { decodeCursor, encodeCursor, isTimeKey, type CursorKey } from '../../http/cursor.ts'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { inScope, regionPrefixes } from '../../company/staff/scope.ts'
import { anyOf, filterConditions, pastTiers, rankCondition } from './filters.ts'
import { pageStatement, type PageRow } from './page.ts'
import { historyFrom } from './facets.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { rowShape } from './row.ts'
import type { SubMerchantPage, SubMerchantQuery } from './schema.ts'
import { searchTiers, type Places, type Tier } from './search.ts'
import { termFrequencies, walkIsShorter } from './term-frequency.ts'
import { countTiersUpTo, countUpTo, countedTotal, isCounted, isEverything, keptTotal } from './totals.ts'

/** a total of so many means: so many or more */
const countedUpTo = 1_000

/** @throws AppError INVALID_CURSOR, VALIDATION_FAILED for a filter value that does not exist */
export async function listMerchants(context: Context, caller: Caller, query: SubMerchantQuery): Promise<SubMerchantPage> {
  const { cursor, limit = 20, ...question } = query
  const now = context.clock.now()
  if (query.on) await assertKnown(context.db, query.on)
  const found = query.q?.trim() ? searchTiers(query.q, placesOf(caller, query)) : []
  if (found === null) return { items: [], next_cursor: null, total_estimate: 0 }
  const relevance = (query.sort ?? 'relevance') === 'relevance'
  const byRelevance = found.length > 0 && relevance
  const past = found.length === 0 && relevance && query.on && query.state ? pastTiers(query.on, query.state) : null
  // of a past day the tiers say who stood so
  const filters = filterConditions(caller, past ? { ...query, state: undefined } : query, now)
  const matching = found.length > 0 ? [...filters, anyOf(found.map(tier => tier.matches(false)))] : filters
  const tiers = past ?? (byRelevance ? found : [orderedBy(query)])
  const ranked = found.length === 0 && relevance ? rankCondition(query) : []

  const asked = [caller.staff_id, question]
  const start = cursor === undefined ? null : parseCursor(decodeCursor(cursor, asked, key => isKeyOf(tiers, key)))
  const { rows } = await pageStatement({
    numbers: caller.numbers,
    scope: numbers => inScope(caller, numbers),
    tiers,
    walked: byRelevance ? await walkedTiers(context, caller, query, tiers, limit + 1) : new Set(),
    start: start ?? { tier: 0, key: null },
    conditions: byRelevance ? filters : [...matching, ...ranked],
    limit: limit + 1,
  }).execute(context.db)

  const more = rows.length > limit
  const last = rows[limit - 1]
  const total = start?.total ?? (more ? await totalOf(context, caller, query, found, now) : rows.length)
  return {
    items: rows.slice(0, limit).map(row => rowShape(row, now, caller)),
    next_cursor: more && last ? encodeCursor([last.tier, total, ...keyOf(last, tiers[last.tier]!)], asked) : null,
    total_estimate: total,
  }
}

/** @throws AppError VALIDATION_FAILED for a day from before the states of days were kept */
export async function assertKnown(db: Database | Trx, day: string): Promise<void> {
  const from = await historyFrom(db)
  if (from !== null && day < from) throw invalidField('on', 'NOT_ALLOWED', `is before ${from}, the first day that is known`)
}

/** The smallest regions that hold all the answers. Where they are many, the scope alone decides: each costs a look into the index. */
function placesOf(caller: Caller, { region_code }: SubMerchantQuery): Places {
  const places = region_code ? regionPrefixesOf(region_code) : regionPrefixes(caller)
  return places === null || places.length === 0 || places.length > 20 ? null : places
}

/** Without a search: what needs somebody first, or as asked. All that were there on a past day by number: a page of them is found soon in the order of the key. */
function orderedBy({ sort, on }: SubMerchantQuery): Tier {
  const column = sort === 'name' ? 'name' : sort === 'since' ? 'since_key' : 'migration_rank'
  const everything = sql<boolean>`true`
  const order = on && (sort ?? 'relevance') === 'relevance' ? ['sub_mchid'] : [column, 'sub_mchid']
  return { matches: () => everything, decides: everything, order }
}

/** Which tiers are shorter to read in the order of the list than by their term. */
async function walkedTiers(
  context: Context,
  caller: Caller,
  query: SubMerchantQuery,
  tiers: readonly Tier[],
  wanted: number,
): Promise<Set<Tier>> {
  const walked = new Set<Tier>()
  if (!isCounted(caller, query)) return walked
  const frequencies = await termFrequencies(context.db)
  // a cheap answer "no" that does not need the number of merchants
  const worth = tiers.filter(({ term }) => term !== undefined && walkIsShorter(frequencies, term, frequencies.merchants, wanted, false))
  if (worth.length === 0) return walked
  const among = isEverything(caller, query) ? frequencies.merchants : await countedTotal(context, caller, query, context.clock.now())
  const inPlaces = placesOf(caller, query) !== null
  for (const tier of worth) if (walkIsShorter(frequencies, tier.term!, among, wanted, inPlaces)) walked.add(tier)
  return walked
}

async function totalOf(context: Context, caller: Caller, query: SubMerchantQuery, found: readonly Tier[], now: Date): Promise<number> {
  const conditions = [inScope(caller), ...filterConditions(caller, query, now)]
  const exact = query.count === 'exact'
  if (found.length > 0)
    return exact
      ? countUpTo(context, [...conditions, anyOf(found.map(tier => tier.matches(false)))], null)
      : countTiersUpTo(context, conditions, found, countedUpTo)
  if (exact || query.on) {
    // only what narrows the list: counters are asked by exactly that
    const { q: _q, sort: _sort, limit: _limit, cursor: _cursor, count: _count, ...narrowing } = query
    const kept = await keptTotal(context, caller, narrowing, now)
    if (kept !== null) return exact ? kept : Math.min(countedUpTo, kept)
    return countUpTo(context, conditions, exact ? null : countedUpTo)
  }
  // of everything there are soon so many
  if (isEverything(caller, query) || !isCounted(caller, query)) return countUpTo(context, conditions, countedUpTo)
  return Math.min(countedUpTo, await countedTotal(context, caller, query, now))
}

/** Tier, total of the first page, and the key of the last row. */
function parseCursor([tier, total, ...key]: CursorKey): { tier: number; total: number; key: CursorKey } {
  return { tier: Number(tier), total: Number(total), key }
}

function isKeyOf(tiers: readonly Tier[], [tier, total, ...key]: CursorKey): boolean {
  const order = typeof tier === 'number' ? tiers[tier]?.order : undefined
  if (!order || order.length !== key.length) return false
  if (!Number.isInteger(total) || Number(total) < 0) return false
  return order.every((column, index) => {
    if (column === 'since_key') return isTimeKey(key[index])
    return column === 'migration_rank' ? Number.isInteger(key[index]) && Math.abs(Number(key[index])) < 100 : typeof key[index] === 'string'
  })
}

function keyOf(row: PageRow, tier: Tier): CursorKey {
  return tier.order.map(column => {
    const value = row[column as keyof PageRow]
    return value instanceof Date ? value.toISOString() : (value as string | number)
  })
}
