// 商户单号 as a person pastes it or the camera reads it from WeChat's bill page, judged on the phone before anything is sent (product.md M04, F10).
import { comparable } from '../../../shared/comparable'
import { isPaymentCode } from '../../../shared/payment-code'

/** payment_code: a customer's, which goes no further */
export type OrderNumber = { type: 'order'; number: string } | { type: 'empty' | 'invalid' | 'payment_code' }

/** most characters that POST /order-queries takes */
export const ORDER_TEXT_LIMIT = 64

/** Full-width forms and all white space are taken for what they stand for; 6 to 32 of letters, digits and _-|*@ (WeChat Pay, out_trade_no). */
export function orderNumberOf(text: string): OrderNumber {
  if (isPaymentCode(text)) return { type: 'payment_code' }
  const plain = comparable(text).replace(/\s/g, '')
  if (plain === '') return { type: 'empty' }
  return /^[0-9A-Za-z_|*@-]{6,32}$/.test(plain) ? { type: 'order', number: plain } : { type: 'invalid' }
}

/** "…0426": enough to tell one's own order from another, too little to look it up. */
export const maskedOrder = (number: string): string => `…${number.slice(-4)}`
