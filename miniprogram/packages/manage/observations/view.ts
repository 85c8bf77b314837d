// What 微信支付实况 draws: each open question with what was seen, and each text with what it is taken for.
import type { GivenClass, Observations, SeenText } from '../../../../typings/api'
import { errorKey } from '../../../rules/error-copy'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import './words'
import '../../../words/errors.words'

/** As the server takes them, in the order in which they are offered. */
export const CLASSES: readonly GivenClass[] = [
  'SUB_MERCHANT_PUNISHED',
  'SUB_MERCHANT_NOT_FOUND',
  'RELATION_INVALID',
  'GOLD_PLAN_NOT_OPEN',
  'RECEIPT_LINK_MISSING',
  'DEFAULT_OPEN_ACTIVE',
  'REOPEN_LOCKED',
  'WX_REJECTED',
  'WX_RATE_LIMITED',
  'WX_UNAVAILABLE',
  'SP_NOT_ENROLLED',
  'SP_PUNISHED',
  'SP_TYPE_UNSUPPORTED',
  'WX_CONFIG',
]
export const classLabel = (code: string, say: Say): string => say(errorKey(code, 'title') ?? 'error.UNKNOWN.title')

export interface QuestionView {
  id: string
  section: string
  question: string
  settled_by: string
  /** nothing was seen: why */
  none: string
  seen: { id: string; what: string; text: string; facts: string[] }[]
}
export interface TextView {
  id: string
  text: string
  facts: string[]
  /** program · operator · nobody */
  by: SeenText['by']
  /** what it is taken for, and by whom */
  meaning: string
  changed: string
  /** an operator may say what it means */
  open: boolean
}

/** Those that were seen first: they have something to read. */
export function questionsOf(questions: Observations['questions'], now: number, say: Say): QuestionView[] {
  const views = questions.map(({ id, section, question, settled_by, watched, seen }) => ({
    id,
    section: say('observations.section', { section }),
    question,
    settled_by: say('observations.settled', { by: settled_by }),
    none: seen.length > 0 ? '' : say(watched ? 'observations.nothing' : 'observations.unwatched'),
    seen: seen.map(({ what, text, count, first_at, last_at }, index) => ({
      id: String(index),
      what,
      text: text ?? '',
      facts: timesOf(count, first_at, last_at, now, say),
    })),
  }))
  return [...views.filter(({ seen }) => seen.length > 0), ...views.filter(({ seen }) => seen.length === 0)]
}

export const textsOf = (texts: readonly SeenText[], now: number, say: Say): TextView[] =>
  texts.map(({ id, http_status, wx_code, text, count, first_at, last_at, code, by, changed }) => ({
    id,
    text: text || say('observations.wordless'),
    facts: [['HTTP', http_status, wx_code].filter(Boolean).join(' '), ...timesOf(count, first_at, last_at, now, say)],
    by,
    meaning: by === 'nobody' ? say('observations.unknown') : say(`observations.taken_${by}`, { as: classLabel(code, say) }),
    changed: changed
      ? say(by === 'operator' ? 'observations.given' : 'observations.taken_back', {
          name: changed.display_name,
          time: time(changed.at, now, say),
        })
      : '',
    open: by !== 'program' && text !== '',
  }))

const time = (at: string, now: number, say: Say) => absoluteTime(at, now, say)

function timesOf(count: number, first_at: string | null, last_at: string | null, now: number, say: Say): string[] {
  const often = count === 0 ? [] : [say('observations.times', { count })]
  if (first_at === null || last_at === null) return often
  const [first, last] = [time(first_at, now, say), time(last_at, now, say)]
  return [...often, first === last ? last : say('observations.between', { first, last })]
}
