// What WeChat Pay says when it refuses, in both wordings: the English of the page of 2020-03-27 and the Chinese of the later pages and of developers' reports
// (facts.md §1.7, §3.4). Where WeChat Pay has published one wording only, both are that one.
export interface Refusal {
  http_status: number
  code: string
  en: string
  zh: string
  /** number after the last `-` of the Request-ID */
  number: string
  detail?: Record<string, unknown>
  headers?: Record<string, string>
}

/** Which numbers gold plan refusals carry is not published: this one is the troubleshooting handbook's example. */
const SOME_NUMBER = '268578704'

const invalidRequest = (en: string, zh = en, number = SOME_NUMBER): Refusal => ({
  http_status: 400,
  code: 'INVALID_REQUEST',
  en,
  zh,
  number,
})

export const REFUSALS = {
  sp_type_unsupported: invalidRequest('只有普通服务商和普通渠道商才能调用该接口'),
  sp_not_enrolled: invalidRequest('mch goldplan closed', '服务商未开通点金计划'),
  sp_punished: invalidRequest('mch punished', '服务商被处罚中'),
  punished: invalidRequest('sub_mch punished', '特约商户被处罚中'),
  not_exists: { http_status: 400, code: 'MCH_NOT_EXISTS', en: 'sub_mch not exit', zh: '特约商户号不存在', number: SOME_NUMBER },
  unrelated: invalidRequest('商户关系错误', '特约商户号不存在,或不是当前服务商的特约商户', '268443701'),
  reopen_locked: invalidRequest('sub_mch reopen less than 24h', '再次开通需间隔 24 小时'),
  receipt_link_missing: invalidRequest('服务商未配置商家小票链接'),
  gold_plan_needed: invalidRequest('该商户暂未开通点金计划，请开通后配置', '特约商户未开通点金计划'),
  // Assumption: that CLOSE is refused under 默认开通 is documented for the web console only; the wording is ours.
  default_open: invalidRequest('服务商已设置默认开通，特约商户不支持单独关闭'),
  rate_limited_400: invalidRequest('命中频率限制', '命中频率限制，接口调用速度过快，请降低频率', '268447840'),
  rate_limited_429: {
    http_status: 429,
    code: 'RATELIMIT_EXCEEDED',
    en: 'frequency limit exceeded',
    zh: '请求频率超过限制',
    number: '268447840',
    headers: { 'retry-after': '20' },
  },
  rate_limited_429_misspelt: { http_status: 429, code: 'FREQENCY_LIMIT', en: '频率限制', zh: '频率限制', number: '268447840' },
  operation_failed_400: invalidRequest('操作失败', '操作失败，请稍后重试'),
  operation_failed: { http_status: 500, code: 'OPERATION_FAILED', en: 'operation failed', zh: '操作失败', number: SOME_NUMBER },
  operation_failed_spaced: { http_status: 500, code: 'operation failed', en: 'operation failed', zh: '请求操作失败', number: SOME_NUMBER },
  system_error: { http_status: 500, code: 'SYSTEM_ERROR', en: 'system error', zh: '系统异常，请稍后重试', number: SOME_NUMBER },
  system_error_spaced: { http_status: 500, code: 'SYSTEM ERROR', en: 'system error', zh: '系统繁忙', number: SOME_NUMBER },
  service_unavailable: { http_status: 503, code: 'SERVICE_UNAVAILABLE', en: 'service unavailable', zh: '服务不可用', number: SOME_NUMBER },
  sign_error_500: { http_status: 500, code: 'SIGN ERROR', en: 'sign error', zh: '签名验证失败', number: '268443699' },
  no_auth: { http_status: 403, code: 'NO_AUTH', en: 'no permission', zh: '商户无权限', number: SOME_NUMBER },
  order_not_exist: { http_status: 404, code: 'ORDER_NOT_EXIST', en: 'order not exist', zh: '订单不存在', number: SOME_NUMBER },
  type_illegal: invalidRequest('商户类型不合法'),
  unclassified: invalidRequest('商户不支持开通该业务'),
  param_error: {
    http_status: 400,
    code: 'PARAM_ERROR',
    en: 'parameter error',
    zh: '参数错误',
    number: '268435461',
    detail: { field: '/sub_mchid', value: '', issue: '商户号不合法', location: 'body' },
  },
} as const satisfies Record<string, Refusal>

export type RefusalName = keyof typeof REFUSALS

export const paramError = (field: string, value: unknown, issue: string, number = '268435461'): Refusal => ({
  ...REFUSALS.param_error,
  number,
  detail: { field, value: value === undefined ? '' : JSON.stringify(value), issue, location: 'body' },
})
