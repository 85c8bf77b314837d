// The one form in which a printed code and a scanned one are compared, and what may never be looked up at all.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { comparableCode, lookUpForms } from '../../../../backend/directory/scan-resolutions/code.ts'
import { holdsPaymentCode } from '../../../../miniprogram/shared/payment-code.ts'

describe('links', () => {
  test.each([
    'https://pay.example.cn/q/AB12',
    'http://pay.example.cn/q/AB12',
    'HTTPS://PAY.Example.CN/q/AB12',
    'https://pay.example.cn:443/q/AB12',
    'http://pay.example.cn:80/q/AB12',
    'https://pay.example.cn./q/AB12/',
    '  https://pay.example.cn/q/AB12#top ',
    'https://pay.example.cn/q/../q/AB12',
    'https://somebody@pay.example.cn/q/AB12?',
    'pay.example.cn/q/AB12',
  ])('given %s, then it is the same code as the one on the sticker', text => {
    expect(comparableCode(text)).toBe('pay.example.cn/q/AB12')
  })

  test.each([
    ['another path in capitals', 'https://pay.example.cn/q/ab12'],
    ['another host', 'https://pay.example.cn.evil.test/q/AB12'],
    ['the host as a user name', 'https://pay.example.cn@evil.test/q/AB12'],
    ['another port', 'https://pay.example.cn:8443/q/AB12'],
    ['another scheme', 'ftp://pay.example.cn/q/AB12'],
  ])('given %s, then it is another code', (_, text) => {
    expect(lookUpForms(text)).not.toContain('pay.example.cn/q/AB12')
  })

  test('given a query, then a code stored with it is meant first, then one stored without', () => {
    expect(lookUpForms('https://m.example.cn/pay/?shop=120')).toEqual(['m.example.cn/pay?shop=120', 'm.example.cn/pay'])
  })
})

test('given any text, then comparing forms never throws and bringing a form into its form changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string({ unit: 'binary' })), text => {
      const form = comparableCode(text)
      expect(comparableCode(form)).toBe(form)
      if (text.trim() !== '') expect(lookUpForms(text)).toContain(form)
    }),
  )
})

const paymentCode = fc.tuple(fc.integer({ min: 10, max: 15 }), fc.stringMatching(/^\d{16}$/)).map(([first, rest]) => `${first}${rest}`)
const disguises: readonly ((code: string) => string)[] = [
  code => code,
  code => code.replace(/\d{4}/g, '$& '),
  code => code.replace(/\d{6}/g, '$&-'),
  code => code.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  code => [...code].map(digit => `%3${digit}`).join(''),
]

test.each([
  ['QR-CODE-7', '\u200eQR-CODE\u2060-7\u00ad'],
  ['QR-CODE-7', "'QR-CODE-7"],
  ['QR-CODE-7', '="ＱＲ-CODE-7"'],
  ['https://pay.example.cn/q/%E7%A7%91', 'http://PAY.example.cn/q/%e7%a7%91/'],
  ['https://pay.example.cn/q/科', 'pay.example.cn/q/%e7%a7%91'],
  ['https://pay.example.cn/q/A~1', 'https://pay.example.cn/q/%41%7e1'],
])('given %s as it is stored and %s as it is scanned, then they are the same', (stored, scanned) => {
  expect(lookUpForms(scanned)).toContain(comparableCode(stored))
})

test("given a customer's payment code, alone or in a text, written in any way, then it is found", () => {
  fc.assert(
    fc.property(paymentCode, fc.constantFrom(...disguises), fc.constantFrom(...around), (code, disguise, [before, after]) => {
      expect(holdsPaymentCode(`${before}${disguise(code)}${after}`)).toBe(true)
    }),
  )
})
const around: readonly [string, string][] = [
  ['', ''],
  ['付款码：', '，谢谢'],
  ['https://pay.example.cn/q?c=', ''],
  ['https://pay.example.cn/', '/x'],
  ['桌号 3 ', ' 已付'],
  ['a', 'b'],
]

test.each([
  'https://pay.example.cn/q/AB12',
  '12345678-1234-4123-8123-123456789012',
  '2026-11-23 14:05:09 1900000109',
  '13812345678',
  '1900000109',
  '4200001234567890123456789012',
  '199912345678901234',
  'wxp://f2f0abc',
])('given %s, then it is not taken for a payment code', text => {
  expect(holdsPaymentCode(text)).toBe(false)
})
