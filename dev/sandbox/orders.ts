// Orders as WeChat Pay keeps them, and what it answers when the provider asks for one by 商户单号 (doc/v3/partner/4012760565; facts.md §4).
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { randomBytes } from 'node:crypto'
import { paramError, REFUSALS, type Refusal } from './refusals.ts'
import { scenarioOf, type ScenarioName } from './scenarios.ts'

const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACEPAY'] as const
const TRADE_STATES = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'] as const

export interface OrderRecord {
  out_trade_no: string
  sub_mchid: string
  trade_type: (typeof TRADE_TYPES)[number]
  trade_state: (typeof TRADE_STATES)[number]
  sp_appid: string
  sub_appid: string | null
  /** ISO 8601; of the payment, also where it was refunded later; null: not paid */
  success_time: string | null
  transaction_id: string | null
  /** fen */
  total: number
}

/** What is absent is as in a payment inside a 公众号, made at this moment. */
export type OrderChange = Partial<Omit<OrderRecord, 'out_trade_no'>> & { sub_mchid: string }

/** Of the demo's provider: its 公众号 and its mini program. */
export const OFFICIAL_ACCOUNT_APPID = 'wx0f1c1a1acc000001'
export const MINI_PROGRAM_APPID = 'wx0a1b2c3d4e000002'

/** @throws RangeError for a type or state that WeChat Pay does not have */
export function newOrder(out_trade_no: string, change: OrderChange, now: Date): OrderRecord {
  const { trade_type = 'JSAPI', trade_state = 'SUCCESS' } = change
  if (!TRADE_TYPES.includes(trade_type)) throw new RangeError(`no trade type ${trade_type}: one of ${TRADE_TYPES.join(', ')}`)
  if (!TRADE_STATES.includes(trade_state)) throw new RangeError(`no trade state ${trade_state}: one of ${TRADE_STATES.join(', ')}`)
  if (!isMchid(change.sub_mchid)) throw new RangeError('sub_mchid is not 8 to 10 digits')
  const paid = trade_state === 'SUCCESS' || trade_state === 'REFUND' || trade_state === 'REVOKED'
  return {
    out_trade_no,
    trade_type,
    trade_state,
    sp_appid: OFFICIAL_ACCOUNT_APPID,
    sub_appid: null,
    success_time: paid ? now.toISOString() : null,
    transaction_id: paid ? `4200${randomBytes(12).readBigUInt64BE().toString().padStart(24, '0')}` : null,
    total: 1,
    ...change,
  }
}

const PREFIX = '/v3/pay/partner/transactions/out-trade-no/'

export interface OrderCall {
  out_trade_no: string
  sub_mchid: string
}

/** @returns undefined for another path */
export function readOrderCall(
  method: string,
  url: string,
  spMchid: string,
): { call: OrderCall } | { refusal: Refusal } | 'method' | undefined {
  if (!url.startsWith(PREFIX)) return undefined
  if (method !== 'GET') return 'method'
  const [path = '', query = ''] = url.slice(PREFIX.length).split('?')
  const given = new URLSearchParams(query)
  const wrong = (field: string, value: unknown, issue: string) => ({ refusal: paramError(`/${field}`, value, issue) })
  const out_trade_no = decodeURIComponent(path)
  if (!/^[0-9A-Za-z_|*@-]{6,32}$/.test(out_trade_no)) return wrong('out_trade_no', out_trade_no, '商户订单号不合法')
  const sub_mchid = given.get('sub_mchid')
  if (given.get('sp_mchid') !== spMchid) return wrong('sp_mchid', given.get('sp_mchid'), '服务商户号与签名的商户号不符')
  if (!sub_mchid || !isMchid(sub_mchid)) return wrong('sub_mchid', sub_mchid, '特约商户号不合法')
  return { call: { out_trade_no, sub_mchid } }
}

/** Of what can be arranged for a merchant, that which an order query can meet: the rest speaks of the gold plan. */
export const REFUSALS_OF_QUERIES: readonly string[] = [
  'unrelated',
  'not_exists',
  'rate_limited_400',
  'rate_limited_429',
  'rate_limited_429_misspelt',
  'system_error',
  'system_error_spaced',
  'service_unavailable',
  'sign_error_500',
  'no_auth',
  'param_error',
  'unclassified',
]

/**
 * Assumption: an order of another sub-merchant of the same provider is answered as it is, with its own sub_mchid. What WeChat Pay does then is not documented;
 * this is the case that a caller must not fall for.
 */
export function decideOrder(order: OrderRecord | undefined, scenario: ScenarioName): { refusal: Refusal } | { order: OrderRecord } {
  const { refusal } = scenarioOf(scenario)
  if (refusal && REFUSALS_OF_QUERIES.includes(refusal)) return { refusal: REFUSALS[refusal] }
  return order ? { order } : { refusal: REFUSALS.order_not_exist }
}

const DESCRIPTIONS: Record<OrderRecord['trade_state'], string> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  REVOKED: '已撤销',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
}

/** The whole answer, with the payer and the amount that the product must not keep. */
export function orderBody({ success_time, transaction_id, trade_type, total, sub_appid, ...order }: OrderRecord, sp_mchid: string): object {
  return {
    sp_mchid,
    sub_mchid: order.sub_mchid,
    sp_appid: order.sp_appid,
    ...(sub_appid !== null && { sub_appid }),
    out_trade_no: order.out_trade_no,
    trade_state: order.trade_state,
    trade_state_desc: DESCRIPTIONS[order.trade_state],
    ...(transaction_id !== null && { transaction_id, trade_type, bank_type: 'OTHERS', attach: '' }),
    ...(success_time !== null && { success_time: chinaTime(success_time) }),
    payer: { sp_openid: 'oSandboxPayer000000000000001', ...(sub_appid !== null && { sub_openid: 'oSandboxPayer000000000000002' }) },
    amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' },
  }
}

/** 2026-11-23T10:12:00+08:00 */
const chinaTime = (time: string): string => `${new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/**
 * Numbers that every demo merchant has an order under without being arranged: demo-jsapi-1900000109 and so on, paid two minutes ago.
 * @returns undefined for any other number
 */
export function demoOrder(out_trade_no: string, now: Date): OrderRecord | undefined {
  const [, kind, sub_mchid] = /^demo-([a-z]+)-(19\d{8})$/.exec(out_trade_no) ?? []
  const change = kind === undefined ? undefined : demoKinds[kind]
  return change && newOrder(out_trade_no, { sub_mchid: sub_mchid!, ...change }, new Date(now.getTime() - 120_000))
}

const demoKinds: Readonly<Record<string, Partial<OrderRecord>>> = {
  jsapi: {},
  miniprogram: { sub_appid: MINI_PROGRAM_APPID },
  unknownapp: { sub_appid: 'wx00000000000000ff' },
  native: { trade_type: 'NATIVE' },
  micropay: { trade_type: 'MICROPAY' },
  refunded: { trade_state: 'REFUND' },
  notpaid: { trade_state: 'NOTPAY' },
}
