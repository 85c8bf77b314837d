// What the workbench draws of the summary: things to handle first, the bar of states, and the counts with the list that each opens.
import type { Attention, MigrationState, SubMerchantRow, Summary, SwitchStatus } from '../../typings/api'
import { districtOf } from './region'
import { relativeTime } from './relative-time'
import type { MessageKey, Say } from './say'
import { STATE_ORDER, stateShortKey } from './states'

/** What a number stands for: the filter of the list with the same total. */
export interface CountFilter {
  state?: MigrationState
  attention?: Attention
  receipt?: SwitchStatus
  operation?: 'unresolved'
}
export type FirstKind = 'regressed' | 'receipt_error' | 'unresolved'
export const FIRST_FILTERS: Record<FirstKind, CountFilter> = {
  regressed: { state: 'regressed' },
  receipt_error: { attention: 'RECEIPT_ERROR' },
  unresolved: { operation: 'unresolved' },
}
const FIRST_KINDS = ['regressed', 'receipt_error', 'unresolved'] as const

export interface FirstItem {
  /** one shop may be there for two things */
  id: string
  kind: FirstKind
  sub_mchid: string
  name: string
  tail: string
  region_name: string
  /** "3 天前", '' without evidence */
  age: string
  state: MigrationState
  label: string
}
export interface FirstGroup {
  kind: FirstKind
  label: string
  count: number
}

/** Rows on the first screen; the rest is one tap away. */
const SHOWN = 4

/** The first of each kind before the second of any, then in the order of the kinds. */
export function firstItems({ handle_first }: Summary, now: number, say: Say): FirstItem[] {
  const ranked = FIRST_KINDS.flatMap((kind, order) => handle_first[kind].items.map((row, depth) => ({ kind, row, order, depth })))
  const shown = ranked.sort((one, other) => one.depth - other.depth || one.order - other.order).slice(0, SHOWN)
  return shown
    .sort((one, other) => one.order - other.order || one.depth - other.depth)
    .map(({ kind, row }) => firstItem(kind, row, now, say))
}
function firstItem(kind: FirstKind, row: SubMerchantRow, now: number, say: Say): FirstItem {
  const { state, since } = row.migration
  return {
    id: `${kind}-${row.sub_mchid}`,
    kind,
    sub_mchid: row.sub_mchid,
    name: row.name,
    tail: row.sub_mchid.slice(-4),
    region_name: districtOf(row.region_name),
    age: since === null ? '' : relativeTime(since, now, say),
    state,
    label: say(`home.first_${kind}`),
  }
}
/** Kinds that have any, with the number that opens their list. */
export const firstGroups = ({ handle_first }: Summary, say: Say): FirstGroup[] =>
  FIRST_KINDS.filter(kind => handle_first[kind].count > 0).map(kind => ({
    kind,
    label: say(`home.first_${kind}`),
    count: handle_first[kind].count,
  }))

export interface BarPart {
  state: MigrationState
  count: number
  label: string
}
/** Parts of the bar, in the order of the states; empty states have no part. */
export const barOf = ({ by_state }: Summary, say: Say): BarPart[] =>
  STATE_ORDER.filter(state => by_state[state] > 0).map(state => ({ state, count: by_state[state], label: say(stateShortKey(state)) }))

export interface CountCell {
  /** state-regressed, stale, check-failed, receipt-open */
  id: string
  /** a state has its glyph, the others an icon */
  state: MigrationState | ''
  icon: string
  label: string
  count: number
  filter: CountFilter
}
export function cellsOf({ by_state, attention, receipts_open }: Summary, say: Say): CountCell[] {
  const mark = (id: string, icon: string, label: MessageKey, count: number, filter: CountFilter): CountCell => ({
    id,
    state: '',
    icon,
    label: say(label),
    count,
    filter,
  })
  return [
    ...STATE_ORDER.map(state => ({
      id: `state-${state}`,
      state,
      icon: '',
      label: say(stateShortKey(state)),
      count: by_state[state],
      filter: { state },
    })),
    mark('stale', 'clock-o', 'attention.STALE', attention.stale, { attention: 'STALE' }),
    mark('check-failed', 'warning-o', 'attention.CHECK_FAILED', attention.check_failed, { attention: 'CHECK_FAILED' }),
    mark('receipt-error', 'bill-o', 'attention.RECEIPT_ERROR', attention.receipt_error, { attention: 'RECEIPT_ERROR' }),
    mark('receipt-open', 'bill-o', 'merchants.receipt_open', receipts_open, { receipt: 'open' }),
  ]
}
