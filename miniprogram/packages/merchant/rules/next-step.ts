// What comes next for a shop, and where it stands on the way: button, ring and ladder of a verdict follow from this one rule (product.md §5.3, last
// paragraph; look.md §4 Verdict).
import type { SubMerchant, Verdict } from '../../../../typings/api'
import { limitationLabel } from './limitations'

export type NextStepId =
  | 'visit'
  | 'test_payment'
  | 'reverify'
  | 'verify_jsapi'
  | 'gold_plan.open'
  | 'receipt.open'
  | 'troubleshoot'
  | 'review_regression'
  | 'blocked_reason'
type RungId = 'flow_confirmed' | 'gold_plan_opened' | 'page_seen'

/** done: ink disc with tick · here: gold ring, the one to do · broken: red disc · ahead: outline */
type RungStatus = 'done' | 'here' | 'broken' | 'ahead'
/**
 * What is said of a rung. dated: when it was reached · known: reached, nobody knows when · unrecorded: no record of ours, but what comes after it needs
 * it · missing: the one to do · stale: seen too long ago · with_payment: the payment that comes next shows it too · broken: was seen, is not any more ·
 * refused: WeChat Pay refused to open it · limited: WeChat Pay has limited the shop · ahead: nothing yet
 */
type RungNote = 'dated' | 'known' | 'unrecorded' | 'missing' | 'stale' | 'with_payment' | 'broken' | 'refused' | 'limited' | 'ahead'

export interface Rung {
  id: RungId
  status: RungStatus
  note: RungNote
  /** ISO 8601, of a rung that is `dated` */
  at: string | null
  /** what kind of evidence says that it was reached */
  kind: string | null
}

/** The part of a merchant that decides. */
export type Standing = Pick<SubMerchant, 'migration' | 'gold_plan' | 'receipt'>

/**
 * The mini program scene was switched here, and nobody has looked since whether jsapi still shows its page: WeChat says nowhere what that does. It concerns
 * shops that jsapi customers use; the state of the shop stays what the evidence says.
 */
export const asksForJsapi = ({ migration, gold_plan }: Pick<Standing, 'migration' | 'gold_plan'>): boolean =>
  gold_plan.miniprogram.verify_jsapi && (migration.state === 'verified' || migration.state === 'enrolled')

/** One primary button at most, by state, reason and attention. */
export function nextSteps({ migration, gold_plan, receipt }: Standing): { primary: NextStepId | null; secondary: NextStepId | null } {
  const { state, reason, attention } = migration
  const receiptClosed = receipt.status !== 'open'
  switch (state) {
    case 'unknown':
      return { primary: 'visit', secondary: null }
    case 'not_applicable':
      return { primary: null, secondary: null }
    case 'not_migrated':
      if (reason === 'NO_RECORD_OF_OPENING') return { primary: 'test_payment', secondary: 'gold_plan.open' }
      return { primary: 'gold_plan.open', secondary: receiptClosed ? 'receipt.open' : null }
    case 'enrolled':
      if (attention.includes('CHECK_FAILED')) return { primary: 'troubleshoot', secondary: 'test_payment' }
      return { primary: 'test_payment', secondary: null }
    case 'verified':
      if (attention.includes('RECEIPT_ERROR')) return { primary: 'troubleshoot', secondary: null }
      if (asksForJsapi({ migration, gold_plan })) return { primary: 'verify_jsapi', secondary: receiptClosed ? 'receipt.open' : null }
      return {
        primary: attention.includes('STALE') || attention.includes('SUSPECTED') ? 'reverify' : null,
        secondary: receiptClosed ? 'receipt.open' : null,
      }
    case 'regressed':
      return { primary: 'review_regression', secondary: null }
    case 'blocked':
      return { primary: 'blocked_reason', secondary: null }
  }
}

const rungs = ['flow_confirmed', 'gold_plan_opened', 'page_seen'] as const satisfies readonly RungId[]

