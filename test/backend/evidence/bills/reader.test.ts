// A trade bill as it may come: marks, backticks, commas in names, columns of other years, and every way in which it is not one (facts.md §8).
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { ALL_COLUMNS } from '../../../../dev/sandbox/index.ts'
import { other, read, refusalOf, shop, textOf } from './given.ts'

const day = '2026-11-28'
const official = 'wx0f1c1a1acc000001'

const mixed = textOf(day, {
  payments: [
    { sub_mchid: shop, count: 3, hour: 12, amount: '9.99', goods: '牛肉面,大碗,`加蛋' },
    { sub_mchid: shop, count: 2, hour: 13, amount: '10.00', appid: 'wx0a1b2c3d4e000002' },
    { sub_mchid: shop, trade_type: 'MICROPAY', hour: 23, amount: '300.00' },
    { sub_mchid: shop, trade_state: 'REFUND', hour: 9 },
    { sub_mchid: shop, trade_state: 'REVOKED' },
    { sub_mchid: other, trade_type: 'NATIVE', hour: 0, amount: '49.90' },
    { sub_mchid: other, trade_type: 'APP' },
    { sub_mchid: other, trade_type: 'MWEB' },
    { sub_mchid: other, trade_type: 'FACEPAY' },
    { sub_mchid: other, trade_type: 'SOMETHING_NEW' },
  ],
})

