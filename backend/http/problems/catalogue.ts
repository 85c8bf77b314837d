// The one error table: code → status and class (product.md §7.4). What people read of a code are the app's own words, which say who, what and what next.
import { errorSentence } from '../../../miniprogram/shared/error-sentence.ts'
import { errorsEn } from '../../../miniprogram/packages/system/shared/errors-en.ts'
import { errorsZhCN } from '../../../miniprogram/shared/errors.ts'
import { fill } from '../../../miniprogram/shared/fill.ts'

/**
 * - blocking: stands until somebody at the merchant or the provider fixes it
 * - precondition: something else comes first
 * - retryable: the same again later, with the same Idempotency-Key
 * - app: about the request or the caller
 * - fault: ours; operators are told
 */
type ProblemClass = 'blocking' | 'precondition' | 'retryable' | 'app' | 'fault'

interface CatalogueEntry {
  status: number
  class: ProblemClass
  /** of a code that the app has no words for: only programs meet it, or its sentence says it all */
  copy?: { 'zh-CN': string; en: string }
}

/** In the words of miniprogram/shared/errors.ts and packages/system/shared/errors-en.ts. */
const said = (status: number, kind: ProblemClass): CatalogueEntry => ({ status, class: kind })
const ownWords = (status: number, kind: ProblemClass, zh: string, en: string): CatalogueEntry => ({
  status,
  class: kind,
  copy: { 'zh-CN': zh, en },
})

