// One order of a sub-merchant by its 商户单号, GET /v3/pay/partner/transactions/out-trade-no/{out_trade_no} (doc/v3/partner/4012760565).
// Of the answer only what tells payments apart is read: payer and amount are not read.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { WechatPayError } from './errors.ts'
import type { Call, Transport, VerifiedAnswer } from './transport.ts'

interface OrderQuestion {
  sub_mchid: string
  /** 商户单号, 6 to 32 of letters, digits and _-|*@ */
  out_trade_no: string
}

export interface Order {
  /** whose order it is; not always the one that was asked for */
  sub_mchid: string
  /** JSAPI for payments of 公众号 and of mini programs, NATIVE, APP, MICROPAY, MWEB, FACEPAY */
  trade_type: string | null
  /** SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING, PAYERROR */
  trade_state: string
  sp_appid: string | null
  sub_appid: string | null
  success_time: Date | null
}

/** For the backend itself, never for an answer or a log: 微信订单号 is what check_code rests on (facts.md §2.3). */
interface OrderTransaction extends Order {
  /** null while the order is not paid */
  transaction_id: string | null
}

export interface Orders {
  /** @throws WechatPayError; code ORDER_NOT_FOUND when there is none */
  queryByOutTradeNo(question: OrderQuestion, signal?: AbortSignal): Promise<Order>
  /** The same with the 微信订单号. @throws WechatPayError */
  queryTransaction(question: OrderQuestion, signal?: AbortSignal): Promise<OrderTransaction>
}

/** The question itself is wrong; nothing was sent. The value is not repeated. */
class InvalidOrderQuestion extends RangeError {
  override readonly name = 'InvalidOrderQuestion'
  constructor(readonly field: keyof OrderQuestion) {
    super(`${field} is not well formed`)
  }
}

/** As WeChat Pay takes it when an order is made (partner JSAPI 下单, out_trade_no). */
export const isOutTradeNo = (text: string): boolean => /^[0-9A-Za-z_|*@-]{6,32}$/.test(text)

const path = '/v3/pay/partner/transactions/out-trade-no'

export const createOrders = (transport: Transport, spMchid: string): Orders => {
  const read = async ({ sub_mchid, out_trade_no }: OrderQuestion, signal?: AbortSignal): Promise<OrderTransaction> => {
    if (!isMchid(sub_mchid)) throw new InvalidOrderQuestion('sub_mchid')
    if (!isOutTradeNo(out_trade_no)) throw new InvalidOrderQuestion('out_trade_no')
    const call: Call = {
      method: 'GET',
      path: `${path}/${encodeURIComponent(out_trade_no)}?sp_mchid=${spMchid}&sub_mchid=${sub_mchid}`,
      route: `${path}/{out_trade_no}`,
    }
    const answer = await transport.send(call, signal)
    const order = orderIn(answer.body)
    const said = answer.body as { sp_mchid?: unknown; out_trade_no?: unknown } | null
    if (!order || said?.sp_mchid !== spMchid || said.out_trade_no !== out_trade_no) throw unexpected(call, answer)
    return order
  }
  return {
    async queryByOutTradeNo(question, signal) {
      const { transaction_id: _unread, ...order } = await read(question, signal)
      return order
    },
    queryTransaction: read,
  }
}

function orderIn(body: unknown): OrderTransaction | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { sub_mchid, trade_type, trade_state, sp_appid, sub_appid, success_time, transaction_id } = body as Record<string, unknown>
  if (typeof sub_mchid !== 'string' || typeof trade_state !== 'string') return undefined
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const paid = new Date(text(success_time) ?? Number.NaN)
  return {
    sub_mchid,
    trade_state,
    trade_type: text(trade_type),
    sp_appid: text(sp_appid),
    sub_appid: text(sub_appid),
    success_time: Number.isNaN(paid.getTime()) ? null : paid,
    transaction_id: text(transaction_id),
  }
}

/** Signed by WeChat Pay, yet not the order that was asked for. */
const unexpected = (call: Call, answer: VerifiedAnswer) =>
  new WechatPayError({
    phase: 'unknown',
    reason: 'UNEXPECTED_ANSWER',
    method: call.method,
    path: call.route ?? call.path,
    http_status: answer.http_status,
    ...(answer.wx_request_id !== null && { wx_request_id: answer.wx_request_id }),
  })
