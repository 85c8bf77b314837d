// The page that a customer of one merchant sees after paying, drawn from the merchant's settings: WeChat's bill, the receipt with its blocks, the ads
// (product.md F4b, F5, F11, B08). Values are samples: nothing here comes from a real order, and no amount is ever drawn.
import type { ReceiptBlock, SubMerchant, SubMerchantRow } from '../../../../typings/api'
import { hasGoldPlan } from './control-rows'
import { industryLabel } from '../../../shared/industries'
import {
  drawnBlocks,
  RECEIPT_BLOCK_KINDS,
  templateFor,
  type DrawnBlock,
  type ReceiptOrder,
  type ReceiptTemplateCode,
} from '../shared/receipt-blocks'
import type { Language, Say } from '../../../words/say'
import { RECEIPT_PAGE, SAMPLE_ITEMS, sampleItems, type SampleItems } from '../words/receipt-page'
import '../words/words'
import { chinaClock } from '../../../shared/china-time'

export interface PaymentPageSettings {
  gold_plan: boolean
  /** seen: a customer's page has shown the merchant's receipt, whatever our record says */
  receipt: { open: boolean; link: boolean; seen: boolean }
  /** null: not read yet, and not kept on the phone */
  blocks: readonly ReceiptBlock[] | null
  ads: 'unknown' | 'open' | 'closed'
  /** names of the industries that may not advertise here */
  kept_away: readonly string[]
  template: ReceiptTemplateCode | null
  /** what an order here may hold; absent: what its template knows */
  items?: SampleItems
  /** what was seen here without the plan: the shop's own page; else the page closes (F11) */
  legacy: boolean
}

export function settingsOf(merchant: SubMerchant, blocks: readonly ReceiptBlock[] | null, language: Language): PaymentPageSettings {
  const { receipt, advertising, ad_filter, industry, recent_evidence } = merchant
  const negative = recent_evidence.find(
    item =>
      item.kind === 'test_payment' &&
      item.withdrawn === null &&
      (item.detail.after_page === 'legacy_page' || item.detail.after_page === 'closed'),
  )
  return {
    gold_plan: hasGoldPlan(merchant),
    receipt: { open: receipt.status === 'open', link: receipt.link !== 'none', seen: receipt.effective === 'shown' },
    blocks,
    ads: advertising.status,
    kept_away: ad_filter.industries.map(code => industryLabel(code, language)),
    template: templateFor(industry),
    items: sampleItems(merchant.name, industry, templateFor(industry)),
    legacy: negative?.kind === 'test_payment' && negative.detail.after_page === 'legacy_page',
  }
}

/** As far as a row of a list says: where the plan is open is what its state says, and the receipt's content is not known. */
export const settingsOfRow = (
  { migration, receipt_status, advertising_status, industry }: SubMerchantRow,
  linkConfigured: boolean,
): PaymentPageSettings => ({
  gold_plan: migration.state === 'verified' || migration.state === 'enrolled',
  receipt: { open: receipt_status === 'open', link: receipt_status === 'open' || linkConfigured, seen: false },
  blocks: null,
  ads: advertising_status,
  kept_away: [],
  template: templateFor(industry),
  legacy: false,
})

/** A part of a figure: 2 小时, 12 分钟; a code has no unit. */
interface FigurePart {
  text: string
  unit: string
}
/** One block as text to be laid out; what a kind does not have is empty. The words are the receipt's own: what customers read is Chinese. */
export interface PaymentPageBlock {
  id: string
  kind: DrawnBlock['kind']
  title: string
  figure: FigurePart[]
  lines: { name: string; count: string }[]
  text: string
  /** 请在 12:20 前离场 */
  mark: string
  notes: string[]
}

export interface PaymentPageView {
  /** closed: the page closes and the chat is back · legacy_page: the shop's own page · official: WeChat's page */
  page: 'closed' | 'legacy_page' | 'official'
  /** merchant: its blocks · unread: the merchant's receipt, of which this phone does not know the content · official: WeChat's own lines */
  receipt: 'merchant' | 'unread' | 'official'
  blocks: PaymentPageBlock[]
  /** possible: nobody told us, WeChat decides */
  ads: 'shown' | 'possible' | 'none'
  kept_away: string[]
}

const EMPTY = { receipt: 'official', blocks: [], ads: 'none', kept_away: [] } as const

/** Without the plan (F11): what the customer is left with after 完成. */
export const pageWithoutPlan = ({ legacy }: Pick<PaymentPageSettings, 'legacy'>): PaymentPageView => ({
  ...EMPTY,
  blocks: [],
  kept_away: [],
  page: legacy ? 'legacy_page' : 'closed',
})

/** What is taken as given although it is not so yet: the plan where it is explained, the receipt where its blocks are chosen. */
export interface Assumed {
  plan?: boolean
  receipt?: boolean
}

