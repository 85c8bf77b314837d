// One form for what is printed on a sticker, so that a stored code and a scanned one can be compared. Pure: nothing is ever fetched.
import { comparable } from '../../../miniprogram/shared/comparable.ts'

/** Most characters of a code as scanned or imported. */
export const codeLimit = 512

/** A link without its scheme: `pay.example.cn/q/AB12`, the form in which directories often list codes. */
const bareLink = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d{1,5})?\/\S*$/i

/**
 * Links lose scheme, user, default port, trailing slash and fragment, and their host its case; escapes are written one way (RFC 3986, 6.2.2); the query
 * stays. Any other text loses only what shared/comparable takes away.
 * @returns '' for a text without anything in it
 */
export function comparableCode(text: string): string {
  const plain = comparable(text)
  const url = linkIn(plain)
  if (!url) return plain
  const host = url.hostname.replace(/\.$/, '')
  // the class drops only the default port of its own scheme
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  return evenEscapes(`${host}${port}${url.pathname.replace(/\/+$/, '')}${url.search === '?' ? '' : url.search}`)
}

/** The stored forms that a scanned text may have, best first: with its query, then without, since a stored code mostly has none. */
export function lookUpForms(text: string): string[] {
  const whole = comparableCode(text)
  if (!linkIn(comparable(text))) return [whole]
  const withoutQuery = whole.replace(/\/*\?.*$/s, '')
  const forms = [whole, withoutQuery].filter(form => form !== '')
  // codes that were imported before escapes had one form
  return [...new Set([...forms, ...forms.map(form => form.replace(escape, one => one.toLowerCase()))])]
}

const escape = /%[0-9a-f]{2}/gi
/** %e5 is %E5, and %41 is A: capitals in escapes, and none where none is needed. */
const evenEscapes = (url: string): string =>
  url.replace(escape, one => {
    const character = String.fromCharCode(Number.parseInt(one.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : one.toUpperCase()
  })

function linkIn(text: string): URL | null {
  const candidate = bareLink.test(text) ? `https://${text}` : text
  return /^https?:\/\//i.test(candidate) && URL.canParse(candidate) ? new URL(candidate) : null
}
