import { expect, test } from '@jest/globals'
import { csvCell } from '../../../../backend/directory/imports/rejects.ts'

test.each(['=1+1', '＝1', '﹦1', '﹣1', '−1', '@a', '﹫a', ' =1', '\u200b=1', '\t1', '\n=1'])(
  'given the cell %j, which a spreadsheet may take for a formula, then it begins with an apostrophe and is one line',
  text => {
    expect(csvCell(text)).toMatch(/^'[^\r\n]+$/)
  },
)

test.each(['科技面馆', 'a=1', '1900000109', '5-6'])('given %j, then it stays', text => {
  expect(csvCell(text)).toBe(text)
})
