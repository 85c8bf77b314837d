// What the page of rollouts draws: where each one stands, what it has done, and why not the rest. Pure.
import type { Rollout, RolloutItem, RolloutStep } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { errorKey, problemView, type ErrorFacts, type ProblemView } from '../../../rules/error-copy'
import { absoluteTime, duration } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import type { MessageKey, Say } from '../../../words/say'
import '../../../words/errors.words'
import './words'

type RolloutStatus = Rollout['status']
type ItemStatus = RolloutItem['status']

const ICONS: Record<RolloutStatus, string> = {
  draft: 'records-o',
  running: 'clock-o',
  waiting: 'question-o',
  paused: 'revoke',
  stopped: 'warning-o',
  completed: 'passed',
  cancelled: 'revoke',
}

export interface RolloutRow {
  id: string
  name: string
  status: RolloutStatus
  status_label: string
  icon: string
  /** what is done, and who began it when */
  facts: string[]
  /** "已完成 20 家，失败 1 家，还剩 479 家" */
  progress: string
}

export interface Cause {
  id: string
  status: ItemStatus
  code: string
  label: string
  count: number
  /** the count as it is read */
  text: string
  /** its items can be looked at */
  opens: boolean
}

export interface RolloutDetail extends RolloutRow {
  /** what to do now, and why it stands still; '' while it runs or is over */
  note: string
  will_change: string
  excluded: Cause[]
  /** shares of the bar, in per cent */
  bar: { id: ItemStatus; percent: number }[]
  bar_spoken: string
  numbers: { id: ItemStatus; label: string; text: string }[]
  stages: { id: number; label: string; text: string; percent: number; here: boolean }[]
  causes: Cause[]
  /** while it runs */
  rate: string
  steps: RolloutStep[]
  /** its merchants can be exported */
  exports: boolean
}

/** What it is about, in words: 先开商家小票，再开点金计划. */
const actionLabel = ({ action, with_receipt }: Pick<Rollout, 'action' | 'with_receipt'>, say: Say): string =>
  say(with_receipt ? 'rollouts.action.both' : `rollouts.action.${action}`)

/** Reasons that are no error of the app. */
const WHY = [
  'ALREADY',
  'MERCHANT_TERMINATED',
  'MERCHANT_SUSPENDED',
  'CLOSING_REQUESTED',
  'OPERATION_PENDING',
  'UNRESOLVED',
  'REOPEN_LOCKED',
  'NOT_FOUND',
  'DUPLICATE',
  'MALFORMED',
  'CHANGED_MEANWHILE',
  'STAFF_DISABLED',
  'ACTION_FORBIDDEN',
] as const
const isWhy = (code: string): code is (typeof WHY)[number] => (WHY as readonly string[]).includes(code)

/** Codes whose words speak of a shop and of its page where they come from elsewhere. */
const OF_ROLLOUTS: Readonly<Record<string, readonly [title: MessageKey, sentence: MessageKey]>> = {
  VERSION_MISMATCH: ['error.INVALID_TRANSITION.title', 'error.INVALID_TRANSITION.sentence'],
  NOT_FOUND: ['rollouts.not_found', 'rollouts.not_found_text'],
  UNKNOWN_INDUSTRY: ['error.UNKNOWN_INDUSTRY.title', 'rollouts.unknown_tag_text'],
}
/** What stands in the way, in words of this page. */
export function rolloutProblem(
  error: ErrorFacts & { errors: readonly { field: string; code: string }[] },
  say: Say,
  role?: string,
): ProblemView {
  const tooMany = error.errors.some(({ field, code }) => code === 'TOO_MANY' && (field === 'filter' || field === 'numbers'))
  const own = tooMany ? (['rollouts.too_many', 'rollouts.too_many_text'] as const) : OF_ROLLOUTS[error.code]
  const problem = problemView(error, say, role)
  return own ? { ...problem, title: say(own[0]), sentence: say(own[1]) } : problem
}

/** Why a merchant was left out, skipped, or failed. */
export function reasonLabel(code: string, say: Say): string {
  if (isWhy(code)) return say(`rollouts.why.${code}`)
  const key = errorKey(code, 'title')
  return key ? say(key) : code
}

export function rowOf(rollout: Rollout, now: number, say: Say): RolloutRow {
  const { progress, preview } = rollout
  const left = progress.pending + progress.working
  return {
    id: rollout.id,
    name: rollout.name,
    status: rollout.status,
    status_label: say(`rollouts.status.${rollout.status}`),
    icon: ICONS[rollout.status],
    facts: [actionLabel(rollout, say), rollout.created_by.display_name, absoluteTime(rollout.created_at, now, say, { today: true })],
    progress:
      rollout.status === 'draft'
        ? say('rollouts.will_change', { count: preview.will_change })
        : say('rollouts.progress', { done: progress.succeeded, failed: progress.failed, left }),
  }
}

/** Lists have no items for these: what they count was never a merchant. */
const NO_ITEMS = ['DUPLICATE', 'MALFORMED']

