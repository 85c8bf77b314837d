import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readNumber } from '../../../../../miniprogram/packages/visit/components/checklist-item/rules.ts'

describe('a number as a person writes it', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['5', 5],
    ['3.5', 3.5],
    ['1,5', 1.5],
    ['1，5', 1.5],
    ['１２', 12],
    ['３．５', 3.5],
    ['5秒', 5],
    ['5 秒钟', 5],
    ['2.5s', 2.5],
    ['3.5.', 3.5],
    ['3.', 3],
    ['3。5', 3.5],
    ['.5', 0.5],
    ['约 4 秒', 4],
    ['两秒', 2],
    ['十', 10],
    ['-1', -1],
  ])('"%s" is %s', (text, value) => expect(readNumber(text)).toBe(value))

  it.each(['5分钟', '1,500', '1.2.3', '两三秒', 'abc', '1 5 x', '1e3', '0x10', '--1', '秒'])('"%s" is none', text =>
    expect(readNumber(text)).toBeNaN(),
  )

  it('every number that a phone prints is read as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 99 }), (whole, part) => {
        const value = whole + part / 100
        expect(readNumber(String(value))).toBe(value)
      }),
    )
  })
})