/** The page as customers see it now, or as they would with what is `assumed`. A receipt without link or without blocks is WeChat's own (F5). */
export function paymentPage(settings: PaymentPageSettings, assumed: Assumed = {}): PaymentPageView {
  if (!settings.gold_plan && !assumed.plan) return pageWithoutPlan(settings)
  const { receipt, blocks, ads, kept_away, template, items } = settings
  const opened = receipt.seen || (receipt.open && receipt.link) || assumed.receipt === true
  const drawn = opened && blocks ? sampleBlocks(blocks, template, items) : []
  const unread = opened && (blocks === null || (drawn.length === 0 && receipt.seen && !assumed.receipt))
  return {
    page: 'official',
    receipt: drawn.length > 0 ? 'merchant' : unread ? 'unread' : 'official',
    blocks: drawn,
    ads: ads === 'open' ? 'shown' : ads === 'closed' ? 'none' : 'possible',
    kept_away: [...kept_away],
  }
}

/** 12:05 in China of a day that does not matter */
const SAMPLE_PAID_AT = '2026-01-05T04:05:00.000Z'

/** The blocks as the receipt page lays them out (backend/receipts/page/last.js), for an order that nobody placed. */
export function sampleBlocks(
  blocks: readonly ReceiptBlock[],
  template: ReceiptTemplateCode | null,
  items: SampleItems = SAMPLE_ITEMS[template ?? 'retail'],
): PaymentPageBlock[] {
  const order: ReceiptOrder = {
    paid_at: SAMPLE_PAID_AT,
    pickup_code: 'A108',
    parking: { entered_at: new Date(Date.parse(SAMPLE_PAID_AT) - 132 * 60_000).toISOString() },
    items,
  }
  return drawnBlocks(blocks, order, SAMPLE_PAID_AT).map((block, index) => ({ ...blank, ...laidOut(block), id: `${block.kind}-${index}` }))
}

const blank = { title: '', figure: [], lines: [], text: '', mark: '', notes: [] }

function laidOut(block: DrawnBlock): Partial<PaymentPageBlock> & Pick<PaymentPageBlock, 'kind'> {
  const { kind } = block
  switch (block.kind) {
    case 'pickup_code':
      return { kind, title: block.title, figure: [{ text: block.code, unit: '' }] }
    case 'parking':
      return {
        kind,
        title: block.title,
        figure: durationParts(block.minutes),
        mark: block.leave_by === null ? '' : RECEIPT_PAGE.leaveBefore(clock(block.leave_by)),
        notes: [RECEIPT_PAGE.entered(clock(block.entered_at)), ...(block.fee_rule === null ? [] : [RECEIPT_PAGE.feeRule(block.fee_rule)])],
      }
    case 'order_items':
      return { kind, title: block.title, lines: block.items.map(({ name, quantity }) => ({ name, count: `×${quantity}` })) }
    case 'pickup_point':
      return { kind, title: block.title, text: block.place }
    case 'link':
      return { kind, text: block.label }
    case 'notice':
      return { kind, text: block.text }
  }
}

/** 14:05 in China, wherever the phone is */
const clock = (instant: string) => chinaClock(Date.parse(instant)).toISOString().slice(11, 16)

function durationParts(minutes: number): FigurePart[] {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [
    ...(hours > 0 ? [{ text: String(hours), unit: RECEIPT_PAGE.hours }] : []),
    ...(rest > 0 || hours === 0 ? [{ text: String(rest), unit: RECEIPT_PAGE.minutes }] : []),
  ]
}

/** What a block is called, for a list of what the receipt shows: as the merchant names it, or as its kind, which is in the reader's language. */
export function blockName({ kind, title }: { kind: ReceiptBlock['kind']; title?: string }, say: Say): string {
  const named = title && !RECEIPT_BLOCK_KINDS.some(rule => rule.kind === kind && rule.title === title)
  return named ? title : say(`receipt_content.kind_${kind}`)
}

/** The whole drawing in one sentence for a screen reader. */
export function pageSpoken({ page, receipt, blocks, ads, kept_away }: PaymentPageView, say: Say): string {
  if (page !== 'official') return say(`payment_page.${page}`)
  const comma = say('common.comma')
  return [
    say('payment_page.paid'),
    receipt === 'merchant'
      ? say('payment_page.spoken_receipt', { blocks: blocks.map(block => blockName(block, say)).join(comma) })
      : say(receipt === 'unread' ? 'payment_page.unread' : 'payment_page.official_receipt'),
    say(`payment_page.ads_${ads}`),
    ...(ads !== 'none' && kept_away.length > 0 ? [say('payment_page.kept_away', { industries: kept_away.join(comma) })] : []),
  ].join(say('payment_page.and'))
}
