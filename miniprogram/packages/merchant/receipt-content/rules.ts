// Choosing the blocks of a receipt: what may be added, filled and moved. Judged by receiptFaults (shared/receipt-blocks).
import type { ReceiptBlock } from '../../../../typings/api'
import { halfWidth } from '../../../shared/comparable'
import { RECEIPT_BLOCK_KINDS, RECEIPT_LIMITS, type ReceiptBlockKind } from '../shared/receipt-blocks'

export type BlockField = 'title' | 'leave_within_minutes' | 'fee_rule' | 'place' | 'label' | 'url' | 'text'

/** In the order in which they are asked. */
export const BLOCK_FIELDS: Record<ReceiptBlockKind, readonly BlockField[]> = {
  pickup_code: ['title'],
  parking: ['title', 'leave_within_minutes', 'fee_rule'],
  order_items: ['title'],
  pickup_point: ['title', 'place'],
  link: ['label', 'url'],
  notice: ['text'],
}

/** Characters that a field takes; minutes have three digits. */
export const FIELD_LENGTHS: Record<BlockField, number> = {
  title: RECEIPT_LIMITS.title,
  leave_within_minutes: 3,
  fee_rule: RECEIPT_LIMITS.fee_rule,
  place: RECEIPT_LIMITS.place,
  label: RECEIPT_LIMITS.label,
  url: RECEIPT_LIMITS.url,
  text: RECEIPT_LIMITS.notice,
}
const NEEDED: readonly BlockField[] = ['label', 'url', 'text']

/** Kinds of which one more fits; none on a full receipt. */
export const addableKinds = (blocks: readonly ReceiptBlock[]): ReceiptBlockKind[] =>
  blocks.length >= RECEIPT_LIMITS.blocks
    ? []
    : RECEIPT_BLOCK_KINDS.filter(({ kind, most }) => blocks.filter(block => block.kind === kind).length < most).map(({ kind }) => kind)

export function emptyBlock(kind: ReceiptBlockKind): ReceiptBlock {
  switch (kind) {
    case 'link':
      return { kind, label: '', url: '' }
    case 'notice':
      return { kind, text: '' }
    default:
      return { kind }
  }
}

/** What a field holds, as text. */
export function fieldText(block: ReceiptBlock, field: BlockField): string {
  const value = (block as Record<string, unknown>)[field]
  return value === undefined ? '' : String(value)
}

/** A field as a person types it. What need not be filled in is absent when it is empty; minutes take digits only. */
export function fillBlock(block: ReceiptBlock, field: BlockField, text: string): ReceiptBlock {
  if (!BLOCK_FIELDS[block.kind].includes(field)) return block
  const { [field]: _before, ...others } = block as Record<string, unknown>
  const typed = field === 'leave_within_minutes' ? minutesIn(text).slice(0, FIELD_LENGTHS[field]) : text
  const value = typed === '' && !NEEDED.includes(field) ? undefined : field === 'leave_within_minutes' ? Number(typed) : typed
  return (value === undefined ? others : { ...others, [field]: value }) as ReceiptBlock
}

/** Digits in full width are digits, and half a minute is none: "１５ 分钟" is 15, and "1.5" is 1, not 15. */
const minutesIn = (text: string): string =>
  halfWidth(text)
    .replace(/\d[.。,][^]*$/, cut => cut.charAt(0))
    .replace(/\D/g, '')

/** The same list with one member moved a place; at an end nothing moves. */
export function moved<One>(list: readonly One[], from: number, by: -1 | 1): One[] {
  const to = from + by
  if (from < 0 || to < 0 || to >= list.length) return [...list]
  const next = [...list]
  next[from] = list[to]!
  next[to] = list[from]!
  return next
}

/** Whether both receipts show the same: order counts, the order of a block's fields does not. */
export const sameBlocks = (one: readonly ReceiptBlock[], other: readonly ReceiptBlock[]): boolean =>
  one.length === other.length && one.every((block, index) => written(block) === written(other[index]!))

const written = (block: ReceiptBlock) =>
  JSON.stringify(Object.entries(block).sort(([first], [second]) => (first < second ? -1 : first > second ? 1 : 0)))
