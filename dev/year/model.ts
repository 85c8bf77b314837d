// A year of a provider's shops, made up from a seed and lived by the product's own rules: the verdict (evidence/verdict/derive), the watch
// (evidence/suspicion/rule) and the plan of visits (directory/visit-plan/rule). What is made up is the world around them: README.md. Pure.
import {
  aheadDays,
  freshShare,
  loadedWithin,
  overdueAfter,
  planVisits,
  visitsNeeded,
  type OldShop,
  type Visitor,
} from '../../backend/directory/visit-plan/rule.ts'
import { suspicionOf } from '../../backend/evidence/suspicion/rule.ts'
import { derive } from '../../backend/evidence/verdict/derive.ts'
import type { EvidenceItem } from '../../backend/evidence/verdict/facts.ts'
import type { VerdictState } from '../../backend/evidence/verdict/schema.ts'
import { dayLater } from '../../backend/http/days.ts'
import { seededRandom, type Random } from '../demo/random.ts'

export interface YearOptions {
  seed: number
  merchants: number
  /** days; default 365 */
  days?: number
  /** people who visit shops, each at most eight a day on six days of the week; default one for 600 merchants */
  staff?: number
  /** Whether loads of the receipt prove something, bills come and the watch runs; false: only visits say anything. */
  withEvidence: boolean
  /** of visits to a shop whose receipt is closed, those at which it is opened, as the app offers; default 0 */
  receiptsOpened?: number
}

export interface YearResult {
  /** of verified merchants, those whose proof is under 90 days at the end of a day: mean over the year, and the worst day once it has settled (day 120 on) */
  fresh: { mean: number; least: number }
  visits: number
  /** of them: by the plan · because of a hint · after a reopening */
  visitsFor: { plan: number; hint: number; reopened: number }
  /** plans that were closed on the console */
  closings: number
  /** days until somebody here knew, of those that were found */
  unnoticed: { median: number; p95: number }
  /** closings that nobody had found when the year ended */
  open: number
  /** hints at shops where nothing was wrong */
  falseHints: number
}

const dayMs = 86_400_000
const perDay = 8
const staleAfterDays = 90
const watch = { enabled: true, days: 7, min_payments: 20 }
const settled = 120
const begins = '2026-01-01'
/** 12:00 in China of a day of the year, ms */
const noon = (day: number): number => Date.parse(`${begins}T12:00:00+08:00`) + day * dayMs

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

