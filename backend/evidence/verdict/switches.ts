// What we hold a merchant's switches to be: the newest counted open or close of each (product.md §5.1). WeChat Pay has no query, so
// this is our own ledger of operations and looks at the console, nothing more.
import type { SwitchStatus } from './schema.ts'
import type { Static } from 'typebox'
import { changeSettles, reopenLock } from './durations.ts'
import { byTime, counted, type EvidenceFact, type EvidenceItem } from './facts.ts'
import type { PaymentEntry } from '../schema.ts'
import { ofEachPlain, type PlainControl } from '../../../miniprogram/packages/merchant/shared/controls.ts'

/** instants are ISO 8601 in UTC, as stored; people are staff ids */
export interface SwitchState {
  status: SwitchStatus
  source: 'api' | 'portal' | 'default_open' | 'none'
  changed_at: string | null
  changed_by: string | null
}

interface GoldPlanState extends SwitchState {
  /** end of the lock after a close that we made; null without one */
  reopen_available_at: string | null
}

interface MiniprogramState extends GoldPlanState {
  /**
   * We switched it, and no page after a jsapi payment was seen since that took effect: what it does to jsapi is documented nowhere (facts.md §1.1).
   * Absent: nothing is to be looked at.
   */
  verify_jsapi?: true
}

export type Switches = {
  gold_plan: { jsapi: GoldPlanState; miniprogram: MiniprogramState }
  receipt: SwitchState & { effective: 'shown' | 'not_shown' | 'unknown'; effective_at: string | null }
  ad_filter: { industries: string[]; changed_at: string | null; changed_by: string | null }
  flow: {
    conclusion: 'unknown' | 'jsapi' | 'not_jsapi'
    basis: 'orders' | 'visit' | 'operator' | null
    concluded_at: string | null
    entries: { entry: Static<typeof PaymentEntry>; web_page_opened: boolean | null; observed_at: string }[]
  }
} & Record<PlainControl, SwitchState>

export interface DerivedSwitches {
  switches: Switches
  /** until then a gold plan change of ours may not show yet; null without one */
  settling_until: Date | null
  /** the newest look at the receipt saw its error page */
  receipt_error: boolean
  /** milliseconds until the receipt was there, at the newest look that measured them; null: nobody did */
  receipt_ready_ms: number | null
}

export const noSwitch: SwitchState = { status: 'unknown', source: 'none', changed_at: null, changed_by: null }

/** @param evidence of one merchant, in any order */
export function deriveSwitches(evidence: readonly EvidenceItem[], options: { now: Date; defaultOpenSince: Date | null }): DerivedSwitches {
  const facts = counted(evidence, options.now).sort(byTime)
  const receipt = lastChange(facts, 'receipt')
  const seen = receiptSeen(facts, receipt)
  const jsapi = goldPlan(facts, 'jsapi')
  return {
    switches: {
      gold_plan: {
        jsapi: withDefaultOpen(jsapi, facts, options.defaultOpenSince),
        miniprogram: { ...goldPlan(facts, 'miniprogram'), ...unseenSince(facts) },
      },
      receipt: { ...receipt, effective: seen.effective, effective_at: seen.at },
      ...ofEachPlain(control => lastChange(facts, control)),
      ad_filter: adFilter(facts),
      flow: flow(facts),
    },
    settling_until: settlingUntil(facts),
    receipt_error: seen.error,
    receipt_ready_ms: readyMs(facts),
  }
}

/** Somebody on the spot counted seconds, or the page said it of a load that a payer's check_code proves. */
function readyMs(facts: readonly EvidenceFact[]): number | null {
  const measured = facts.flatMap(({ kind, detail }) => {
    if (kind === 'test_payment' && detail.ready_seconds !== undefined) return [Math.round(detail.ready_seconds * 1_000)]
    return kind === 'receipt_beacon' && detail.check_code_valid === true && detail.ready_ms !== undefined ? [detail.ready_ms] : []
  })
  return measured.at(-1) ?? null
}

function lastChange(
  facts: readonly EvidenceFact[],
  feature: 'gold_plan' | 'receipt' | PlainControl,
  scene?: 'jsapi' | 'miniprogram',
): SwitchState {
  let state = noSwitch
  for (const fact of facts) {
    const status = changeIn(fact, feature, scene)
    if (!status) continue
    state = {
      status,
      source: fact.kind === 'portal_check' ? 'portal' : 'api',
      changed_at: fact.occurred_at.toISOString(),
      changed_by: fact.recorded_by,
    }
  }
  return state
}

function changeIn(
  fact: EvidenceFact,
  feature: 'gold_plan' | 'receipt' | PlainControl,
  scene?: 'jsapi' | 'miniprogram',
): 'open' | 'closed' | undefined {
  if (fact.kind === 'api_operation') {
    const { operation, result } = fact.detail
    if (result !== 'succeeded' || (scene && fact.detail.scene !== scene)) return undefined
    if (operation === `${feature}.open`) return 'open'
    return operation === `${feature}.close` ? 'closed' : undefined
  }
  if (fact.kind !== 'portal_check') return undefined
  const { gold_plan_jsapi, gold_plan_miniprogram } = fact.detail
  const status = feature !== 'gold_plan' ? fact.detail[feature] : scene === 'miniprogram' ? gold_plan_miniprogram : gold_plan_jsapi
  return status === 'unknown' ? undefined : status
}

