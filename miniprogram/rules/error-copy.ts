// What stands in the way, in words: code → title, sentence, next step, whom to ask (product.md §7.4).
import { errorSentence } from '../shared/error-sentence'
import '../words/errors.words'
import type { MessageKey, Say } from '../words/say'

/** What the one button under a refusal does. */
type Recovery = 'retry' | 'reload' | 'open_gold_plan' | 'login' | 'back' | 'wait' | 'ask' | 'update' | 'edit'
type Contact = 'region_lead' | 'operator' | 'admin'

interface Rule {
  recovery: Recovery
  contact?: Contact
}

/** Known codes. The words are error.<code>.title and error.<code>.sentence. */
export const ERROR_RULES = {
  SP_NOT_ENROLLED: { recovery: 'ask', contact: 'operator' },
  SP_PUNISHED: { recovery: 'ask', contact: 'operator' },
  SP_TYPE_UNSUPPORTED: { recovery: 'ask', contact: 'operator' },
  SUB_MERCHANT_PUNISHED: { recovery: 'ask' },
  SUB_MERCHANT_NOT_FOUND: { recovery: 'ask', contact: 'operator' },
  RELATION_INVALID: { recovery: 'ask', contact: 'operator' },
  GOLD_PLAN_NOT_OPEN: { recovery: 'open_gold_plan' },
  RECEIPT_LINK_MISSING: { recovery: 'ask', contact: 'operator' },
  DEFAULT_OPEN_ACTIVE: { recovery: 'ask', contact: 'operator' },
  REOPEN_LOCKED: { recovery: 'wait' },
  ORDER_NOT_FOUND: { recovery: 'edit' },
  ORDER_OF_ANOTHER_MERCHANT: { recovery: 'edit' },
  ORDER_NOT_PAID: { recovery: 'edit' },
  ORDER_NUMBER_INVALID: { recovery: 'edit' },
  PAYMENT_CODE: { recovery: 'edit' },
  LINK_NOT_GIVEN: { recovery: 'edit', contact: 'operator' },
  LINK_INVALID: { recovery: 'edit' },
  LINK_HOST_NOT_REGISTERED: { recovery: 'edit', contact: 'operator' },
  WX_RATE_LIMITED: { recovery: 'retry' },
  WX_UNAVAILABLE: { recovery: 'retry' },
  WX_REJECTED: { recovery: 'retry' },
  WX_UNCLASSIFIED: { recovery: 'ask', contact: 'operator' },
  WX_CONFIG: { recovery: 'ask', contact: 'operator' },
  UNAUTHENTICATED: { recovery: 'login' },
  STAFF_DISABLED: { recovery: 'ask', contact: 'admin' },
  ACTION_FORBIDDEN: { recovery: 'ask', contact: 'region_lead' },
  APPROVAL_REQUIRED: { recovery: 'ask', contact: 'region_lead' },
  NOT_OPEN: { recovery: 'reload' },
  REQUEST_EXISTS: { recovery: 'reload' },
  INVALID_TRANSITION: { recovery: 'reload' },
  ALREADY_DECIDED: { recovery: 'reload' },
  SELF_APPROVAL: { recovery: 'ask', contact: 'region_lead' },
  REQUEST_EXPIRED: { recovery: 'ask' },
  NOT_FOUND: { recovery: 'back', contact: 'region_lead' },
  OPERATION_PENDING: { recovery: 'reload' },
  OPERATION_IN_PROGRESS: { recovery: 'reload' },
  VERSION_MISMATCH: { recovery: 'reload' },
  VALIDATION_FAILED: { recovery: 'edit' },
  TOO_MANY: { recovery: 'edit' },
  EMPTY_NOT_SUPPORTED: { recovery: 'ask', contact: 'operator' },
  UNKNOWN_INDUSTRY: { recovery: 'update' },
  CLIENT_OUTDATED: { recovery: 'update' },
  PRECONDITION_REQUIRED: { recovery: 'reload' },
  RATE_LIMITED: { recovery: 'retry' },
  MAINTENANCE: { recovery: 'retry' },
  INVITE_EXPIRED: { recovery: 'edit', contact: 'admin' },
  ALREADY_BOUND: { recovery: 'login' },
  INVALID_LOGIN_CODE: { recovery: 'retry' },
  BIND_TICKET_INVALID: { recovery: 'login' },
  INVITE_INVALID: { recovery: 'edit', contact: 'admin' },
  TOO_MANY_TRIES: { recovery: 'wait', contact: 'admin' },
  OVERLOADED: { recovery: 'retry' },
  INTERNAL_ERROR: { recovery: 'retry', contact: 'operator' },
  WECHAT_UNAVAILABLE: { recovery: 'retry' },
  WECHAT_USER_AT_RISK: { recovery: 'retry' },
  WECHAT_USER_LIMITED: { recovery: 'retry', contact: 'admin' },
  WECHAT_APP_BANNED: { recovery: 'ask', contact: 'admin' },
  NETWORK_OFFLINE: { recovery: 'retry' },
  NETWORK_TIMEOUT: { recovery: 'retry' },
  NETWORK_FAILED: { recovery: 'retry' },
  DOMAIN_NOT_ALLOWED: { recovery: 'ask', contact: 'admin' },
  UPLOAD_DOMAIN_NOT_ALLOWED: { recovery: 'ask', contact: 'admin' },
  CERTIFICATE_REFUSED: { recovery: 'retry', contact: 'admin' },
  TOO_MANY_REDIRECTS: { recovery: 'retry', contact: 'admin' },
  REFUSED_TOO_LARGE: { recovery: 'retry', contact: 'admin' },
  REFUSED_ON_THE_WAY: { recovery: 'retry', contact: 'admin' },
  STORAGE_FULL: { recovery: 'retry' },
  PHOTO_GONE: { recovery: 'edit' },
  PHOTO_TOO_LARGE: { recovery: 'edit' },
  PHOTO_UNREADABLE: { recovery: 'edit' },
  VISIT_REVIEWED: { recovery: 'edit' },
  VISIT_RETURNED: { recovery: 'edit' },
  VISIT_OVERTAKEN: { recovery: 'edit' },
  TEMPLATE_OUTDATED: { recovery: 'edit' },
  ABORTED: { recovery: 'retry' },
  UNKNOWN: { recovery: 'retry', contact: 'operator' },
} as const satisfies Record<string, Rule>

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
  const rule: Rule = isKnownError(error.code) ? ERROR_RULES[error.code] : ERROR_RULES.UNKNOWN
  const title = say(errorKey(error.code, 'title') ?? 'error.UNKNOWN.title')
  return {
    code: error.code,
    title,
    sentence: sentence(error, say),
    next: { id: rule.recovery, label: say(`recover.${rule.recovery}`) },
    contact: rule.contact && rule.contact !== role ? say(`contact.${rule.contact}`) : null,
    request_id: error.request_id ?? null,
  }
}

function sentence(error: ErrorFacts, say: Say): string {
  const ours = errorSentence(error)
  if (ours) return say(ours.key, ours.values)
  return error.detail || say('error.UNKNOWN.sentence')
}
