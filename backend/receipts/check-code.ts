// check_code: MD5 of `link?sub_mch_id=…&out_trade_no=…&transaction_id=…` (WeChat's guide; facts.md §2.3). Its published sample fits no reading, and three
// points are not documented: where a link that has a query of its own goes on, whether values are percent-encoded, and the case of the hex digits. Every
// reading contains transaction_id, which is what an outsider does not know, so accepting all of them weakens nothing; which one real loads match is counted.
import { createHash, timingSafeEqual } from 'node:crypto'

export interface CheckedOrder {
  sub_mchid: string
  out_trade_no: string
  transaction_id: string
}

/**
 * How a link is continued: `plain` has no query of its own, so all readings agree. Otherwise `and`: its query stays and & follows;
 * `question`: ? follows although there is one; `bare`: its query is left out.
 */
const joins = ['plain', 'and', 'question', 'bare'] as const
const encodings = ['raw', 'encoded'] as const
const cases = ['lower', 'upper'] as const

/** Names like plain.raw.lower. */
export const checkCodeVariants: readonly string[] = joins.flatMap(join =>
  encodings.flatMap(encoding => cases.map(hex => `${join}.${encoding}.${hex}`)),
)

const isCode = /^(?:[0-9a-f]{32}|[0-9A-F]{32})$/

/**
 * @param links as entered in WeChat's console
 * @param only the variant that counts; null: any
 * @returns the variant that gives this code; null: none does
 */
export function matchingVariant(code: string, order: CheckedOrder, links: readonly string[], only: string | null = null): string | null {
  if (!isCode.test(code)) return null
  const given = Buffer.from(code.toLowerCase(), 'hex')
  // digits alone have no case
  const hex = code === code.toLowerCase() ? 'lower' : 'upper'
  let found: string | null = null
  for (const link of links) {
    for (const { name, start } of continuations(link)) {
      for (const encoding of encodings) {
        const variant = `${name}.${encoding}.${hex}`
        const counts = only === null || only === variant
        // all are computed, whichever matches, so that the time of the answer does not say which
        if (timingSafeEqual(given, digest(start, order, encoding)) && counts && found === null) found = variant
      }
    }
  }
  return found
}

/** The code of the documented rule, for links without a query of their own. */
export const checkCodeOf = (link: string, order: CheckedOrder): string =>
  digest(continuations(link)[0]!.start, order, 'raw').toString('hex')

function continuations(link: string): { name: (typeof joins)[number]; start: string }[] {
  const question = link.indexOf('?')
  if (question < 0) return [{ name: 'plain', start: `${link}?` }]
  const bare = link.slice(0, question)
  return [
    { name: 'and', start: /[?&]$/.test(link) ? link : `${link}&` },
    { name: 'question', start: `${link}?` },
    { name: 'bare', start: `${bare}?` },
  ]
}

function digest(start: string, { sub_mchid, out_trade_no, transaction_id }: CheckedOrder, encoding: (typeof encodings)[number]): Buffer {
  const value = encoding === 'raw' ? (text: string) => text : encodeURIComponent
  const text = `${start}sub_mch_id=${value(sub_mchid)}&out_trade_no=${value(out_trade_no)}&transaction_id=${value(transaction_id)}`
  return createHash('md5').update(text).digest()
}
