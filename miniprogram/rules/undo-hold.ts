// The 5 s between a tap on a reversible switch and its request (product.md §3.3, §6.2). The intent lives in memory only and is sent at most once.
import { isRecent, type Timers } from './timers'

export const HOLD_MS = 5_000
/** A timer that fires this much after its time means that the phone slept: the person no longer expects the change. A clock that went back says as little. */
export const LATE_MS = 3_000

/** undone: 撤销 was tapped · offline: no network when it should have left · late: the phone slept past the deadline */
export type HoldEnd = 'sent' | 'undone' | 'offline' | 'late'

export interface HoldEvents<T> {
  /** the one place from which the intent leaves */
  send(intent: T): void
  /** the hold is over, however; called before send */
  ended(intent: T, end: HoldEnd): void
  online(): boolean
}

/** One hold at a time. Every way out goes through `finish`, which empties the hold first: that is why nothing is sent twice. */
export class UndoHold<T> {
  private held: { intent: T; endsAt: number; timer: unknown } | null = null

  constructor(
    private readonly timers: Timers,
    private readonly events: HoldEvents<T>,
  ) {}

  /** What is held and when it leaves (ms), or null. */
  get current(): { intent: T; endsAt: number } | null {
    return this.held && { intent: this.held.intent, endsAt: this.held.endsAt }
  }

  /** Begins a hold. Returns false when one runs already (the caller shows it) or the phone is offline. */
  start(intent: T): boolean {
    if (this.held || !this.events.online()) return false
    const endsAt = this.timers.now() + HOLD_MS
    this.held = { intent, endsAt, timer: this.timers.set(() => this.expire(), HOLD_MS) }
    return true
  }

  undo(): void {
    this.finish('undone')
  }

  /** The page is left or the app hidden: it is sent at once, because nobody will be there to see the 5 s end. */
  leave(): void {
    this.expire()
  }

  /** The network went away within the 5 s. */
  lost(): void {
    this.finish('offline')
  }

  private expire(): void {
    if (!this.held) return
    if (!isRecent(this.held.endsAt - HOLD_MS, HOLD_MS + LATE_MS, this.timers)) this.finish('late')
    else this.finish(this.events.online() ? 'sent' : 'offline')
  }

  private finish(end: HoldEnd): void {
    const held = this.held
    if (!held) return
    this.held = null
    this.timers.clear(held.timer)
    this.events.ended(held.intent, end)
    if (end === 'sent') this.events.send(held.intent)
  }
}
