import { describe, expect, test } from '@jest/globals'
import { countNumbers, newRollout, numbersOf, type Asked } from '../../../../../miniprogram/packages/manage/rollout-new/rules.ts'

const asked = (given: Partial<Asked> = {}): Asked => ({
  name: ' 第一批 ',
  action: 'both',
  by: 'filter',
  plan: '',
  region: '',
  industries: '',
  list: '',
  ...given,
})

test('given receipt and plan by a filter, then both are one rollout and empty filters are left out', () => {
  expect(newRollout(asked())).toEqual({ name: '第一批', action: 'gold_plan.open', with_receipt: true, filter: {} })
  expect(newRollout(asked({ action: 'receipt.open', plan: 'closed', region: '440305' }))).toEqual({
    name: '第一批',
    action: 'receipt.open',
    filter: { gold_plan: 'closed', region_code: '440305' },
  })
})
test("given a pasted list, then what is no 商户号, such as a customer's payment code, does not leave the phone", () => {
  const body = newRollout(asked({ by: 'list', list: '1900000101\n134567890123456789，1900000102 店名' }))
  expect(body?.numbers).toEqual(['1900000101', '-', '1900000102', '-'])
})
test.each(['1900 000 101', '1,900,000,101', '1900-000-101', '１９００　０００　１０１', "'1900000101\t", ' 1900000101 \r'])(
  'given the pasted line %j, then it is one 商户号, and is counted as one',
  line => {
    const list = `${line}\n1900000102 1900000103,1900000104\n`
    expect(newRollout(asked({ by: 'list', list }))?.numbers).toEqual(['1900000101', '1900000102', '1900000103', '1900000104'])
    expect(countNumbers(list)).toBe(4)
  },
)
test('given a file in UTF-16, read as bytes, then it is none that can be read', () => {
  expect(numbersOf('\u00ff\u00fe1\u00009\u00000\u0000')).toBeNull()
})
test.each([
  { name: ' ' },
  { by: 'list' as const },
  { action: 'ad_filter.set' as const },
  { action: 'ad_filter.set' as const, industries: 'A,B,C,D' },
])('given %j, then there is nothing to try yet', given => {
  expect(newRollout(asked(given))).toBeNull()
})

test('given a number on each line, then each is one, whatever ends the lines', () => {
  expect(numbersOf('\uFEFF1900000101\r\n\r\n1900000102\r1900000103\n')).toEqual(['1900000101', '1900000102', '1900000103'])
})
test('given a table whose header names the column, then that one is read, also where another holds as many digits', () => {
  const table = '开通日期,商户号,名称\n20261101,"1900000101",科技面馆\n20261102,=1900000102,小面馆\n20261103,,没有号的店'
  expect(numbersOf(table)).toEqual(['1900000101', '1900000102', '-'])
})
test('given a table without a header, then the first number of each line counts, and a line without one counts as none', () => {
  expect(numbersOf('科技面馆\t1900000101\n合计 共一家\t1')).toEqual(['1900000101', '-'])
})
test.each(['PK\u0003\u0004…', 'a\u0000b'])('given a workbook or other bytes, then there is nothing to read', text => {
  expect(numbersOf(text)).toBeNull()
})

const disguised = ['`1900000101', "'1900000101", '1900000101.0', '１９０００００１０１', '\u200e1900000101\u202c', '1.900000101E+09']
test.each(disguised)('given a number that a spreadsheet or a chat left as %j, then it is the 商户号, pasted or in a file', written => {
  expect(newRollout(asked({ by: 'list', list: `${written}\n"1900000102"` }))?.numbers).toEqual(['1900000101', '1900000102'])
  expect(numbersOf(`商户号\u200e,名称\n${written},面馆`)).toEqual(['1900000101'])
  expect(numbersOf(`面馆,${written}`)).toEqual(['1900000101'])
})
test.each(['="1900000101"', '"=""1900000101"""', '"1,900,000,101"', '" 1900000101 "'])(
  'given the cell %s of a CSV file, then it is the 商户号',
  cell => {
    expect(numbersOf(`名称,商户号\n面馆,${cell}`)).toEqual(['1900000101'])
  },
)
test('given names and addresses with commas before the column, then no merchant of the file is left out', () => {
  const table = '名称,地址,商户号\n"面馆, 科苑店",科苑路 15 号，一楼；靠街,1900000101\n"写着""老店""的",,1900000102'
  expect(numbersOf(table)).toEqual(['1900000101', '1900000102'])
})

test('given codes of tags in full width, then they are these codes', () => {
  expect(newRollout(asked({ action: 'ad_filter.set', industries: 'catering，ＲＥＴＡＩＬ' }))).toMatchObject({
    industries: ['CATERING', 'RETAIL'],
  })
})

describe('a table with names in it', () => {
  test('given commas of both widths and line ends inside of cells, then the column stays the column', () => {
    const table = '名称,商户号,地址\r\n"面馆, 一店",1900000101,"北京\r\n海淀"\r\n面馆，二店,1900000102,路 2 号\r\n"他说""好""",1900000103,'
    expect(numbersOf(table)).toEqual(['1900000101', '1900000102', '1900000103'])
  })
  test('given a stray quotation mark, then no line below it is lost', () => {
    const table = '商户号,名称\n1900000101,"面馆\n1900000102,小店\n1900000103,"茶馆"\n1900000104,店'
    expect(numbersOf(table)).toEqual(['1900000101', '1900000102', '1900000103', '1900000104'])
    expect(numbersOf('商户号,名称\n1900000101,"面馆\n1900000102,小店')).toEqual(['1900000101', '1900000102'])
  })
  test('given a file that Excel saved in China, each byte of which is a character, then its column is found', () => {
    const head = '\u00b7\u00fe\u00ce\u00f1\u00c9\u00cc,\u00c9\u00cc\u00bb\u00a7\u00ba\u00c5'
    expect(numbersOf(`${head}\n1900000001,1900000101\n1900000001,1900000102`)).toEqual(['1900000101', '1900000102'])
  })
  test('given a hundred thousand lines and one more, then a list of so many is not tried', () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => String(1_900_000_000 + index)).join('\n')
    expect(newRollout(asked({ by: 'list', list: list(100_000) }))?.numbers).toHaveLength(100_000)
    expect(newRollout(asked({ by: 'list', list: list(100_001) }))).toBeNull()
  })
})
