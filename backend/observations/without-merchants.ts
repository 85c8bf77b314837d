// What WeChat Pay said, without whom it was about: texts that say the same about two shops become one text, and none of them names a shop, an order or a person.
import { firstCharacters } from '../../miniprogram/shared/characters.ts'

/** stand for what was taken out; no language has to be known to read them */
const NUMBER = '###'
const NAME = '○○'
/** characters; WeChat Pay's own texts are far below */
const LONGEST = 300

/** numbers of merchants have 8 to 10 digits, telephones 11, orders up to 32 characters: what is shorter names nobody */
const DIGITS_OF_A_NUMBER = 5
/** what people and programs put between the digits of a number, and what hides some of them */
const BETWEEN = String.raw`[\s\-–—·.,，_*•\u200b-\u200f\u2060\ufeff]{0,8}`
/** digits of any script */
const number = new RegExp(String.raw`\p{Nd}(?:${BETWEEN}\p{Nd}){${DIGITS_OF_A_NUMBER - 1},}`, 'gu')
/** letters, digits and what else an order number may hold (facts.md §2.2); appids and openids are such, too */
const word = /[A-Za-z0-9_\-|*@]{6,}/g
const LONG_WORD = 20
/** WeChat Pay's own words: names of fields, codes */
const isPlainWord = (latin: string) => /^(?:[a-z_]+|[A-Z_]+)$/.test(latin)
const namesSomething = (latin: string) => (latin.match(/[0-9]/g)?.length ?? 0) >= 4 || (latin.length >= LONG_WORD && !isPlainWord(latin))
/** the subject of a merchant is called so; who writes 有限公司 names one */
const company = /[\p{Script=Han}\p{L}\p{Nd}()（）·]{1,40}?(?:有限责任公司|有限公司|股份公司|合伙企业|个体工商户)/gu

/**
 * @param names of the shop that was asked about: found whatever their case and width
 * @returns at most 300 characters; given to it again, the same text
 */
export function withoutMerchants(text: string, names: readonly string[] = []): string {
  let bare = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  for (const name of [...names].sort((one, other) => other.length - one.length)) bare = withoutName(bare, name.normalize('NFC').trim())
  bare = bare
    .replace(company, NAME)
    .replace(word, found => (namesSomething(found) ? NUMBER : found))
    .replace(number, NUMBER)
  return firstCharacters(bare, LONGEST)
}

/** Unit by unit, so that a place in the folded text is the same place in the text. */
const folded = (text: string): string =>
  text.replace(/[^]/g, unit => {
    const plain = unit.normalize('NFKC').toLowerCase()
    return plain.length === 1 ? plain : unit
  })

function withoutName(whole: string, name: string): string {
  const looked = folded(name)
  // one character is a word of the language as well
  if (looked.length < 2) return whole
  const within = folded(whole)
  let result = ''
  let from = 0
  for (let at = within.indexOf(looked); at >= 0; at = within.indexOf(looked, from)) {
    result += whole.slice(from, at) + NAME
    from = at + looked.length
  }
  return result + whole.slice(from)
}