export const CATALOGUE = {
  // said by WeChat Pay
  SP_NOT_ENROLLED: said(409, 'blocking'),
  SP_PUNISHED: said(409, 'blocking'),
  SP_TYPE_UNSUPPORTED: said(409, 'blocking'),
  SUB_MERCHANT_PUNISHED: said(409, 'blocking'),
  SUB_MERCHANT_NOT_FOUND: said(409, 'blocking'),
  RELATION_INVALID: said(409, 'blocking'),
  GOLD_PLAN_NOT_OPEN: said(409, 'precondition'),
  RECEIPT_LINK_MISSING: said(409, 'precondition'),
  DEFAULT_OPEN_ACTIVE: said(409, 'precondition'),
  NOT_OPEN: said(409, 'precondition'),
  REQUEST_EXISTS: said(409, 'app'),
  INVALID_TRANSITION: said(409, 'app'),
  ALREADY_DECIDED: said(409, 'app'),
  SELF_APPROVAL: said(403, 'app'),
  REOPEN_LOCKED: said(409, 'precondition'),
  ORDER_NOT_FOUND: said(404, 'app'),
  WX_RATE_LIMITED: said(429, 'retryable'),
  WX_UNAVAILABLE: said(503, 'retryable'),
  WX_REJECTED: said(409, 'retryable'),
  WX_UNCLASSIFIED: said(502, 'fault'),
  WX_CONFIG: said(500, 'fault'),
  // about an order or a link that somebody asked about
  ORDER_OF_ANOTHER_MERCHANT: said(409, 'app'),
  ORDER_NOT_PAID: said(409, 'app'),
  ORDER_NUMBER_INVALID: said(422, 'app'),
  PAYMENT_CODE: said(422, 'app'),
  LINK_NOT_GIVEN: said(409, 'precondition'),
  LINK_INVALID: said(422, 'app'),
  LINK_HOST_NOT_REGISTERED: said(422, 'app'),
  // about the caller
  UNAUTHENTICATED: said(401, 'app'),
  INVALID_LOGIN_CODE: said(401, 'app'),
  WECHAT_UNAVAILABLE: said(503, 'retryable'),
  WECHAT_USER_AT_RISK: said(403, 'blocking'),
  WECHAT_USER_LIMITED: said(403, 'blocking'),
  WECHAT_APP_BANNED: said(500, 'fault'),
  STAFF_DISABLED: said(403, 'app'),
  ACTION_FORBIDDEN: said(403, 'app'),
  APPROVAL_REQUIRED: said(403, 'app'),
  BIND_TICKET_INVALID: said(410, 'app'),
  INVITE_INVALID: said(422, 'app'),
  TOO_MANY_TRIES: said(429, 'app'),
  INVITE_EXPIRED: said(410, 'app'),
  ALREADY_BOUND: said(409, 'app'),
  // about staff
  LAST_ADMIN: ownWords(
    409,
    'precondition',
    '没有别的管理员能登录。先邀请另一位，等他绑定后再改。',
    'No other administrator can log in. Invite one first, and wait until they have bound.',
  ),
  OWN_ROLE: ownWords(403, 'app', '不能改自己的角色，请另一位管理员来改。', 'Nobody changes their own role: ask another administrator.'),
  PERSON_DISABLED: ownWords(
    409,
    'precondition',
    '这位员工已停用，先启用，再发邀请码。',
    'This person is disabled: enable them before inviting them.',
  ),
  SHOPS_LEFT: ownWords(
    409,
    'precondition',
    '还有商户由这位员工负责，先选谁接手。',
    'This person still has merchants: choose who takes them over.',
  ),
  // about the request
  NOT_FOUND: said(404, 'app'),
  PATH_UNKNOWN: ownWords(
    404,
    'app',
    '服务器没有这个地址。用小程序请更新到最新版；写程序请核对路径，有哪些见 /openapi.json。',
    'The server has no such path. In the mini program: update it. In a program: check the path, /openapi.json lists those that there are',
  ),
  METHOD_NOT_ALLOWED: ownWords(
    405,
    'app',
    '这个地址不支持这种请求，能用的见 Allow。',
    'This path does not support this method: see Allow for those that it does',
  ),
  MALFORMED_BODY: ownWords(400, 'app', '请求内容无法读取，请核对后重发。', 'The body cannot be read: check it and send it again'),
  MALFORMED_REQUEST: ownWords(400, 'app', '请求无法读取，请核对后重发。', 'The request cannot be read: check it and send it again'),
  HEADERS_TOO_LARGE: ownWords(431, 'app', '请求头太大，请去掉多余的。', 'The headers are too large: leave some out'),
  REQUEST_TIMEOUT: ownWords(408, 'app', '请求没有在时限内发完，请重试', 'The request did not arrive in time: try again'),
  BODY_TOO_LARGE: ownWords(
    413,
    'app',
    '请求内容太大，没有处理。请分几次发送，或减小文件。',
    'The body is too large; nothing was done: send it in parts, or make the file smaller',
  ),
  UNSUPPORTED_MEDIA_TYPE: ownWords(
    415,
    'app',
    '请求内容的类型不对，请核对 Content-Type。',
    'The body is of a type that is not taken here: check Content-Type',
  ),
  INVALID_CURSOR: ownWords(400, 'app', '列表位置已失效，请刷新列表', 'The place in the list is no longer valid: refresh the list'),
  IDEMPOTENCY_KEY_REQUIRED: ownWords(400, 'app', '请求缺少 Idempotency-Key', 'The Idempotency-Key header is missing or not a UUID'),
  IDEMPOTENCY_KEY_REUSED: ownWords(422, 'app', '同一个请求编号被用于不同的内容', 'This Idempotency-Key was used for another request'),
  OPERATION_IN_PROGRESS: said(409, 'app'),
  OPERATION_PENDING: said(409, 'app'),
  VERSION_MISMATCH: said(412, 'app'),
  PRECONDITION_REQUIRED: said(428, 'app'),
  VALIDATION_FAILED: said(422, 'app'),
  EVIDENCE_EXISTS: ownWords(409, 'app', '这条依据的编号已用于另一条记录', 'This evidence id belongs to another record'),
  ALREADY_WITHDRAWN: ownWords(409, 'app', '这条依据已经撤回', 'This evidence is already withdrawn'),
  VISIT_EXISTS: ownWords(409, 'app', '这次拜访的编号已用于另一条记录', 'This visit id belongs to another record'),
  VISIT_REVIEWED: said(409, 'app'),
  SELF_REVIEW: ownWords(
    403,
    'app',
    '不能审核自己的拜访，请另一位主管或运营处理',
    'You cannot review your own visit: ask another lead or an operator',
  ),
  TEMPLATE_OUTDATED: said(409, 'app'),
  PHOTO_TOO_LARGE: said(413, 'app'),
  PHOTO_UNREADABLE: said(415, 'app'),
  PHOTO_LINK_INVALID: ownWords(403, 'app', '照片链接已失效，请重新打开', 'This photo link is no longer valid: open it again'),
  EXPORT_GONE: ownWords(
    410,
    'app',
    '这份导出不能再取：链接只有 15 分钟，文件留 24 小时，负责范围变了也要重新导出',
    'This export can no longer be fetched: a link lasts 15 minutes, a file 24 hours, and after a change of your area it has to be made again',
  ),
  TOO_MANY: said(422, 'app'),
  EMPTY_NOT_SUPPORTED: said(422, 'app'),
  UNKNOWN_INDUSTRY: said(422, 'app'),
  CLIENT_OUTDATED: said(426, 'app'),
  RATE_LIMITED: said(429, 'retryable'),
  MAINTENANCE: said(503, 'retryable'),
  OVERLOADED: said(503, 'retryable'),
  INTERNAL_ERROR: said(500, 'fault'),
} as const satisfies Record<string, CatalogueEntry>

export type ProblemCode = keyof typeof CATALOGUE
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(CATALOGUE, code)

/** What a sentence may name. */
interface ProblemFacts {
  retry_after?: number | null | undefined
  wx_message?: string | null | undefined
}

/** What people read of a problem, as the app itself would say it. */
export function problemCopy(code: ProblemCode, language: 'zh-CN' | 'en', facts: ProblemFacts = {}): { title: string; detail: string } {
  const { copy }: CatalogueEntry = CATALOGUE[code]
  if (copy) return { title: copy[language], detail: copy[language] }
  const words: Record<string, string> = language === 'en' ? errorsEn : errorsZhCN
  const { key, values } = errorSentence({ code, ...facts })!
  return { title: words[`error.${code}.title`]!, detail: fill(words[key]!, values) }
}

/** /problems/operation-pending */
export const problemType = (code: ProblemCode): string => `/problems/${code.toLowerCase().replaceAll('_', '-')}`
