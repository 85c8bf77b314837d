// What a search text may match, best first (product.md §6.3). Each tier has its own index and its own order, so a page costs the same
// wherever it is in the list.
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { sql, type RawBuilder } from 'kysely'
import { anyOf, type Condition } from './filters.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { fold } from '../../../miniprogram/shared/fold.ts'
import { addressTerms, nameTerms, otherReadingTerm } from './search-terms.ts'

export interface Tier {
  /** what is read in place of sub_merchants, under its name and with its columns */
  from?: RawBuilder<unknown>
  /** whether a row belongs here, as an index finds it; `after`: a later page, whose lower end the cursor gives */
  matches(after: boolean): Condition
  /** the same, as the row alone decides it; of tiers that share no row: none */
  decides: Condition
  /** every row of it belongs to a later tier too */
  contained?: true
  /** the one term that this tier looks for, if `decides` can be asked of the index sub_merchants_walk */
  term?: string
  /** columns of sub_merchants that order this tier; ties by sub_mchid */
  order: readonly string[]
}

/** greater than every string that starts with the one before it, byte by byte in UTF-8 */
const end = '\u{10FFFF}'

function prefixTier(column: string, prefix: string): Tier {
  const upper = sql<boolean>`${sql.ref(column)} < ${prefix + end}`
  const whole = sql<boolean>`(${sql.ref(column)} >= ${prefix} and ${upper})`
  return {
    // with the row comparison of the cursor as well, the planner picks a worse index range
    matches: after => (after ? upper : whole),
    decides: whole,
    order: column === 'sub_mchid' ? [column] : [column, 'sub_mchid'],
  }
}

const exactTier = (sub_mchid: string): Tier => {
  const condition = sql<boolean>`sub_mchid = ${sub_mchid}`
  return { matches: () => condition, decides: condition, order: ['sub_mchid'] }
}

/** Whose merchants are searched, as prefixes of region codes; null: those of all regions. */
export type Places = readonly string[] | null

/**
 * The terms find candidates by index, the text itself decides: 面馆科 has the bigrams of 科技面馆科苑 in another order.
 * The regions are terms of that index too (migrations/0016_search_in_region.sql).
 */
const termsTier = (terms: readonly string[], decides: Condition, places: Places): Tier => {
  const has = (all: readonly string[]) => sql<boolean>`searched_terms(terms, region_code) @> ${sql.val(all)}::text[]`
  const found = places === null ? has(terms) : anyOf(places.map(prefix => has([...terms, `#${prefix}`])))
  // what decides comes first: without the index it is the cheaper one
  return { matches: () => sql<boolean>`(${decides} and ${found})`, decides, order: ['sub_mchid'] }
}

/** @returns null for a text without anything to search for; its tiers otherwise, which may overlap */
export function searchTiers(text: string, places: Places): Tier[] | null {
  const folded = fold(text)
  if (folded === '') return null
  const tiers: Tier[] = []
  if (isMchid(folded)) tiers.push(exactTier(folded))
  if (/^\d{4,10}$/.test(folded))
    tiers.push(prefixTier('sub_mchid_reversed', [...folded].reverse().join('')), prefixTier('sub_mchid', folded))
  tiers.push({ ...prefixTier('search_name', folded), contained: true }, { ...prefixTier('search_short_name', folded), contained: true })
  const letters = folded.replaceAll('ü', 'v')
  // digits are read as they stand: the name's beginning says the same
  if (/^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)) {
    tiers.push(prefixTier('pinyin_initials', letters), otherReading('~', letters, places))
    // one letter begins the initials where it begins the pinyin
    if (letters.length > 1) tiers.push(prefixTier('pinyin', letters), otherReading('^', letters, places))
  }
  const terms = nameTerms(folded)
  const inName = sql<boolean>`(position(${folded} in search_name) > 0 or position(${folded} in search_short_name) > 0)`
  tiers.push({ ...termsTier(terms, inName, places), ...(terms.length === 1 && { term: terms[0]! }) })
  if (characterCount(folded) >= 2) tiers.push(termsTier(addressTerms(folded), sql`position(${folded} in search_address) > 0`, places))
  return tiers
}

/** Readings besides the likely one, which has columns of its own (readings.ts). */
function otherReading(mark: '^' | '~', letters: string, places: Places): Tier {
  const term = otherReadingTerm(mark, letters)
  const decides =
    term === mark + letters
      ? sql<boolean>`terms @> ${sql.val([term])}::text[]`
      : sql<boolean>`exists (select from unnest(terms) as term where starts_with(term, ${mark + letters}))`
  return termsTier([term], decides, places)
}
