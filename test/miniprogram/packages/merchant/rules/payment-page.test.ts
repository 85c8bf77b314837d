// What the drawn payment page shows for each combination of a merchant's settings (product.md F4b, F5, F11, B08).
import { describe, expect, test } from '@jest/globals'
import {
  pageSpoken,
  pageWithoutPlan,
  paymentPage,
  sampleBlocks,
  type PaymentPageSettings,
} from '../../../../../miniprogram/packages/merchant/rules/payment-page.ts'
import { RECEIPT_TEMPLATES, templateFor } from '../../../../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import { sampleItems } from '../../../../../miniprogram/packages/merchant/words/receipt-page.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import type { ReceiptBlock } from '../../../../../typings/api.ts'

const say = translator('zh-CN')
const blocks: ReceiptBlock[] = [{ kind: 'pickup_code' }, { kind: 'notice', text: '请取餐' }]
const open: PaymentPageSettings = {
  gold_plan: true,
  receipt: { open: true, link: true, seen: false },
  blocks,
  ads: 'open',
  kept_away: ['餐饮美食'],
  template: 'catering',
  legacy: false,
}

describe('the drawn payment page', () => {
  test('given plan and receipt are open and blocks are chosen, then bill, these blocks in their order and the ads are drawn', () => {
    const page = paymentPage(open)
    expect(page).toMatchObject({ page: 'official', receipt: 'merchant', ads: 'shown', kept_away: ['餐饮美食'] })
    expect(page.blocks.map(({ kind }) => kind)).toEqual(['pickup_code', 'notice'])
    expect(page.blocks[0]).toMatchObject({ title: '取餐码', figure: [{ text: 'A108', unit: '' }] })
  })

  test('given no plan, then the page closes, or leads to the page that was seen here; assumed, it is drawn all the same', () => {
    expect(paymentPage({ ...open, gold_plan: false })).toMatchObject({ page: 'closed', blocks: [], ads: 'none' })
    expect(paymentPage({ ...open, gold_plan: false, legacy: true }).page).toBe('legacy_page')
    expect(paymentPage({ ...open, gold_plan: false }, { plan: true })).toMatchObject({ page: 'official', receipt: 'merchant' })
    expect(pageWithoutPlan({ legacy: false }).page).toBe('closed')
  })

  test.each([
    ['is closed', { receipt: { open: false, link: true, seen: false } }],
    ['has no link', { receipt: { open: true, link: false, seen: false } }],
    ['has no blocks', { blocks: [] }],
  ])('given the receipt %s, then customers see WeChat’s own', (_what, change) => {
    expect(paymentPage({ ...open, ...change })).toMatchObject({ receipt: 'official', blocks: [] })
  })

  test('given the content was never read, or customers saw a receipt that is not chosen here, then it is not made up', () => {
    expect(paymentPage({ ...open, blocks: null })).toMatchObject({ receipt: 'unread', blocks: [] })
    expect(paymentPage({ ...open, blocks: [], receipt: { open: false, link: true, seen: true } })).toMatchObject({ receipt: 'unread' })
  })

  test('given ads are closed, or nobody knows, then none are drawn, or only as possible', () => {
    expect(paymentPage({ ...open, ads: 'closed' }).ads).toBe('none')
    expect(paymentPage({ ...open, ads: 'unknown' }).ads).toBe('possible')
  })

  test('every template has only blocks that can be drawn, with sample values and no amount', () => {
    for (const { code, blocks: chosen } of RECEIPT_TEMPLATES) {
      const drawn = sampleBlocks(chosen, code)
      expect(drawn).toHaveLength(chosen.length)
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(chosen.length)
      expect(JSON.stringify(drawn)).not.toMatch(/[¥￥]/)
    }
  })

  test.each([
    ['蓝鲸奶茶', 'CATERING', /奶茶/],
    ['港岛茶餐厅', 'CATERING', /菠萝包/],
    ['科技面馆(科苑店)', 'CATERING', /牛肉面/],
    ['大树餐饮', 'CATERING', /套餐/],
    ['好邻居便利店', 'RETAIL', /毛巾/],
    ['衣橱', 'CLOTHING', /T 恤/],
    ['城南驾考', 'SERVICES', /商品/],
    ['无名小店', null, /商品/],
  ])('an order at %s (%s) holds what such a shop sells', (name, industry, expected) => {
    const items = sampleItems(name, industry, templateFor(industry))
    expect(items[0]!.name).toMatch(expected)
    const [drawn] = paymentPage({ ...open, blocks: [{ kind: 'order_items' }], items }).blocks
    expect(drawn!.lines.map(line => line.name)).toEqual(items.map(item => item.name))
  })

  test('parking shows the time in hours and minutes and until when to leave', () => {
    const [block] = sampleBlocks([{ kind: 'parking', leave_within_minutes: 15, fee_rule: '首小时 5 元' }], 'parking')
    expect(block).toMatchObject({
      figure: [
        { text: '2', unit: '小时' },
        { text: '12', unit: '分钟' },
      ],
      mark: '请在 12:20 前离场',
      notes: ['09:53 入场', '收费标准：首小时 5 元'],
    })
  })

  test('a screen reader hears what is drawn', () => {
    expect(pageSpoken(paymentPage(open), say)).toBe('支付成功；商家小票：取餐码、提示文字；下方有广告；避开同行：餐饮美食')
    expect(pageSpoken(paymentPage({ ...open, gold_plan: false }), say)).toBe('网页直接关闭，回到聊天')
  })
})
