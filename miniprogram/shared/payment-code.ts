// A customer's 付款码 is as good as money for a minute: it is refused on the phone and never sent or stored (product.md M04). One rule for every text that a
// person can type, paste or scan, on both sides.
import { halfWidth, withoutInvisible } from './comparable'

/** Groups of digits as people and keyboards part them. */
const gaps = /[\s\u2010-\u2015\u2212-]/

const plain = (text: string): string => halfWidth(withoutInvisible(text))
const startsLikeOne = (digits: string): boolean => /^1[0-5]/.test(digits)

/** 18 digits starting with 10 to 15 and nothing else, also when typed with spaces, hyphens or in full width. */
export const isPaymentCode = (text: string): boolean => /^1[0-5]\d{16}$/.test(plain(text).split(gaps).join(''))

/** Ids of ours, whose hyphens are no gaps. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/**
 * Whether a payment code is this text or stands in it: among words, with spaces or hyphens between its digits, in full width, or percent-encoded. Digits
 * that go on without a gap are one number: a transaction id of 28 is none.
 */
export function holdsPaymentCode(text: string): boolean {
  const shown = plain(text).replace(uuid, ' ; ')
  return standsIn(shown) || (/%[0-9a-f]{2}/i.test(shown) && standsIn(plain(decoded(shown))))
}

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
