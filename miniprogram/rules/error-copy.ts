// What stands in the way, in words: code → title, sentence, next step, whom to ask (product.md §7.4).
import { errorSentence } from '../shared/error-sentence'
import '../words/errors.words'
import type { MessageKey, Say } from '../words/say'

/** What the one button under a refusal does. */
type Recovery = 'retry' | 'reload' | 'open_gold_plan' | 'login' | 'back' | 'wait' | 'ask' | 'update' | 'edit'
type Contact = 'region_lead' | 'operator' | 'admin'

/** Known codes: what the button does, and whom to ask. The words are error.<code>.title and error.<code>.sentence. */
export const ERROR_RULES = {
  SP_NOT_ENROLLED: 'ask operator',
  SP_PUNISHED: 'ask operator',
  SP_TYPE_UNSUPPORTED: 'ask operator',
  SUB_MERCHANT_PUNISHED: 'ask',
  SUB_MERCHANT_NOT_FOUND: 'ask operator',
  RELATION_INVALID: 'ask operator',
  GOLD_PLAN_NOT_OPEN: 'open_gold_plan',
  RECEIPT_LINK_MISSING: 'ask operator',
  DEFAULT_OPEN_ACTIVE: 'ask operator',
  REOPEN_LOCKED: 'wait',
  ORDER_NOT_FOUND: 'edit',
  ORDER_OF_ANOTHER_MERCHANT: 'edit',
  ORDER_NOT_PAID: 'edit',
  ORDER_NUMBER_INVALID: 'edit',
  PAYMENT_CODE: 'edit',
  LINK_NOT_GIVEN: 'edit operator',
  LINK_INVALID: 'edit',
  LINK_HOST_NOT_REGISTERED: 'edit operator',
  WX_RATE_LIMITED: 'retry',
  WX_UNAVAILABLE: 'retry',
  WX_REJECTED: 'retry',
  WX_UNCLASSIFIED: 'ask operator',
  WX_CONFIG: 'ask operator',
  UNAUTHENTICATED: 'login',
  STAFF_DISABLED: 'ask admin',
  ACTION_FORBIDDEN: 'ask region_lead',
  APPROVAL_REQUIRED: 'ask region_lead',
  NOT_OPEN: 'reload',
  REQUEST_EXISTS: 'reload',
  INVALID_TRANSITION: 'reload',
  ALREADY_DECIDED: 'reload',
  SELF_APPROVAL: 'ask region_lead',
  REQUEST_EXPIRED: 'ask',
  NOT_FOUND: 'back region_lead',
  OPERATION_PENDING: 'reload',
  OPERATION_IN_PROGRESS: 'reload',
  VERSION_MISMATCH: 'reload',
  VALIDATION_FAILED: 'edit',
  TOO_MANY: 'edit',
  EMPTY_NOT_SUPPORTED: 'ask operator',
  UNKNOWN_INDUSTRY: 'update',
  CLIENT_OUTDATED: 'update',
  PRECONDITION_REQUIRED: 'reload',
  RATE_LIMITED: 'retry',
  MAINTENANCE: 'retry',
  INVITE_EXPIRED: 'edit admin',
  ALREADY_BOUND: 'login',
  INVALID_LOGIN_CODE: 'retry',
  BIND_TICKET_INVALID: 'login',
  INVITE_INVALID: 'edit admin',
  TOO_MANY_TRIES: 'wait admin',
  OVERLOADED: 'retry',
  INTERNAL_ERROR: 'retry operator',
  WECHAT_UNAVAILABLE: 'retry',
  WECHAT_USER_AT_RISK: 'retry',
  WECHAT_USER_LIMITED: 'retry admin',
  WECHAT_APP_BANNED: 'ask admin',
  NETWORK_OFFLINE: 'retry',
  NETWORK_TIMEOUT: 'retry',
  NETWORK_FAILED: 'retry',
  DOMAIN_NOT_ALLOWED: 'ask admin',
  UPLOAD_DOMAIN_NOT_ALLOWED: 'ask admin',
  CERTIFICATE_REFUSED: 'retry admin',
  TOO_MANY_REDIRECTS: 'retry admin',
  REFUSED_TOO_LARGE: 'retry admin',
  REFUSED_ON_THE_WAY: 'retry admin',
  STORAGE_FULL: 'retry',
  PHOTO_GONE: 'edit',
  PHOTO_TOO_LARGE: 'edit',
  PHOTO_UNREADABLE: 'edit',
  VISIT_REVIEWED: 'edit',
  VISIT_RETURNED: 'edit',
  VISIT_OVERTAKEN: 'edit',
  TEMPLATE_OUTDATED: 'edit',
  ABORTED: 'retry',
  UNKNOWN: 'retry operator',
} as const satisfies Record<string, Recovery | `${Recovery} ${Contact}`>

export type ErrorCode = keyof typeof ERROR_RULES

const isKnownError = (code: string): code is ErrorCode => Object.prototype.hasOwnProperty.call(ERROR_RULES, code)

/** Message of a known code, null for one that this version does not know. */
export const errorKey = (code: string, part: 'title' | 'sentence'): MessageKey | null =>
  isKnownError(code) ? `error.${code}.${part}` : null

/** What an error says of itself, whoever made it. */
export interface ErrorFacts {
  code: string
  /** the server's sentence in the language asked for; empty when the phone made the error */
  detail?: string
  request_id?: string | null
  /** seconds */
  retry_after?: number | null
  wx_message?: string | null
}

/** What a person sees of an error: inline panel, dialog or page. */
export interface ProblemView {
  code: string
  title: string
  sentence: string
  /** limitations: the page of packages/merchant that says what the owner has to do */
  next: { id: Recovery | 'limitations'; label: string } | null
  /** whom to ask: "联系区域主管" */
  contact: string | null
  request_id: string | null
}

/**
 * The words for an error. Server and phone have one dictionary (shared/errors.ts), so a known code speaks the language of the moment; the server's
 * `detail` speaks for codes that are newer than this version, or that only a program meets.
 * @param role of the person who reads it: nobody is told to ask himself
 */
export function problemView(error: ErrorFacts, say: Say, role: string | null = null): ProblemView {
  const rule = isKnownError(error.code) ? ERROR_RULES[error.code] : ERROR_RULES.UNKNOWN
  const [recovery, contact] = rule.split(' ') as [Recovery, Contact?]
  const title = say(errorKey(error.code, 'title') ?? 'error.UNKNOWN.title')
  return {
    code: error.code,
    title,
    sentence: sentence(error, say),
    next: { id: recovery, label: say(`recover.${recovery}`) },
    contact: contact && contact !== role ? say(`contact.${contact}`) : null,
    request_id: error.request_id ?? null,
  }
}

function sentence(error: ErrorFacts, say: Say): string {
  const ours = errorSentence(error)
  if (ours) return say(ours.key, ours.values)
  return error.detail || say('error.UNKNOWN.sentence')
}
