// What 报名及配置 draws of an item: what it is, where and by whom it is done, what was answered, and what machines found and how. Pure.
import type { ReadinessCheck, ReadinessItem, ReadinessItemId } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import './words'

/** Where it is done, and so who may. */
const PLACES: Record<ReadinessItemId, 'console' | 'server' | 'app_console' | 'here'> = {
  enrolment: 'console',
  contact: 'console',
  api_keys: 'server',
  default_open: 'console',
  receipt_link: 'console',
  verification_file: 'server',
  debuggers: 'console',
  callback: 'server',
  server_domains: 'app_console',
  message_templates: 'app_console',
  privacy: 'app_console',
  appids: 'here',
  staff: 'here',
  directory: 'here',
}

export interface ItemRow {
  item: ReadinessItemId
  title: string
  icon: string
  state: ReadinessItem['state']
  /** who answered, or what a machine found; the shortest of what is known */
  status: string
  /** a person says it is done, and a machine says it is not */
  contradicted: boolean
}
interface CheckView {
  id: string
  icon: string
  result: ReadinessCheck['result']
  finding: string
  how: string
}
export interface ItemView extends ItemRow {
  why: string
  path: string
  who: string
  /** 9 of 14 */
  position: string
  answered: string
  note: string
  checks: CheckView[]
  optional: boolean
}

/** without a glyph: a ring that the page draws, with a dash where nothing is needed */
const STATE_ICONS = { done: 'passed', not_needed: '', open: '' } as const
const RESULT_ICONS = { passed: 'passed', failed: 'close', unknown: 'question-o' } as const

const titleOf = (item: ReadinessItemId, say: Say): string => say(`readiness.${item}` as MessageKey)

/** @param now of the server (ms) */
export function rowOf({ item, state, answer, checks }: ReadinessItem, now: number, say: Say): ItemRow {
  const failed = checks.find(({ result }) => result === 'failed')
  const contradicted = state === 'open' && answer?.answer === 'done'
  return {
    item,
    title: titleOf(item, say),
    icon: contradicted || (failed && state === 'open') ? 'warning-o' : STATE_ICONS[state],
    state,
    status: statusOf({ state, answer, checks }, failed, now, say),
    contradicted,
  }
}

function statusOf(
  { state, answer, checks }: Pick<ReadinessItem, 'state' | 'answer' | 'checks'>,
  failed: ReadinessCheck | undefined,
  now: number,
  say: Say,
): string {
  if (failed && state === 'open') return findingOf(failed, now, say)
  if (answer) return answeredOf(answer, now, say)
  const passed = checks.find(({ result }) => result === 'passed')
  if (state === 'done' && passed) return findingOf(passed, now, say)
  // a check that ran and does not know says why, and what next
  const unknown = checks.find(({ result, checked_at }) => result === 'unknown' && checked_at !== null)
  if (unknown) return findingOf(unknown, now, say)
  return say('readiness.nobody')
}

const answeredOf = ({ answer, by, at }: NonNullable<ReadinessItem['answer']>, now: number, say: Say): string =>
  say('readiness.answered', { answer: say(`readiness.answer_${answer}`), by, time: absoluteTime(at, now, say, { today: true }) })

/** What was found, in words; parts of a link by their names. */
export function findingOf({ check, code, values }: ReadinessCheck, now: number, say: Say): string {
  const shown: Record<string, string | number> = { ...values }
  if (typeof values.parts === 'string') {
    const parts = values.parts.split(',').map(part => say(`readiness.part_${part}` as MessageKey))
    shown.parts = parts.join(say('common.comma'))
  }
  if (typeof values.since === 'string') shown.since = absoluteTime(values.since, now, say)
  return say(`readiness.found_${check}_${code}` as MessageKey, shown)
}

/** @param position of the item, from 1 @param total of all items */
export function itemView(item: ReadinessItem, { position, total }: { position: number; total: number }, now: number, say: Say): ItemView {
  const { answer, checks, optional } = item
  return {
    ...rowOf(item, now, say),
    why: say(`readiness.${item.item}_why` as MessageKey),
    path: say(`readiness.${item.item}_path` as MessageKey),
    who: say(`readiness.who_${PLACES[item.item]}`),
    position: say('readiness.position', { position, total }),
    answered: answer ? answeredOf(answer, now, say) : say('readiness.nobody'),
    note: answer?.note ?? '',
    checks: checks.map(check => checkView(check, now, say)),
    optional,
  }
}

function checkView(check: ReadinessCheck, now: number, say: Say): CheckView {
  const how = say(`readiness.how_${check.check}`)
  const when =
    check.checked_at === null
      ? say('readiness.never')
      : say('readiness.checked', { time: absoluteTime(check.checked_at, now, say, { today: true }) })
  return {
    id: check.check,
    icon: RESULT_ICONS[check.result],
    result: check.result,
    finding: findingOf(check, now, say),
    how: `${how} · ${when}`,
  }
}

/** Degrees of the two halves of the ring, clockwise from the top. */
export function ringOf(done: number, total: number): { right: number; left: number } {
  const degrees = total === 0 ? 0 : Math.round((done / total) * 360)
  return { right: Math.min(180, degrees), left: Math.max(0, degrees - 180) }
}
