// One page of merchants in one statement: a tier after the other, each only if the better ones did not fill the page.
import type { Numbers } from '../../http/caller.ts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { CursorKey } from '../../http/cursor.ts'
import type { SubMerchantTable } from '../../database/directory-tables.ts'
import { anyOf, type Condition } from './filters.ts'
import type { Tier } from './search.ts'

const columns = [
  'sub_mchid',
  'name',
  'short_name',
  'region_code',
  'address',
  'industry',
  'migration_state',
  'migration_reason',
  'migration_since',
  'migration_proof',
  'migration_attention',
  'migration_rank',
  'state_moved_on',
  'receipt_error',
  'suspected_at',
  'suspected',
  'settling_until',
  'receipt_status',
  'advertising_status',
  // what the tiers are ordered by
  'sub_mchid_reversed',
  'search_name',
  'search_short_name',
  'pinyin',
  'pinyin_initials',
] as const

export type PageRow = Pick<Selectable<SubMerchantTable>, (typeof columns)[number]> & {
  assigned_name: string | null
  since_key: Date
  /** index in the tiers */
  tier: number
}

export interface Page {
  /** among whose merchants */
  numbers: Numbers
  /** the scope as a condition, see inScope */
  scope: (numbers: Numbers) => Condition
  tiers: readonly Tier[]
  /** tiers to be read from the row's side, see walkIsShorter */
  walked: ReadonlySet<Tier>
  /** of the last row before this page; a key of null: the beginning of the tier */
  start: { tier: number; key: CursorKey | null }
  /** that every row meets */
  conditions: readonly Condition[]
  limit: number
}

const sinceKey = sql`coalesce(migration_since, '1970-01-01 00:00:00+00'::timestamptz)`

/** Rows in order, at most `limit`. */
export function pageStatement({ numbers, scope, tiers, walked, start, conditions, limit }: Page): RawBuilder<PageRow> {
  const parts: { name: RawBuilder<unknown>; select: RawBuilder<unknown> }[] = []
  for (let index = start.tier; index < tiers.length; index += 1) {
    const tier = tiers[index]!
    const key = index === start.tier ? start.key : null
    const order = tier.order.map(column => (column === 'since_key' ? sinceKey : sql.ref(column)))
    const by = sql.join(order.map((column, at) => (tier.order[at] === 'since_key' ? sql`${column} desc` : column)))
    const where = [...conditions, walked.has(tier) ? tier.decides : tier.matches(key !== null)]
    if (key) where.push(afterKey(tier.order, order, key))
    // a tier is read when the better ones of this page are all there, so their rows are known; of earlier pages only the rule is
    const before = tiers.slice(0, start.key && parts.length > 0 ? start.tier + 1 : start.tier).map(({ decides }) => decides)
    if (before.length > 0) where.push(sql<boolean>`not ${anyOf(before)}`)
    if (parts.length > 0) {
      const found = parts.map(({ name }) => sql`(select count(*) from ${name})`)
      const rows = parts.map(({ name }) => sql`select found_mchid from ${name}`)
      where.push(sql<boolean>`${sql.join(found, sql` + `)} < ${limit} and sub_mchid not in (${sql.join(rows, sql` union all `)})`)
    }
    const name = sql.ref(`tier_${index}`)
    const place = sql`${sql.lit(index)} as tier, row_number() over (order by ${by}) as place`
    const source = tier.from ?? sql`sub_merchants`
    const of = (one: Numbers) => sql`${source} where ${sql.join([scope(one), ...where], sql` and `)} order by ${by} limit ${limit}`
    if (numbers.length === 1)
      parts.push({
        name,
        select: sql`
        select sub_mchid as found_mchid, ${place}
        from ${of(numbers)}`,
      })
    else {
      // the indexes begin with the number: the first rows of each are read in its order, and the first of them all are taken
      const first = numbers.map(one => sql`(select * from ${of([one])})`)
      parts.push({
        name,
        select: sql`
        select sp_mchid as found_under, sub_mchid as found_mchid, ${place}
        from (${sql.join(first, sql` union all `)}) as first order by ${by} limit ${limit}`,
      })
    }
  }
  return sql<PageRow>`
    with ${sql.join(parts.map(({ name, select }) => sql`${name} as materialized (${select})`))}
    select ${sql.join(columns.map(column => sql.ref(column)))}, ${sinceKey} as since_key, tier,
      (select display_name from staff where staff.id = assigned_to) as assigned_name
    from (${sql.join(
      parts.map(({ name }) => sql`select * from ${name}`),
      sql` union all `,
    )}) as found
    join sub_merchants on sp_mchid = ${numbers.length === 1 ? numbers[0] : sql.ref('found_under')} and sub_mchid = found_mchid
    order by tier, place limit ${limit}`
}

function afterKey(order: readonly string[], columns: readonly RawBuilder<unknown>[], key: CursorKey): Condition {
  if (order[0] !== 'since_key') return sql<boolean>`(${sql.join([...columns])}) > (${sql.join(key)})`
  return sql<boolean>`(${columns[0]} < ${key[0]} or (${columns[0]} = ${key[0]} and ${columns[1]} > ${key[1]}))`
}
