// One page of merchants in one statement: a tier after the other, each only if the better ones did not fill the page.
import type { Numbers } from '../../http/caller.ts'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { CursorKey } from '../../http/cursor.ts'
import type { SubMerchantTable } from '../../database/directory-tables.ts'
import { anyOf, type Condition, type Tier } from './tier.ts'
import { ofNumbers } from '../../company/staff/scope.ts'

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
  'receipt_error',
  'suspected_at',
  'suspected',
  'settling_until',
  'receipt_status',
  'advertising_status',
] as const

export type PageRow = Pick<Selectable<SubMerchantTable>, (typeof columns)[number]> & {
  assigned_name: string | null
  /** index in the tiers */
  tier: number
  /** what its tier is ordered by, before sub_mchid; null: by that alone */
  key: string | number | Date | null
}

export interface Page {
  /** among whose merchants */
  numbers: Numbers
  /** the scope as a condition, see inScope */
  scope: (numbers: Numbers) => Condition
  tiers: readonly Tier[]
  /** how the tier of what is in a name is read */
  walk: Walk
  /** of the last row before this page; a key of null: the beginning of the tier */
  start: { tier: number; key: CursorKey | null }
  /** that every row meets */
  conditions: readonly Condition[]
  limit: number
  /** scope and conditions leave nothing out, and the order alone decides: read as it is found, which is dear where much of what is read is left out */
  isWhole: boolean
  /** its values are hidden: the planner, who cannot know how many have a term, is not asked whether to look for it */
  isHidden: boolean
}

/**
 * In the order of the list: `whole` until the page is full, see walkIsShorter; begun: so many merchants at most (see isWorthBeginning), and what is missing then by
 * the index of terms. `none`: by that index.
 */
export type Walk = 'whole' | 'none' | { readonly begun: number }

const sinceKey = sql`coalesce(migration_since, '1970-01-01 00:00:00+00'::timestamptz)`

/** Rows in order, at most `limit`. */
export function pageStatement(page: Page): RawBuilder<PageRow> {
  return page.isWhole && page.tiers.length === 1 && page.numbers.length === 1 ? wholePage(page, page.tiers[0]!) : tieredPage(page)
}

/** Each row as it is found: where nothing is left out, it need not be found in an index before it is read. */
function wholePage({ numbers, scope, start, conditions, limit }: Page, { order }: Tier): RawBuilder<PageRow> {
  const columnsOf = order.map(columnOf)
  const by = inOrder(order)
  const where = [scope(numbers), ...conditions, ...(start.key ? [afterKey(order, columnsOf, start.key)] : [])]
  return sql<PageRow>`
    select ${shown}, 0 as tier, ${keyIn(order)} as key, display_name as assigned_name
    from (select * from sub_merchants where ${sql.join(where, sql` and `)} order by ${by} limit ${sql.lit(limit)}) as sub_merchants
    left join staff on staff.id = assigned_to
    order by ${by}`
}

const shown = sql.join(columns.map(column => sql.ref(column)))
const columnOf = (column: string): RawBuilder<unknown> => (column === 'since_key' ? sinceKey : sql.ref(column))
const inOrder = (order: Tier['order']) => sql.join(order.map(column => (column === 'since_key' ? sql`${sinceKey} desc` : sql.ref(column))))
/** what a tier is ordered by before sub_mchid */
const keyIn = (order: Tier['order']): RawBuilder<unknown> => (order.length > 1 ? columnOf(order[0]!) : sql`null::text`)

