// Which of our codes a refusal of WeChat Pay means.
//
// One code, INVALID_REQUEST, carries more than ten causes, some final and some worth repeating, so status and code do not decide alone; the message text does.
// Texts: pay.weixin.qq.com/docs/partner/apis/gold-plan (4012473796, 4012473788, 4012473784, 4012473781) and the English texts of the page of 2020-03-27.
// What no row knows stays WX_UNCLASSIFIED and is shown as WeChat Pay said it; nothing is guessed. An operator may say what such a text means
// (observations/classes.ts): transport.ts asks for that, and never for a text that a row here knows.
import type { WechatPayCode } from './errors.ts'

export interface Refusal {
  http_status: number
  /** undefined where the body could not be read */
  wx_code?: string
  wx_message?: string
}

/** Old and new pages spell the same code differently (`SYSTEM ERROR`, `SYSTEM_ERROR`, `SYSTEMERROR`): compare without separators, in capitals. */
export const normaliseCode = (code: string): string => code.replace(/[\s_-]/g, '').toUpperCase()

/** Tested in this order: a later text may contain an earlier one (`sub_mch punished` contains `mch punished`). */
const byMessage: ReadonlyArray<readonly [RegExp, WechatPayCode]> = [
  [/24\s*h|24\s*小时/i, 'REOPEN_LOCKED'],
  [/(?<!sub_)mch goldplan closed|服务商(暂)?未开通点金计划/i, 'SP_NOT_ENROLLED'],
  [/sub_mch goldplan closed|特约商户(暂)?未开通点金计划|该商户(暂)?未开通点金计划/i, 'GOLD_PLAN_NOT_OPEN'],
  [/未配置商家小票/, 'RECEIPT_LINK_MISSING'],
  // The wording of a CLOSE under 默认开通 is not published; this is the one word it can hardly avoid.
  [/默认开通/, 'DEFAULT_OPEN_ACTIVE'],
  [/sub_mch punished|特约商户被处罚/i, 'SUB_MERCHANT_PUNISHED'],
  [/mch punished|服务商被处罚/i, 'SP_PUNISHED'],
  [/不是当前服务商|商户关系|特约商户信息逻辑错误/, 'RELATION_INVALID'],
  [/sub_mch not ex|特约商户号不存在/i, 'SUB_MERCHANT_NOT_FOUND'],
  [/速度过快|频率/, 'WX_RATE_LIMITED'],
  [/只有普通服务商|调用方非普通服务商/, 'SP_TYPE_UNSUPPORTED'],
  [/操作失败|operation failed/i, 'WX_REJECTED'],
  [/wechatpay-serial|平台证书/i, 'WX_CONFIG'],
]

const byCode: Readonly<Record<string, WechatPayCode>> = {
  MCHNOTEXISTS: 'SUB_MERCHANT_NOT_FOUND',
  ORDERNOTEXIST: 'ORDER_NOT_FOUND',
  ORDERNOTEXISTS: 'ORDER_NOT_FOUND',
  SYSTEMERROR: 'WX_UNAVAILABLE',
  SERVICEUNAVAILABLE: 'WX_UNAVAILABLE',
  OPERATIONFAILED: 'WX_REJECTED',
  NOAUTH: 'WX_CONFIG',
  // what bills.ts knows by itself
  NOSTATEMENTEXIST: 'WX_REJECTED',
  STATEMENTCREATING: 'WX_REJECTED',
}

/** Every spelling met in WeChat Pay's pages, the misspelt one included (facts.md §3.4). */
const rateLimitCodes = new Set([
  'RATELIMITEXCEEDED',
  'RATELIMITED',
  'FREQUENCYLIMITED',
  'FREQUENCYLIMITEXCEED',
  'FREQENCYLIMIT',
  'RULELIMIT',
])

const fromMessage = (message: string | undefined): WechatPayCode | undefined =>
  message === undefined ? undefined : byMessage.find(([words]) => words.test(message))?.[1]

/** @returns the code for an answer that is not 2xx. Answers whose *effect* is unknown (504, unreadable 500) are decided before, in transport.ts. */
export const classifyRefusal = ({ http_status, wx_code, wx_message }: Refusal): WechatPayCode => {
  const code = wx_code === undefined ? '' : normaliseCode(wx_code)
  if (http_status === 401 || code === 'SIGNERROR') return 'WX_CONFIG'
  if (http_status === 429 || rateLimitCodes.has(code)) return 'WX_RATE_LIMITED'
  if (http_status >= 500) return byCode[code] ?? (fromMessage(wx_message) === 'WX_REJECTED' ? 'WX_REJECTED' : 'WX_UNAVAILABLE')
  // 404 and 405 without a body come from a wrong host, path or method, not from a merchant.
  if (code === '') return http_status === 404 || http_status === 405 || http_status === 403 ? 'WX_CONFIG' : 'WX_UNCLASSIFIED'
  return fromMessage(wx_message) ?? byCode[code] ?? 'WX_UNCLASSIFIED'
}