/** @param writes whether the reader may move it */
export function detailOf(rollout: Rollout, writes: boolean, now: number, say: Say): RolloutDetail {
  const { progress, preview, stages } = rollout
  const total = Math.max(1, preview.will_change)
  const count: Record<string, number> = { ...progress, causes: 0 }
  const shown: ItemStatus[] = ['succeeded', 'failed', 'skipped', 'working', 'pending']
  const numbers = shown.map(id => ({ id, label: say(`rollouts.item.${id}`), count: count[id] ?? 0, text: grouped(count[id] ?? 0) }))
  return {
    ...rowOf(rollout, now, say),
    note: noteOf(rollout, now, say),
    will_change: say(rollout.status === 'draft' ? 'rollouts.will_change' : 'rollouts.in_all', { count: preview.will_change }),
    excluded: preview.excluded.map(({ code, count: of }) => causeOf({ status: 'excluded', code, count: of }, rollout, say)),
    bar: numbers.filter(one => one.count > 0).map(one => ({ id: one.id, percent: (one.count / total) * 100 })),
    bar_spoken: numbers.map(one => `${one.label} ${one.text}`).join(say('common.comma')),
    numbers: numbers.filter(one => one.count > 0 || one.id === 'succeeded').map(({ id, label, text }) => ({ id, label, text })),
    stages: stages
      .map(({ items, ended }, index) => ({
        id: index + 1,
        label: say('rollouts.stage', { number: index + 1 }),
        text: say('rollouts.stage_count', { done: ended, total: items }),
        percent: items === 0 ? 0 : Math.floor((ended / items) * 100),
        here: index + 1 === rollout.stage && rollout.status !== 'draft' && rollout.status !== 'completed',
      }))
      .filter((_, index) => stages[index]!.items > 0),
    causes: progress.causes.map(cause => causeOf(cause, rollout, say)),
    rate: rateOf(rollout, say),
    steps: writes ? stepsOf(rollout) : [],
    exports: rollout.reduced_at === null && itemsOf(rollout) > 0,
  }
}

const causeOf = (
  { status, code, count }: { status: ItemStatus; code: string; count: number },
  { reduced_at }: Pick<Rollout, 'reduced_at'>,
  say: Say,
): Cause => ({
  id: `${status}-${code}`,
  status,
  code,
  label: reasonLabel(code, say),
  count,
  text: grouped(count),
  opens: reduced_at === null && !NO_ITEMS.includes(code),
})

function rateOf({ rate, seconds_left, status, away_since }: Rollout, say: Say): string {
  if (status !== 'running' || away_since !== null) return ''
  const pace = say(rate.now < rate.allowed ? 'rollouts.rate_slowed' : 'rollouts.rate', { now: rate.now, allowed: rate.allowed })
  const left = duration((seconds_left ?? 0) * 1_000, say)
  return left === null ? pace : `${pace}${say('common.comma')}${say('rollouts.time_left', { left })}`
}

function noteOf(rollout: Rollout, now: number, say: Say): string {
  const { status, stop_code, preview, progress, away_since, reduced_at } = rollout
  if (reduced_at !== null) return say('rollouts.note_reduced')
  if (away_since !== null) return say('rollouts.note_away', { since: absoluteTime(away_since, now, say, { today: true }) })
  if (status === 'draft') return say(preview.will_change === 0 ? 'rollouts.note_nothing' : 'rollouts.note_draft')
  if (status === 'waiting')
    return say('rollouts.note_waiting', { done: progress.succeeded, failed: progress.failed, left: progress.pending })
  if (status === 'stopped') return say('rollouts.note_stopped', { why: reasonLabel(stop_code ?? '', say) })
  if (status === 'paused') return say('rollouts.note_paused')
  if (status === 'cancelled') return say('rollouts.note_cancelled', { left: progress.pending })
  return ''
}

function stepsOf({ status, preview, progress, reduced_at }: Rollout): RolloutStep[] {
  const again: RolloutStep[] = progress.failed > 0 && reduced_at === null ? ['retry-failed'] : []
  switch (status) {
    case 'draft':
      return preview.will_change > 0 ? ['cancellation', 'start'] : ['cancellation']
    case 'running':
      return ['cancellation', 'pause']
    case 'waiting':
    case 'paused':
    case 'stopped':
      return ['cancellation', ...again, 'resume']
    case 'completed':
      return again
    case 'cancelled':
      return []
  }
}

/** Asked before the steps that customers see, and before the end. */
export function sheetOf(step: RolloutStep, rollout: Rollout, say: Say): SheetView | null {
  const ends = step === 'cancellation'
  if (step === 'pause' || step === 'retry-failed') return null
  const left = rollout.progress.pending
  const next = step === 'start' ? Math.min(left, rollout.stages[0]?.items ?? left) : left
  return {
    title: say(ends ? 'rollouts.ask_cancel' : step === 'start' ? 'rollouts.ask_start' : 'rollouts.ask_resume'),
    facts: [rollout.name, actionLabel(rollout, say)],
    before: null,
    after: null,
    points: ends
      ? [{ icon: 'revoke', text: say('rollouts.point_cancel', { left }) }]
      : [
          { icon: 'shop-o', text: say(step === 'start' ? 'rollouts.point_start' : 'rollouts.point_resume', { count: next }) },
          { icon: 'warning-o', text: say('rollouts.point_stop') },
          { icon: 'lock', text: say('rollouts.point_no_undo') },
        ],
    reason: null,
    cancel: say('rollouts.not_now'),
    confirm: say(ends ? 'rollouts.step.cancellation' : `rollouts.step.${step}`),
    danger: ends,
  }
}

/** merchants that it names, changed or left alone */
const itemsOf = ({ preview }: Rollout): number =>
  preview.excluded.reduce((sum, { code, count }) => (NO_ITEMS.includes(code) ? sum : sum + count), preview.will_change)

export interface ItemRow {
  id: string
  name: string
  tail: string
  text: string
  /** there is a page of it that the reader may open */
  opens: boolean
}
export const itemRow = ({ sub_mchid, name, status, code, message }: RolloutItem, say: Say): ItemRow => ({
  id: sub_mchid,
  name: name ?? say('rollouts.no_name'),
  tail: sub_mchid,
  text: [code === null ? say(`rollouts.item.${status}`) : reasonLabel(code, say), message].filter(Boolean).join(say('connection.stop')),
  opens: name !== null,
})