function tieredPage({ numbers, scope, tiers, walk, start, conditions, limit, isHidden }: Page): RawBuilder<PageRow> {
  const parts: Part[] = []
  for (let index = start.tier; index < tiers.length; index += 1) {
    const tier = tiers[index]!
    const key = index === start.tier ? start.key : null
    const order = tier.order.map(columnOf)
    const by = inOrder(tier.order)
    const found = walk === 'whole' && tier.isWalkable ? null : tier.found
    const fenced = isHidden ? found : null
    const where = [...conditions, key === null ? tier.decides : tier.decidesAfter]
    if (key) where.push(afterKey(tier.order, order, key))
    // a tier is read when the better ones of this page are all there, so their rows are known; of earlier pages only the rule is
    const before = tiers
      .slice(0, start.key && parts.length > 0 ? start.tier + 1 : start.tier)
      .filter(({ isApart }) => !isApart)
      .map(({ decides }) => decides)
    if (before.length > 0) where.push(sql<boolean>`not ${anyOf(before)}`)
    const placed = (behind: number) =>
      sql`${keyIn(tier.order)} as key, ${sql.lit(index)} as tier, ${sql.lit(behind)} + row_number() over (order by ${by}) as place`
    // several numbers have several beginnings
    const isBegun = typeof walk === 'object' && tier.isWalkable === true && key === null && numbers.length === 1
    if (isBegun) {
      const first = sql`(select * from sub_merchants where ${ofNumbers(numbers)} order by ${by} limit ${sql.lit(walk.begun)}) as sub_merchants`
      const these = sql.join([scope(numbers), ...where, ...unlessFull(parts, limit)], sql` and `)
      parts.push({
        name: sql.ref(`walked_${index}`),
        select: sql`select sub_mchid as found_mchid, ${placed(0)} from ${first} where ${these} order by ${by} limit ${sql.lit(limit)}`,
      })
    }
    if (found && !fenced) where.push(found)
    where.push(...unlessFull(parts, limit))
    const name = sql.ref(`tier_${index}`)
    const place = placed(isBegun ? limit : 0)
    const of = (one: Numbers) =>
      sql`${tier.from ?? candidates(fenced)} where ${sql.join([scope(one), ...where], sql` and `)} order by ${by} limit ${sql.lit(limit)}`
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
        from (${sql.join(first, sql` union all `)}) as first order by ${by} limit ${sql.lit(limit)}`,
      })
    }
  }
  return sql<PageRow>`
    with ${sql.join(parts.map(({ name, select }) => sql`${name} as materialized (${select})`))}
    select ${shown}, tier, key, display_name as assigned_name
    from (${sql.join(
      parts.map(({ name }) => sql`select * from ${name}`),
      sql` union all `,
    )}) as found
    join sub_merchants on sp_mchid = ${numbers.length === 1 ? numbers[0] : sql.ref('found_under')} and sub_mchid = found_mchid
    left join staff on staff.id = assigned_to
    order by tier, place limit ${sql.lit(limit)}`
}

interface Part {
  name: RawBuilder<unknown>
  select: RawBuilder<unknown>
}

/** Of a part behind these. */
function unlessFull(parts: readonly Part[], limit: number): Condition[] {
  if (parts.length === 0) return []
  const found = parts.map(({ name }) => sql`(select count(*) from ${name})`)
  const rows = parts.map(({ name }) => sql`select found_mchid from ${name}`)
  return [sql<boolean>`${sql.join(found, sql` + `)} < ${sql.lit(limit)} and sub_mchid not in (${sql.join(rows, sql` union all `)})`]
}

/** Rows to choose from. @param fenced found first and by this alone, whatever else is asked of them */
export const candidates = (fenced: Condition | null): RawBuilder<unknown> =>
  fenced === null ? sql`sub_merchants` : sql`(select * from sub_merchants where ${fenced} offset 0) as sub_merchants`

function afterKey(order: readonly string[], columns: readonly RawBuilder<unknown>[], key: CursorKey): Condition {
  if (order[0] !== 'since_key') return sql<boolean>`(${sql.join([...columns])}) > (${sql.join(key)})`
  return sql<boolean>`(${columns[0]} < ${key[0]} or (${columns[0]} = ${key[0]} and ${columns[1]} > ${key[1]}))`
}
