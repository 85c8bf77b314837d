// What 返佣 says of figures: as the file has them, and what does not fit beside them.
import { expect, test } from '@jest/globals'
import type { Rebate, RebateMonth } from '../../../../../typings/api.ts'
import { headView, itemView, monthRow, yuan } from '../../../../../miniprogram/packages/manage/rebate/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-29T03:00:00Z')
const at = '2026-11-05T10:00:00+08:00'
const figure = { impressions: 1_000_000, ecpm: '12.50', amount_fen: 1_250_000, difference: null }
const month: RebateMonth = {
  sp_mchid: '1900000001',
  provider_name: '示例服务商',
  month: '2026-10',
  file: 'october.csv',
  imported_at: at,
  stated: figure,
  merchants: { rows: 2, impressions: 1_000_000, amount_fen: 1_250_000 },
  differing: 0,
  contradicted: 0,
}
const whole: Rebate = { ...month, earlier_files: [], items: [], next_cursor: null }

test('given fen, then yuan are written from the digits, whatever their number', () => {
  expect([0, 5, 50, 100, 123_456_789, 999_999_999_999_999].map(yuan)).toEqual([
    '0.00',
    '0.05',
    '0.50',
    '1.00',
    '1,234,567.89',
    '9,999,999,999,999.99',
  ])
})
test('given a month that fits, then it has its amount and no mark; which number it is of is said where there are several', () => {
  expect(monthRow(month, false, say)).toMatchObject({
    amount: '12,500.00 元',
    provider: '',
    facts: ['服务商合计行', '2 家商户'],
    marks: [],
  })
  expect(monthRow(month, true, say).provider).toBe('示例服务商 1900000001')
  expect([headView(whole, now, say).mark, headView(whole, now, say).isMarked]).toEqual(['', false])
})
test('given rows that do not fit, a total that is another, and an earlier file, then each is said', () => {
  const uneven = { ...month, merchants: { rows: 2, impressions: 1_000_000, amount_fen: 1_240_000 }, differing: 1, contradicted: 2 }
  expect(monthRow(uneven, false, say).marks).toEqual(['1 行对不上', '合计行和各行相加不等', '2 行和之前的文件不一样'])
  const head = headView({ ...whole, ...uneven, earlier_files: [{ file: 'first.csv', imported_at: at, replaced_at: at }] }, now, say)
  expect([head.mark, head.earlier[0]!.text, head.isMarked]).toEqual([
    '合计行和各商户行相加差 100.00 元',
    'first.csv，11月5日 10:00 导入，11月5日 10:00 被替换',
    true,
  ])
})
test('given a month without a row of the number, then what is added up is called so', () => {
  expect(monthRow({ ...month, stated: null }, false, say)).toMatchObject({ amount: '12,500.00 元', facts: ['各商户行相加', '2 家商户'] })
})
test('given a merchant, then its figure, its difference and what another file said stand together', () => {
  const row = { sub_mchid: '1900000109', name: '科技面馆', shown: { ...figure, difference: '-5.01' }, earlier: [], is_new: true }
  expect(itemView(row, now, say)).toMatchObject({
    name: '科技面馆',
    amount: '12,500.00 元',
    text: '曝光 1,000,000 次，eCPM 12.50 元',
    mark: '比 eCPM ÷ 1000 × 曝光量少 5.01 元；之前的文件里没有这一行',
  })
  const gone = itemView(
    { ...row, name: null, shown: null, earlier: [{ file: 'first.csv', imported_at: at, ...figure }], is_new: false },
    now,
    say,
  )
  expect([gone.name, gone.shop, gone.amount, gone.mark, gone.earlier[0]!.text]).toEqual([
    '不在商户目录里',
    '',
    '',
    '现在的文件里没有这一行',
    'first.csv（11月5日 10:00 导入）写的是 12,500.00 元，曝光 1,000,000 次，eCPM 12.50 元',
  ])
  expect(itemView({ ...row, sub_mchid: null, name: null }, now, say)).toMatchObject({ id: 'own', name: '服务商合计行', tail: '' })
})
