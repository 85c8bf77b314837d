// What the workbench draws of the summary: things to handle first, the bar of states, and the counts with the list that each opens.
import type {
  Action,
  Attention,
  HandledRow,
  OperationKind,
  Staff,
  Summary,
  SwitchStatus,
  VisitRow,
  VerdictState,
} from '../../../typings/api'
import { merchantPage } from '../../rules/deep-link'
import { proofLabel } from '../../rules/evidence-copy'
import { absoluteTime } from '../../rules/relative-time'
import type { MessageKey, Say } from '../../words/say'
import { STATE_ORDER, stateShortKey } from '../../rules/states'
import { grouped } from '../../shared/fill'
import './words'

/** What a number stands for: the filter of the list with the same total. */
export interface CountFilter {
  state?: VerdictState
  attention?: Attention
  receipt?: SwitchStatus
  operation?: 'unresolved'
}
type FirstKind = 'returned' | HandledKind
/** of shops: each opens the list of its filter */
export type HandledKind = 'regressed' | 'receipt_error' | 'suspected' | 'unresolved'
export const FIRST_FILTERS: Record<HandledKind, CountFilter> = {
  regressed: { state: 'regressed' },
  receipt_error: { attention: 'RECEIPT_ERROR' },
  suspected: { attention: 'SUSPECTED' },
  unresolved: { operation: 'unresolved' },
}
type May = (action: Action) => boolean
/** What is somebody's own to do comes first: an operator's is what waits for a look at the console. */
const kindsFor = (may: May): readonly FirstKind[] =>
  may('portal_check.write')
    ? ['unresolved', 'regressed', 'receipt_error', 'returned', 'suspected']
    : ['returned', 'regressed', 'receipt_error', 'unresolved', 'suspected']
/** What is drawn before a row: the glyph of the state only where the state is what is wrong. */
const FIRST_ICONS: Record<Exclude<FirstKind, 'regressed'>, string> = {
  returned: 'edit',
  receipt_error: 'bill-o',
  suspected: 'eye-o',
  unresolved: 'question-o',
}

export interface FirstItem {
  /** one shop may be there for two things */
  id: string
  kind: FirstKind
  /** page that it opens */
  url: string
  name: string
  tail: string
  /** VerdictState whose glyph is drawn; '' where `icon` is */
  state: VerdictState | ''
  icon: string
  label: string
  /** what was seen, and when: "11月22日 18:40 付完页面直接关闭" */
  seen: string
  /** "下一步：排查" */
  next: string
}
export interface FirstGroup {
  /** lists: 平台名单, which is no list of shops and has no number */
  kind: FirstKind | 'lists'
  label: string
  count: string
}

/** Rows on the first screen; the rest is one tap away. */
const SHOWN = 4

/**
 * The first of each kind before the second of any, then in the order of the kinds.
 * @param now of the server (ms)
 */
export function firstItems({ handle_first }: Summary, may: May, now: number, say: Say): FirstItem[] {
  const ranked = kindsFor(may).flatMap((kind, order) =>
    kind === 'returned'
      ? handle_first.returned.items.map((visit, depth) => ({ item: returnedItem(visit, now, say), order, depth }))
      : handle_first[kind].items.map((row, depth) => ({ item: handledItem(kind, row, may, now, say), order, depth })),
  )
  const shown = ranked.sort((one, other) => one.depth - other.depth || one.order - other.order).slice(0, SHOWN)
  return shown.sort((one, other) => one.order - other.order || one.depth - other.depth).map(({ item }) => item)
}

function returnedItem({ id, sub_mchid, merchant, review }: VisitRow, now: number, say: Say): FirstItem {
  const time = review ? absoluteTime(review.at, now, say, { today: true }) : ''
  return {
    id: `returned-${id}`,
    kind: 'returned',
    url: `/packages/visit/detail/index?visit_id=${id}`,
    name: merchant?.name ?? say('visits.other_shop'),
    tail: sub_mchid.slice(-4),
    state: '',
    icon: FIRST_ICONS.returned,
    label: say('home.first_returned'),
    seen: say('home.seen_returned', { time, by: review?.by.display_name ?? '', comment: review?.comment ?? '' }),
    next: say('home.next', { step: say('home.next_returned') }),
  }
}

