import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { checkCodeOf, checkCodeVariants, matchingVariant } from '../../../backend/receipts/check-code.ts'

const order = { sub_mchid: '1234567', out_trade_no: 'ABC|DEFG', transaction_id: 'abcdefg' }
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

describe("given the example of WeChat's guide", () => {
  test('when the rule is computed for it, then it gives this code, which is not the published one', () => {
    const example = { sub_mchid: '1234567', out_trade_no: 'ABCDEFG', transaction_id: 'abcdefg' }
    expect(checkCodeOf('https://www.qq.com', example)).toBe('1a56f1432c02f2bc0e2d3001424432d7')
    expect(matchingVariant('39f0876dd58e4eb61b66250f69d02705', example, ['https://www.qq.com'])).toBeNull()
  })
})

describe('given a reading of the rule', () => {
  const query = 'sub_mch_id=1234567&out_trade_no=ABC|DEFG&transaction_id=abcdefg'
  const encoded = 'sub_mch_id=1234567&out_trade_no=ABC%7CDEFG&transaction_id=abcdefg'
  test.each([
    ['https://r.example.com/receipt', `https://r.example.com/receipt?${query}`, 'plain.raw.lower'],
    ['https://r.example.com/receipt', `https://r.example.com/receipt?${encoded}`, 'plain.encoded.lower'],
    ['https://r.example.com/?shop=1', `https://r.example.com/?shop=1&${query}`, 'and.raw.lower'],
    ['https://r.example.com/?shop=1', `https://r.example.com/?shop=1?${query}`, 'question.raw.lower'],
    ['https://r.example.com/?shop=1', `https://r.example.com/?${query}`, 'bare.raw.lower'],
  ])('of the link %s, when the code is the MD5 of %s, then it is %s', (link, text, variant) => {
    expect(matchingVariant(md5(text), order, ['https://other.example.com', link])).toBe(variant)
    expect(matchingVariant(md5(text).toUpperCase(), order, [link])).toBe(variant.replace('lower', 'upper'))
    expect(matchingVariant(md5(text), order, [link], variant)).toBe(variant)
    expect(
      matchingVariant(
        md5(text),
        order,
        [link],
        checkCodeVariants.find(other => other !== variant),
      ),
    ).toBeNull()
  })

  test('when the code is of another order, another merchant, another link, or no code at all, then nothing matches', () => {
    const link = 'https://r.example.com/receipt'
    const right = checkCodeOf(link, order)
    expect(matchingVariant(right, order, [link])).not.toBeNull()
    for (const other of [{ transaction_id: 'abcdefh' }, { out_trade_no: 'ABCDEFH' }, { sub_mchid: '1234568' }])
      expect(matchingVariant(right, { ...order, ...other }, [link])).toBeNull()
    expect(matchingVariant(right, order, ['https://r.example.com/'])).toBeNull()
    for (const code of ['', right.slice(1), `${right}0`, right[0]!.toUpperCase() + right.slice(1).replace(/[0-9]/, 'a'), 'z'.repeat(32)])
      expect(matchingVariant(code, order, [link])).toBeNull()
  })
})
