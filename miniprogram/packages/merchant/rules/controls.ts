// What the rows of the switches show and whether they may be used now (product.md M09, M11–M14, §6.2, §8, §12).
import type { Action, SubMerchant, SwitchStatus } from '../../../../typings/api'
import { absoluteTime, timeLeft } from '../../../rules/relative-time'
import { asksForJsapi } from './next-step'
import type { MessageKey, Say } from '../../../words/say'
import '../words/words'
import { hasGoldPlan as isPlanThere } from '../shared/gold-plan'

export type Feature = 'gold_plan' | 'gold_plan_miniprogram' | 'receipt' | 'advertising' | 'ad_filter'
/** A change that a person asks for. Closing carries its reason (at least 2 characters); a filter its 1 to 3 tags, which overwrite the earlier ones. */
export type Intent =
  | { kind: 'gold_plan.open' }
  | { kind: 'gold_plan_miniprogram.open' }
  | { kind: 'gold_plan_miniprogram.close'; reason: string }
  | { kind: 'receipt.open' }
  | { kind: 'receipt.close'; reason: string }
  | { kind: 'advertising.open' }
  | { kind: 'advertising.close'; reason: string }
  | { kind: 'ad_filter.set'; industries: string[] }
export type IntentKind = Intent['kind']

/**
 * A write that has been sent. sending: no answer yet · confirming: the answer is lost or late, being asked for · unconfirmed: asked often enough, a
 * person may ask again with the same key · unresolved: only a person can settle it.
 */
export type OperationStatus = 'sending' | 'confirming' | 'unconfirmed' | 'unresolved'
export interface RunningOperation {
  kind: string
  status: OperationStatus
  /** when it was sent, ms of the server's clock; absent: not known */
  sent_at?: number
}

export interface Circumstances {
  online: boolean
  /** milliseconds */
  now: number
  /** a hold of 5 s is running for this kind of change */
  holding: IntentKind | null
  operation: RunningOperation | null
  /** when the provider opened all its merchants by default, else null */
  default_open_since: string | null
}

export interface FeatureRow {
  id: Feature
  title: string
  /** 已开, 已关, 未知, or 结果确认中 */
  word: string
  /** position of the switch: confirmed state only, never a wish */
  on: boolean
  /** our record says neither open nor closed: that is no off */
  unknown: boolean
  /** the result is awaited: the node of the switch becomes a ring */
  loading: boolean
  /** what a tap asks for now; null when nothing may be asked */
  tap: IntentKind | null
  /** why a tap is refused: 需要联网, 21小时后可再次开通 … null when it may be used */
  locked: string | null
  /** who set it and when */
  note: string
  /** a lasting warning on the card: 点金计划未开通，顾客看不到 */
  warning: string | null
}

/** The row that a kind of change belongs to; null for those that have no row here. */
function featureOf(kind: string): Feature | null {
  const [feature] = kind.split('.')
  return FEATURES.find(known => known === feature) ?? null
}
const FEATURES = ['gold_plan', 'gold_plan_miniprogram', 'receipt', 'advertising', 'ad_filter'] as const
const FEATURE_OF_INTENT: Record<IntentKind, Feature> = {
  'gold_plan.open': 'gold_plan',
  'gold_plan_miniprogram.open': 'gold_plan_miniprogram',
  'gold_plan_miniprogram.close': 'gold_plan_miniprogram',
  'receipt.open': 'receipt',
  'receipt.close': 'receipt',
  'advertising.open': 'advertising',
  'advertising.close': 'advertising',
  'ad_filter.set': 'ad_filter',
}
export const featureOfIntent = (intent: Intent): Feature => FEATURE_OF_INTENT[intent.kind]

