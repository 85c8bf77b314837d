// What a search compares, computed wherever a merchant is written. One place, so that writing and searching fold text alike.
import { characterCount, characters, firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { fold } from '../../../miniprogram/shared/fold.ts'
import { readings, type Reading } from './readings.ts'

export interface SearchTerms {
  search_name: string
  search_short_name: string
  search_address: string
  /** of the likely reading of the name: kejimianguan */
  pinyin: string
  /** kjmg */
  pinyin_initials: string
  /**
   * Characters and bigrams of name and short name, and four digits each of numbers that have so many; of the address its bigrams and such digits behind an @;
   * beginnings of other readings behind ^ (pinyin) and ~ (initials).
   */
  terms: string[]
}

export function searchTerms(merchant: { name: string; short_name: string; address: string }): SearchTerms {
  const search_name = fold(merchant.name)
  const search_short_name = fold(merchant.short_name)
  const search_address = fold(merchant.address)
  const [likely, ...others] = readings(search_name)
  // a company's name and its sign: 深圳市某某餐饮管理有限公司, 老王面馆
  if (!search_name.startsWith(search_short_name)) others.push(...readings(search_short_name))
  const terms = new Set([
    ...grams(search_name),
    ...grams(search_short_name),
    ...[...bigrams(search_address), ...digits(search_address)].map(gram => `@${gram}`),
    ...others.flatMap(readingTerms),
  ])
  return {
    search_name,
    search_short_name,
    search_address,
    pinyin: likely!.pinyin,
    pinyin_initials: likely!.initials,
    terms: [...terms],
  }
}

/** Terms that a name containing this folded text must have. */
export const nameTerms = (folded: string): string[] => (characterCount(folded) === 1 ? [folded] : lookedUp(folded))
/** Terms that an address containing this folded text of two or more characters must have. */
export const addressTerms = (folded: string): string[] => lookedUp(folded).map(gram => `@${gram}`)

const grams = (folded: string): string[] => [...characters(folded), ...bigrams(folded), ...digits(folded)]

/** Pairs of digits stand in every other address: where the text has a longer number, they are left out. */
function lookedUp(folded: string): string[] {
  const four = digits(folded)
  return four.length === 0 ? bigrams(folded) : [...bigrams(folded).filter(gram => !/^[0-9]{2}$/.test(gram)), ...four]
}

/** Each four that follow one another in numbers of four digits or more. */
const digits = (folded: string): string[] =>
  (folded.match(/[0-9]{4,}/g) ?? []).flatMap(number => Array.from({ length: number.length - 3 }, (_, at) => number.slice(at, at + 4)))

function bigrams(folded: string): string[] {
  const all = characters(folded)
  return all.slice(1).map((character, index) => `${all[index]}${character}`)
}

/** Lengths at which the beginning of a reading is a term; the whole reading is one too. */
const beginnings = [1, 2, 4, 6, 8, 12, 16]

const readingTerms = ({ pinyin, initials }: Reading): string[] =>
  [`^${pinyin}`, `~${initials}`].flatMap(text => {
    const all = characterCount(text)
    return [text, ...beginnings.filter(length => length < all - 1).map(length => firstCharacters(text, length + 1))]
  })

/**
 * The term that another reading beginning with this text must have; several readings may share it.
 * @param mark ^ pinyin, ~ initials
 */
export const otherReadingTerm = (mark: '^' | '~', letters: string): string =>
  `${mark}${firstCharacters(letters, beginnings.findLast(length => length <= characterCount(letters)) ?? 0)}`
