// One made-up shop of a year, and what happens to it: payments, closings and limits of the world around it, and what visits and loads prove (README.md). Pure.
import { derive } from '../../backend/evidence/verdict/derive.ts'
import type { EvidenceItem } from '../../backend/evidence/verdict/facts.ts'
import type { VerdictState } from '../../backend/evidence/verdict/schema.ts'
import { seededRandom, type Random } from '../demo/random.ts'

export const dayMs = 86_400_000
export const staleAfterDays = 90
export const watch = { enabled: true, days: 7, min_payments: 20 }
export const settled = 120
export const begins = '2026-01-01'
/** 12:00 in China of a day of the year, ms */
export const noon = (day: number): number => Date.parse(`${begins}T12:00:00+08:00`) + day * dayMs

/** What is made up; README.md says why. */
const world = {
  /** payers who tap 完成 and so load the receipt page */
  loadsPerPayment: 0.35,
  receiptOpen: 0.82,
  closedOnConsoleAYear: 0.04,
  limitedAYear: 0.02,
  limitedDays: [5, 30] as const,
  /** notifications of WeChat Pay that arrive */
  notified: 0.9,
  /** JSAPI payments a day, by how common such shops are */
  rates: [
    [0.12, [0.02, 0.3]],
    [0.28, [0.3, 3]],
    [0.4, [3, 20]],
    [0.2, [20, 150]],
  ] as const,
  districts: 25,
  /** the proof that a shop begins the year with is this old at most, days */
  oldestProof: 120,
}

export interface Shop {
  id: string
  district: string
  rate: number
  receipt: boolean
  evidence: EvidenceItem[]
  state: VerdictState
  since: number
  /** truth: the plan is closed on the console since that day; null: it is open */
  closedOn: number | null
  limitedUntil: number
  limitedKnown: boolean
  payments: number[]
  loadedOn: number | null
  /** moment of the newest load, days */
  lastLoad: number
  reopenedOn: number | null
  beaconOn: number
  /** what happens to it does not depend on who looks: closings and limits have a stream of their own, payments another */
  chances: Random
  traffic: Random
}

export function newShop(index: number, random: Random): Shop {
  const [least, most] = random.weighted<readonly [number, number]>(world.rates)
  const shop: Shop = {
    id: String(1_900_000_000 + index),
    district: String(440_300 + random.integer(0, world.districts - 1)),
    // as many shops between 0.3 and 1 as between 1 and 3
    rate: least * (most / least) ** random.next(),
    receipt: random.chance(world.receiptOpen),
    evidence: [],
    state: 'unknown',
    since: 0,
    closedOn: null,
    limitedUntil: -1,
    limitedKnown: false,
    payments: [],
    loadedOn: null,
    lastLoad: -settled,
    reopenedOn: null,
    beaconOn: -dayMs,
    chances: seededRandom(random.integer(0, 2 ** 31)),
    traffic: seededRandom(random.integer(0, 2 ** 31)),
  }
  const age = random.integer(0, world.oldestProof)
  record(shop, -200, { kind: 'api_operation', detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } })
  record(shop, -age, sawPage('official_receipt'))
  return shop
}

type Said = { [K in EvidenceItem['kind']]: Pick<Extract<EvidenceItem, { kind: K }>, 'kind' | 'detail'> }[EvidenceItem['kind']]

const sawPage = (after_page: 'official_receipt' | 'closed'): Said => ({
  kind: 'test_payment',
  detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page },
})

/** Of each kind the newest is kept: older ones of the same say nothing more. */
function record(shop: Shop, day: number, said: Said): void {
  const item = {
    ...said,
    id: `${shop.id}-${day}-${said.kind}`,
    occurred_at: new Date(noon(day)),
    withdrawn: false,
    recorded_by: null,
  } as EvidenceItem
  const sayso = (one: EvidenceItem) => (one.kind === 'test_payment' ? `${one.kind} ${one.detail.after_page}` : one.kind)
  shop.evidence = [...shop.evidence.filter(one => sayso(one) !== sayso(item)), item]
  const { state, since } = derive(shop.evidence, { now: new Date(noon(day)), staleAfterDays })
  shop.state = state
  shop.since = since?.getTime() ?? 0
}

/** What goes on at the shop, whoever knows of it. @returns 1 where its plan was closed on the console */
export function happen(shop: Shop, day: number): 0 | 1 {
  const { chances, traffic } = shop
  let closed: 0 | 1 = 0
  const isClosed = chances.chance(world.closedOnConsoleAYear / 365)
  const [isLimited, isNotified, limitedFor] = [
    chances.chance(world.limitedAYear / 365),
    chances.chance(world.notified),
    chances.integer(...world.limitedDays),
  ]
  if (isClosed && shop.closedOn === null) {
    shop.closedOn = day
    closed = 1
  }
  if (isLimited && day > shop.limitedUntil) {
    shop.limitedUntil = day + limitedFor
    shop.limitedKnown = isNotified
  } else if (day > shop.limitedUntil) shop.limitedKnown = false
  const paid = day <= shop.limitedUntil ? 0 : poisson(shop.rate, traffic)
  shop.payments[day % watch.days] = paid
  const loads = shop.receipt && shop.closedOn === null && paid > 0 ? poisson(paid * world.loadsPerPayment, traffic) : 0
  if (loads > 0) load(shop, day, loads)
  return closed
}

/** At any moment of the day. Two different orders that match within 24 hours prove the page (product.md F8). */
function load(shop: Shop, day: number, loads: number): void {
  // the latest of so many moments
  const last = day + shop.traffic.next() ** (1 / loads)
  if (loads >= 2 || last - shop.lastLoad <= 1) shop.beaconOn = day
  shop.loadedOn = day
  shop.lastLoad = last
}

/** Written again after a day while it is not verified, and here once a week while it is: the days between would only move the proof by days. */
export function loadsProve(shop: Shop, day: number): void {
  if (shop.beaconOn !== day || (shop.state === 'verified' && noon(day) - shop.since < 7 * dayMs)) return
  const paid = new Date(noon(day) - 60_000).toISOString()
  record(shop, day, {
    kind: 'receipt_beacon',
    detail: { out_trade_no: '0001', order_paid_at: paid, order_scene: 'jsapi', check_code_valid: true },
  })
  shop.reopenedOn = null
}

/** A test payment in the shop; where it shows that the plan is gone, it is opened again the next day. @returns days since it was closed; null: nothing found */
export function visit(shop: Shop, day: number): number | null {
  // nobody can pay there
  if (day <= shop.limitedUntil) return null
  if (shop.closedOn === null) {
    record(shop, day, sawPage('official_receipt'))
    shop.reopenedOn = null
    return null
  }
  const noticed = day - shop.closedOn
  record(shop, day, sawPage('closed'))
  record(shop, day + 1, { kind: 'api_operation', detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } })
  shop.closedOn = null
  shop.reopenedOn = day + 1
  return noticed
}

/** Knuth's for few, a bell for many. */
function poisson(mean: number, random: Random): number {
  if (mean > 30) {
    const bell = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell))
  }
  const limit = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > limit; product *= random.next()) count += 1
  return count
}
