// wx.request (RequestTask): https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
import { settle, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { bytesFrom } from './bytes.ts'
import type { Transport } from './transport.ts'

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const DEFAULT_TIMEOUT = 60_000

export const headerOf = (options: Options): Record<string, string> =>
  Object.fromEntries(
    Object.entries((options.header ?? {}) as Record<string, unknown>)
      .filter(([name]) => name.toLowerCase() !== 'referer')
      .map(([name, value]) => [name, String(value)]),
  )

/** @throws WxFailure if it is no http(s) address */
export function addressOf(options: Options): URL {
  try {
    const url = new URL(String(options.url))
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  } catch {
    // told below, the same way
  }
  throw new WxFailure(`invalid url "${String(options.url)}"`, { errno: 600_009 })
}

/** Milliseconds: the call's own, else app.json's networkTimeout, else a minute. */
export function timeoutOf(options: Options, { runtime }: Phone, kind: 'request' | 'uploadFile' | 'downloadFile' | 'connectSocket'): number {
  const ofApp = (runtime.appJson.networkTimeout as Record<string, number> | undefined)?.[kind]
  return typeof options.timeout === 'number' && options.timeout > 0 ? options.timeout : (ofApp ?? DEFAULT_TIMEOUT)
}

function headerValue(header: Record<string, string>, wanted: string): string | undefined {
  return Object.entries(header).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** Body and address as WeChat makes them out of `data`: a query for GET, else JSON or a form by content-type. */
function withData(options: Options, method: string, header: Record<string, string>): { url: URL; body: Uint8Array } {
  const url = addressOf(options)
  const given = options.data
  const empty = new Uint8Array()
  if (given === undefined || given === null) return { url, body: empty }
  if (typeof given === 'string' || given instanceof ArrayBuffer) return { url, body: method === 'GET' ? empty : bytesFrom(given) }
  const fields = Object.entries(given as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ])
  if (method === 'GET') {
    for (const [name, value] of fields) url.searchParams.append(name!, value!)
    return { url, body: empty }
  }
  const type = headerValue(header, 'content-type') ?? 'application/json'
  if (type.includes('application/x-www-form-urlencoded'))
    return { url, body: bytesFrom(new URLSearchParams(fields as [string, string][]).toString()) }
  return { url, body: bytesFrom(JSON.stringify(given)) }
}

function decodeBody(body: Uint8Array<ArrayBuffer>, options: Options): unknown {
  if (options.responseType === 'arraybuffer') return body.buffer
  const written = new TextDecoder().decode(body)
  if ((options.dataType ?? 'json') !== 'json') return written
  try {
    return JSON.parse(written)
  } catch {
    // WeChat hands over what is no JSON as text
    return written
  }
}

export function request(phone: Phone, transport: Transport): WxMethods {
  return {
    request: (options: Options = {}) => {
      let abort = () => {}
      const onHeaders: ((event: never) => void)[] = []
      const run = async () => {
        const method = String(options.method ?? 'GET').toUpperCase()
        if (!METHODS.includes(method))
          throw new WxFailure(`method is invalid: ${method}; WeChat has ${METHODS.join(', ')}`, { errno: 600_000 })
        const header = headerOf(options)
        const { url, body } = withData(options, method, header)
        if (!headerValue(header, 'content-type')) header['content-type'] = 'application/json'
        const task = transport.send({ method, url: url.href, header }, body, timeoutOf(options, phone, 'request'))
        abort = () => task.abort()
        for (const listener of onHeaders) task.headersReceived.add(listener as never)
        const answer = await task.answer
        return { data: decodeBody(answer.body, options), statusCode: answer.statusCode, header: answer.header, cookies: answer.cookies }
      }
      // an answer without anybody to hear it is no unhandled rejection in WeChat: wx.request has no promise style
      settle('request', options, run())?.catch(() => {})
      return {
        abort: () => abort(),
        onHeadersReceived: (listener: (event: never) => void) => void onHeaders.push(listener),
        offHeadersReceived: (listener?: (event: never) => void) => {
          for (let at = onHeaders.length - 1; at >= 0; at--) if (!listener || onHeaders[at] === listener) onHeaders.splice(at, 1)
        },
      }
    },
  }
}
