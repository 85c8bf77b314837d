// A text of WeChat Pay as it is kept and shown: without numbers, names and orders, and the same for every shop.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { withoutMerchants } from '../../../backend/observations/without-merchants.ts'

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`))
/** as a text may write them */
const spelled = (number: fc.Arbitrary<string>) =>
  fc
    .tuple(number, fc.constantFrom('', ' ', '-', '·', '\u200b', '*'), fc.constantFrom(0, 0xfee0, 0x0660 - 0x30))
    .map(([text, between, shift]) => [...text].map(digit => String.fromCharCode(digit.charCodeAt(0) + shift)).join(between))
const around = fc.constantFrom('', '特约商户', '商户不支持开通该业务：', 'sub_mch punished ', '，请稍后再试。', '(', '「')
const name = fc.constantFrom('科技面馆', '南山大药房（科技园店）', 'Blue Bottle Coffee', '甲乙', '深圳市南山区老王便利店')

describe('given a text that names a shop', () => {
  test('when it holds its number, however it is written, then no five digits in a row are left', () => {
    fc.assert(
      fc.property(around, spelled(digits(8, 10)), around, (before, number, after) => {
        const bare = withoutMerchants(`${before}${number}${after}`)
        expect(bare.normalize('NFKC').replaceAll(/[^\p{Nd}]/gu, '').length).toBeLessThan(5)
        expect(bare).not.toContain(number)
      }),
    )
  })

  test('when it holds its name in any case and width, then the name is not in it', () => {
    fc.assert(
      fc.property(
        around,
        name,
        fc.constantFrom('NFC', 'NFKC', 'NFKD' as const),
        fc.boolean(),
        around,
        (before, called, form, upper, after) => {
          const written = (upper ? called.toUpperCase() : called).normalize(form === 'NFKD' ? 'NFC' : form)
          const bare = withoutMerchants(`${before}${written}${after}`, ['科技', called])
          expect(bare.normalize('NFKC').toLowerCase()).not.toContain(called.normalize('NFKC').toLowerCase())
        },
      ),
    )
  })

  test('when it holds an order number, an openid or an appid, then it is not in it', () => {
    for (const secret of [
      'KJ20261128-0001',
      'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      'wx8888888888888888',
      '4200001234202611281234567890',
      '13800138000',
    ])
      expect(withoutMerchants(`订单 ${secret} 不存在`)).toBe('订单 ### 不存在')
  })

  test('when it names a company that is in no directory, then that is not in it either', () => {
    expect(withoutMerchants('深圳科技面馆餐饮管理有限公司 已被限制')).toBe('○○ 已被限制')
  })

  test('when two shops are told the same, then it is one text, and it is the same when read again', () => {
    const said = (shop: string, number: string) => withoutMerchants(`特约商户${shop}(${number})不支持开通该业务`, [shop])
    expect(said('科技面馆', '1900000109')).toBe(said('Blue Bottle Coffee', '19000001'))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), name, (text, called) => {
        const once = withoutMerchants(text, [called])
        expect(withoutMerchants(once, [called])).toBe(once)
      }),
    )
  })
})

test.each([
  'sub_mch reopen less than 24h',
  '再次开通需间隔 24 小时',
  '输入源 "/body/sub_mchid" 不合法',
  'HTTP 400 INVALID_REQUEST',
  '商户不支持开通该业务',
])('given what WeChat Pay says of nobody (%s), then all of it stays', text => {
  expect(withoutMerchants(text)).toBe(text)
})

test('given a text of a thousand characters, then 300 are kept, no half of a character among them', () => {
  const bare = withoutMerchants('𠮷'.repeat(1_000))
  expect([...bare]).toHaveLength(300)
  expect(bare).not.toMatch(/\p{Surrogate}/u)
})