function goldPlan(facts: readonly EvidenceFact[], scene: 'jsapi' | 'miniprogram'): GoldPlanState {
  const state = lastChange(facts, 'gold_plan', scene)
  const lock = ourClose(facts, scene)
  return { ...state, reopen_available_at: lock ? new Date(lock.getTime() + reopenLock).toISOString() : null }
}

/** When we closed a plan that is closed since then. A look at the console in between repeats that it is closed; it does not end the lock. */
function ourClose(facts: readonly EvidenceFact[], scene: 'jsapi' | 'miniprogram'): Date | undefined {
  for (const fact of facts.toReversed()) {
    const status = changeIn(fact, 'gold_plan', scene)
    if (status === 'open') return undefined
    if (status === 'closed' && fact.kind === 'api_operation') return fact.occurred_at
  }
  return undefined
}

function unseenSince(facts: readonly EvidenceFact[]): Pick<MiniprogramState, 'verify_jsapi'> {
  const changed = facts.findLast(fact => fact.kind === 'api_operation' && changeIn(fact, 'gold_plan', 'miniprogram'))
  if (!changed) return {}
  const from = changed.occurred_at.getTime() + changeSettles
  const seen = facts.some(
    ({ classes, occurred_at }) => occurred_at.getTime() >= from && classes.some(name => name === 'POS' || name === 'NEG'),
  )
  return seen ? {} : { verify_jsapi: true }
}

/** The provider's default-open switch opens every merchant with JSAPI payments; nothing older than it says otherwise. */
function withDefaultOpen(state: GoldPlanState, facts: readonly EvidenceFact[], since: Date | null): GoldPlanState {
  const used = facts.some(fact => fact.classes.some(name => name === 'USE' || name === 'POS' || name === 'NEG'))
  if (!since || !used || (state.changed_at && Date.parse(state.changed_at) >= since.getTime())) return state
  return { status: 'open', source: 'default_open', changed_at: since.toISOString(), changed_by: null, reopen_available_at: null }
}

interface ReceiptSeen {
  effective: 'shown' | 'not_shown' | 'unknown'
  at: string | null
  error: boolean
}

/**
 * What the newest look at the receipt says. A change takes effect within 5 minutes (F4b), so an official page in that time says nothing against the
 * receipt; and what was seen before it was closed says nothing about now.
 */
function receiptSeen(facts: readonly EvidenceFact[], receipt: SwitchState): ReceiptSeen {
  const nothing: ReceiptSeen = { effective: 'unknown', at: null, error: false }
  const changedAt = receipt.changed_at === null ? null : Date.parse(receipt.changed_at)
  const closedAt = receipt.status === 'closed' ? changedAt : null
  let seen = nothing
  for (const fact of facts) {
    const time = fact.occurred_at.getTime()
    if (!fact.classes.includes('POS') || (closedAt !== null && time < closedAt)) continue
    // the provider's page was loaded and asked for the official receipt, perhaps because no blocks are chosen
    if (fact.kind === 'receipt_beacon' && fact.detail.displayed === 'official') continue
    const page = fact.kind === 'test_payment' ? fact.detail.after_page : 'merchant_receipt'
    const error = page === 'receipt_error'
    const at = fact.occurred_at.toISOString()
    const openFor = receipt.status === 'open' && changedAt !== null ? time - changedAt : null
    if (page === 'merchant_receipt') seen = { effective: 'shown', at, error }
    else if (openFor !== null && openFor > changeSettles) seen = { effective: 'not_shown', at, error }
    else if (openFor !== null && openFor >= 0) seen = { ...seen, error: seen.error || error }
    else seen = { ...nothing, error }
  }
  return seen
}

function adFilter(facts: readonly EvidenceFact[]): Switches['ad_filter'] {
  const set = facts.findLast(fact => tagsIn(fact) !== undefined)
  if (!set) return { industries: [], changed_at: null, changed_by: null }
  return { industries: tagsIn(set)!, changed_at: set.occurred_at.toISOString(), changed_by: set.recorded_by }
}

function tagsIn(fact: EvidenceFact): string[] | undefined {
  if (fact.kind === 'portal_check') return fact.detail.ad_filter
  return fact.kind === 'api_operation' && fact.detail.result === 'succeeded' ? fact.detail.industries : undefined
}

function flow(facts: readonly EvidenceFact[]): Switches['flow'] {
  const concluded = facts.findLast(fact => fact.kind === 'flow_conclusion')
  const entries = new Map<string, Switches['flow']['entries'][number]>()
  for (const fact of facts) {
    const observed_at = fact.occurred_at.toISOString()
    if (fact.kind === 'test_payment') {
      entries.set(fact.detail.entry, { entry: fact.detail.entry, web_page_opened: fact.detail.web_page_opened, observed_at })
    }
    if (fact.kind === 'flow_conclusion') for (const seen of fact.detail.entries ?? []) entries.set(seen.entry, { ...seen, observed_at })
  }
  return {
    conclusion: concluded?.kind === 'flow_conclusion' ? concluded.detail.conclusion : 'unknown',
    basis: concluded?.kind === 'flow_conclusion' ? concluded.detail.basis : null,
    concluded_at: concluded?.occurred_at.toISOString() ?? null,
    entries: [...entries.values()],
  }
}

function settlingUntil(facts: readonly EvidenceFact[]): Date | null {
  const change = facts.findLast(fact => fact.change !== undefined)
  return change ? new Date(change.occurred_at.getTime() + changeSettles) : null
}
