// What the merchant page draws besides verdict and rows.
import type { Intent, IntentKind, OperationStatus, RunningOperation } from '../domain/controls'
import type { Say } from '../domain/say'

/** slow: loading for more than 3 s · offline: nothing to show and no network · forbidden: out of my scope or wrong number */
export type MerchantStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'error' | 'offline' | 'forbidden'

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
/** A neutral word for a toast; `id` rises so that the same word can be shown twice. */
export interface Notice {
  id: number
  text: string
  /** done: with a tick · dialog: needs more than a toast */
  kind: 'done' | 'plain' | 'dialog'
}

/** `now` in ms of the phone's clock. */
export function undoHoldView({ intent, endsAt }: { intent: Intent; endsAt: number }, now: number, say: Say): UndoHoldView {
  const remaining = Math.max(1, Math.ceil((endsAt - now) / 1_000))
  const key = intent.kind === 'receipt.close' ? 'hold.receipt.close' : 'hold.receipt.open'
  return { kind: intent.kind, ends_at: endsAt, remaining, text: say(key, { seconds: remaining }) }
}

/** Null while a request is simply on its way: the row of the switch shows that. */
export function operationView({ kind, status }: RunningOperation, say: Say): OperationView | null {
  if (status === 'sending') return null
  const key = `operation.${status}` as const
  return { kind, status, title: say(`${key}.title`), text: say(`${key}.text`), can_retry: status === 'unconfirmed' }
}
