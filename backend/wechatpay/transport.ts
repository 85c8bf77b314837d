// Sends one signed APIv3 call and returns only an answer that is provably WeChat Pay's; everything else is a WechatPayError by phase.
import { Agent, request, type Dispatcher } from 'undici'
import { wholeCharacters } from '../../miniprogram/shared/characters.ts'
import type { Clock } from '../platform/clock.ts'
import { classifyRefusal, type Refusal } from './classification.ts'
import { WechatPayError, type WechatPayCode, type WechatPayDetail, type WechatPayFailure } from './errors.ts'
import type { Identity } from './identity.ts'
import { authorization, forgeryOf } from './signature.ts'

export interface Call {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  /** stands for the path in errors, where the path holds what may not be logged */
  route?: string
  body?: object
}

export interface VerifiedAnswer {
  http_status: number
  wx_request_id: string | null
  /** undefined for 204 */
  body: unknown
}

/**
 * @param there the answer's Date header, whole seconds
 * @param between by the clock that signs our calls, and how long the answer took
 */
export type DateListener = (there: Date, between: { began: Date; tookMs: number }) => void

/**
 * Asked for a refusal that no row of the classification knows. null: nobody knows it.
 * @param refusal sub_mchid: whom the call was about, null where it was about nobody
 */
export type ClassLookup = (refusal: Refusal & { sub_mchid: string | null }) => Promise<WechatPayCode | null>

export interface Transport {
  /** @throws WechatPayError. Aborting before the request left is `not_sent`, after that `unknown`. */
  send(call: Call, signal?: AbortSignal): Promise<VerifiedAnswer>
  /**
   * A file, as it comes; its answer is not signed, so whoever takes it holds it against a hash that was.
   * @throws WechatPayError, also while it is read
   */
  open(call: Call, signal?: AbortSignal): Promise<AsyncIterable<Buffer>>
  onDate(listener: DateListener): void
  classifyBy(lookup: ClassLookup): void
  close(): Promise<void>
}

export interface TransportOptions {
  identity: Identity
  clock: Clock
  connectTimeoutMs: number
  /** from the call to the last byte of the answer; of a file, to its first byte and from one to the next */
  timeoutMs: number
  /** from the call to the last byte of a file: one that comes drop by drop ends, too */
  fileTimeoutMs: number
}

/** The answers of this API are a few hundred bytes; more is not from WeChat Pay and must not fill the memory. */
const LARGEST_ANSWER_BYTES = 256 * 1024
/** WeChat Pay gives no figure for its limits (facts.md §1.8); this pause is ours. */
const RATE_LIMIT_PAUSE_SECONDS = 30

