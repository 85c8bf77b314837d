// The one error table: code → status, class and copy (product.md §7.4). Both languages say who, what and what next, without codes.

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
  zh: string
  en: string
}

const entry = (status: number, kind: ProblemClass, zh: string, en: string): CatalogueEntry => ({ status, class: kind, zh, en })

export const CATALOGUE = {
  // said by WeChat Pay
  SP_NOT_ENROLLED: entry(409, 'blocking', '服务商尚未开通点金计划，请联系运营', 'The provider has not joined Gold Plan: ask an operator'),
  SP_PUNISHED: entry(409, 'blocking', '服务商处罚中，请联系运营', 'WeChat Pay is penalising the provider: ask an operator'),
  SP_TYPE_UNSUPPORTED: entry(409, 'blocking', '该服务商类型不支持点金计划', 'Gold Plan does not support this type of provider'),
  SUB_MERCHANT_PUNISHED: entry(
    409,
    'blocking',
    '特约商户处罚中，请商户在商户平台处理',
    'WeChat Pay is penalising the merchant: the merchant has to deal with it on the merchant platform',
  ),
  SUB_MERCHANT_NOT_FOUND: entry(409, 'blocking', '商户号不存在，请核对', 'WeChat Pay does not know this merchant ID: check it'),
  RELATION_INVALID: entry(409, 'blocking', '不是本服务商的特约商户', 'This is not a sub-merchant of this provider'),
  GOLD_PLAN_NOT_OPEN: entry(409, 'precondition', '请先开通点金计划', 'Open Gold Plan first'),
  RECEIPT_LINK_MISSING: entry(
    409,
    'precondition',
    '未配置商家小票链接（需在服务商平台配置）',
    'No merchant receipt link is configured (done on the provider console)',
  ),
  DEFAULT_OPEN_ACTIVE: entry(
    409,
    'precondition',
    '服务商已设默认开通，不能单独关闭',
    'The provider opens every merchant by default: a single one cannot be closed',
  ),
  NOT_OPEN: entry(409, 'precondition', '点金计划没有开通，不需要关闭', 'Gold Plan is not open here: there is nothing to close'),
  REQUEST_EXISTS: entry(
    409,
    'app',
    '这家商户已经有一条关闭申请，请等它处理完',
    'A request to close is already open for this merchant: wait until it is decided',
  ),
  ALREADY_DECIDED: entry(409, 'app', '这条申请已由他人处理，请刷新后查看', 'Somebody has dealt with this request: refresh to see it'),
  SELF_APPROVAL: entry(
    403,
    'app',
    '关闭点金计划要由另一位同事批准，不能批准自己的申请',
    'Another colleague has to decide: nobody approves a request of their own',
  ),
  REOPEN_LOCKED: entry(409, 'precondition', '主动关闭后需 24 小时才能再次开通', 'After closing it, it cannot be reopened for 24 hours'),
  ORDER_NOT_FOUND: entry(
    404,
    'app',
    '微信支付在这家商户下没有查到这个商户单号，请核对后再试',
    'WeChat Pay has no such order for this merchant: check the number',
  ),
  WX_RATE_LIMITED: entry(429, 'retryable', '操作太频繁，请稍后重试', 'Too many operations: try again later'),
  WX_UNAVAILABLE: entry(503, 'retryable', '微信支付暂时繁忙，请稍后重试', 'WeChat Pay is busy: try again later'),
  WX_REJECTED: entry(
    409,
    'retryable',
    '微信支付没有执行这次操作，可以再试一次',
    'WeChat Pay did not carry this out: you can try once more',
  ),
  WX_UNCLASSIFIED: entry(502, 'fault', '微信支付返回了未知的结果', 'WeChat Pay gave an unknown answer'),
  WX_CONFIG: entry(
    500,
    'fault',
    '服务商接口配置有误，已通知运营',
    "The provider's connection to WeChat Pay is misconfigured; operators have been told",
  ),
  // about an order or a link that somebody asked about
  ORDER_OF_ANOTHER_MERCHANT: entry(
    409,
    'app',
    '这笔订单不是这家商户的，请核对收款方和商户单号',
    'This order belongs to another merchant: check the payee and the number',
  ),
  ORDER_NOT_PAID: entry(409, 'app', '这笔订单没有支付成功，请用已付款的订单', 'This order was not paid: use one that was paid'),
  ORDER_NUMBER_INVALID: entry(
    422,
    'app',
    '商户单号应为 6 到 32 位字母、数字或 _-|*@，请核对',
    'An order number has 6 to 32 letters, digits or _-|*@: check it',
  ),
  PAYMENT_CODE: entry(
    422,
    'app',
    '这是顾客的付款码，不要扫描、保存或发送',
    "This is a customer's payment code: do not scan, keep or send it",
  ),
  LINK_NOT_GIVEN: entry(
    409,
    'precondition',
    '后台没有登记商家小票链接，请填写要检查的链接，或联系运营登记',
    'No receipt link is registered: enter the link to check, or ask an operator to register one',
  ),
  LINK_INVALID: entry(422, 'app', '这不是完整的 https 链接，请核对', 'This is not a complete https link: check it'),
  LINK_HOST_NOT_REGISTERED: entry(
    422,
    'app',
    '这个域名没有登记，只能检查服务商自己的链接；需要登记请联系运营',
    "This host is not registered: only the provider's own links are checked; ask an operator to register it",
  ),
  // about the caller
  UNAUTHENTICATED: entry(401, 'app', '登录已过期，请重新登录', 'Your login has expired: log in again'),
  INVALID_LOGIN_CODE: entry(401, 'app', '微信登录凭证已失效，请重新登录', 'The WeChat login code is no longer valid: log in again'),
  WECHAT_UNAVAILABLE: entry(503, 'retryable', '微信登录暂时不可用，请稍后重试', 'WeChat login is not available: try again later'),
  WECHAT_USER_AT_RISK: entry(
    403,
    'blocking',
    '微信判定你的微信账号有风险，暂时不让它登录小程序，请在微信里搜索「微信安全中心」按提示处理',
    'WeChat considers your account risky and does not let it log in: open WeChat Security Center and follow its steps',
  ),
  WECHAT_USER_LIMITED: entry(
    403,
    'blocking',
    '你的微信账号被微信限制或已注销，不能登录，请按微信的通知解除限制，或请管理员改绑另一个微信',
    'Your WeChat account is restricted or closed: follow the notice from WeChat, or ask an administrator to bind another account',
  ),
  WECHAT_APP_BANNED: entry(
    500,
    'fault',
    '微信封禁了本小程序的登录接口，已记录，请管理员到微信公众平台查看通知',
    'WeChat has blocked login to this mini program: ask an administrator to read the notices at mp.weixin.qq.com',
  ),
  STAFF_DISABLED: entry(403, 'app', '你的账号已停用，请联系管理员', 'Your account is disabled: ask an administrator'),
  ACTION_FORBIDDEN: entry(
    403,
    'app',
    '你的角色不能做这项操作，请联系区域主管或运营',
    'Your role cannot do this: ask a region lead or an operator',
  ),
  APPROVAL_REQUIRED: entry(
    403,
    'app',
    '关闭点金计划需要另一位有权限的同事批准，请提交申请',
    "Closing Gold Plan needs another colleague's approval: submit a request",
  ),
  BIND_TICKET_INVALID: entry(410, 'app', '绑定已过期，请重新登录', 'This binding has expired: log in again'),
  INVITE_INVALID: entry(422, 'app', '邀请码不对，请核对后重新输入', 'This invite code is wrong: check it'),
  INVITE_EXPIRED: entry(410, 'app', '邀请码已过期或已被使用，请管理员重新邀请', 'This invite has expired or was used: ask for a new one'),
  ALREADY_BOUND: entry(409, 'app', '这个微信或这位员工已经绑定过', 'This WeChat account or member of staff is already bound'),
  // about the request
  NOT_FOUND: entry(404, 'app', '没有找到，或不在你的负责范围', 'Not found, or outside your area'),
  METHOD_NOT_ALLOWED: entry(405, 'app', '这个地址不支持这种请求', 'This address does not support this method'),
  MALFORMED_BODY: entry(400, 'app', '请求内容无法读取', 'The body is not valid JSON in UTF-8'),
  MALFORMED_REQUEST: entry(400, 'app', '请求无法读取', 'The request cannot be read'),
  HEADERS_TOO_LARGE: entry(431, 'app', '请求头太大', 'The headers are too large'),
  REQUEST_TIMEOUT: entry(408, 'app', '请求没有在时限内发完，请重试', 'The request did not arrive in time: try again'),
  BODY_TOO_LARGE: entry(413, 'app', '请求内容太大', 'The body is too large'),
  UNSUPPORTED_MEDIA_TYPE: entry(415, 'app', '请求内容需要是 JSON', 'The body must be JSON'),
  INVALID_CURSOR: entry(400, 'app', '列表位置已失效，请刷新列表', 'The place in the list is no longer valid: refresh the list'),
  IDEMPOTENCY_KEY_REQUIRED: entry(400, 'app', '请求缺少 Idempotency-Key', 'The Idempotency-Key header is missing or not a UUID'),
  IDEMPOTENCY_KEY_REUSED: entry(422, 'app', '同一个请求编号被用于不同的内容', 'This Idempotency-Key was used for another request'),
  OPERATION_IN_PROGRESS: entry(
    409,
    'app',
    '这次操作还在进行，结果确认中',
    'This operation is still in progress: its result is being confirmed',
  ),
  OPERATION_PENDING: entry(
    409,
    'app',
    '这家商户有操作结果确认中，请稍后再试',
    'Another operation on this merchant is still being confirmed: try again later',
  ),
  VERSION_MISMATCH: entry(412, 'app', '已被同事修改，你的修改没有执行', 'A colleague has changed this: your change was not made'),
  PRECONDITION_REQUIRED: entry(428, 'app', '请求缺少 If-Match', 'The If-Match header is missing or not a version'),
  VALIDATION_FAILED: entry(422, 'app', '填写的内容有误，请检查', 'Some entries are not valid: check them'),
  EVIDENCE_EXISTS: entry(409, 'app', '这条依据的编号已用于另一条记录', 'This evidence id belongs to another record'),
  ALREADY_WITHDRAWN: entry(409, 'app', '这条依据已经撤回', 'This evidence is already withdrawn'),
  VISIT_EXISTS: entry(409, 'app', '这次拜访的编号已用于另一条记录', 'This visit id belongs to another record'),
  VISIT_REVIEWED: entry(409, 'app', '这次拜访已由主管处理，请刷新后查看', 'This visit has been reviewed: refresh to see it'),
  SELF_REVIEW: entry(
    403,
    'app',
    '不能审核自己的拜访，请另一位主管或运营处理',
    'You cannot review your own visit: ask another lead or an operator',
  ),
  TEMPLATE_OUTDATED: entry(
    409,
    'app',
    '检查表已更新，请用新的检查表核对后再提交',
    'The checklist was updated: check the new one, then submit again',
  ),
  PHOTO_TOO_LARGE: entry(413, 'app', '照片太大，请重新拍摄', 'The photo is too large: take it again'),
  PHOTO_UNREADABLE: entry(
    415,
    'app',
    '这不是可以读取的 JPEG 或 PNG 照片，请重新拍摄',
    'This is not a readable JPEG or PNG photo: take it again',
  ),
  PHOTO_LINK_INVALID: entry(403, 'app', '照片链接已失效，请重新打开', 'This photo link is no longer valid: open it again'),
  TOO_MANY: entry(422, 'app', '同业过滤标签最多 3 个', 'At most 3 filter tags'),
  EMPTY_NOT_SUPPORTED: entry(
    422,
    'app',
    '这里不能清空同业过滤标签，请在商户平台清除',
    'Filter tags cannot be cleared here: clear them on the merchant platform',
  ),
  UNKNOWN_INDUSTRY: entry(422, 'app', '有不认识的同业过滤标签', 'Unknown filter tag'),
  CLIENT_OUTDATED: entry(426, 'app', '小程序版本过旧，请重启微信更新', 'This version is too old: restart WeChat to update'),
  RATE_LIMITED: entry(429, 'retryable', '请求太频繁，请稍后重试', 'Too many requests: try again later'),
  MAINTENANCE: entry(503, 'retryable', '服务维护中，请稍后重试', 'Under maintenance: try again later'),
  OVERLOADED: entry(503, 'retryable', '服务繁忙，请稍后重试', 'The service is busy: try again later'),
  INTERNAL_ERROR: entry(500, 'fault', '服务出错了，请稍后重试', 'Something went wrong on our side: try again later'),
} as const satisfies Record<string, CatalogueEntry>

export type ProblemCode = keyof typeof CATALOGUE

/** /problems/operation-pending */
export const problemType = (code: ProblemCode): string => `/problems/${code.toLowerCase().replaceAll('_', '-')}`
