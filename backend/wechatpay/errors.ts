// How a call to WeChat Pay can fail, as values. A failure is first of all a *phase*: what may be concluded about the change that was asked for.
import type { Forgery } from './signature.ts'

/**
 * - `not_sent`: nothing left this machine (name not found, refused, TLS, aborted before sending). Safe to repeat.
 * - `unknown`: sent, and no usable answer came back. The change may or may not have been made.
 * - `refused`: WeChat Pay answered that it did not make the change; `code` says why.
 * - `not_authentic`: an answer that claims success but is not provably WeChat Pay's. Treat as unknown, never as done.
 */
export type WechatPayPhase = 'not_sent' | 'unknown' | 'refused' | 'not_authentic'

/** Why WeChat Pay refused, as a stable code (product.md §7.4). */
export type WechatPayCode =
  | 'SP_NOT_ENROLLED'
  | 'SP_PUNISHED'
  | 'SP_TYPE_UNSUPPORTED'
  | 'SUB_MERCHANT_PUNISHED'
  | 'SUB_MERCHANT_NOT_FOUND'
  | 'RELATION_INVALID'
  | 'GOLD_PLAN_NOT_OPEN'
  | 'RECEIPT_LINK_MISSING'
  | 'DEFAULT_OPEN_ACTIVE'
  | 'REOPEN_LOCKED'
  | 'ORDER_NOT_FOUND'
  | 'WX_RATE_LIMITED'
  | 'WX_UNAVAILABLE'
  | 'WX_REJECTED'
  | 'WX_UNCLASSIFIED'
  | 'WX_CONFIG'

/** The parameter that WeChat Pay objects to (`detail` of its error body); `field` is a JSON pointer. */
export interface WechatPayDetail {
  field: string | null
  value: string | null
  issue: string | null
  location: string | null
}

export interface WechatPayFailure {
  phase: WechatPayPhase
  /** What our client saw, e.g. ECONNREFUSED, TIMEOUT, ABORTED, UNSIGNED, STALE, PROBE, SIGNATURE_MISMATCH; REFUSED when refused. */
  reason: string
  method: string
  path: string
  code?: WechatPayCode
  http_status?: number
  wx_code?: string
  wx_message?: string
  wx_request_id?: string
  detail?: WechatPayDetail
  /** of a refusal: null where it is provably WeChat Pay's, else why it is not; many come unsigned */
  forgery?: Forgery | null
  /** seconds */
  retry_after?: number
}

/**
 * The only error that a call throws after its parameters were accepted. It holds no key, header or request body, so it may be logged as it is.
 * `code` and the `wx_*` fields are null unless WeChat Pay said something readable.
 */
export class WechatPayError extends Error {
  override readonly name = 'WechatPayError'
  readonly phase: WechatPayPhase
  readonly reason: string
  readonly method: string
  readonly path: string
  readonly code: WechatPayCode | null
  readonly http_status: number | null
  /** as WeChat Pay spelled it */
  readonly wx_code: string | null
  /** as WeChat Pay worded it */
  readonly wx_message: string | null
  /** header Request-ID, whole: `{id}-{number}` */
  readonly wx_request_id: string | null
  /** the digits after the last `-` of the Request-ID: WeChat Pay's internal error number */
  readonly wx_error_number: string | null
  readonly detail: WechatPayDetail | null
  /** as in WechatPayFailure; undefined of what is no refusal */
  readonly forgery?: Forgery | null
  /** seconds */
  readonly retry_after?: number

  constructor(failure: WechatPayFailure) {
    super(sentence(failure))
    this.phase = failure.phase
    this.reason = failure.reason
    this.method = failure.method
    this.path = failure.path
    this.code = failure.code ?? null
    this.http_status = failure.http_status ?? null
    this.wx_code = failure.wx_code ?? null
    this.wx_message = failure.wx_message ?? null
    this.wx_request_id = failure.wx_request_id ?? null
    this.wx_error_number = errorNumber(failure.wx_request_id)
    this.detail = failure.detail ?? null
    if (failure.forgery !== undefined) this.forgery = failure.forgery
    if (failure.retry_after !== undefined) this.retry_after = failure.retry_after
  }
}

const sentence = (failure: WechatPayFailure): string => {
  const call = `${failure.method} ${failure.path}`
  const answer = [failure.http_status, failure.wx_code, failure.wx_message].filter(part => part !== undefined).join(' ')
  const request = failure.wx_request_id ? ` (Request-ID ${failure.wx_request_id})` : ''
  switch (failure.phase) {
    case 'not_sent':
      return `${call} was not sent: ${failure.reason}`
    case 'unknown':
      return `${call} was sent, its outcome is unknown: ${failure.reason}${answer && `, ${answer}`}${request}`
    case 'refused':
      return `${call} was refused: ${failure.code}, WeChat Pay said ${answer}${request}`
    case 'not_authentic':
      return `${call} got an answer that is not provably WeChat Pay's: ${failure.reason}${request}`
  }
}

/** `08E6…CF05-268578704` → `268578704` (troubleshooting handbook of wechatpay-skills). */
export const errorNumber = (requestId: string | null | undefined): string | null => requestId?.match(/-(\d+)$/)?.[1] ?? null