export const createTransport = ({ identity, clock, connectTimeoutMs, timeoutMs, fileTimeoutMs }: TransportOptions): Transport => {
  const agent = new Agent({ connect: { timeout: connectTimeoutMs }, headersTimeout: 0, bodyTimeout: 0 })

  let dateListener: DateListener | undefined
  let lookup: ClassLookup | undefined

  const codeOf = async (refusal: Refusal, call: Call): Promise<WechatPayCode> => {
    const code = classifyRefusal(refusal)
    if (code !== 'WX_UNCLASSIFIED' || lookup === undefined) return code
    return (await lookup({ ...refusal, sub_mchid: subMchidOf(call) })) ?? code
  }

  /** One call: how it goes out, what it is called in errors, and what to say when it breaks. @param ms from the call to the last byte of the answer */
  const start = (call: Call, ms: number, signal?: AbortSignal) => {
    const at = { method: call.method, path: call.route ?? call.path }
    const overall = AbortSignal.timeout(ms)
    const watch = watchForSending(agent)
    const broken = (error: unknown) =>
      new WechatPayError({ ...at, phase: watch.sent() ? 'unknown' : 'not_sent', reason: reasonOf(error, overall, signal) })
    return { at, broken, way: { dispatcher: watch.dispatcher, signal: signal ? AbortSignal.any([signal, overall]) : overall } }
  }
  const headersOf = async ({ method, path }: Call, body: string, accept: string) => ({
    authorization: await authorization({ method, path, body }, identity, clock.now()),
    accept,
    'user-agent': 'goldplan-companion',
    'wechatpay-serial': identity.namedSerial(clock.now()),
    ...(body && { 'content-type': 'application/json' }),
  })
  const tellDate = ({ headers }: Dispatcher.ResponseData, between: { began: Date; tookMs: number }) => {
    const there = new Date(String(headers.date))
    if (!Number.isNaN(there.getTime())) dateListener?.(there, between)
  }

  const send = async (call: Call, signal?: AbortSignal): Promise<VerifiedAnswer> => {
    const body = call.body === undefined ? '' : JSON.stringify(call.body)
    const { at, broken, way } = start(call, timeoutMs, signal)
    let answer: Dispatcher.ResponseData
    let bytes: Buffer
    const began = clock.now()
    const since = performance.now()
    try {
      const headers = await headersOf(call, body, 'application/json')
      answer = await request(new URL(call.path, identity.baseUrl), { method: call.method, ...way, headers, body: body || null })
      tellDate(answer, { began, tookMs: performance.now() - since })
      bytes = await readAll(answer)
    } catch (error) {
      throw broken(error)
    }
    return verified({ at, answer, bytes }, { keys: identity.wechatPayKeys, now: clock.now(), codeOf: refusal => codeOf(refusal, call) })
  }

  const open = async (call: Call, signal?: AbortSignal): Promise<AsyncIterable<Buffer>> => {
    const { at, broken, way } = start(call, fileTimeoutMs, signal)
    let answer: Dispatcher.ResponseData
    try {
      const headers = await headersOf(call, '', 'application/json, */*')
      const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs }
      answer = await request(new URL(call.path, identity.baseUrl), { method: call.method, ...way, ...limits, headers })
      if (answer.statusCode !== 200) {
        const id = answer.headers['request-id']
        const seen = { ...at, http_status: answer.statusCode, ...(typeof id === 'string' && { wx_request_id: id }) }
        throw new WechatPayError(await refusalOf(seen, await readAll(answer), undefined, refusal => codeOf(refusal, call)))
      }
    } catch (error) {
      throw error instanceof WechatPayError ? error : broken(error)
    }
    return blocksOf(answer, broken)
  }

  const onDate = (listener: DateListener) => {
    dateListener = listener
  }
  const classifyBy = (asked: ClassLookup) => {
    lookup = asked
  }
  return { send, open, onDate, classifyBy, close: () => agent.close() }
}

interface Received {
  at: { method: string; path: string }
  answer: Dispatcher.ResponseData
  bytes: Buffer
}

/** @throws WechatPayError unless it is provably WeChat Pay's and says that the call was carried out */
const verified = async (
  { at, answer, bytes }: Received,
  { keys, now, codeOf }: { keys: Identity['wechatPayKeys']; now: Date; codeOf(refusal: Refusal): Promise<WechatPayCode> },
): Promise<VerifiedAnswer> => {
  const header = (name: string) => {
    const value = answer.headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const http_status = answer.statusCode
  const wx_request_id = header('request-id')
  const seen = { ...at, http_status, ...(wx_request_id !== undefined && { wx_request_id }) }
  const signed = {
    timestamp: header('wechatpay-timestamp'),
    nonce: header('wechatpay-nonce'),
    signature: header('wechatpay-signature'),
    serial: header('wechatpay-serial'),
    body: bytes,
  }
  const forgery = forgeryOf(signed, keys, now)
  if (http_status < 200 || http_status >= 300) {
    const refusal = await refusalOf(seen, bytes, header('retry-after'), codeOf)
    throw new WechatPayError({ ...refusal, forgery })
  }
  if (forgery) throw new WechatPayError({ ...seen, phase: 'not_authentic', reason: forgery })
  if (http_status === 204) return { http_status, wx_request_id: wx_request_id ?? null, body: undefined }
  // 202: accepted, repeat with the same parameters to learn the outcome (facts.md §3.4).
  if (http_status !== 200) throw new WechatPayError({ ...seen, phase: 'unknown', reason: `HTTP_${http_status}` })
  const parsed = parseJson(bytes)
  if (parsed === undefined) throw new WechatPayError({ ...seen, phase: 'unknown', reason: 'UNREADABLE_ANSWER' })
  return { http_status, wx_request_id: wx_request_id ?? null, body: parsed }
}

/**
 * Knows whether a request reached a connected socket: undici calls onRequestStart there and nowhere before. Error codes cannot tell, since ECONNRESET
 * comes both from a failed TLS handshake and from a lost answer.
 */
const watchForSending = (agent: Agent) => {
  let started = false
  const dispatcher = agent.compose(dispatch => (options, handler) => {
    return dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context)
        // A call that was given up while it waited for its connection is aborted in here, before a byte is written.
        started = !controller.aborted
      },
      onResponseStart: (controller, status, headers, text) => handler.onResponseStart?.(controller, status, headers, text),
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    })
  })
  return { dispatcher, sent: () => started }
}

