import { expect, test } from '@jest/globals'
import { isReason, writtenReason } from '../../../miniprogram/shared/reason.ts'

test.each([
  ['看错', true],
  ['𠮷𠮷', true],
  ['OK', true],
  ['', false],
  ['好', false],
  ['好 ', false],
  ['𠮷', false],
  ['\u200b\u2060\u00ad', false],
  ['　\t\n', false],
])('given the reason %j, then that it says something is %s', (text, says) => {
  expect(isReason(text)).toBe(says)
})

test('given blanks at its ends, then they are not kept', () => {
  expect(writtenReason('　看错了\n')).toBe('看错了')
})
