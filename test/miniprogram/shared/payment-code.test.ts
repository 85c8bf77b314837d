// A customer's payment code, as people, keyboards, scanners and links write it; and numbers that are none.
import { expect, test } from '@jest/globals'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'

const code = '134567890123456789'
const inDigits = (ten: string) => [...code].map(digit => Array.from(ten)[Number(digit)]).join('')
const inFours = (mark: string) => code.replace(/(\d{4})/g, `$1${mark}`)

test.each([
  ['dots', inFours('.')],
  ['commas in full width', inFours('，')],
  ['underscores', inFours('_')],
  ['middle dots', inFours('·')],
  ['brackets', code.replace(/(\d{4})/g, '($1)')],
  ['sixes', code.replace(/(\d{6})(?=\d)/g, '$1|')],
  ['Arabic digits', inDigits('٠١٢٣٤٥٦٧٨٩')],
  ['Persian digits', inDigits('۰۱۲۳۴۵۶۷۸۹')],
  ['digits of formulas', inDigits('𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗')],
  ['digits in circles', inDigits('⓪①②③④⑤⑥⑦⑧⑨')],
  ['Chinese numerals', inDigits('〇一二三四五六七八九')],
  ['Chinese numerals of cheques', inDigits('零壹贰叁肆伍陆柒捌玖')],
  ['character references', [...code].map(digit => `&#${48 + Number(digit)};`).join('')],
  ['percent twice', [...code].map(digit => `%253${digit}`).join('')],
  ['escapes', [...code].map(digit => `\\u003${digit}`).join('')],
  ['a scanner that read twice', code + code],
  ['a numeral right behind it', `${code}一份`],
])('given a code in %s, then it is found', (_how, text) => {
  expect(holdsPaymentCode(text)).toBe(true)
  expect(holdsPaymentCode(`客人的付款码：${text}。谢谢`)).toBe(true)
})

test.each([
  '4200001234567890123456789012',
  '13800138000,1234567',
  '电话 13800138000/13900139000',
  '10.00,12.00,13.50,14.50,1.5',
  '2026.11.23 10:00-12:00',
  '110101,110102,110105',
  '1001,1002,1003,1004,1005',
  '101,102,103,104,105,106',
  '100,000,000,000',
  '192.168.100.101:8787',
  '一二三四五六七八九十',
  '&#x110000;',
  '100%',
])('given %j, then it is none', text => {
  expect(holdsPaymentCode(text)).toBe(false)
})
