// What the rows of the switches show and whether they may be used now (product.md M09, M11–M14, §6.2, §8, §12).
import type { SubMerchant, SwitchStatus } from '../../../../typings/api'
import { writtenReason } from '../../../shared/reason'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import '../words/words'
import { controlIds, controlOfOperation, rightFor, type ControlId, type OrdinaryControl } from '../shared/controls'
import { CONTROL_ROWS } from './control-rows'

export type Feature = ControlId
/** A change that a person asks for. Closing carries its reason (at least 2 characters); a filter its 1 to 3 tags, which overwrite the earlier ones. */
export type Intent =
  | { kind: `${'gold_plan' | OrdinaryControl}.open` }
  | { kind: `${OrdinaryControl}.close`; reason: string }
  | { kind: 'ad_filter.set'; industries: string[] }
export type IntentKind = Intent['kind']
/** what a switch asks for; tags are chosen on a page of their own */
export type ChangeKind = Exclude<IntentKind, 'ad_filter.set'>

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
  return controlIds.find(known => known === feature) ?? null
}
export const featureOfIntent = ({ kind }: Pick<Intent, 'kind'>): Feature => controlOfOperation(kind)
/** Whether it waits 5 s and can be taken back, or is sent at once. */
export const waits = (kind: IntentKind): boolean => CONTROL_ROWS[controlOfOperation(kind)].waits

/** What the merchant holds for a feature: its switch, or its filter's tags. */
export const fieldOf = (merchant: SubMerchant, feature: Feature) => CONTROL_ROWS[feature].held(merchant)
/** Of the filter: open when it holds a tag. */
export function statusOf(merchant: SubMerchant, feature: Feature): SwitchStatus {
  const held = fieldOf(merchant, feature)
  if ('status' in held) return held.status
  return held.industries.length > 0 ? 'open' : 'unknown'
}
/** Whether the receipt can and should be opened before the plan (product.md F4b): orders in between would show the official receipt. */
export const receiptGoesFirst = (merchant: SubMerchant): boolean =>
  merchant.receipt.status !== 'open' && merchant.receipt.link !== 'none' && merchant.allowed_actions.includes('receipt.open')

/** What is asked for; `reason` only of a close. */
export function intentOf(kind: ChangeKind, reason: string): Intent {
  return isClose(kind) ? { kind, reason: writtenReason(reason) } : { kind: kind as Exclude<ChangeKind, CloseKind> }
}
type CloseKind = `${OrdinaryControl}.close`
const isClose = (kind: ChangeKind): kind is CloseKind => kind.endsWith('.close')

export const featureRows = (merchant: SubMerchant, circumstances: Circumstances, say: Say) =>
  Object.fromEntries(controlIds.map(feature => [feature, featureRow(feature, merchant, circumstances, say)])) as Record<Feature, FeatureRow>

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
    word: loading ? say(operation.status === 'sending' ? 'control.sending' : 'control.confirming') : say(`switch.${status}`),
    on: status === 'open',
    unknown: status === 'unknown' && feature !== 'ad_filter',
    loading,
    tap: locked === null ? tap : null,
    locked,
    note: switchNote(fieldOf(merchant, feature), circumstances.now, say),
    warning: CONTROL_ROWS[feature].warning?.(merchant, circumstances.now, say) ?? null,
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
  if (feature === 'ad_filter') return 'ad_filter.set'
  if (feature === 'gold_plan') return status === 'open' && merchant.migration.state !== 'regressed' ? null : 'gold_plan.open'
  return status === 'open' ? `${feature}.close` : `${feature}.open`
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
  if (operation && operation.status !== 'unresolved') return say('control.locked.confirming')
  if (operation && awaitsLook(operation.kind, feature)) return say('control.locked.unresolved')
  if (circumstances.holding !== null) return featureOf(circumstances.holding) === feature ? null : say('control.locked.busy')
  if (merchant.status === 'terminated') return say('control.locked.terminated')
  if (kind === null)
    return say(circumstances.default_open_since !== null ? 'control.locked.default_open' : 'control.locked.close_gold_plan')
  if (!circumstances.online) return say('switch.locked.offline')
  if (!merchant.allowed_actions.includes(rightFor(kind))) return say(CONTROL_ROWS[feature].notAllowed)
  return CONTROL_ROWS[feature].locked?.(merchant, kind, circumstances, say) ?? null
}

/** An unresolved write holds up its own switch only, and only where a look at the console is how it is settled. */
const awaitsLook = (kind: string, feature: Feature): boolean => featureOf(kind) === feature && CONTROL_ROWS[feature].settledByLook

function switchNote(state: ReturnType<typeof fieldOf>, now: number, say: Say): string {
  const time = state.changed_at === null ? '' : absoluteTime(state.changed_at, now, say)
  const source = 'source' in state ? state.source : state.changed_at === null ? 'none' : 'api'
  switch (source) {
    case 'api':
      return state.changed_by === null ? say('control.note.api.nobody', { time }) : say('control.note.api', { time, by: state.changed_by })
    case 'portal':
      return say('control.note.portal', { time })
    case 'default_open':
      return say('control.note.default_open')
    case 'none':
      return say('control.note.none')
  }
}
