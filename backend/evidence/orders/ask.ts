import type { Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import type { Order } from '../../wechatpay/index.ts'
import { askWechatPay } from '../ask.ts'
import type { MerchantKey } from '../record.ts'

/** Within the time that a caller waits. @throws AppError ORDER_NOT_FOUND, WX_* and what else WeChat Pay refuses with */
export const askForOrder = (
  context: Context,
  { sp_mchid, sub_mchid }: MerchantKey,
  out_trade_no: string,
  { request_id }: Pick<Origin, 'request_id'>,
): Promise<Order> =>
  askWechatPay(context, { sp_mchid, about: 'an order', request_id }, signal =>
    context.providers.of(sp_mchid).wechatPay.orders.queryByOutTradeNo({ sub_mchid, out_trade_no }, signal),
  )
