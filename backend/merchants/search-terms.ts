// What a search compares, computed wherever a merchant is written. One place, so that writing and searching fold text alike.
import { pinyin } from 'pinyin-pro'

export interface SearchTerms {
  search_name: string
  search_short_name: string
  search_address: string
  /** full pinyin of the name without tones or spaces: kejimianguan */
  pinyin: string
  /** first letters: kjmg */
  pinyin_initials: string
  /** characters and bigrams of name and short name; bigrams of the address behind an @ */
  terms: string[]
}

export function searchTerms(merchant: { name: string; short_name: string; address: string }): SearchTerms {
  const search_name = fold(merchant.name)
  const search_short_name = fold(merchant.short_name)
  const search_address = fold(merchant.address)
  const terms = new Set([...grams(search_name), ...grams(search_short_name), ...bigrams(search_address).map(gram => `@${gram}`)])
  return {
    search_name,
    search_short_name,
    search_address,
    pinyin: spell(search_name, 'pinyin'),
    pinyin_initials: spell(search_name, 'first'),
    terms: [...terms],
  }
}

/** Full width to half width, lower case, without spaces and punctuation: 科技面馆（科苑店） = 科技面馆(科苑 店). */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Terms that a name containing this folded text must have. */
export const nameTerms = (folded: string): string[] => ([...folded].length === 1 ? [folded] : bigrams(folded))
/** Terms that an address containing this folded text of two or more characters must have. */
export const addressTerms = (folded: string): string[] => bigrams(folded).map(gram => `@${gram}`)

const grams = (folded: string): string[] => [...folded, ...bigrams(folded)]

function bigrams(folded: string): string[] {
  const characters = [...folded]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

function spell(folded: string, pattern: 'pinyin' | 'first'): string {
  return pinyin(folded, { pattern, toneType: 'none', type: 'array', v: true }).join('').toLowerCase()
}
