// An amount against eCPM ÷ 1000 × impressions, on both sides of what rounding explains.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { differenceOf } from '../../../../backend/directory/rebates/check.ts'

const of = (impressions: string, ecpm: string, amount_fen: string) => differenceOf({ impressions, ecpm, amount_fen })

test('given 1,000,000 impressions at 12.50, then 12,500.00 fits, and so does what half a fen of the eCPM makes of it', () => {
  expect(of('1000000', '12.50', '1250000')).toBeNull()
  // 12.495 and 12.505 are written 12.50; half a fen of the amount comes on top
  expect([of('1000000', '12.50', '1249500'), of('1000000', '12.50', '1250500')]).toEqual([null, null])
  expect([of('1000000', '12.50', '1249499'), of('1000000', '12.50', '1250501')]).toEqual(['-5.01', '5.01'])
})
test('given an eCPM with more decimals, then less is explained; one that a spreadsheet shortened counts as two', () => {
  expect([of('1000000', '12.5000', '1250005'), of('1000000', '12.5000', '1250006')]).toEqual([null, '0.06'])
  expect([of('1000000', '12.5', '1250500'), of('1000000', '12.5', '1250501')]).toEqual([null, '5.01'])
  expect([of('1000000', '12', '1200500'), of('1000000', '12', '1200501')]).toEqual([null, '5.01'])
})
test('given few impressions, then half a fen of the amount is explained, and a fen more is not', () => {
  // 3 × 1.11 ÷ 1000 = 0.00333 yuan
  expect([of('3', '1.11', '0'), of('3', '1.11', '1'), of('3', '1.11', '2')]).toEqual([null, '0.00667', '0.01667'])
  expect([of('0', '0', '0'), of('0', '9.99', '1')]).toEqual([null, '0.01'])
  // half a fen for the thousand impressions and half a fen for the amount are a fen
  expect([of('1000', '1.11', '112'), of('1000', '1.11', '113')]).toEqual([null, '0.02'])
})
test('given a figure that no binary number holds, then every digit counts', () => {
  expect(of('999999999999999', '0.01', '1000000000000')).toBeNull()
  expect(of('999999999999999', '12345.678901', '123')).toBe('-12345678900999986.424321099')
})
test('given any figure, then the amount that is the rounded product fits', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 9n), fc.integer({ min: 2, max: 6 }), (impressions, units, decimals) => {
      const digits = units.toString().padStart(decimals + 1, '0')
      const divisor = 10n ** BigInt(decimals + 1)
      const fen = (2n * units * impressions + divisor) / (2n * divisor)
      expect(of(impressions.toString(), `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`, fen.toString())).toBeNull()
    }),
  )
})
