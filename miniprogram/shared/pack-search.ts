// The search of the shops that the phone keeps, for when there is no signal: the ranking of product.md §6.3, row for row as the server has it
// (backend/directory/merchants/search.ts). Strings are prepared once; a keystroke only compares.
import { isMchid } from './mchid'
import type { OfflinePackRow, VerdictState } from '../../typings/api'
import { characterCount, characters } from './characters'
import { fold } from './fold'

/** The order of a list without a search: what needs somebody comes first. */
export const needsSomebodyFirst: readonly VerdictState[] = [
  'regressed',
  'blocked',
  'not_migrated',
  'enrolled',
  'unknown',
  'verified',
  'not_applicable',
]

interface Entry {
  row: OfflinePackRow
  name: string
  short_name: string
  address: string
}

/** Rows in the order of their 商户号, with what is compared. */
export interface PackIndex {
  readonly entries: readonly Entry[]
}

/** To be made when the rows change, not at each keystroke. */
export function indexPack(rows: readonly OfflinePackRow[]): PackIndex {
  const entries = rows.map(row => ({ row, name: fold(row.name), short_name: fold(row.short_name), address: fold(row.address) }))
  return { entries: entries.sort((a, b) => byBytes(a.row.sub_mchid, b.row.sub_mchid)) }
}

/** What a row may match. Rows of one tier are in the order of its key; without one, of their 商户号. */
interface Tier {
  matches(entry: Entry): boolean
  key?(entry: Entry): string
}

export interface PackMatches {
  /** best first, at most `limit` */
  items: OfflinePackRow[]
  total: number
}

/**
 * @param text as typed; blank: every row, what needs somebody first. A text of nothing but punctuation finds nothing
 * @param keeps further filters of the list
 */
export function searchPack(
  index: PackIndex,
  text: string,
  { limit = Infinity, keeps }: { limit?: number; keeps?: (row: OfflinePackRow) => boolean } = {},
): PackMatches {
  const tiers = text.trim() === '' ? everythingByState : tiersOf(fold(text))
  const found: Entry[][] = tiers.map(() => [])
  let total = 0
  index.entries.forEach(entry => {
    const at = tiers.findIndex(tier => tier.matches(entry))
    if (at < 0 || (keeps && !keeps(entry.row))) return
    found[at]!.push(entry)
    total += 1
  })
  const items: OfflinePackRow[] = []
  for (let at = 0; at < tiers.length && items.length < limit; at += 1) {
    ordered(found[at]!, tiers[at]!)
      .slice(0, limit - items.length)
      .forEach(({ row }) => items.push(row))
  }
  return { items, total }
}

function ordered(entries: Entry[], { key }: Tier): Entry[] {
  if (!key) return entries
  return entries
    .map(entry => ({ entry, by: key(entry) }))
    .sort((a, b) => byBytes(a.by, b.by) || byBytes(a.entry.row.sub_mchid, b.entry.row.sub_mchid))
    .map(({ entry }) => entry)
}

const everythingByState: readonly Tier[] = needsSomebodyFirst.map(state => ({ matches: ({ row }) => row.migration.state === state }))

/** Best first; a row belongs to the first that it matches. */
function tiersOf(folded: string): Tier[] {
  if (folded === '') return []
  const tiers: Tier[] = []
  if (isMchid(folded)) tiers.push({ matches: ({ row }) => row.sub_mchid === folded })
  if (/^[0-9]{4,10}$/.test(folded)) {
    tiers.push(
      { matches: ({ row }) => row.sub_mchid.endsWith(folded), key: ({ row }) => characters(row.sub_mchid).reverse().join('') },
      { matches: ({ row }) => row.sub_mchid.startsWith(folded) },
    )
  }
  tiers.push(
    { matches: ({ name }) => name.startsWith(folded), key: ({ name }) => name },
    { matches: ({ short_name }) => short_name.startsWith(folded), key: ({ short_name }) => short_name },
  )
  const letters = folded.replace(/ü/g, 'v')
  // digits are read as they stand: the name's beginning says the same
  if (/^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters)) {
    const begins = (reading: string) => reading.startsWith(letters)
    tiers.push(
      { matches: ({ row }) => begins(row.pinyin_initials), key: ({ row }) => row.pinyin_initials },
      { matches: ({ row }) => row.other_initials.some(begins) },
      { matches: ({ row }) => begins(row.pinyin), key: ({ row }) => row.pinyin },
      { matches: ({ row }) => row.other_pinyin.some(begins) },
    )
  }
  tiers.push({ matches: ({ name, short_name }) => name.includes(folded) || short_name.includes(folded) })
  if (characterCount(folded) >= 2) tiers.push({ matches: ({ address }) => address.includes(folded) })
  return tiers
}

/** The order of the database: by UTF-8 bytes, which is by code points and not by the units of a JavaScript string. */
function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return codePointOrder(one) - codePointOrder(other)
  }
  return a.length - b.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff
const codePointOrder = (unit: number): number => (isSurrogate(unit) ? unit + 0x10000 : unit)