/** What the merchant holds for a feature: its switch, or its filter's tags. */
export function fieldOf(merchant: SubMerchant, feature: Feature) {
  if (feature === 'gold_plan') return merchant.gold_plan.jsapi
  return feature === 'gold_plan_miniprogram' ? merchant.gold_plan.miniprogram : merchant[feature]
}
/** Of the filter: open when it holds a tag. */
export function statusOf(merchant: SubMerchant, feature: Feature): SwitchStatus {
  if (feature === 'ad_filter') return merchant.ad_filter.industries.length > 0 ? 'open' : 'unknown'
  if (feature === 'gold_plan') return merchant.gold_plan.jsapi.status
  return feature === 'gold_plan_miniprogram' ? merchant.gold_plan.miniprogram.status : merchant[feature].status
}
/** Ads and their filter need the plan. */
export const hasGoldPlan = ({ gold_plan, migration }: SubMerchant): boolean =>
  isPlanThere({ status: gold_plan.jsapi.status, state: migration.state })
/** Whether the receipt can and should be opened before the plan (product.md F4b): orders in between would show the official receipt. */
export const receiptGoesFirst = (merchant: SubMerchant): boolean =>
  merchant.receipt.status !== 'open' && merchant.receipt.link !== 'none' && merchant.allowed_actions.includes('receipt.open')

export function featureRow(feature: Feature, merchant: SubMerchant, circumstances: Circumstances, say: Say): FeatureRow {
  const status = statusOf(merchant, feature)
  const operation = operationOf(merchant, circumstances)
  const mine = operation !== null && featureOf(operation.kind) === feature
  const loading = mine && operation.status !== 'unresolved'
  const tap = tapOf(feature, merchant)
  const locked = lockedReason(feature, merchant, circumstances, operation, say)
  return {
    id: feature,
    title: say(`feature.${feature}`),
    word: loading ? say(operation.status === 'sending' ? 'switch.sending' : 'switch.confirming') : say(`switch.${status}`),
    on: status === 'open',
    unknown: status === 'unknown' && feature !== 'ad_filter',
    loading,
    tap: locked === null ? tap : null,
    locked,
    note: switchNote(fieldOf(merchant, feature), circumstances.now, say),
    warning: warningOf(feature, merchant, circumstances.now, say),
  }
}

/** The operation in the way: one of ours on its way, else the one that the server knows. */
function operationOf(merchant: SubMerchant, { operation }: Circumstances): RunningOperation | null {
  if (operation) return operation
  const open = merchant.open_operation
  if (!open) return null
  return { kind: open.kind, status: open.status === 'unresolved' ? 'unresolved' : 'confirming' }
}

/** A shop that went back may be opened again although our record says open: the record is what a customer's page just contradicted. */
function tapOf(feature: Feature, merchant: SubMerchant): IntentKind | null {
  const status = statusOf(merchant, feature)
  switch (feature) {
    case 'gold_plan':
      return status === 'open' && merchant.migration.state !== 'regressed' ? null : 'gold_plan.open'
    case 'gold_plan_miniprogram':
      return status === 'open' ? 'gold_plan_miniprogram.close' : 'gold_plan_miniprogram.open'
    case 'receipt':
      return status === 'open' ? 'receipt.close' : 'receipt.open'
    case 'advertising':
      return status === 'open' ? 'advertising.close' : 'advertising.open'
    case 'ad_filter':
      return 'ad_filter.set'
  }
}

/** Why this change may not be asked for now; null when it may. The first reason that a person can do least about comes first. */
function lockedReason(
  feature: Feature,
  merchant: SubMerchant,
  circumstances: Circumstances,
  operation: RunningOperation | null,
  say: Say,
): string | null {
  const kind = tapOf(feature, merchant)
  if (operation && operation.status !== 'unresolved') return say('switch.locked.confirming')
  if (operation && awaitsLook(operation.kind, feature)) return say('switch.locked.unresolved')
  if (circumstances.holding !== null) return featureOf(circumstances.holding) === feature ? null : say('switch.locked.busy')
  if (merchant.status === 'terminated') return say('switch.locked.terminated')
  if (kind === null) return say(circumstances.default_open_since !== null ? 'switch.locked.default_open' : 'switch.locked.close_gold_plan')
  if (!circumstances.online) return say('switch.locked.offline')
  if (!merchant.allowed_actions.includes(actionOf(kind))) return say(notAllowed[feature] ?? 'switch.locked.permission')
  if (kind === 'gold_plan_miniprogram.close' && circumstances.default_open_since !== null) return say('switch.locked.default_open')
  if (kind === 'receipt.open' && merchant.receipt.link === 'none') return say('switch.locked.link')
  if (kind === 'gold_plan.open' || kind === 'gold_plan_miniprogram.open') {
    const left = reopenIn(merchant.gold_plan[kind === 'gold_plan.open' ? 'jsapi' : 'miniprogram'], circumstances.now)
    if (left > 0) return say('switch.locked.countdown', { left: timeLeft(left, say) })
  }
  if ((feature === 'advertising' || feature === 'ad_filter') && !hasGoldPlan(merchant)) return say('switch.locked.gold_plan')
  return null
}

