import { expect, test } from '@jest/globals'
import { csvLines, inOneLine } from '../../../backend/directory/csv.ts'

test.each(['=1+1', '＝1', '﹦1', '﹣1', '−1', '@a', '﹫a', ' =1', '\u200b=1', '\t1', '\r1', '\n=1'])(
  'given the cell %j, which a spreadsheet may take for a formula, then it begins with an apostrophe',
  text => {
    expect(csvLines([[text]])).toMatch(/^"?'/)
    expect(csvLines([[inOneLine(text)]])).toMatch(/^'?[^\r\n]+\r\n$/)
  },
)

test.each(['科技面馆', 'a=1', '1900000109', '5-6'])('given %j, then it stays', text => {
  expect(csvLines([[text]])).toBe(`${text}\r\n`)
})

test('given commas, quotes and line breaks, then each cell is one cell, and in one line where it is asked for', () => {
  expect(
    csvLines([
      ['a,b', '引"号', '两\n行'],
      ['', '空', ''],
    ]),
  ).toBe('"a,b","引""号","两\n行"\r\n,空,\r\n')
  expect(inOneLine('两\r\n行\u2028三')).toBe('两 行 三')
})
