// GET /sub-merchants: filters, order and pages. Every query carries the scope predicate.
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, isTimeKey, type CursorKey } from '../cursor.ts'
import type { SubMerchantTable } from '../database/tables.ts'
import { toInstantOrNull } from '../instants.ts'
import { Attention, MigrationState } from '../migration/schema.ts'
import { invalidField } from '../problems/app-error.ts'
import { regionName, regionPrefix } from '../regions/divisions.ts'
import { inScope, type Caller } from '../staff/scope.ts'
import { attentionNow } from './attention.ts'
import type { SubMerchantPage, SubMerchantQuery, SubMerchantRow } from './schema.ts'
import { searchTiers, type Tier } from './search.ts'

type Condition = RawBuilder<boolean>
type Moment = { now: Date; staleAfterDays: number }
type Row = Selectable<SubMerchantTable> & { assigned_name: string | null; since_key: Date }

const countedUpTo = 1_000
const sinceKey = sql`coalesce(migration_since, '1970-01-01 00:00:00+00'::timestamptz)`

/** @throws AppError INVALID_CURSOR, VALIDATION_FAILED for a filter value that does not exist */
export async function listMerchants(context: Context, caller: Caller, query: SubMerchantQuery): Promise<SubMerchantPage> {
  const { cursor, limit = 20, ...question } = query
  const now = context.clock.now()
  const staleAfterDays = await staleDays(context, caller)
  const conditions = [inScope(caller), ...filterConditions(caller, query, { now, staleAfterDays })]
  const found = query.q?.trim() ? searchTiers(query.q) : []
  if (found === null) return { items: [], next_cursor: null, total_estimate: 0 }
  const anyTier = found.length > 0 ? [anyOf(found.map(tier => tier.matches(false)))] : []
  const tiers = found.length > 0 && (query.sort ?? 'relevance') === 'relevance' ? found : [orderedBy(query.sort)]
  const outside = tiers === found ? conditions : [...conditions, ...anyTier]

  const asked = [caller.staff_id, question]
  const start = cursor === undefined ? { tier: 0, key: null } : parseCursor(decodeCursor(cursor, asked, key => isKeyOf(tiers, key)))
  const rows: { row: Row; tier: number }[] = []
  for (let index = start.tier; index < tiers.length && rows.length <= limit; index += 1) {
    const key = index === start.tier ? start.key : null
    const better = tiers.slice(0, index).map(tier => sql<boolean>`not ${tier.matches(false)}`)
    const page = await tierPage(context, tiers[index]!, [...outside, ...better], key, limit + 1 - rows.length)
    rows.push(...page.map(row => ({ row, tier: index })))
  }
  const more = rows.length > limit
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit).map(({ row }) => rowShape(row, { now, staleAfterDays })),
    next_cursor: more && last ? encodeCursor([last.tier, ...keyOf(last.row, tiers[last.tier]!)], asked) : null,
    total_estimate: await countUpTo(context, [...conditions, ...anyTier]),
  }
}

/** Without a search: what needs somebody first, or as asked. */
function orderedBy(sort: SubMerchantQuery['sort']): Tier {
  const column = sort === 'name' ? 'name' : sort === 'since' ? 'since_key' : 'migration_rank'
  return { matches: () => sql<boolean>`true`, order: [column, 'sub_mchid'] }
}

function parseCursor([tier, ...key]: CursorKey): { tier: number; key: CursorKey } {
  return { tier: Number(tier), key }
}

/** The number of a tier, and a value for each of its columns. */
function isKeyOf(tiers: readonly Tier[], [tier, ...key]: CursorKey): boolean {
  const order = typeof tier === 'number' ? tiers[tier]?.order : undefined
  if (!order || order.length !== key.length) return false
  return order.every((column, index) => {
    if (column === 'since_key') return isTimeKey(key[index])
    return column === 'migration_rank' ? Number.isInteger(key[index]) && Math.abs(Number(key[index])) < 100 : typeof key[index] === 'string'
  })
}

function keyOf(row: Row, tier: Tier): CursorKey {
  return tier.order.map(column => {
    const value = row[column as keyof Row]
    return value instanceof Date ? value.toISOString() : (value as string | number)
  })
}

async function tierPage(context: Context, tier: Tier, conditions: Condition[], key: CursorKey | null, limit: number): Promise<Row[]> {
  const columns = tier.order.map(column => (column === 'since_key' ? sinceKey : sql.ref(column)))
  const where = [...conditions, tier.matches(key !== null)]
  if (key) where.push(afterKey(tier.order, columns, key))
  const order = columns.map((column, index) => (tier.order[index] === 'since_key' ? sql`${column} desc` : column))
  const { rows } = await sql<Row>`
    select *, ${sinceKey} as since_key, (select display_name from staff where staff.id = assigned_to) as assigned_name
    from sub_merchants where ${sql.join(where, sql` and `)} order by ${sql.join(order)} limit ${limit}`.execute(context.db)
  return rows
}