interface Shop {
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

export function simulateYear({
  seed,
  merchants,
  days = 365,
  staff = Math.max(1, Math.ceil(merchants / 600)),
  withEvidence,
  receiptsOpened = 0,
}: YearOptions): YearResult {
  const random = seededRandom(seed)
  const shops = Array.from({ length: merchants }, (_, index) => newShop(index, random))
  const people: Visitor[] = Array.from({ length: staff }, (_, index) => ({
    staff_id: `agent-${String(index).padStart(3, '0')}`,
    // three neighbours share a district, so that a leave of one leaves it to two
    covers: code =>
      Number(code) % staff === index % staff || (Number(code) + 1) % staff === index || (Number(code) + 2) % staff === index || staff < 4,
  }))
  const found: number[] = []
  const visitsFor = { plan: 0, hint: 0, reopened: 0 }
  let [shareSum, least, closings, falseHints] = [0, 1, 0, 0]
  for (let day = 0; day < days; day += 1) {
    for (const shop of shops) {
      closings += happen(shop, day)
      if (withEvidence) loadsProve(shop, day)
    }
    let room = day % 7 === 6 ? 0 : staff * perDay
    const go = (shop: Shop, why: keyof typeof visitsFor): void => {
      if (room <= 0) return
      room -= 1
      visitsFor[why] += 1
      const noticed = visit(shop, day)
      if (!shop.receipt && random.chance(receiptsOpened)) shop.receipt = true
      if (noticed !== null) found.push(noticed)
      else if (why === 'hint' && shop.closedOn === null) falseHints += 1
    }
    for (const shop of shops) if (shop.reopenedOn !== null && shop.state !== 'verified' && day >= shop.reopenedOn + 3) go(shop, 'reopened')
    if (withEvidence) for (const shop of suspected(shops, day)) go(shop, 'hint')
    const byId = new Map(shops.map(shop => [shop.id, shop]))
    const verified = shops.filter(({ state }) => state === 'verified')
    const isOld = ({ since }: Shop, ahead = 0) => noon(day + ahead) - since > staleAfterDays * dayMs
    const fresh = verified.filter(shop => !isOld(shop, aheadDays)).length
    const needed = visitsNeeded({ verified: verified.length, fresh, planned: 0 })
    const old = verified.filter(shop => isOld(shop) && !(withEvidence && shop.limitedKnown)).map(shop => oldShop(shop, day, withEvidence))
    if (room > 0 && needed > 0)
      for (const { sub_mchid } of planVisits(Math.min(needed, room), old, people, { perDay, days: 1 }).stops)
        go(byId.get(sub_mchid)!, 'plan')
    const now = shops.filter(({ state }) => state === 'verified')
    const share = now.length === 0 ? 1 : now.filter(shop => !isOld(shop)).length / now.length
    shareSum += share
    if (day >= settled) least = Math.min(least, share)
  }
  const sorted = found.sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return {
    fresh: { mean: shareSum / days, least },
    visits: visitsFor.plan + visitsFor.hint + visitsFor.reopened,
    visitsFor,
    closings,
    unnoticed: { median: at(0.5), p95: at(0.95) },
    open: shops.filter(({ closedOn }) => closedOn !== null).length,
    falseHints,
  }
}

/**
 * Visits that no plan of visits can do without, however well it knows what will be loaded: of the shops that must be fresh on a day, those that nothing else made
 * fresh were visited on it or in the 90 days before. Counted on days 91 apart, so that no visit counts twice, and in a world where nothing is ever closed.
 */
export function fewestVisits({ seed, merchants, days = 365 }: Pick<YearOptions, 'seed' | 'merchants' | 'days'>): number {
  const random = seededRandom(seed)
  const shops = Array.from({ length: merchants }, (_, index) => newShop(index, random))
  let fewest = 0
  for (let day = 0; day < days; day += 1) {
    for (const shop of shops) {
      happen(shop, day)
      shop.closedOn = null
      loadsProve(shop, day)
    }
    if (day < staleAfterDays || (days - 1 - day) % (staleAfterDays + 1) !== 0) continue
    const fresh = shops.filter(({ since }) => noon(day) - since <= staleAfterDays * dayMs).length
    fewest += Math.max(0, Math.ceil(freshShare * merchants) - fresh)
  }
  return fewest
}

function newShop(index: number, random: Random): Shop {
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
function happen(shop: Shop, day: number): 0 | 1 {
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
function loadsProve(shop: Shop, day: number): void {
  if (shop.beaconOn !== day || (shop.state === 'verified' && noon(day) - shop.since < 7 * dayMs)) return
  const paid = new Date(noon(day) - 60_000).toISOString()
  record(shop, day, {
    kind: 'receipt_beacon',
    detail: { out_trade_no: '0001', order_paid_at: paid, order_scene: 'jsapi', check_code_valid: true },
  })
  shop.reopenedOn = null
}

/** By the bill of the day before, which has landed by the time people set out. */
function suspected(shops: readonly Shop[], day: number): Shop[] {
  const to = day - 1
  const from = to - watch.days + 1
  const text = (one: number) => dayLater(begins, one)
  if (from < 0) return []
  return shops.filter(({ state, receipt, loadedOn, payments, since }) => {
    // what the rule would answer with "no" anyway, said before its days are written as text
    if (state !== 'verified' || !receipt || (loadedOn !== null && loadedOn >= from)) return false
    const counted = Array.from({ length: watch.days }, (_, back) => to - back).map(one => ({
      day: text(one),
      count: payments[one % watch.days] ?? 0,
    }))
    const proved_on = text(Math.floor((since - noon(0)) / dayMs + 0.5))
    return (
      suspicionOf(
        { state, receipt: 'open', proved_on, receipt_since: null, payments: counted, loaded_on: loadedOn === null ? null : text(loadedOn) },
        { from: text(from), to: text(to), anyLoads: true },
        watch,
      ) !== null
    )
  })
}

const oldShop = ({ id, district, since, loadedOn }: Shop, day: number, withEvidence: boolean): OldShop => ({
  sub_mchid: id,
  region_code: district,
  staff_id: null,
  suspected: false,
  loaded: withEvidence && loadedOn !== null && loadedOn > day - loadedWithin,
  overdue: noon(day) - since > (staleAfterDays + overdueAfter) * dayMs,
  since,
})

/** A test payment in the shop; where it shows that the plan is gone, it is opened again the next day. @returns days since it was closed; null: nothing found */
function visit(shop: Shop, day: number): number | null {
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
