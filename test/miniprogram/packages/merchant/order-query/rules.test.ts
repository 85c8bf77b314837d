import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isOutTradeNo } from '../../../../../backend/wechatpay/index.ts'
import { maskedOrder, orderNumberOf } from '../../../../../miniprogram/packages/merchant/order-query/rules.ts'
import { orderNext } from '../../../../../miniprogram/packages/merchant/order-query/view.ts'

describe('a 商户单号 on the phone', () => {
  it.each([
    ['1217752501201407033233368018', '1217752501201407033233368018'],
    [' 2026 1123\n0001 ', '202611230001'],
    ['ＡＢ－１２３４５', 'AB-12345'],
    ['a_b|c*d@', 'a_b|c*d@'],
  ])('%j is the order %s', (text, number) => {
    expect(orderNumberOf(text)).toEqual({ type: 'order', number })
  })
  it.each([
    ['', 'empty'],
    [' \u3000', 'empty'],
    ['12345', 'invalid'],
    ['1'.repeat(33), 'invalid'],
    ['https://pay.example.cn/q/AB12', 'invalid'],
    ['订单20261123', 'invalid'],
    ['134567890123456789', 'payment_code'],
    ['1345 6789 0123 4567 89', 'payment_code'],
    ['１３４５６７８９０１２３４５６７８９', 'payment_code'],
  ])('%j is %s', (text, type) => {
    expect(orderNumberOf(text)).toEqual({ type })
  })
  it('takes exactly what the backend sends to WeChat Pay, payment codes apart', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), text => {
        const found = orderNumberOf(text)
        return found.type === 'order' ? isOutTradeNo(found.number) : found.type === 'payment_code' || !isOutTradeNo(text)
      }),
    )
  })
  it('shows no more than four characters', () => {
    expect(maskedOrder('1217752501201407033233368018')).toBe('…8018')
  })
})

describe('what follows an order', () => {
  it.each([
    ['jsapi', 'enrolled', 'AWAITING_VERIFICATION', 'test_payment'],
    ['jsapi', 'not_migrated', 'NO_RECORD_OF_OPENING', 'test_payment'],
    ['jsapi', 'not_migrated', 'CLOSED_BY_OPERATION', 'to_shop'],
    ['jsapi', 'verified', 'PAGE_SEEN', 'to_shop'],
    ['miniprogram', 'unknown', 'NO_EVIDENCE', 'again'],
    ['other', 'verified', 'PAGE_SEEN', 'again'],
    ['unknown', 'unknown', 'NO_EVIDENCE', 'copy_appid'],
  ] as const)('%s at a shop that is %s (%s): %s', (scene, state, reason, next) => {
    expect(orderNext(scene, { state, reason })).toBe(next)
  })
})