function afterKey(order: readonly string[], columns: RawBuilder<unknown>[], key: CursorKey): Condition {
  if (order[0] !== 'since_key') return sql<boolean>`(${sql.join(columns)}) > (${sql.join(key)})`
  return sql<boolean>`(${columns[0]} < ${key[0]} or (${columns[0]} = ${key[0]} and ${columns[1]} > ${key[1]}))`
}

async function countUpTo(context: Context, conditions: Condition[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select 1 from sub_merchants where ${sql.join(conditions, sql` and `)} limit ${countedUpTo}) as counted`.execute(
    context.db,
  )
  return rows[0]!.count
}

export async function staleDays(context: Pick<Context, 'db'>, caller: Caller): Promise<number> {
  const provider = await context.db
    .selectFrom('provider')
    .select('stale_after_days')
    .where('sp_mchid', '=', caller.sp_mchid)
    .executeTakeFirstOrThrow()
  return provider.stale_after_days
}

/**
 * What a query's filters, its search left out, ask of sub_merchants; scope is the caller's to add.
 * @throws AppError VALIDATION_FAILED for a value that does not exist
 */
export function filterConditions(caller: Caller, query: SubMerchantQuery, { now, staleAfterDays }: Moment): Condition[] {
  const conditions: Condition[] = []
  const states = csv(query.state, 'state', MigrationState.anyOf)
  if (states) conditions.push(sql<boolean>`migration_state in (${sql.join(states)})`)
  if (query.region_code) conditions.push(sql<boolean>`starts_with(region_code, ${regionPrefix(query.region_code)})`)
  if (query.gold_plan) conditions.push(sql<boolean>`gold_plan_status = ${query.gold_plan}`)
  if (query.receipt) conditions.push(sql<boolean>`receipt_status = ${query.receipt}`)
  if (query.advertising) conditions.push(sql<boolean>`advertising_status = ${query.advertising}`)
  const marks = csv(query.attention, 'attention', Attention.anyOf)
  if (marks) conditions.push(anyOf(marks.map(mark => hasAttention(mark as Attention, now, staleAfterDays))))
  if (query.operation === 'unresolved') conditions.push(unresolved)
  if (query.assigned_to === 'none') conditions.push(sql<boolean>`assigned_to is null`)
  else if (query.assigned_to)
    conditions.push(sql<boolean>`assigned_to = ${query.assigned_to === 'me' ? caller.staff_id : query.assigned_to}`)
  return conditions
}

/** A write that was asked again as often as we ask, and that nothing has settled since. */
const unresolved = sql<boolean>`exists (
  select from operations where operations.sp_mchid = sub_merchants.sp_mchid and operations.sub_mchid = sub_merchants.sub_mchid
  and operations.status = 'unresolved' and operations.settled_at is null)`

function csv(value: string | undefined, field: string, allowed: readonly { const: string }[]): string[] | null {
  if (value === undefined || value === '') return null
  const values = value.split(',').map(one => one.trim())
  const unknown = values.find(one => !allowed.some(literal => literal.const === one))
  if (unknown !== undefined)
    throw invalidField(field, 'NOT_ALLOWED', `${unknown} is not one of ${allowed.map(literal => literal.const).join(', ')}`)
  return values
}

function hasAttention(mark: Attention, now: Date, staleAfterDays: number): Condition {
  if (mark === 'STALE') {
    const before = new Date(now.getTime() - staleAfterDays * 86_400_000)
    return sql<boolean>`(migration_state = 'verified' and migration_since < ${before})`
  }
  if (mark === 'SETTLING') return sql<boolean>`settling_until > ${now}`
  if (mark === 'RECEIPT_ERROR') return sql<boolean>`receipt_error`
  return sql<boolean>`${mark} = any(migration_attention)`
}

const anyOf = (conditions: Condition[]): Condition => sql<boolean>`(${sql.join(conditions, sql` or `)})`

function rowShape(row: Row, moment: Moment): SubMerchantRow {
  return {
    sub_mchid: row.sub_mchid,
    name: row.name,
    short_name: row.short_name,
    region_code: row.region_code,
    region_name: regionName(row.region_code),
    industry: row.industry,
    migration: {
      state: row.migration_state,
      reason: row.migration_reason,
      since: toInstantOrNull(row.migration_since),
      proof: row.migration_proof,
      attention: attentionNow(row, moment),
    },
    receipt_status: row.receipt_status,
    advertising_status: row.advertising_status,
    assigned_to: row.assigned_name,
  }
}