const reasonOf = (error: unknown, overall: AbortSignal, signal?: AbortSignal): string => {
  if (signal?.aborted) return 'ABORTED'
  if (overall.aborted) return 'TIMEOUT'
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : 'NETWORK'
}

async function* blocksOf(answer: Dispatcher.ResponseData, broken: (error: unknown) => WechatPayError): AsyncGenerator<Buffer> {
  try {
    yield* answer.body as AsyncIterable<Buffer>
  } catch (error) {
    throw broken(error)
  }
}

const readAll = async (answer: Dispatcher.ResponseData): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_ANSWER_BYTES) throw Object.assign(new Error('the answer is too long'), { code: 'ANSWER_TOO_LONG' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * An answer other than 2xx. Its signature is not demanded: WeChat Pay sends some of these unsigned. Whether the change was made is open only where no
 * program of WeChat Pay's says so: a redirect, 504 of a gateway, 500 without a readable body. Other 5xx mean "the same parameters again, later".
 */
const refusalOf = async (
  seen: Omit<WechatPayFailure, 'phase' | 'reason'> & { http_status: number },
  bytes: Buffer,
  retryAfter: string | undefined,
  codeOf: (refusal: Refusal) => Promise<WechatPayCode>,
): Promise<WechatPayFailure> => {
  const body = parseJson(bytes) as { code?: unknown; message?: unknown; detail?: unknown } | undefined
  const wx_code = textOf(body?.code)
  const wx_message = textOf(body?.message)
  const said = { ...seen, ...(wx_code && { wx_code }), ...(wx_message && { wx_message }) }
  const { http_status } = seen
  if (http_status < 400 || http_status === 504 || http_status === 408 || (http_status === 500 && !wx_code)) {
    return { ...said, phase: 'unknown', reason: `HTTP_${http_status}` }
  }
  const code = await codeOf(said)
  const detail = detailOf(body?.detail)
  const seconds = retryAfter && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined
  const retry_after = seconds ?? (code === 'WX_RATE_LIMITED' ? RATE_LIMIT_PAUSE_SECONDS : undefined)
  return {
    ...said,
    phase: 'refused',
    reason: 'REFUSED',
    code,
    ...(detail && { detail }),
    ...(retry_after !== undefined && { retry_after }),
  }
}

/** Of the body of a change, or of the query of a question. */
const subMchidOf = ({ path, body }: Call): string | null =>
  textOf((body as { sub_mchid?: unknown } | undefined)?.sub_mchid) ?? new URLSearchParams(path.split('?')[1]).get('sub_mchid')

/** Texts without what no table can keep, NUL and halves of characters: WeChat Pay says what it likes, and what it said is written down. */
const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''), (_name, value: unknown) =>
      typeof value === 'string' ? wholeCharacters(value).replaceAll('\0', '') : value,
    )
  } catch {
    return undefined // the caller decides by status: an unreadable body is itself a finding
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Some answers (401) put `issue` one level deeper. */
const detailOf = (value: unknown): WechatPayDetail | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const raw = value as Record<string, unknown>
  const text = (part: unknown) => (typeof part === 'string' || typeof part === 'number' ? String(part) : null)
  const inner = raw.detail as { issue?: unknown } | null | undefined
  return { field: text(raw.field), value: text(raw.value), issue: text(raw.issue ?? inner?.issue), location: text(raw.location) }
}
