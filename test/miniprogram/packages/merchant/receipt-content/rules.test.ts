import { describe, expect, test } from '@jest/globals'
import { RECEIPT_LIMITS, receiptFaults } from '../../../../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import {
  addableKinds,
  emptyBlock,
  fillBlock,
  moved,
  sameBlocks,
} from '../../../../../miniprogram/packages/merchant/receipt-content/rules.ts'
import type { ReceiptBlock } from '../../../../../typings/api.ts'

describe('editing the blocks of a receipt', () => {
  test('a kind is offered until a receipt has as many of it as it may, and none on a full one', () => {
    expect(addableKinds([])).toEqual(['pickup_code', 'parking', 'order_items', 'pickup_point', 'link', 'notice'])
    expect(addableKinds([{ kind: 'pickup_code' }, emptyBlock('notice')])).not.toContain('pickup_code')
    expect(addableKinds([emptyBlock('notice')])).toContain('notice')
    expect(addableKinds([emptyBlock('notice'), emptyBlock('notice')])).not.toContain('notice')
    const full = Array.from({ length: RECEIPT_LIMITS.blocks }, () => emptyBlock('link'))
    expect(addableKinds(full)).toEqual([])
  })

  test('an emptied field that need not be filled in is absent; one that must be stays and is a fault', () => {
    expect(fillBlock({ kind: 'pickup_code', title: '叫号' }, 'title', '')).toEqual({ kind: 'pickup_code' })
    const emptied = fillBlock({ kind: 'notice', text: '请取餐' }, 'text', '')
    expect(emptied).toEqual({ kind: 'notice', text: '' })
    expect(receiptFaults([emptied])).toEqual([{ field: 'blocks.0.text', code: 'REQUIRED' }])
  })

  test('minutes are digits, and a field of another kind is not taken', () => {
    expect(fillBlock({ kind: 'parking' }, 'leave_within_minutes', '1a5')).toEqual({ kind: 'parking', leave_within_minutes: 15 })
    expect(fillBlock({ kind: 'parking', leave_within_minutes: 15 }, 'leave_within_minutes', '')).toEqual({ kind: 'parking' })
    expect(fillBlock({ kind: 'parking' }, 'leave_within_minutes', '１５ 分钟')).toEqual({ kind: 'parking', leave_within_minutes: 15 })
    expect(fillBlock({ kind: 'parking' }, 'leave_within_minutes', '1.5')).toEqual({ kind: 'parking', leave_within_minutes: 1 })
    expect(fillBlock({ kind: 'pickup_code' }, 'url', 'https://pay.example.cn')).toEqual({ kind: 'pickup_code' })
  })

  test('a block moves one place, and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], -1, 1)).toEqual(['a', 'b'])
  })

  test('order counts, the order of fields within a block does not', () => {
    const link: ReceiptBlock = { kind: 'link', label: '发票', url: 'https://pay.example.cn' }
    expect(sameBlocks([link], [{ url: 'https://pay.example.cn', label: '发票', kind: 'link' }])).toBe(true)
    expect(sameBlocks([link, { kind: 'pickup_code' }], [{ kind: 'pickup_code' }, link])).toBe(false)
  })
})
