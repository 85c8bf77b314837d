// One request as the phone page and a test can read it afterwards. Secrets are hidden here, before anything is kept or sent on.
import type { ProxyRequest, HttpAnswer } from './envelope.ts'
import type { RequestRecord } from '../phone/messages.ts'

export const HIDDEN = '•••'
/** characters of a body; what is longer is cut and says so */
const MOST = 20_000
const SECRET = /token|secret|passw|authorization|session_?key|private_?key|cookie|signature|^sign?$|credential/i
/** wx.login's code opens an account; an answer's `code` is the name of a problem */
const SECRET_SENT = /^(js_?)?code$/i

const isSecret = (name: string, sent: boolean) => SECRET.test(name) || (sent && SECRET_SENT.test(name))

export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url
  const shown = new URL(url)
  for (const name of new Set(shown.searchParams.keys())) if (isSecret(name, true)) shown.searchParams.set(name, HIDDEN)
  return shown.href.replaceAll(encodeURIComponent(HIDDEN), HIDDEN)
}

const headerText = (header: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(header).map(([name, value]) => [name, isSecret(name, false) ? HIDDEN : value]))

const typeOf = (header: Record<string, string>): string =>
  Object.entries(header).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''

/** Text as it was, JSON in lines; of other types only how much there is of what. */
export function bodyText(body: Uint8Array, type: string, sent: boolean): string {
  if (body.length === 0) return ''
  if (!/json|text|xml|urlencoded|javascript/.test(type)) return `<${type || 'no content-type'}, ${body.length} bytes>`
  const text = new TextDecoder().decode(body)
  const shown = withoutWritten(type.includes('urlencoded') ? formText(text) : jsonText(text, sent))
  return shown.length > MOST ? `${shown.slice(0, MOST)}… (${shown.length} characters)` : shown
}

/** `token=…` inside a sentence, as servers repeat an address in their errors */
const withoutWritten = (text: string) => text.replaceAll(/\b((?:\w*_)?(?:token|secret|password|signature)=)[^&\s"']+/gi, `$1${HIDDEN}`)

function jsonText(text: string, sent: boolean): string {
  try {
    return JSON.stringify(
      JSON.parse(text),
      (name, value: unknown) => (isSecret(name, sent) && (typeof value === 'string' || typeof value === 'number') ? HIDDEN : value),
      2,
    )
  } catch {
    return text
  }
}

const formText = (text: string): string =>
  [...new URLSearchParams(text)].map(([name, value]) => `${name}=${isSecret(name, true) ? HIDDEN : value}`).join('\n')

export function requestRecord(
  { method, url, header }: ProxyRequest,
  body: Uint8Array,
  outcome: HttpAnswer | { failure: string },
  milliseconds: number,
): RequestRecord {
  const asked = {
    method,
    url: withoutSecrets(url),
    milliseconds,
    requestHeader: headerText(header),
    requestBody: bodyText(body, typeOf(header), true),
  }
  if ('failure' in outcome) return { ...asked, failure: outcome.failure, responseHeader: {}, responseBody: '', responseBytes: 0 }
  return {
    ...asked,
    status: outcome.statusCode,
    responseHeader: headerText(outcome.header),
    responseBody: bodyText(outcome.body, typeOf(outcome.header), false),
    responseBytes: outcome.body.length,
  }
}
