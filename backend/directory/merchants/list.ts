// GET /sub-merchants: filters, order and pages. Every query carries the scope predicate.
import type { Caller, Numbers, Remembered } from '../../http/caller.ts'
import { sql, type CompiledQuery } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { bothRows, type Database, type Trx } from '../../database/connection.ts'
import { keptRows, keptStatement } from '../../database/kept-statement.ts'
import { decodeCursor, encodeCursor, isTimeKey, type CursorKey } from '../../http/cursor.ts'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { inScope, regionPrefixes, scopedToOwn } from '../../company/staff/scope.ts'
import { filterConditions, pastTiers, rankCondition } from './filters.ts'
import { anyOf, type Condition, matches, type Tier } from './tier.ts'
import { pageStatement, type PageRow, type Walk } from './page.ts'
import { historyFrom } from './facets.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { rowShape } from './row.ts'
import type { SubMerchantPage, SubMerchantQuery, SubMerchantRow } from './schema.ts'
import { aboutKeptMs, mostKeptMs, recentTotals } from './recent-totals.ts'
import { hidden, lookedFor, shapeOf, tiersOf, type Given, type Looked, type Places } from './search.ts'
import { isWorthBeginning, termFrequencies, walkIsShorter, walkedAtMost } from './term-frequency.ts'
import { countUpTo, countedTotal, countersTotal, isCounted, isEverything, keptTotal, tiersCount } from './totals.ts'

/** a total of so many means: so many or more */
const countedUpTo = 1_000

/** A question, as the steps to its answer need it. */
interface Ask {
  context: Context
  caller: Caller
  query: SubMerchantQuery
  /** undefined: no search */
  looked: Looked | undefined
  places: Places
  /** its filters, but that of a past day's states where tiers say who stood so */
  filters: readonly Condition[]
  now: Date
  /** null: the caller is from now, or was confirmed */
  confirming: Confirming | null
}

/** The caller of a question is from memory: who that is now is asked beside the first statement. */
class Confirming {
  #isOver = false
  constructor(readonly remembered: Remembered) {}

