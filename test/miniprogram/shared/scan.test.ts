import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { resolveScan } from '../../../miniprogram/shared/scan.ts'

const hosts = ['pay.example.cn']

describe('what a scan is', () => {
  it.each([
    ['134567890123456789', { type: 'payment_code' }],
    ['1345 6789 0123 4567 89', { type: 'payment_code' }],
    ['１３４５６７８９０１２３４５６７８９', { type: 'payment_code' }],
    ['https://pay.example.cn/q?code=134567890123456789', { type: 'payment_code' }],
    ['wxp://f2f0abc', { type: 'personal_code' }],
    ['1900000109', { type: 'sub_merchant', sub_mchid: '1900000109' }],
    ['19000001', { type: 'sub_merchant', sub_mchid: '19000001' }],
    ['1900 0001 09', { type: 'sub_merchant', sub_mchid: '1900000109' }],
    ['https://pay.example.cn/q?m=1900000109', { type: 'sub_merchant', sub_mchid: '1900000109' }],
    ['https://shop.pay.example.cn:8443/q?x=1&sub_mchid=1900000109#top', { type: 'sub_merchant', sub_mchid: '1900000109' }],
    ['https://pay.example.cn/q/AB12', { type: 'ask', content: 'https://pay.example.cn/q/AB12' }],
    ['https://elsewhere.cn/q?m=1900000109', { type: 'ask', content: 'https://elsewhere.cn/q?m=1900000109' }],
    ['https://pay.example.cn.evil.cn/q?m=1900000109', { type: 'ask', content: 'https://pay.example.cn.evil.cn/q?m=1900000109' }],
    ['https://pay.example.cn@evil.cn/?m=1900000109', { type: 'ask', content: 'https://pay.example.cn@evil.cn/?m=1900000109' }],
    ['https://qr.alipay.com/fkx0123', { type: 'foreign' }],
    ['https://qr.95516.com/00010000/0123', { type: 'foreign' }],
    ['alipays://platformapi/startapp', { type: 'foreign' }],
    [`https://pay.example.cn/${'a'.repeat(600)}`, { type: 'unknown' }],
    ['你好', { type: 'unknown' }],
    ['', { type: 'unknown' }],
    ['1234567', { type: 'unknown' }],
  ])('%s', (result, expected) => {
    expect(resolveScan({ result }, hosts)).toEqual(expected)
  })

  it('reads our own mini program code by its path', () => {
    expect(resolveScan({ path: 'packages/merchant/detail/index?scene=m%3D1900000109' })).toEqual({
      type: 'sub_merchant',
      sub_mchid: '1900000109',
    })
    expect(resolveScan({ path: 'packages/merchant/detail/index?sub_mchid=1900000109' })).toEqual({
      type: 'sub_merchant',
      sub_mchid: '1900000109',
    })
    expect(resolveScan({ path: 'packages/merchant/detail/index?sub_mchid=abc' })).toEqual({ type: 'unknown' })
  })

  it('never lets a payment code out, whatever stands around it', () => {
    const code = fc.tuple(fc.integer({ min: 10, max: 15 }), fc.stringMatching(/^[0-9]{16}$/)).map(([head, tail]) => `${head}${tail}`)
    const around = fc.string({ maxLength: 30 }).filter(text => !/[0-9]$/.test(text) && !/^[0-9]/.test(text))
    fc.assert(
      fc.property(code, around, around, (digits, before, after) => {
        const outcome = resolveScan({ result: before + digits + after }, hosts)
        expect(JSON.stringify(outcome)).not.toContain(digits)
      }),
      { numRuns: 2_000 },
    )
  })

  it('answers anything at all without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), fc.string({ unit: 'binary', maxLength: 80 }), (result, path) => {
        expect(['payment_code', 'personal_code', 'sub_merchant', 'ask', 'foreign', 'unknown']).toContain(
          resolveScan({ result, path }, hosts).type,
        )
      }),
      { numRuns: 2_000 },
    )
  })
})
