// 商家小票: what a merchant's receipt is made of, the limits of each part, and what is drawn for one order (product.md F8, B12).
// The app, which lets staff choose, and the backend, which keeps and draws, judge alike. What customers read is Chinese.
import type { ReceiptBlock } from '../../../../typings/api'
import { characterCount } from '../../../shared/characters'
import type { IndustryCode } from '../../../shared/industries'
import { holdsPaymentCode } from '../../../shared/payment-code'

export type ReceiptBlockKind = ReceiptBlock['kind']

/** characters, and how many of what */
export const RECEIPT_LIMITS = {
  blocks: 6,
  title: 8,
  fee_rule: 60,
  /** 取货点, 停车场出口 … */
  place: 40,
  label: 12,
  url: 300,
  notice: 80,
  leave_within_minutes: 240,
} as const

interface KindRule {
  kind: ReceiptBlockKind
  /** what the block is called where the merchant names none; '' for one without a title */
  title: string
  /** how many of it one receipt may have */
  most: number
}

/** In the order in which the app offers them. */
export const RECEIPT_BLOCK_KINDS = [
  { kind: 'pickup_code', title: '取餐码', most: 1 },
  { kind: 'parking', title: '停车时长', most: 1 },
  { kind: 'order_items', title: '订单内容', most: 1 },
  { kind: 'pickup_point', title: '取餐点', most: 1 },
  { kind: 'link', title: '', most: 2 },
  { kind: 'notice', title: '', most: 2 },
] as const satisfies readonly KindRule[]

const ruleOf = (kind: string): KindRule | undefined => RECEIPT_BLOCK_KINDS.find(rule => rule.kind === kind)

export type ReceiptTemplateCode = 'catering' | 'parking' | 'retail' | 'hospital' | 'school'

export interface ReceiptTemplate {
  code: ReceiptTemplateCode
  label_zh: string
  label_en: string
  industries: readonly IndustryCode[]
  blocks: readonly ReceiptBlock[]
}

/** A start for each trade; links are the merchant's own, so none has one. */
export const RECEIPT_TEMPLATES: readonly ReceiptTemplate[] = [
  {
    code: 'catering',
    label_zh: '餐饮',
    label_en: 'Restaurants',
    industries: ['CATERING', 'FOOD'],
    blocks: [
      { kind: 'pickup_code', title: '取餐码' },
      { kind: 'order_items' },
      { kind: 'pickup_point', title: '取餐点', place: '前台取餐口' },
      { kind: 'notice', text: '叫号后请在 10 分钟内取餐。' },
    ],
  },
  {
    code: 'parking',
    label_zh: '停车',
    label_en: 'Parking',
    industries: ['CAR', 'TRANSPORTATION'],
    blocks: [
      { kind: 'parking', leave_within_minutes: 15, fee_rule: '以入口公示的收费标准为准' },
      { kind: 'notice', text: '请在免费离场时间内驶出，超时将重新计费。' },
    ],
  },
  {
    code: 'retail',
    label_zh: '零售',
    label_en: 'Retail',
    industries: ['RETAIL', 'MERCHANDISE', 'CLOTHING', 'HOME_DIGITAL', 'BUILDING_MATERIAL', 'JEWELRY_WATCH', 'SKINCARE'],
    blocks: [
      { kind: 'order_items', title: '购物清单' },
      { kind: 'pickup_code', title: '提货码' },
      { kind: 'pickup_point', title: '提货点', place: '服务台' },
      { kind: 'notice', text: '退换货请出示本页和商品。' },
    ],
  },
  {
    code: 'hospital',
    label_zh: '医院',
    label_en: 'Hospitals',
    industries: ['HEALTHCARE'],
    blocks: [
      { kind: 'pickup_code', title: '排队号' },
      { kind: 'pickup_point', title: '就诊地点', place: '请按导诊屏提示前往' },
      { kind: 'notice', text: '就诊请带好证件，过号请到导诊台。' },
    ],
  },
  {
    code: 'school',
    label_zh: '学校',
    label_en: 'Schools',
    industries: ['EDUCATION'],
    blocks: [
      { kind: 'order_items', title: '缴费项目' },
      { kind: 'pickup_point', title: '办理地点', place: '一楼服务大厅' },
      { kind: 'notice', text: '电子票据将由学校另行发送。' },
    ],
  },
]

/** @param industry IndustryType of the merchant. null: none fits, a person chooses */
export const templateFor = (industry: string | null): ReceiptTemplateCode | null =>
  RECEIPT_TEMPLATES.find(({ industries }) => (industries as readonly string[]).includes(industry ?? ''))?.code ?? null

type ReceiptFaultCode = 'PAYMENT_CODE' | 'REQUIRED' | 'TOO_LONG' | 'TOO_MANY' | 'NOT_ALLOWED' | 'WRONG_FORMAT' | 'TOO_SMALL' | 'TOO_LARGE'

export interface ReceiptFault {
  /** path: `blocks`, `blocks.2.url` */
  field: string
  code: ReceiptFaultCode
  /** TOO_LONG, TOO_MANY, TOO_LARGE: what is allowed */
  limit?: number
}

/** Line breaks, other control characters and marks that turn the direction of writing have no place on a receipt. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

/** Everything that is wrong with a receipt; an empty one is allowed: the official receipt is shown then. */
export function receiptFaults(blocks: readonly ReceiptBlock[]): ReceiptFault[] {
  const faults: ReceiptFault[] = []
  if (blocks.length > RECEIPT_LIMITS.blocks) faults.push({ field: 'blocks', code: 'TOO_MANY', limit: RECEIPT_LIMITS.blocks })
  const seen = new Map<string, number>()
  blocks.forEach((block, index) => {
    const rule = ruleOf(block.kind)
    const count = (seen.get(block.kind) ?? 0) + 1
    seen.set(block.kind, count)
    if (!rule) faults.push({ field: `blocks.${index}.kind`, code: 'NOT_ALLOWED' })
    else if (count > rule.most) faults.push({ field: `blocks.${index}.kind`, code: 'TOO_MANY', limit: rule.most })
    for (const fault of blockFaults(block)) faults.push({ ...fault, field: `blocks.${index}.${fault.field}` })
  })
  return faults
}