/** Both ways of the mini program scene are one right. */
const actionOf = (kind: IntentKind): Action =>
  kind === 'gold_plan_miniprogram.open' || kind === 'gold_plan_miniprogram.close' ? 'gold_plan.miniprogram' : kind
const notAllowed: Partial<Record<Feature, MessageKey>> = {
  advertising: 'switch.locked.advertising',
  gold_plan_miniprogram: 'miniprogram.locked',
}

/**
 * An unresolved write holds up its own switch only, and only where a look at the console is how it is settled. Ads and their filter are simply set
 * again: the answer to that settles both.
 */
const awaitsLook = (kind: string, feature: Feature): boolean =>
  featureOf(kind) === feature && (feature === 'gold_plan' || feature === 'gold_plan_miniprogram' || feature === 'receipt')

/** Milliseconds until the gold plan may be opened again after a close; 0 when it may. Seconds are dropped so that the count starts full. */
function reopenIn({ reopen_available_at: at }: SubMerchant['gold_plan']['jsapi'], now: number): number {
  return at === null ? 0 : Math.max(0, Date.parse(at) - now)
}

const lockOfUnknownAge = (scene: 'jsapi' | 'miniprogram', merchant: SubMerchant, now: number, say: Say): string | null => {
  const refused = merchant.recent_evidence.find(
    evidence =>
      evidence.kind === 'api_operation' &&
      evidence.detail.operation.startsWith('gold_plan') &&
      (evidence.detail.scene ?? 'jsapi') === scene,
  )
  if (
    refused?.kind !== 'api_operation' ||
    refused.detail.code !== 'REOPEN_LOCKED' ||
    merchant.gold_plan[scene].reopen_available_at !== null
  )
    return null
  return now - Date.parse(refused.occurred_at) < 24 * 3_600_000 ? say('switch.locked.countdown_unknown') : null
}

function switchNote(state: ReturnType<typeof fieldOf>, now: number, say: Say): string {
  const time = state.changed_at === null ? '' : absoluteTime(state.changed_at, now, say)
  const source = 'source' in state ? state.source : state.changed_at === null ? 'none' : 'api'
  switch (source) {
    case 'api':
      return state.changed_by === null ? say('switch.note.api.nobody', { time }) : say('switch.note.api', { time, by: state.changed_by })
    case 'portal':
      return say('switch.note.portal', { time })
    case 'default_open':
      return say('switch.note.default_open')
    case 'none':
      return say('switch.note.none')
  }
}

function warningOf(feature: Feature, merchant: SubMerchant, now: number, say: Say): string | null {
  switch (feature) {
    case 'gold_plan':
      return lockOfUnknownAge('jsapi', merchant, now, say)
    case 'gold_plan_miniprogram':
      if (asksForJsapi(merchant)) return say('miniprogram.warning')
      return lockOfUnknownAge('miniprogram', merchant, now, say)
    case 'receipt':
      return receiptWarning(merchant, say)
    case 'advertising':
      return merchant.advertising.status === 'open' && merchant.gold_plan.jsapi.status === 'closed' ? say('advertising.warning') : null
    case 'ad_filter':
      return null
  }
}

function receiptWarning({ receipt, gold_plan }: SubMerchant, say: Say): string | null {
  if (receipt.hint) return say(`receipt.warning.${receipt.hint}` satisfies MessageKey)
  if (receipt.status === 'open' && gold_plan.jsapi.status === 'closed') return say('receipt.warning.INEFFECTIVE_NEEDS_GOLD_PLAN')
  return null
}
