import { describe, expect, it } from '@jest/globals'
import { classifyRefusal, normaliseCode } from '../../../backend/wechatpay/classification.ts'
import { errorNumber, type WechatPayCode } from '../../../backend/wechatpay/errors.ts'

const INVALID = 'INVALID_REQUEST'
const table: [status: number, code: string | undefined, message: string | undefined, expected: WechatPayCode][] = [
  // changegoldplanstatus, page of 2020-03-27
  [400, INVALID, 'mch goldplan closed', 'SP_NOT_ENROLLED'],
  [400, INVALID, 'mch punished', 'SP_PUNISHED'],
  [400, INVALID, 'sub_mch punished', 'SUB_MERCHANT_PUNISHED'],
  [400, INVALID, 'sub_mch reopen less than 24h', 'REOPEN_LOCKED'],
  [400, 'MCH_NOT_EXISTS', 'sub_mch not exit', 'SUB_MERCHANT_NOT_FOUND'],
  [400, 'PARAM_ERROR', 'parameter error', 'WX_UNCLASSIFIED'],
  [500, 'SYSTEM ERROR', undefined, 'WX_UNAVAILABLE'],
  [500, 'operation failed', undefined, 'WX_REJECTED'],
  [500, 'SIGN ERROR', undefined, 'WX_CONFIG'],
  // later spellings
  [500, 'SYSTEM_ERROR', '系统异常，请稍后重试', 'WX_UNAVAILABLE'],
  [500, 'SYSTEMERROR', '特约商户信息系统错误', 'WX_UNAVAILABLE'],
  [500, 'OPERATION_FAILED', '操作失败', 'WX_REJECTED'],
  [401, 'SIGN_ERROR', '错误的签名，验签失败', 'WX_CONFIG'],
  [401, undefined, undefined, 'WX_CONFIG'],
  [400, INVALID, '操作失败', 'WX_REJECTED'],
  [400, INVALID, '操作失败(稍后重试)', 'WX_REJECTED'],
  // Chinese texts
  [400, INVALID, '再次开通需间隔24小时', 'REOPEN_LOCKED'],
  [400, INVALID, '再次开通需间隔 24 小时', 'REOPEN_LOCKED'],
  [400, INVALID, '服务商未开通点金计划', 'SP_NOT_ENROLLED'],
  [400, INVALID, '服务商被处罚中', 'SP_PUNISHED'],
  [400, INVALID, '特约商户被处罚中', 'SUB_MERCHANT_PUNISHED'],
  [400, INVALID, '特约商户未开通点金计划', 'GOLD_PLAN_NOT_OPEN'],
  [400, INVALID, '该商户暂未开通点金计划，请开通后配置', 'GOLD_PLAN_NOT_OPEN'],
  [400, INVALID, '服务商未配置商家小票链接', 'RECEIPT_LINK_MISSING'],
  [400, INVALID, '服务商已设置默认开通，特约商户不支持单独关闭', 'DEFAULT_OPEN_ACTIVE'],
  [400, INVALID, '特约商户号不存在,或不是当前服务商的特约商户', 'RELATION_INVALID'],
  [400, INVALID, '特约商户信息逻辑错误', 'RELATION_INVALID'],
  [400, INVALID, '商户关系错误', 'RELATION_INVALID'],
  [400, 'MCH_NOT_EXISTS', '特约商户号不存在', 'SUB_MERCHANT_NOT_FOUND'],
  [400, 'MCH_NOT_EXISTS', undefined, 'SUB_MERCHANT_NOT_FOUND'],
  [400, INVALID, '只有普通服务商和普通渠道商才能调用该接口', 'SP_TYPE_UNSUPPORTED'],
  [400, INVALID, '调用方非普通服务商/渠道商', 'SP_TYPE_UNSUPPORTED'],
  [400, INVALID, '命中频率限制', 'WX_RATE_LIMITED'],
  [400, INVALID, '接口调用速度过快，请降低频率', 'WX_RATE_LIMITED'],
  // whose type, which business: not said, so not guessed
  [400, INVALID, '商户类型不合法', 'WX_UNCLASSIFIED'],
  [400, INVALID, '商户不支持开通该业务', 'WX_UNCLASSIFIED'],
  [400, INVALID, 'something new', 'WX_UNCLASSIFIED'],
  [400, undefined, undefined, 'WX_UNCLASSIFIED'],
  // rate limits in every spelling
  [429, 'RATELIMIT_EXCEEDED', '请求频率超过限制', 'WX_RATE_LIMITED'],
  [429, 'FREQUENCY_LIMITED', 'x', 'WX_RATE_LIMITED'],
  [429, 'RATE_LIMITED', 'x', 'WX_RATE_LIMITED'],
  [429, 'FREQUENCY_LIMIT_EXCEED', 'x', 'WX_RATE_LIMITED'],
  [429, 'FREQENCY_LIMIT', 'x', 'WX_RATE_LIMITED'],
  [403, 'RULELIMIT', 'x', 'WX_RATE_LIMITED'],
  [429, undefined, undefined, 'WX_RATE_LIMITED'],
  // permission, address, key
  [403, 'NO_AUTH', '商户无权限', 'WX_CONFIG'],
  [403, 'NOAUTH', '商户无权限', 'WX_CONFIG'],
  [403, 'NO_AUTH', '特约商户号不存在,或不是当前服务商的特约商户', 'RELATION_INVALID'],
  [404, undefined, undefined, 'WX_CONFIG'],
  [405, undefined, undefined, 'WX_CONFIG'],
  [404, 'RESOURCE_NOT_EXISTS', 'x', 'WX_UNCLASSIFIED'],
  [400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误', 'WX_CONFIG'],
  // 5xx
  [502, undefined, undefined, 'WX_UNAVAILABLE'],
  [503, 'SERVICE_UNAVAILABLE', '服务不可用', 'WX_UNAVAILABLE'],
  [503, undefined, undefined, 'WX_UNAVAILABLE'],
]

describe('classification of a refusal', () => {
  it.each(table)('%s %s "%s" is %s', (http_status, wx_code, wx_message, expected) => {
    expect(classifyRefusal({ http_status, ...(wx_code && { wx_code }), ...(wx_message && { wx_message }) })).toBe(expected)
  })

  it('spellings of one code are one code', () => {
    expect(['SYSTEM ERROR', 'SYSTEM_ERROR', 'SYSTEMERROR', 'system error'].map(normaliseCode)).toEqual(Array(4).fill('SYSTEMERROR'))
  })

  it('the number of a Request-ID is what follows its last dash', () => {
    expect(errorNumber('08E6-CF05-268578704')).toBe('268578704')
    expect(errorNumber('08E6')).toBeNull()
    expect(errorNumber(undefined)).toBeNull()
  })
})