function blockFaults(block: ReceiptBlock): ReceiptFault[] {
  const faults: ReceiptFault[] = []
  const judge = (field: string, value: string | undefined, limit: number, required: boolean) => {
    if (value === undefined ? required : value.trim() === '') faults.push({ field, code: 'REQUIRED' })
    else if (value !== undefined && characterCount(value) > limit) faults.push({ field, code: 'TOO_LONG', limit })
    else if (value !== undefined && holdsPaymentCode(value)) faults.push({ field, code: 'PAYMENT_CODE' })
    else if (value !== undefined && unprintable.test(value)) faults.push({ field, code: 'WRONG_FORMAT' })
  }
  if ('title' in block) judge('title', block.title, RECEIPT_LIMITS.title, false)
  switch (block.kind) {
    case 'parking': {
      judge('fee_rule', block.fee_rule, RECEIPT_LIMITS.fee_rule, false)
      const minutes = block.leave_within_minutes
      if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1))
        faults.push({ field: 'leave_within_minutes', code: 'TOO_SMALL', limit: 1 })
      else if (minutes !== undefined && minutes > RECEIPT_LIMITS.leave_within_minutes)
        faults.push({ field: 'leave_within_minutes', code: 'TOO_LARGE', limit: RECEIPT_LIMITS.leave_within_minutes })
      break
    }
    case 'pickup_point':
      judge('place', block.place, RECEIPT_LIMITS.place, false)
      break
    case 'link':
      judge('label', block.label, RECEIPT_LIMITS.label, true)
      judge('url', block.url, RECEIPT_LIMITS.url, true)
      if (faults.every(({ field }) => field !== 'url') && !isWebAddress(block.url)) faults.push({ field: 'url', code: 'WRONG_FORMAT' })
      break
    case 'notice':
      judge('text', block.text, RECEIPT_LIMITS.notice, true)
      break
    default:
  }
  return faults
}

/** https, a host with a name (no number, no name and password before it) and nothing that a reader could not see. The phone has no URL class. */
const isWebAddress = (url: string): boolean =>
  /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::\d{1,5})?(?:[/?#][\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/i.test(
    url,
  )

/** What the provider's own system says of an order, as far as a receipt shows it: no amounts, no payer. Times are ISO 8601 with offset. */
export interface ReceiptOrder {
  paid_at: string | null
  pickup_code?: string
  pickup_point?: string
  parking?: { entered_at: string; leave_by?: string }
  items?: readonly { name: string; quantity: number }[]
  notice?: string
}

/** One block with its order's content, ready to be drawn. */
export type DrawnBlock =
  | { kind: 'pickup_code'; title: string; code: string }
  | { kind: 'parking'; title: string; minutes: number; entered_at: string; leave_by: string | null; fee_rule: string | null }
  | { kind: 'order_items'; title: string; items: readonly { name: string; quantity: number }[]; more: number }
  | { kind: 'pickup_point'; title: string; place: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'notice'; text: string }

/** so many lines of an order are shown, the rest as a number */
const MOST_ITEMS = 5

/**
 * The blocks that have something to say for this order, in the merchant's order; a notice of the order itself comes last.
 * @param now ISO 8601: the end of a parking time that is not paid yet
 */
export function drawnBlocks(blocks: readonly ReceiptBlock[], order: ReceiptOrder, now: string): DrawnBlock[] {
  const drawn = blocks.flatMap(block => drawnBlock(block, order, now) ?? [])
  const own = order.notice
  return own && !drawn.some(block => block.kind === 'notice' && block.text === own) ? [...drawn, { kind: 'notice', text: own }] : drawn
}

function drawnBlock(block: ReceiptBlock, order: ReceiptOrder, now: string): DrawnBlock | null {
  const title = ('title' in block && block.title) || (ruleOf(block.kind)?.title ?? '')
  switch (block.kind) {
    case 'pickup_code':
      return order.pickup_code ? { kind: 'pickup_code', title, code: order.pickup_code } : null
    case 'parking': {
      if (!order.parking) return null
      const { entered_at } = order.parking
      const end = Date.parse(order.paid_at ?? now)
      const minutes = Math.max(0, Math.floor((end - Date.parse(entered_at)) / 60_000))
      return { kind: 'parking', title, minutes, entered_at, leave_by: leaveBy(block, order), fee_rule: block.fee_rule ?? null }
    }
    case 'order_items': {
      const items = order.items ?? []
      const shown = items.length <= MOST_ITEMS ? items : items.slice(0, MOST_ITEMS - 1)
      return items.length > 0 ? { kind: 'order_items', title, items: shown, more: items.length - shown.length } : null
    }
    case 'pickup_point': {
      const place = order.pickup_point ?? block.place
      return place ? { kind: 'pickup_point', title, place } : null
    }
    case 'link':
      return { kind: 'link', label: block.label, url: block.url }
    case 'notice':
      return { kind: 'notice', text: block.text }
    default:
      return null
  }
}

function leaveBy(block: Extract<ReceiptBlock, { kind: 'parking' }>, order: ReceiptOrder): string | null {
  if (order.parking?.leave_by) return order.parking.leave_by
  if (!block.leave_within_minutes || !order.paid_at) return null
  return new Date(Date.parse(order.paid_at) + block.leave_within_minutes * 60_000).toISOString()
}