describe('given a bill of two merchants', () => {
  test('then payments are counted by way, hour and band, refunds apart, and what was revoked not at all', async () => {
    const { bill } = await read(mixed)
    expect([bill.sp_mchid, bill.day, bill.rows, bill.payments]).toEqual(['1900000001', day, 13, 11])
    const [one, two] = [...bill.counts.all()]
    expect(one).toMatchObject({ sub_mchid: shop, payments: 6, refunds: 1, micropay: 1, jsapi: { [official]: 3, wx0a1b2c3d4e000002: 2 } })
    expect([one!.hours[9], one!.hours[12], one!.hours[13], one!.hours[23]]).toEqual([0, 3, 2, 1])
    expect(one!.bands).toEqual([3, 2, 0, 0, 0, 1])
    expect(two).toMatchObject({ sub_mchid: other, payments: 5, native: 1, app: 1, h5: 1, facepay: 1, other: 1, jsapi: {} })
    expect([two!.hours[0], two!.bands]).toEqual([1, [0, 4, 1, 0, 0, 0]])
  })
  test.each([1, 7, 100])('when it comes in pieces of %i bytes, zipped or not, then it is the same', async size => {
    const whole = await read(mixed)
    for (const bytes of [Buffer.from(mixed), gzipSync(mixed)]) {
      const { bill, sha1 } = await read(bytes, size)
      expect([sha1, [...bill.counts.all()]]).toEqual([whole.sha1, [...whole.bill.counts.all()]])
    }
  })
  test('when it has no mark, other line ends and a column in another place, then it is read by the names of its columns', async () => {
    const plain = mixed.slice(1).replaceAll('\r\n', '\n')
    const moved = plain
      .split('\n')
      .map((line, index) => (index < 14 ? `${index === 0 ? '一列' : '`x'},${line}` : line))
      .join('\n')
    const [whole, again] = [await read(mixed), await read(moved)]
    expect([...again.bill.counts.all()]).toEqual([...whole.bill.counts.all()])
  })
  test('when amounts have thousands separators, names of columns backticks or blanks, and blank lines follow, then it is the same', async () => {
    const many = (amount: string) => textOf(day, { payments: [{ sub_mchid: shop, count: 2, amount }, { sub_mchid: other }] })
    const whole = await read(many('1234.50'))
    const [header = '', ...lines] = many('1,234.50').slice(1).split('\r\n')
    const totalsAt = lines.findIndex(line => line.startsWith('总'))
    const names = (line: string) => line.replaceAll(/[^,]+/g, name => `\`${name} `)
    lines[totalsAt] = names(lines[totalsAt]!)
    lines[totalsAt + 1] = lines[totalsAt + 1]!.replaceAll('`0.00', '`12,345,678.00')
    const again = await read([names(header), ...lines, '  ', ''].join('\r\n'))
    expect([again.bill.rows, [...again.bill.counts.all()]]).toEqual([whole.bill.rows, [...whole.bill.counts.all()]])
  })
  test('when its columns are those of before 应结订单金额, then no amount is taken from behind the name of goods', async () => {
    const old = await read(textOf(day, { old_columns: true, payments: [{ sub_mchid: shop, count: 4, goods: 'a,`b,`99999.00' }] }))
    const [one] = [...old.bill.counts.all()]
    expect([one!.payments, one!.bands]).toEqual([4, [0, 0, 0, 0, 0, 0]])
  })
  test('when more was given back than taken, then its fees are below zero, and it is read', async () => {
    const text = textOf(day, { payments: [{ sub_mchid: shop }, { sub_mchid: shop, trade_state: 'REFUND', count: 3 }] })
    expect(text).toContain('`4,`0.00,`0.00,`0.00,`-0.24000,`0.00,`0.00')
    expect([...(await read(text)).bill.counts.all()]).toMatchObject([{ sub_mchid: shop, payments: 1, refunds: 3 }])
  })
  test.each(['牛肉\n面', '牛肉\r\n面,\n\n大碗', '\n'])('when a name of goods breaks its line (%j), then the row is one', async goods => {
    const { bill } = await read(textOf(day, { payments: [{ sub_mchid: shop, goods, count: 2 }, { sub_mchid: other }] }))
    expect([bill.rows, ...[...bill.counts.all()].map(({ payments }) => payments)]).toEqual([3, 2, 1])
  })
  test('when an appid is none, then nothing of what stands there is kept', async () => {
    const { bill } = await read(textOf(day, { payments: [{ sub_mchid: shop, appid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' }] }))
    expect([...bill.counts.all()][0]!.jsapi).toEqual({ '': 1 })
  })
})

test('given a bill that is cut at any byte, then it is refused, or only the end of its last line was missing', async () => {
  const bytes = Buffer.from(
    textOf(day, {
      payments: [
        { sub_mchid: shop, count: 2 },
        { sub_mchid: shop, trade_state: 'REFUND' },
      ],
    }),
  )
  const whole = [...(await read(bytes)).bill.counts.all()]
  for (let length = 0; length < bytes.length; length += 1) {
    const cut = bytes.subarray(0, length)
    if (length < bytes.length - 2) expect([length, await refusalOf(cut)]).toEqual([length, expect.stringMatching(/^BILL_/)])
    else expect([...(await read(cut)).bill.counts.all()]).toEqual(whole)
  }
  const zipped = gzipSync(bytes)
  for (let length = 0; length < zipped.length; length += 1)
    expect([length, await refusalOf(zipped.subarray(0, length))]).toEqual([length, expect.stringMatching(/^BILL_/)])
})

describe('given what is no bill of all orders', () => {
  const lines = textOf(day, { payments: [{ sub_mchid: shop, count: 2 }] }).split('\r\n')
  const withLine = (at: number, line: string) => [...lines.slice(0, at), line, ...lines.slice(at)].join('\r\n')
  const header = (change: (names: string[]) => string[]) => [change(ALL_COLUMNS.split(',')).join(','), ...lines.slice(1)].join('\r\n')
  test.each<[string, string, string]>([
    ['one payment too many', withLine(2, lines[1]!), 'BILL_TOTALS_DISAGREE'],
    ['one payment too few', [lines[0], ...lines.slice(2)].join('\r\n'), 'BILL_TOTALS_DISAGREE'],
    ['totals that disagree', textOf(day, { payments: [{ sub_mchid: shop }], fault: 'wrong_totals' }), 'BILL_TOTALS_DISAGREE'],
    ['a payment behind the totals', withLine(5, lines[1]!), 'BILL_INCOMPLETE'],
    ['totals twice', withLine(5, lines[4]!), 'BILL_INCOMPLETE'],
    ['a line without a backtick', withLine(2, '合计'), 'BILL_LINE_UNREADABLE'],
    ['a line that ends too early', withLine(2, lines[1]!.slice(0, 60)), 'BILL_LINE_UNREADABLE'],
    ['a time that is none', lines.join('\r\n').replace(`${day} 12:10:31`, `${day} 25:10:31`), 'BILL_LINE_UNREADABLE'],
    ['a time behind the last of its day', lines.join('\r\n').replace(`${day} 12:10:31`, `${day} 24:00:00`), 'BILL_LINE_UNREADABLE'],
    ['an hour that is no number', lines.join('\r\n').replace(`${day} 12:10:31`, `${day} 0::10:31`), 'BILL_LINE_UNREADABLE'],
    ['a header twice', withLine(1, lines[0]!), 'BILL_LINE_UNREADABLE'],
    ['a header again behind its payments', withLine(3, lines[0]!), 'BILL_LINE_UNREADABLE'],
    ['a line without an end', `${lines[0]}\r\n\`${'x'.repeat(100_000)}`, 'BILL_LINE_UNREADABLE'],
    [
      'another provider in its second row',
      textOf(day, { payments: [{ sub_mchid: shop }, { sub_mchid: shop, sp_mchid: '1900000002' }] }),
      'BILL_OF_ANOTHER_PROVIDER',
    ],
    ['two days', lines.join('\r\n').replace(`${day} 12`, '2026-11-20 12'), 'BILL_OF_ANOTHER_DAY'],
    ['a day that no year has', textOf('2027-02-29', { payments: [{ sub_mchid: shop }] }), 'BILL_OF_ANOTHER_DAY'],
    [
      'a name with a line break and one column too many',
      withLine(2, `${lines[1]!.split(',`').slice(0, 21).join(',`')}\nx${',`'.repeat(7)}`),
      'BILL_LINE_UNREADABLE',
    ],
    ['a list of merchants', 'sub_mchid,name,region_code\r\n1900000109,科技面馆,440305\r\n', 'BILL_HEADER_UNKNOWN'],
    ['payments alone', header(names => names.filter(name => name !== '微信退款单号')), 'BILL_HEADER_UNKNOWN'],
    ['refunds alone', header(names => [...names, '退款申请时间', '退款成功时间']), 'BILL_HEADER_UNKNOWN'],
    ['a column missing', header(names => names.filter(name => name !== '特约商户号')), 'BILL_HEADER_UNKNOWN'],
    [
      'what has to be known behind the name of goods',
      header(names => [...names.filter(name => name !== '交易状态'), '交易状态']),
      'BILL_HEADER_UNKNOWN',
    ],
    ['nothing', '', 'BILL_HEADER_UNKNOWN'],
    // read without a word, it would replace its day by nothing
    ['a header with a column in front that no row has', header(names => ['新列', ...names]), 'BILL_LINE_UNREADABLE'],
    [
      'one with such a column in the middle',
      header(names => names.flatMap(name => (name === '设备号' ? ['新列', name] : [name]))),
      'BILL_LINE_UNREADABLE',
    ],
    ['one without a column that its rows have', header(names => names.filter(name => name !== '设备号')), 'BILL_LINE_UNREADABLE'],
    ['states of which none is known', lines.join('\r\n').replaceAll('`SUCCESS', '`PAID'), 'BILL_LINE_UNREADABLE'],
    [
      'a revoked payment without a time',
      textOf(day, { payments: [{ sub_mchid: shop, trade_state: 'REVOKED' }] }).replace(`${day} 1`, `${day}`),
      'BILL_LINE_UNREADABLE',
    ],
  ])('such as %s, then it is refused', async (_what, text, reason) => {
    expect(await refusalOf(text)).toBe(reason)
  })
})

test('given a bill of a day without payments, then it has no day and no merchant', async () => {
  const { bill } = await read(textOf(day, { payments: [] }))
  expect([bill.day, bill.sp_mchid, bill.rows, bill.counts.merchants]).toEqual([null, null, 0, 0])
})
