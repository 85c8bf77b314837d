import { expect, test } from '@jest/globals'
import { readLines } from '../../../../backend/company/appids/lines.ts'

const entry = { appid: 'wx0123456789abcdef', kind: 'official_account', name: null, sub_mchid: '1900000101' }

test.each([
  'wx0123456789abcdef,公众号,`1900000101',
  '="wx0123456789abcdef",公众号,="1900000101"',
  '\u200ewx0123456789abcdef\u2060,公众号\u200b,1900000101.0',
  'ｗｘ0123456789abcdef\t公众号\t１９００００0101',
  "'wx0123456789abcdef 公众号 '1900000101",
])('given the line %j as a spreadsheet or a chat leaves it, then its parts are what they look like', line => {
  expect(readLines(line)).toEqual({ lines: [{ line: 1, ...entry }], refused: [] })
})
test('given a name in full width with an emoji, then it stays as it is written', () => {
  const name = '小面（科苑店）👩\u200d🍳'
  expect(readLines(`wx0123456789abcdef,公众号,1900000101,${name}`).lines).toEqual([{ line: 1, ...entry, name }])
})
test('given the same appid once more behind what nobody sees, then it stands there twice', () => {
  expect(readLines('wx0123456789abcdef 公众号\n\ufeffwx0123456789abcdef 公众号').refused).toMatchObject([{ line: 2, reason: 'TWICE' }])
})