/** Which rung a step is about. The receipt has none; of a shop that is blocked, the rung that is stopped. */
const rungOf: Readonly<Record<NextStepId, RungId | null>> = {
  visit: 'flow_confirmed',
  test_payment: 'page_seen',
  reverify: 'page_seen',
  verify_jsapi: null,
  'gold_plan.open': 'gold_plan_opened',
  'receipt.open': null,
  troubleshoot: 'page_seen',
  review_regression: 'page_seen',
  blocked_reason: null,
}

/** @returns three rungs; none for a shop that has nowhere to climb */
export function ladderOf(standing: Standing): Rung[] {
  const { migration } = standing
  if (migration.state === 'not_applicable') return []
  const reached = reachedBy(migration)
  const { primary } = nextSteps(standing)
  const broken = brokenRung(standing)
  // an official page that failed to show a receipt was seen all the same
  const seen = migration.state === 'verified'
  const here = broken || !primary || (seen && primary !== 'reverify') ? null : rungOf[primary]
  return rungs.map((id, index) => {
    const later = rungs.slice(index + 1)
    const step = reached[id]
    if (broken?.id === id) return { id, status: 'broken', note: broken.note, at: null, kind: null }
    if (here === id) return { id, status: 'here', note: seen ? 'stale' : 'missing', at: null, kind: null }
    if (step) {
      // what is dated after a later rung was only said again then: it was reached before
      const before = later.every(other => !reached[other] || reached[other].at >= step.at)
      return { id, status: 'done', note: before ? 'dated' : 'known', at: before ? step.at : null, kind: step.kind }
    }
    if (later.some(other => reached[other]) && reached.page_seen) return { id, status: 'done', note: 'unrecorded', at: null, kind: null }
    return { id, status: 'ahead', note: id === 'flow_confirmed' && here === 'page_seen' ? 'with_payment' : 'ahead', at: null, kind: null }
  })
}

/** Closing takes back the opening; what was seen before it, or before the page went away, is not seen now. Instants in one form, so that they compare. */
function reachedBy({ state, steps }: Verdict): Record<RungId, { at: string; kind: string } | null> {
  const one = (step: { at: string; kind: string } | null) => step && { at: new Date(step.at).toISOString(), kind: step.kind }
  return {
    flow_confirmed: one(steps.flow_confirmed),
    gold_plan_opened: state === 'not_migrated' ? null : one(steps.gold_plan_opened),
    page_seen: state === 'verified' ? one(steps.page_seen) : null,
  }
}

/**
 * Where somebody else stands in the way. A refused opening stops the plan, unless our record says that it is open; what limits the shop itself stops its
 * customers from getting as far as the page.
 */
function brokenRung({ migration, gold_plan }: Standing): { id: RungId; note: RungNote } | null {
  if (migration.state === 'regressed') return { id: 'page_seen', note: 'broken' }
  if (migration.state !== 'blocked') return null
  const limited = limitationLabel(migration.reason, key => key) !== null
  if (limited || gold_plan.jsapi.status === 'open') return { id: 'page_seen', note: 'limited' }
  return { id: 'gold_plan_opened', note: 'refused' }
}

/** A change of the plan takes effect within 5 minutes (development guide, pay.weixin.qq.com/doc/v3/partner/4012072262). */
export const SETTLING_MS = 5 * 60_000

/** @returns milliseconds until a payment counts again; 0: it counts now. Only changes that we made settle: a look at the console says nothing of when */
export function settlesIn({ gold_plan }: Pick<SubMerchant, 'gold_plan'>, now: number): number {
  return Math.max(leftOf(gold_plan.jsapi, now), leftOf(gold_plan.miniprogram, now))
}

function leftOf({ source, changed_at }: SubMerchant['gold_plan']['jsapi'], now: number): number {
  if (source !== 'api' || changed_at === null) return 0
  const age = now - Date.parse(changed_at)
  return age >= 0 && age < SETTLING_MS ? SETTLING_MS - age : 0
}
