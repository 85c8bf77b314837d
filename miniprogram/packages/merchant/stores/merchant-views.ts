// What the merchant page draws besides verdict and rows.
import type { Intent, IntentKind, OperationStatus, RunningOperation } from '../rules/controls'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { absoluteTime } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import type { ApiError } from '../../../api/errors'
import type { GuidedOpening } from './merchant-changes'
import '../words/words'
import '../rules/control-rows'

export interface UndoHoldView {
  kind: IntentKind
  /** "5 秒后开通商家小票" */
  text: string
  /** when it leaves, ms of the phone's clock */
  ends_at: number
  /** whole seconds left, at least 1 */
  remaining: number
}
export interface OperationView {
  kind: string
  status: OperationStatus
  title: string
  text: string
  /** 再确认一次 */
  can_retry: boolean
}
/** `now` in ms of the phone's clock. */
export function undoHoldView({ intent, endsAt }: { intent: Intent; endsAt: number }, now: number, say: Say): UndoHoldView {
  const remaining = Math.max(1, Math.ceil((endsAt - now) / 1_000))
  // The plan is never held: its dialog asks first.
  const kind = intent.kind.startsWith('gold_plan') ? 'receipt.open' : (intent.kind as Exclude<IntentKind, `gold_plan${string}`>)
  return { kind: intent.kind, ends_at: endsAt, remaining, text: say(`hold.${kind}`, { seconds: remaining }) }
}

/**
 * Null while a request is simply on its way: the row of the switch shows that. Of the guided opening it says which step is under way, and of a
 * lost answer in between the same as ever.
 */
export function operationView(
  { kind, status, sent_at }: RunningOperation,
  guided: GuidedOpening | null,
  now: number,
  say: Say,
): OperationView | null {
  const step = guided === null ? null : say(`guided.step_${guided.step}`)
  if (status === 'sending') return step === null ? null : { kind, status, title: step, text: say('guided.stay'), can_retry: false }
  const key = `operation.${status}` as const
  const title = say(`${key}.title`)
  const what = say(`evidence.attempt.${kind}` as MessageKey)
  const time = sent_at === undefined ? null : absoluteTime(sent_at, now, say, { today: true })
  const text = say(`${key}.text`)
  return {
    kind,
    status,
    // which change, and since when: a page has four of them
    title: step ? say('guided.title', { step, title }) : say('operation.title', { what, title }),
    text: time === null ? text : say('operation.sent', { time, text }),
    can_retry: status === 'unconfirmed',
  }
}

/**
 * A refusal within the guided opening also says what stands: what was done before it, and that nothing follows. One whose cause WeChat Pay limits the shop by
 * leads to what the owner has to do.
 */
export function refusalView(error: ApiError, guided: GuidedOpening | null, role: string | null, say: Say): ProblemView {
  const said = problemView(error, say, role)
  const view: ProblemView =
    error.code === 'SUB_MERCHANT_PUNISHED' ? { ...said, next: { id: 'limitations', label: say('operation.see_limitations') } } : said
  return guided
    ? { ...view, sentence: say('guided.stands', { stands: say(`guided.stands_${guided.step}`), sentence: view.sentence }) }
    : view
}
