// What follows for the receipt from how a shop is paid (product.md §11.1): fixed rules over counts, each with its numbers and its threshold. The thresholds are
// our choice; nothing is learned, and nothing of a customer is known.
import type { Payments, PaymentWays, ReceiptBlock } from '../../../../typings/api'
import { templateFor, type ReceiptTemplateCode } from '../shared/receipt-blocks'

export const SUGGESTION_RULES = {
  /** payments on the days that are told, below which hours say nothing */
  fewest: 100,
  /** 11:00 to 13:59, of all payments */
  lunch: { from: 11, to: 14, share: 0.35 },
  /** payments under 30 yuan, of those whose amount is known; payments a day; and the busiest three hours, of all */
  stays: { share: 0.6, a_day: 20, hours: 3, spread: 0.4 },
  /** an hour from 14:00 to 16:59, of an hour in the three before or the three after, whichever are less; each three hold so much of all payments */
  quiet: { from: 14, to: 17, beside: 3, share: 0.5, around: 0.1 },
  /** loads of the receipt page, of payments inside a 公众号; so many of these at least */
  loads: { share: 0.5, fewest: 20 },
} as const

/** bands of amount that lie under 30 yuan */
const SMALL_BANDS = 2

/** Trades, by what their receipts begin with; also where nobody said the trade. */
const isOf = (industry: string | null, ...trades: readonly ReceiptTemplateCode[]): boolean => {
  const trade = templateFor(industry)
  return industry === null || (trade !== null && trades.includes(trade))
}

/** What a rule was met with: shares from 0 to 1. */
export type Suggestion =
  | { id: 'loads'; receipt: 'open' | 'closed'; loads: number; web: number; share: number }
  | { id: 'lunch'; payments: number; share: number }
  | { id: 'stays'; small: number; share: number; a_day: number; busiest: number }
  | { id: 'quiet'; an_hour: number; around: number; share: number }

export interface ShopFacts {
  /** IndustryType, null where nobody said it */
  industry: string | null
  /** null: not known, for example without a network */
  receipt: 'open' | 'closed' | 'unknown' | null
  /** blocks of the receipt in order; null: not known */
  blocks: readonly Pick<ReceiptBlock, 'kind'>[] | null
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)

type Told = Pick<Payments, 'days' | 'together'>
/** Each payment once: days that are told of one by one, and those that are told only together. */
export const partsOf = ({ days, together }: Told): { by_way: PaymentWays; refunds: number }[] => [
  ...days.flatMap(({ by_way, refunds }) => (by_way === null || refunds === null ? [] : [{ by_way, refunds }])),
  ...together,
]

/** Payments made inside a 公众号. */
export const webPayments = (payments: Told): number => sum(partsOf(payments).map(({ by_way }) => by_way.jsapi))

/** Loads of the receipt page for each payment inside a 公众号; null below 20 of these. May be more than 1: a page can be loaded again. */
export function loadsShare(payments: Told & Pick<Payments, 'page_loads'>): number | null {
  const web = webPayments(payments)
  return web < SUGGESTION_RULES.loads.fewest ? null : payments.page_loads / web
}

/** What is met, what keeps customers from the receipt first. Empty where payments are too few to be told. */
export function suggestionsFor(payments: Payments, shop: ShopFacts): Suggestion[] {
  const rules = [fewLoads, lunchPeak, shortStays, quietAfternoon]
  return rules.flatMap(rule => rule(payments, shop) ?? [])
}

function fewLoads(payments: Payments, { receipt }: ShopFacts): Suggestion | null {
  const share = loadsShare(payments)
  if (share === null || share >= SUGGESTION_RULES.loads.share) return null
  const isClosed = receipt === 'closed'
  return { id: 'loads', receipt: isClosed ? 'closed' : 'open', loads: payments.page_loads, web: webPayments(payments), share }
}

/** The hours, where there are enough of them to be judged. */
const hoursOf = ({ payments, hours }: Payments): readonly number[] | null =>
  hours !== null && (payments ?? 0) >= SUGGESTION_RULES.fewest ? hours : null

/** 取餐码 first: of restaurants, and of shops whose trade nobody said; not where it stands first already. */
function lunchPeak(payments: Payments, { industry, blocks }: ShopFacts): Suggestion | null {
  const { from, to, share: least } = SUGGESTION_RULES.lunch
  const hours = hoursOf(payments)
  if (hours === null || !isOf(industry, 'catering') || blocks?.[0]?.kind === 'pickup_code') return null
  const lunch = sum(hours.slice(from, to))
  const share = lunch / sum(hours)
  return share < least ? null : { id: 'lunch', payments: lunch, share }
}

/** 停车时长: of parking, and of shops whose trade nobody said; how long anybody stays is in no bill, so small, many and all day long stand for it. */
function shortStays(payments: Payments, { industry, blocks }: ShopFacts): Suggestion | null {
  const rule = SUGGESTION_RULES.stays
  const hours = hoursOf(payments)
  const { bands, days_known } = payments
  if (hours === null || bands === null || !isOf(industry, 'parking') || blocks?.some(({ kind }) => kind === 'parking')) return null
  const small = sum(bands.slice(0, SMALL_BANDS))
  const [share, a_day, busiest] = [small / sum(bands), sum(hours) / days_known, busiestShare(hours, rule.hours)]
  const isMet = share >= rule.share && a_day >= rule.a_day && busiest < rule.spread
  return isMet ? { id: 'stays', small, share, a_day, busiest } : null
}

/** Of all payments, those of the busiest so many hours in a row. */
function busiestShare(hours: readonly number[], inRow: number): number {
  const rows = hours.slice(0, hours.length - inRow + 1).map((_, from) => sum(hours.slice(from, from + inRow)))
  return Math.max(...rows) / sum(hours)
}

/** A coupon link then: of restaurants, shops, and where nobody said the trade; not where the receipt has a link already. */
function quietAfternoon(payments: Payments, { industry, blocks }: ShopFacts): Suggestion | null {
  const { from, to, beside, share: most, around: least } = SUGGESTION_RULES.quiet
  const hours = hoursOf(payments)
  if (hours === null || !isOf(industry, 'catering', 'retail') || blocks?.some(({ kind }) => kind === 'link')) return null
  const [before, after] = [sum(hours.slice(from - beside, from)), sum(hours.slice(to, to + beside))]
  if (Math.min(before, after) < least * sum(hours)) return null
  const [an_hour, around] = [sum(hours.slice(from, to)) / (to - from), Math.min(before, after) / beside]
  return an_hour > most * around
    ? null
    : { id: 'quiet', an_hour: an_hour / payments.days_known, around: around / payments.days_known, share: an_hour / around }
}
