// Sends the app's requests on: a browser would stop them at CORS, WeChat does not. WeChat's own rule, the list of domains, holds here.
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ProxyAnswer, ProxyRequest } from '../wx/envelope.ts'

const MOST_REDIRECTS = 5
const USER_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 10_0_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50 wechatdevtools'
/** of one hop, not of the message */
const HOP_HEADERS = new Set([
  'connection',
  'keep-alive',
  'host',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'proxy-authorization',
  'accept-encoding',
  'te',
  'trailer',
])

export interface ProxyRules {
  /** hosts with or without a port; `*` allows every one. Loopback and the keys of hostMap are always allowed. */
  allowedHosts: string[]
  /** origin → origin, e.g. `http://127.0.0.1:8787` → `http://127.0.0.1:54321` */
  hostMap: Record<string, string>
  appid: string
}

type Answer = { head: ProxyAnswer; body: Uint8Array }

const failure = (why: string, errno: number): Answer => ({ head: { failure: { why, errno } }, body: new Uint8Array() })

export function isAllowed(url: URL, { allowedHosts, hostMap }: ProxyRules): boolean {
  if (/^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname)) return true
  if (Object.keys(hostMap).some(origin => new URL(origin).origin === url.origin)) return true
  return allowedHosts.some(host => host === '*' || host === url.host || host === url.hostname)
}

export function mapped(url: URL, hostMap: Record<string, string>): URL {
  const entry = Object.entries(hostMap).find(([origin]) => new URL(origin).origin === url.origin)
  return entry ? new URL(url.pathname + url.search, entry[1]) : url
}

/** Names as the server wrote them; what comes twice is joined, cookies are kept apart as well. */
export function headersOf({ rawHeaders }: IncomingMessage): { header: Record<string, string>; cookies: string[] } {
  const header: Record<string, string> = {}
  const spelling = new Map<string, string>()
  const cookies: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!]
    if (name.toLowerCase() === 'set-cookie') cookies.push(value)
    const known = spelling.get(name.toLowerCase()) ?? name
    spelling.set(name.toLowerCase(), known)
    header[known] = header[known] === undefined ? value : `${header[known]},${value}`
  }
  return { header, cookies }
}

/** What the app says in its headers, and what WeChat says in its own. */
export const ownHeaders = (header: Record<string, string>, { appid }: ProxyRules): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      'user-agent': USER_AGENT,
      referer: `https://servicewechat.com/${appid}/devtools/page-frame.html`,
      ...header,
    }).filter(([name]) => !HOP_HEADERS.has(name.toLowerCase())),
  )

function send(
  url: URL,
  method: string,
  header: Record<string, string>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<{ message: IncomingMessage; content: Buffer }> {
  return new Promise((done, fail) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest
    const headers = { ...header }
    if (body.length > 0) headers['content-length'] = String(body.length)
    const outgoing = request(url, { method, headers, signal }, message => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('end', () => done({ message, content: Buffer.concat(chunks) }))
      message.on('error', fail)
    })
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}

/** What Chromium's network stack, which WeChat uses, calls the same trouble. */
const NET_ERRORS: Record<string, string> = {
  ECONNREFUSED: 'errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'errcode:-101 cronet_error_code:-101 error_msg:net::ERR_CONNECTION_RESET',
  ENOTFOUND: 'errcode:-105 cronet_error_code:-105 error_msg:net::ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'errcode:-105 cronet_error_code:-105 error_msg:net::ERR_NAME_NOT_RESOLVED',
  ETIMEDOUT: 'errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'errcode:-202 cronet_error_code:-202 error_msg:net::ERR_CERT_AUTHORITY_INVALID',
}

export const whyNot = ({ code = '', message }: NodeJS.ErrnoException): string => NET_ERRORS[code] ?? message

/** One request of the app. Never throws: what goes wrong is the answer. */
export async function proxy(request: ProxyRequest, body: Uint8Array, rules: ProxyRules, signal: AbortSignal): Promise<Answer> {
  let url: URL
  try {
    url = new URL(request.url)
  } catch {
    return failure(`invalid url "${request.url}"`, 600_009)
  }
  let { method } = request
  let sent = body
  const header = ownHeaders(request.header, rules)
  try {
    for (let redirects = 0; ; redirects++) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return failure(`invalid url "${url.href}"`, 600_009)
      if (!isAllowed(url, rules)) return failure('url not in domain list', 600_002)
      const { message, content } = await send(mapped(url, rules.hostMap), method, header, sent, signal)
      const status = message.statusCode ?? 0
      const location = message.headers.location
      if (![301, 302, 303, 307, 308].includes(status) || !location || redirects >= MOST_REDIRECTS)
        return { head: { statusCode: status, ...headersOf(message) }, body: content }
      url = new URL(location, url)
      if (status < 307 && method !== 'HEAD') {
        method = 'GET'
        sent = new Uint8Array()
      }
    }
  } catch (error) {
    if (signal.aborted) return failure('abort', 600_003)
    return failure(whyNot(error as Error), 600_001)
  }
}
