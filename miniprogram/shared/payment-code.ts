// A customer's 付款码 is as good as money for a minute: it is refused on the phone and never sent or stored (product.md M04). One rule for every text that a
// person can type, paste or scan, on both sides.
import { characters } from './characters'
import { halfWidth, withoutInvisible } from './comparable'

/** Groups of digits as people and keyboards part them. */
const gaps = /[\s\u2010-\u2015\u2212-]/

const plain = (text: string): string => halfWidth(withoutInvisible(text))
const startsLikeOne = (digits: string): boolean => /^1[0-5]/.test(digits)

/** 18 digits starting with 10 to 15 and nothing else, also when typed with spaces, hyphens or in full width. */
export const isPaymentCode = (text: string): boolean => /^1[0-5]\d{16}$/.test(plain(text).split(gaps).join(''))

/** Ids of ours, whose hyphens are no gaps. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** What people and keyboards write for 0 to 9: other scripts, digits in circles or raised, Chinese numerals, digits of formulas. */
const tens = [
  '\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669',
  '\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9',
  '\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f',
  '\u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59',
  '⁰¹²³⁴⁵⁶⁷⁸⁹',
  '₀₁₂₃₄₅₆₇₈₉',
  '⓪①②③④⑤⑥⑦⑧⑨',
  '〇一二三四五六七八九',
  '零壹贰叁肆伍陆柒捌玖',
  '零壹貳參肆伍陸柒捌玖',
  ...[0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6].map(zero =>
    String.fromCodePoint(...Array.from({ length: 10 }, (_, digit) => zero + digit)),
  ),
]
const anyOfThem = new RegExp(`[${tens.join('')}]`, 'u')
const digitOf = new Map(tens.flatMap(ten => characters(ten).map((character, digit) => [character, String(digit)] as const)))
const inDigits = (text: string): string =>
  characters(text)
    .map(character => digitOf.get(character) ?? character)
    .join('')

/** Any of those, and ASCII's own in both widths. */
const digitsOfAnyKind = new RegExp(`[\\d\\uff10-\\uff19${tens.join('')}]`, 'gu')
/** Where a digit may be written as something else: %31, &#49;, \u0031. */
const escapes = /[%&\\]/
/** Most names and addresses have not as many digits, and an import looks at each of millions. */
const mayHold = (text: string): boolean => escapes.test(text) || (text.match(digitsOfAnyKind) ?? []).length >= 18

/**
 * Whether a payment code is this text or stands in it: among words, with spaces, hyphens or other marks between its digits, in full width or other digits,
 * percent-encoded or as character references. Digits that go on without a gap are one number: a transaction id of 28 is none; two codes in a row are.
 */
export function holdsPaymentCode(text: string): boolean {
  if (!mayHold(text)) return false
  return formsOf(text).some(form => {
    const shown = plain(form).replace(uuid, ' ; ')
    // a numeral beside a code ("…89一份") would make it longer: both are looked at
    if (standsIn(shown) || standsInMarks(shown)) return true
    if (!anyOfThem.test(shown)) return false
    const digits = inDigits(shown)
    return standsIn(digits) || standsInMarks(digits)
  })
}

/** As it is, and decoded as long as something changes: a link may stand in a link. */
function formsOf(text: string): string[] {
  const forms = [text]
  for (let form = text; forms.length < 5;) {
    const next = decoded(form)
      .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => characterOf(parseInt(code, 16)))
      .replace(/&#(\d{1,7});/g, (_, code: string) => characterOf(Number(code)))
      .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => characterOf(parseInt(code, 16)))
    if (next === form) return forms
    forms.push(next)
    form = next
  }
  return forms
}

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** In fours with any mark between them, or in sixes with one that lists of codes of districts do not have. */
const inFours = /(?:^|\D)(1[0-5]\d\d\D{1,2}\d{4}\D{1,2}\d{4}\D{1,2}\d{4}\D{1,2}\d\d)(?:\D|$)/g
const inSixes = /(?:^|\D)1[0-5]\d{4}([._/·+*|])\d{6}\1\d{6}(?:\D|$)/
const mark = /^[\d._/·,，、+*|:：;；()（）]+$/

const standsInMarks = (text: string): boolean =>
  inSixes.test(text) || (text.match(inFours) ?? []).some(found => mark.test(found.replace(/^\D|\D$/g, '')))

function standsIn(text: string): boolean {
  // text that parts groups is kept as one mark, so that groups on both sides of a word are not joined
  const parts = text.match(/\d+|[\s\u2010-\u2015\u2212-]+|[^\d\s\u2010-\u2015\u2212-]+/g) ?? []
  for (let from = 0; from < parts.length; from += 1) {
    if (!startsLikeOne(parts[from]!) && !/^1$/.test(parts[from]!)) continue
    let digits = ''
    for (let at = from; at < parts.length && digits.length < 18; at += 1) {
      if (/^\d/.test(parts[at]!)) digits += parts[at]!
      else if (!gaps.test(parts[at]![0]!)) break
    }
    if (digits.length === 18 && startsLikeOne(digits)) return true
    // a scanner that read twice
    if (/^(?:1[0-5]\d{16}){2}$/.test(parts[from]!)) return true
  }
  return false
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