function handledItem(kind: HandledKind, row: HandledRow, may: May, now: number, say: Say): FirstItem {
  return {
    id: `${kind}-${row.sub_mchid}`,
    kind,
    url: merchantPage(row.sub_mchid),
    name: row.name,
    tail: row.sub_mchid.slice(-4),
    ...(kind === 'regressed' ? { state: row.migration.state, icon: '' } : { state: '', icon: FIRST_ICONS[kind] }),
    label: firstLabel(kind, say),
    seen: seenAt(kind, row, now, say),
    next: say('home.next', { step: say(nextOf(kind, may)) }),
  }
}
const firstLabel = (kind: FirstKind, say: Say) => say(kind === 'suspected' ? 'attention.SUSPECTED' : `home.first_${kind}`)
function seenAt(kind: HandledKind, { what, at }: HandledRow, now: number, say: Say): string {
  const time = at === null ? '' : absoluteTime(at, now, say, { today: true })
  if (kind === 'receipt_error') return say('home.seen_receipt_error', { time }).trim()
  if (kind === 'suspected') return say('attention.suspected_of', { payments: what })
  if (kind === 'unresolved') {
    const operation = say(`evidence.api_operation.${what as OperationKind}`)
    return say('home.seen_unresolved', { time, operation }).trim()
  }
  const page = proofLabel(what, say)
  return (page === '' ? say('home.seen_no_page', { time }) : say('home.seen_regressed', { time, page })).trim()
}
/** Whoever may not take the step is told who does. */
function nextOf(kind: HandledKind, may: May): MessageKey {
  if (kind === 'unresolved') return may('portal_check.write') ? 'home.next_unresolved' : 'home.next_unresolved_wait'
  if (!may('gold_plan.open')) return 'home.next_wait'
  if (kind === 'suspected') return 'home.next_suspected'
  return kind === 'regressed' ? 'next.review_regression' : 'next.troubleshoot'
}
/** Kinds that have any, with the number that opens their list; then the lists of whoever keeps them. */
export function firstGroups({ handle_first }: Summary, may: May, say: Say): FirstGroup[] {
  const kinds = kindsFor(may).filter(kind => handle_first[kind].count > 0)
  const groups = kinds.map((kind): FirstGroup => ({ kind, label: firstLabel(kind, say), count: grouped(handle_first[kind].count) }))
  return may('portal_check.write') ? [...groups, { kind: 'lists', label: say('home.lists'), count: '' }] : groups
}

/** One line for something that waits for this person, or that has moved on. */
export interface TodoRow {
  id: string
  icon: string
  text: string
  count: string
  /** '' where it opens a tab */
  url: string
}
const MANAGE = '/packages/manage/'
const ROLLOUT_ICONS = { stopped: 'warning-o', waiting: 'question-o', running: 'clock-o' } as const

/** In the order in which they matter, one's own work before what is to be known; what there is none of has no line. */
export function todoOf(summary: Summary, role: Staff['role'] | null, say: Say): TodoRow[] {
  const { readiness, pending_approvals, visits_to_review, unread_notices, rollouts, total } = summary
  const row = (id: string, icon: string, text: string, count: number | string, page: string): TodoRow[] =>
    count === 0 ? [] : [{ id, icon, text, count: grouped(count), url: page && `${MANAGE}${page}` }]
  const step = readiness && say('home.ready_steps').split('|')[readiness.next_position - 1]
  const gain = summary.verified_gain ?? 0
  return [
    ...(readiness
      ? row(
          'readiness',
          'todo-list-o',
          say('home.readiness', { step: step ?? '' }),
          `${readiness.done}/${readiness.total}`,
          'readiness/index',
        )
      : []),
    // those who handle nothing at shops: an auditor reads the trail, an administrator keeps who works here
    ...(role === 'auditor' ? row('audit', 'records-o', say('home.audit'), '', 'audit/index') : []),
    ...(role === 'admin' ? row('staff', 'user-o', say('home.staff'), '', 'staff/index') : []),
    ...row('to-decide', 'lock', say('home.to_decide'), pending_approvals, 'approvals/index'),
    ...row('to-review', 'todo-list-o', say('home.to_review'), visits_to_review, ''),
    ...row('unlisted', 'shop-o', say('home.unlisted'), summary.unlisted_merchants, 'unlisted/index'),
    ...row('plan', 'location-o', say('home.plan'), summary.planned_visits, 'visit-plan/index'),
    ...row('notices', 'bullhorn-o', say('home.notices'), unread_notices, 'notices/index'),
    ...rollouts.flatMap(({ id, name, status, left }) =>
      row(`rollout-${id}`, ROLLOUT_ICONS[status], say(`home.rollout_${status}`, { name }), left, `rollouts/index?id=${id}`),
    ),
    ...(total > 0
      ? row('dashboard', 'underway-o', gain < 1 ? say('home.dashboard') : say('home.gain', { count: gain }), '', 'dashboard/index')
      : []),
  ]
}

export interface BarPart {
  state: VerdictState
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
  state: VerdictState | ''
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
