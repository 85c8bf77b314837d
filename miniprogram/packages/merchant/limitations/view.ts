// What WeChat Pay limits of a shop, as the page draws it: what, why, since when, what the owner has to do, and what was before. Pure.
import type { Evidence } from '../../../../typings/api'
import { isPlanned, limitationLabel } from '../rules/limitations'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { wayText } from '../rules/recover-ways'
import './words'

type Limitation = Extract<Evidence, { kind: 'limitation' }>

export interface LimitationsView {
  /** planned: announced, nothing is limited yet */
  state: 'limited' | 'planned' | 'lifted' | 'never'
  title: string
  /** since when as we know it, or when it was lifted */
  time: string
  /** 限制了什么 or 将限制什么 */
  functionsTitle: string
  /** 关闭收单, or WeChat Pay's own word where this version has none */
  functions: string[]
  cases: { id: string; reason: string; todo: string; link: string; since: string }[]
  /** earlier ones, newest first */
  past: { id: string; text: string; time: string }[]
}

const labelOf = (code: string, say: Say): string => limitationLabel(code, say) ?? code

/** @param items limitations and their ends, newest first @param now of the server (ms) */
export function limitationsView(items: readonly Limitation[], now: number, say: Say): LimitationsView {
  const newest = items[0]
  const older = items.slice(1)
  const at = (moment: string) => absoluteTime(moment, now, say)
  const past = older.map(({ id, detail, occurred_at }) => ({
    id,
    text: pastText(detail, say),
    time: at(occurred_at),
  }))
  const none = { functionsTitle: '', functions: [], cases: [], past }
  if (!newest) return { state: 'never', title: say('limitations.never'), time: '', ...none }
  const { detail, occurred_at } = newest
  const planned = isPlanned(detail)
  if (!detail.active && !planned)
    return { state: 'lifted', title: say('limitations.lifted'), time: say('limitations.lifted_at', { time: at(occurred_at) }), ...none }
  return {
    state: planned ? 'planned' : 'limited',
    title: say(planned ? 'limitations.planned' : 'limitations.limited'),
    time: say('limitations.found_at', { time: at(occurred_at) }),
    functionsTitle: say(planned ? 'limitations.planned_functions' : 'limitations.functions'),
    functions: functionsOf(detail, say),
    cases: casesOf(detail).map(({ reason, recover_way, help_url, since, planned: announced }, index) => ({
      id: String(index),
      reason: reason ?? say('limitations.no_reason'),
      todo: wayText(recover_way, say) ?? say('limitations.no_way'),
      link: help_url ?? '',
      since: since ? say(announced ? 'limitations.from' : 'limitations.since', { time: timeOf(since, now, say) }) : '',
    })),
    past,
  }
}

type Detail = Limitation['detail']

const functionsOf = ({ functions, code }: Detail, say: Say): string[] => (functions ?? [code]).map(one => labelOf(one, say))

function pastText(detail: Detail, say: Say): string {
  if (detail.active) return functionsOf(detail, say).join(say('common.comma'))
  return isPlanned(detail)
    ? say('limitations.was_planned', { functions: functionsOf(detail, say).join(say('common.comma')) })
    : say('limitations.was_lifted')
}

const casesOf = ({ cases, reason, recover_way }: Detail): NonNullable<Detail['cases']> =>
  cases && cases.length > 0 ? cases : [{ ...(reason && { reason }), ...(recover_way && { recover_way }) }]

/** WeChat Pay's own time, as it is where it is none. */
const timeOf = (since: string, now: number, say: Say): string => (Number.isNaN(Date.parse(since)) ? since : absoluteTime(since, now, say))
