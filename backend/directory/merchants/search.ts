// What a search text may match, best first (product.md §6.3). Each tier has its own index and its own order, so a page costs the same
// wherever it is in the list.
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import { sql, type RawBuilder } from 'kysely'
import { valueOf, type Values } from '../../database/kept-statement.ts'
import { anyOf, type Condition, type Tier } from './tier.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { fold } from '../../../miniprogram/shared/fold.ts'
import { addressTerms, nameTerms, otherReadingTerm } from './search-terms.ts'

/** The values that a search compares with columns. */
interface Compared {
  text: string
  /** of a prefix: greater than every string that starts with it */
  text_end: string
  reversed: string
  reversed_end: string
  letters: string
  letters_end: string
  initials: string
  initials_terms: readonly string[]
  pinyin: string
  pinyin_terms: readonly string[]
  terms: readonly string[]
  address_terms: readonly string[]
}
/** How each of them stands in a statement: as it is, or hidden from the planner (kept-statement.ts). */
export type Given = (name: keyof Compared, value: string | readonly string[]) => RawBuilder<unknown>

const asItIs: Given = (_, value) => (typeof value === 'string' ? sql.val(value) : sql`${sql.val(value)}::text[]`)
export const hidden: Given = (name, value) => valueOf(name, typeof value === 'string' ? 'text' : 'text[]')

/** A search text, and which tiers it has. */
export interface Looked {
  isMchid: boolean
  /** of a 商户号 the beginning or the end */
  isPart: boolean
  letters: 'none' | 'one' | 'several'
  /** whether the term of another reading is all that was typed, or only its beginning */
  isWhole: { initials: boolean; pinyin: boolean }
  isOneCharacter: boolean
  values: Compared & Values
}

/** Whose merchants are searched, as prefixes of region codes; null: those of all regions. */
export type Places = readonly string[] | null

/** greater than every string that starts with the one before it, byte by byte in UTF-8 */
const end = '\u{10FFFF}'

/** @returns null for a text without anything to search for */
export function lookedFor(searched: string): Looked | null {
  const text = fold(searched)
  if (text === '') return null
  const letters = text.replaceAll('ü', 'v')
  // digits are read as they stand: the name's beginning says the same
  const isRead = /^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)
  const isPart = /^\d{4,10}$/.test(text)
  const reversed = isPart ? [...text].reverse().join('') : ''
  const terms = nameTerms(text)
  const [initials, pinyin] = [`~${letters}`, `^${letters}`]
  const [initials_term, pinyin_term] = isRead ? [otherReadingTerm('~', letters), otherReadingTerm('^', letters)] : ['', '']
  return {
    isMchid: isMchid(text),
    isPart,
    letters: !isRead ? 'none' : letters.length === 1 ? 'one' : 'several',
    isWhole: { initials: initials_term === initials, pinyin: pinyin_term === pinyin },
    isOneCharacter: characterCount(text) === 1,
    values: {
      text,
      text_end: text + end,
      reversed,
      reversed_end: reversed + end,
      letters,
      letters_end: letters + end,
      initials,
      initials_terms: [initials_term],
      pinyin,
      pinyin_terms: [pinyin_term],
      terms,
      address_terms: addressTerms(text),
    },
  }
}

/** Of two texts with the same shape the tiers differ in the values alone. */
export const shapeOf = ({ isMchid, isPart, letters, isWhole, isOneCharacter }: Looked): string =>
  JSON.stringify([isMchid, isPart, letters, isWhole.initials, isWhole.pinyin, isOneCharacter])

/** @returns tiers, which may overlap */
export function tiersOf({ isMchid, isPart, letters, isWhole, isOneCharacter, values }: Looked, places: Places, given = asItIs): Tier[] {
  const value = (name: keyof Compared) => given(name, values[name])
  const prefix = (column: string, name: 'text' | 'reversed' | 'letters'): Tier => prefixTier(column, value(name), value(`${name}_end`))
  const containing = (terms: 'terms' | 'address_terms' | 'initials_terms' | 'pinyin_terms', decides: Condition): Tier =>
    termsTier(value(terms), decides, places)
  const otherReading = (kind: 'initials' | 'pinyin'): Tier =>
    containing(
      `${kind}_terms`,
      isWhole[kind]
        ? sql<boolean>`terms @> ${value(`${kind}_terms`)}`
        : sql<boolean>`exists (select from unnest(terms) as term where starts_with(term, ${value(kind)}))`,
    )
  const tiers: Tier[] = []
  if (isMchid) tiers.push(exactTier(value('text')))
  if (isPart) tiers.push(prefix('sub_mchid_reversed', 'reversed'), prefix('sub_mchid', 'text'))
  tiers.push({ ...prefix('search_name', 'text'), contained: true }, { ...prefix('search_short_name', 'text'), contained: true })
  if (letters !== 'none') {
    tiers.push(prefix('pinyin_initials', 'letters'), otherReading('initials'))
    // one letter begins the initials where it begins the pinyin
    if (letters === 'several') tiers.push(prefix('pinyin', 'letters'), otherReading('pinyin'))
  }
  const text = value('text')
  const inName = sql<boolean>`(position(${text} in search_name) > 0 or position(${text} in search_short_name) > 0)`
  tiers.push({ ...containing('terms', inName), isWalkable: true })
  if (!isOneCharacter) tiers.push(containing('address_terms', sql<boolean>`position(${text} in search_address) > 0`))
  return tiers
}

function prefixTier(column: string, prefix: RawBuilder<unknown>, prefixEnd: RawBuilder<unknown>): Tier {
  const upper = sql<boolean>`${sql.ref(column)} < ${prefixEnd}`
  return {
    found: null,
    decides: sql<boolean>`(${sql.ref(column)} >= ${prefix} and ${upper})`,
    // with the row comparison of the cursor as well, the planner picks a worse index range
    decidesAfter: upper,
    order: column === 'sub_mchid' ? [column] : [column, 'sub_mchid'],
  }
}

function exactTier(sub_mchid: RawBuilder<unknown>): Tier {
  const decides = sql<boolean>`sub_mchid = ${sub_mchid}`
  return { found: null, decides, decidesAfter: decides, order: ['sub_mchid'] }
}

/**
 * The terms find candidates by index, the text itself decides: 面馆科 has the bigrams of 科技面馆科苑 in another order.
 * The regions are terms of that index too (migrations/0016_search_in_region.sql).
 */
function termsTier(terms: RawBuilder<unknown>, decides: Condition, places: Places): Tier {
  const has = (all: RawBuilder<unknown>) => sql<boolean>`searched_terms(terms, region_code) @> ${all}`
  const found = places === null ? has(terms) : anyOf(places.map(place => has(sql`(${terms} || array[${`#${place}`}]::text[])`)))
  return { found, decides, decidesAfter: decides, order: ['sub_mchid'] }
}
