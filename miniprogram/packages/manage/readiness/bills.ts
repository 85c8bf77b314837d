// The trade bills of a number as 报名及配置 draws them: what is here, what is missing and why, and what to do about it. Pure.
import type { BillHealth } from '../../../../typings/api'
import { absoluteTime, dayOf } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import './words'

export interface BillsView {
  /** 90 天都在, or how many are missing */
  title: string
  /** the newest day that is here */
  newest: string
  troubles: { day: string; why: string; next: string; icon: string; refused: boolean }[]
  /** how many more are missing than are named */
  more: string
  complete: boolean
}

/** Reasons that have words of their own; the others are what WeChat Pay or the way to it said, and are shown as they are. */
const KNOWN = [
  'BILL_BEING_MADE',
  'BILL_ZIP_BROKEN',
  'BILL_HEADER_UNKNOWN',
  'BILL_LINE_UNREADABLE',
  'BILL_INCOMPLETE',
  'BILL_TOTALS_DISAGREE',
  'BILL_HASH_DISAGREES',
  'BILL_OF_ANOTHER_PROVIDER',
  'BILL_OF_ANOTHER_DAY',
  'BILL_OF_THE_FUTURE',
  'BILL_TOO_OLD',
  'BILL_WITHOUT_DAY',
  'BILL_LINK_ELSEWHERE',
  'WX_RATE_LIMITED',
  'WX_UNAVAILABLE',
  'WX_CONFIG',
] as const
/** those that come again the same, whoever asks: somebody has to look, or bring the file */
const NEEDS_SOMEBODY: ReadonlySet<string> = new Set(['BILL_HEADER_UNKNOWN', 'BILL_OF_ANOTHER_PROVIDER', 'BILL_LINK_ELSEWHERE', 'WX_CONFIG'])
/** days that the card names */
const NAMED = 5

/** @param now of the server (ms) */
export function billsView({ newest, missing_count, troubles }: BillHealth, now: number, say: Say): BillsView {
  const dayText = (day: string) => dayOf(`${day}T12:00:00+08:00`, now, say)
  const named = troubles.slice(0, NAMED)
  const namedMissing = named.filter(({ state }) => state !== 'landed').length
  return {
    title: missing_count === 0 ? say('readiness.bills_all') : say('readiness.bills_missing', { count: missing_count }),
    newest: newest === null ? say('readiness.bills_none') : say('readiness.bills_newest', { day: dayText(newest) }),
    troubles: named.map(({ day, state, reason, next_at }) => ({
      day: dayText(day),
      why: reasonText(reason, say),
      next: nextText({ state, reason, next_at }, now, say),
      icon: state === 'waiting' ? 'clock-o' : 'warning-o',
      refused: state === 'refused',
    })),
    more: missing_count > namedMissing ? say('readiness.bills_more', { count: missing_count - namedMissing }) : '',
    complete: missing_count === 0,
  }
}

function reasonText(reason: string | null, say: Say): string {
  if (reason === null) return say('readiness.bill_waiting')
  const known = KNOWN.find(one => one === reason)
  return known ? say(`readiness.bill_${known}` as MessageKey) : say('readiness.bill_other', { reason })
}

type Trouble = Pick<BillHealth['troubles'][number], 'state' | 'reason' | 'next_at'>

function nextText({ state, reason, next_at }: Trouble, now: number, say: Say): string {
  if (state === 'landed') return say('readiness.bill_next_stays')
  if (reason !== null && NEEDS_SOMEBODY.has(reason)) return say(`readiness.bill_next_${reason}` as MessageKey)
  return next_at === null
    ? say('readiness.bill_next_soon')
    : say('readiness.bill_next_at', { time: absoluteTime(next_at, now, say, { today: true }) })
}
