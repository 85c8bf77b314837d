// What a search text may match, best first (product.md §6.3). Each tier has its own index and its own order, so a page costs the same
// wherever it is in the list.
import { sql, type RawBuilder } from 'kysely'
import { addressTerms, fold, nameTerms } from './search-terms.ts'

type Condition = RawBuilder<boolean>

export interface Tier {
  /** whether a row belongs here; `after`: a later page, whose lower end the cursor gives */
  matches(after: boolean): Condition
  /** columns of sub_merchants that order this tier; ties by sub_mchid */
  order: readonly string[]
}

/** greater than every string that starts with the one before it, byte by byte in UTF-8 */
const end = '\u{10FFFF}'

function prefixTier(column: string, prefix: string): Tier {
  const upper = sql<boolean>`${sql.ref(column)} < ${prefix + end}`
  return {
    // with the row comparison of the cursor as well, the planner picks a worse index range
    matches: after => (after ? upper : sql<boolean>`(${sql.ref(column)} >= ${prefix} and ${upper})`),
    order: [column, 'sub_mchid'],
  }
}

const fixedTier = (condition: Condition): Tier => ({ matches: () => condition, order: ['sub_mchid'] })

/** @returns null for a text without anything to search for; its tiers otherwise, which may overlap */
export function searchTiers(text: string): Tier[] | null {
  const folded = fold(text)
  if (folded === '') return null
  const tiers: Tier[] = []
  if (/^\d{8,10}$/.test(folded)) tiers.push(fixedTier(sql<boolean>`sub_mchid = ${folded}`))
  if (/^\d{4,10}$/.test(folded)) tiers.push(prefixTier('sub_mchid_reversed', [...folded].reverse().join('')))
  tiers.push(prefixTier('search_name', folded), prefixTier('search_short_name', folded))
  if (/^[a-z0-9]+$/.test(folded)) tiers.push(prefixTier('pinyin_initials', folded), prefixTier('pinyin', folded))
  tiers.push(
    fixedTier(contains(nameTerms(folded), sql`position(${folded} in search_name) > 0 or position(${folded} in search_short_name) > 0`)),
  )
  if ([...folded].length >= 2) tiers.push(fixedTier(contains(addressTerms(folded), sql`position(${folded} in search_address) > 0`)))
  return tiers
}

/** The terms find candidates by index, the text itself decides: 面馆科 has the bigrams of 科技面馆科苑 in another order. */
const contains = (terms: readonly string[], decisive: RawBuilder<unknown>): Condition =>
  sql<boolean>`(terms @> ${sql.val(terms)}::text[] and (${decisive}))`
