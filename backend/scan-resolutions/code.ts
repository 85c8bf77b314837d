// One form for what is printed on a sticker, so that a stored code and a scanned one can be compared. Pure: nothing is ever fetched.
import { isPaymentCode } from '../../miniprogram/domain/payment-code.ts'
import { carriesPaymentCode } from '../../miniprogram/domain/scan.ts'

/** Most characters of a code as scanned or imported. */
export const codeLimit = 512

/** A link without its scheme: `pay.example.cn/q/AB12`, the form in which directories often list codes. */
const bareLink = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d{1,5})?\/\S*$/i

/**
 * Links lose scheme, user, default port, trailing slash and fragment, and their host its case; the query stays. Any other text is trimmed only.
 * @returns '' for a text without anything in it
 */
export function comparableCode(text: string): string {
  const trimmed = text.trim()
  const url = linkIn(trimmed)
  if (!url) return trimmed
  const host = url.hostname.replace(/\.$/, '')
  // the class drops only the default port of its own scheme
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  return `${host}${port}${url.pathname.replace(/\/+$/, '')}${url.search === '?' ? '' : url.search}`
}

/** The stored forms that a scanned text may have, best first: with its query, then without, since a stored code mostly has none. */
export function lookUpForms(text: string): string[] {
  const whole = comparableCode(text)
  if (!linkIn(text.trim())) return [whole]
  const withoutQuery = whole.replace(/\/*\?.*$/s, '')
  return [...new Set([whole, withoutQuery])].filter(form => form !== '')
}

function linkIn(text: string): URL | null {
  const candidate = bareLink.test(text) ? `https://${text}` : text
  return /^https?:\/\//i.test(candidate) && URL.canParse(candidate) ? new URL(candidate) : null
}

/**
 * Whether a customer's 付款码 is this text or stands inside it, also in full-width digits, with spaces or hyphens between groups, or percent-encoded.
 * Such a text may not be looked up, kept or logged.
 */
export function holdsPaymentCode(text: string): boolean {
  return [text, decoded(text)].some(form => {
    const plain = form.normalize('NFKC')
    return isPaymentCode(plain) || carriesPaymentCode(plain) || carriesPaymentCode(joinedDigits(plain))
  })
}

/** 1345 6789-0123 … as people and keyboards group digits. */
const joinedDigits = (text: string): string => text.replace(/(?<=\d)[\s\u200b-\u200d\ufeff-]+(?=\d)/g, '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
