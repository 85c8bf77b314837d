// What the merchant page draws besides verdict and rows.
import type { IntentKind, OperationStatus } from '../domain/controls'

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