  /** @throws CallerChanged, AppError UNAUTHENTICATED, STAFF_DISABLED */
  take(rows: readonly unknown[]): void {
    this.#isOver = true
    const now = this.remembered.changed(rows)
    if (now) throw new CallerChanged(now)
  }
  async rows<Row>(db: Database, statement: CompiledQuery<Row>): Promise<Row[]> {
    if (this.#isOver) return (await db.executeQuery(statement)).rows
    const [who, rows] = await bothRows(db, this.remembered.asked, statement)
    this.take(who)
    return rows
  }
  /** Alone, where no statement was asked that it could stand beside. */
  async end(db: Database): Promise<void> {
    if (!this.#isOver) this.take((await db.executeQuery(this.remembered.asked)).rows)
  }
}

class CallerChanged extends Error {
  constructor(readonly caller: Caller) {
    super('the caller is another one now')
  }
}

/**
 * As listMerchants, for a caller who is remembered: half of the statements wait for nobody.
 * @param is told who asks where that has changed
 * @throws as listMerchants; AppError UNAUTHENTICATED, STAFF_DISABLED
 */
export async function listForRemembered(
  context: Context,
  remembered: Remembered,
  query: SubMerchantQuery,
  is: (caller: Caller) => void,
): Promise<SubMerchantPage> {
  const confirming = new Confirming(remembered)
  try {
    try {
      return await listMerchants(context, remembered.caller, query, confirming)
    } finally {
      // also where the question itself was refused
      await confirming.end(context.db)
    }
  } catch (error) {
    if (!(error instanceof CallerChanged)) throw error
    is(error.caller)
    return listMerchants(context, error.caller, query)
  }
}

/** @throws AppError INVALID_CURSOR, VALIDATION_FAILED for a filter value that does not exist */
export async function listMerchants(
  context: Context,
  caller: Caller,
  query: SubMerchantQuery,
  confirming: Confirming | null = null,
): Promise<SubMerchantPage> {
  const { cursor, limit = 20, ...question } = query
  const now = context.clock.now()
  if (query.on) await assertKnown(context.db, query.on)
  const looked = query.q?.trim() ? lookedFor(query.q) : undefined
  if (looked === null) return { items: [], next_cursor: null, total_estimate: 0 }
  const ask = { ...askFor(context, caller, query, looked, now), confirming }
  const bound = [caller.staff_id, question]
  const start = cursor === undefined ? null : parseCursor(decodeCursor(cursor, bound, key => isKeyOf(orderedTiers(ask), key)))
  const rows = await rowsOf(ask, start, limit + 1)
  const more = rows.length > limit
  const last = rows[limit - 1]
  const total = start?.total ?? (more ? await totalOf(ask) : rows.length)
  return {
    items: rows.slice(0, limit).map(row => rowShape(row, now, caller)),
    next_cursor: more && last ? encodeCursor([last.tier, total, ...keyOf(last)], bound) : null,
    total_estimate: total,
  }
}

/** The first of a list without a search, as listMerchants has them; nothing is counted. */
export async function firstMerchants(context: Context, caller: Caller, query: SubMerchantQuery, most: number): Promise<SubMerchantRow[]> {
  const now = context.clock.now()
  const rows = await rowsOf(askFor(context, caller, query, undefined, now), null, most)
  return rows.map(row => rowShape(row, now, caller))
}

function askFor(context: Context, caller: Caller, query: SubMerchantQuery, looked: Looked | undefined, now: Date): Ask {
  const filters = filterConditions(caller, isByPastState(query, looked) ? { ...query, state: undefined } : query, now)
  return { context, caller, query, looked, places: placesOf(caller, query), filters, now, confirming: null }
}

const isByRelevance = ({ looked, query }: Ask): boolean => looked !== undefined && (query.sort ?? 'relevance') === 'relevance'

const isByPastState = ({ on, state, sort = 'relevance' }: SubMerchantQuery, looked: Looked | undefined): boolean =>
  looked === undefined && sort === 'relevance' && Boolean(on && state)

function orderedTiers(ask: Ask, given?: Given): Tier[] {
  const { query, looked, places } = ask
  if (isByPastState(query, looked)) return pastTiers(query.on!, query.state!)
  return isByRelevance(ask) ? tiersOf(looked!, places, given) : [orderedBy(query)]
}

async function rowsOf(ask: Ask, start: { tier: number; key: CursorKey } | null, limit: number): Promise<PageRow[]> {
  const { context, caller, query, looked, places, filters } = ask
  const isWhole = !looked && isEverything(caller, query)
  const page = { numbers: caller.numbers, scope: (numbers: Numbers) => inScope(caller, numbers), limit, isWhole }
  const begin = start ?? { tier: 0, key: null }
  const walk = isByRelevance(ask) ? await walkOf(ask, limit) : 'none'
  const scope = start === null ? keptScope(ask) : null
  const ranked = !looked && (query.sort ?? 'relevance') === 'relevance' ? rankCondition(query) : []
  if (scope !== null) {
    const key = JSON.stringify(['page', scope, looked ? shapeOf(looked) : [query.sort ?? 'relevance', chosenOf(query)], walk, limit])
    const kept = keptStatement(context.db, looked ? 'search' : 'choice', key, looked?.values ?? {}, () =>
      pageStatement({ ...page, tiers: orderedTiers(ask, hidden), walk, start: begin, conditions: [...filters, ...ranked], isHidden: true }),
    )
    return ask.confirming ? ask.confirming.rows(context.db, kept) : (await context.db.executeQuery(kept)).rows
  }
  const narrowing = looked && !isByRelevance(ask) ? [anyOf(tiersOf(looked, places).map(matches))] : []
  const conditions = [...filters, ...narrowing, ...ranked]
  // with all values before it the planner itself finds out from which end to read
  const planned = walk === 'whole' ? walk : 'none'
  const statement = pageStatement({ ...page, tiers: orderedTiers(ask), walk: planned, start: begin, conditions, isHidden: false })
  return ask.confirming ? ask.confirming.rows(context.db, statement.compile(context.db)) : (await statement.execute(context.db)).rows
}

/**
 * What a kept statement has of its caller; null: it is not kept, because there would be as many as there are people or filters, or because the best plan
 * depends on the values of these.
 */
function keptScope(ask: Ask): readonly unknown[] | null {
  const { caller, looked, query } = ask
  if (scopedToOwn(caller) || (looked && (hasFilters(ask) || !isByRelevance(ask)))) return null
  return filtersOf(query).every(([name]) => chosen.has(name)) ? scopeOf(caller) : null
}

/** Filters of a list without a search that the app offers to choose: few values, which stand in a kept statement as they are. */
const chosen: ReadonlySet<string> = new Set(['state', 'gold_plan', 'receipt', 'advertising'] satisfies (keyof SubMerchantQuery)[])
/** One key for one choice, in whatever order, and however often, it names its values. */
const chosenOf = (query: SubMerchantQuery) =>
  filtersOf(query)
    .filter(([name]) => chosen.has(name))
    .map(([name, value]) => [name, [...new Set(value.split(',').map(one => one.trim()))].sort()])
    .sort()

const scopeOf = (caller: Caller) => [caller.numbers, regionPrefixes(caller)]

function filtersOf(query: SubMerchantQuery): [string, string][] {
  const { q: _q, sort: _sort, limit: _limit, cursor: _cursor, count: _count, ...filters } = query
  return Object.entries(filters).filter(([, value]) => value !== undefined)
}

const hasFilters = ({ query }: Ask): boolean => filtersOf(query).length > 0

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
  const column = sort === 'name' ? 'search_name' : sort === 'since' ? 'since_key' : 'migration_rank'
  const everything = sql<boolean>`true`
  const order = on && (sort ?? 'relevance') === 'relevance' ? ['sub_mchid'] : [column, 'sub_mchid']
  return { found: null, decides: everything, decidesAfter: everything, order }
}

/** How the names that have the text are read, see Walk. */
async function walkOf(ask: Ask, wanted: number): Promise<Walk> {
  const { context, caller, query, looked, places } = ask
  const terms = looked?.values.terms ?? []
  const [term, ...more] = terms
  if (term === undefined || !isCounted(caller, query)) return 'none'
  const frequencies = await termFrequencies(context.db)
  const among = async () => (isEverything(caller, query) ? frequencies.merchants : merchantsAbout(ask))
  // each time a cheap answer "no" that does not need the number of merchants
  if (more.length > 0) {
    if (!isWorthBeginning(frequencies, terms, frequencies.merchants, wanted)) return 'none'
    return isWorthBeginning(frequencies, terms, await among(), wanted) ? { begun: walkedAtMost } : 'none'
  }
  if (!walkIsShorter(frequencies, term, frequencies.merchants, wanted, false)) return 'none'
  return walkIsShorter(frequencies, term, await among(), wanted, places !== null) ? 'whole' : 'none'
}

/** How many the scope and the filters leave, now or some minutes ago. */
async function merchantsAbout(ask: Ask): Promise<number> {
  const { context, caller, query, now } = ask
  const { about } = recentTotals(context.db)
  const key = totalKey(ask, { ...query, q: undefined })
  const held = about.get(key)
  if (held !== undefined) return held
  const counted = await countedTotal(context, caller, query, now)
  about.set(key, counted, aboutKeptMs)
  return counted
}

async function totalOf(ask: Ask): Promise<number> {
  const { context, query, looked, places } = ask
  if (query.count === 'exact') {
    if (!looked) return narrowedTotal(ask, null)
    return countUpTo(context, [...conditionsOf(ask), anyOf(tiersOf(looked, places).map(matches))], null)
  }
  const { most } = recentTotals(context.db)
  const key = totalKey(ask, query)
  if (most.get(key)) return countedUpTo
  const total = await countedUpToMost(ask)
  if (total >= countedUpTo) most.set(key, true, mostKeptMs)
  return total
}

const conditionsOf = ({ caller, query, now }: Ask): Condition[] => [inScope(caller), ...filterConditions(caller, query, now)]

/** Without a search. @param most null: exact */
async function narrowedTotal(ask: Ask, most: number | null): Promise<number> {
  const { context, caller, query, now } = ask
  // only what narrows the list: counters are asked by exactly that
  const { q: _q, sort: _sort, limit: _limit, cursor: _cursor, count: _count, ...narrowing } = query
  const kept = await keptTotal(context, caller, narrowing, now)
  if (kept !== null) return most === null ? kept : Math.min(most, kept)
  return countUpTo(context, conditionsOf(ask), most)
}

async function countedUpToMost(ask: Ask): Promise<number> {
  const { context, caller, query, looked, places, now } = ask
  const scope = keptScope(ask)
  if (looked) {
    const isWalked = (await walkOf(ask, countedUpTo)) === 'whole'
    const count = (isHidden: boolean) =>
      tiersCount(conditionsOf(ask), tiersOf(looked, places, isHidden ? hidden : undefined), isWalked, countedUpTo, isHidden)
    if (scope === null) return countOf(await count(false).execute(context.db))
    const key = JSON.stringify(['count', scope, shapeOf(looked), isWalked])
    return countOf({ rows: await keptRows(context.db, 'search', key, looked.values, () => count(true)) })
  }
  if (query.on) return narrowedTotal(ask, countedUpTo)
  // of everything there are soon so many
  if (isEverything(caller, query) || !isCounted(caller, query)) return countUpTo(context, conditionsOf(ask), countedUpTo)
  const counters = () => countersTotal(caller, query, now)
  const key = JSON.stringify(['counters', scope, chosenOf(query)])
  const rows = scope === null ? (await counters().execute(context.db)).rows : await keptRows(context.db, 'choice', key, {}, counters)
  return Math.min(countedUpTo, countOf({ rows }))
}

const countOf = ({ rows }: { rows: readonly { count: number }[] }): number => rows[0]!.count

/** Of a question: whoever has the same scope asks the same, unless a filter says "mine". */
function totalKey(ask: Ask, { sort: _sort, limit: _limit, cursor: _cursor, ...counted }: SubMerchantQuery): string {
  return JSON.stringify([scopeOf(ask.caller), scopedToOwn(ask.caller) || hasFilters(ask) ? ask.caller.staff_id : null, counted])
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

function keyOf({ key, sub_mchid }: PageRow): CursorKey {
  if (key === null) return [sub_mchid]
  return [key instanceof Date ? key.toISOString() : key, sub_mchid]
}
