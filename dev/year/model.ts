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
import { dayLater } from '../../backend/http/days.ts'
import { seededRandom } from '../demo/random.ts'
import { begins, dayMs, happen, loadsProve, newShop, noon, settled, staleAfterDays, visit, watch, type Shop } from './shop.ts'

/** visits of a person */
const perDay = 8

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
