// 商户单号 as people type it and scanners read it.
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { isPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { isOutTradeNo } from '../../wechatpay/index.ts'

/**
 * Full-width digits and spaces around are taken; nothing of what was given is ever repeated.
 * @throws AppError PAYMENT_CODE (product.md M04), ORDER_NUMBER_INVALID
 */
export function orderNumberIn(text: string): string {
  const plain = comparable(text)
  const at = (code: string, message: string) => ({ errors: [{ field: 'out_trade_no', code, message }] })
  if (isPaymentCode(plain)) throw new AppError('PAYMENT_CODE', at('PAYMENT_CODE', "is a customer's payment code"))
  if (!isOutTradeNo(plain)) throw new AppError('ORDER_NUMBER_INVALID', at('WRONG_FORMAT', 'is not 6 to 32 letters, digits or _-|*@'))
  return plain
}
