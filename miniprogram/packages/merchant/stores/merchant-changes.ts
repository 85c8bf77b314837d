// Changes of one merchant: held for 5 s, sent, awaited, refused, in conflict. The merchant page's store owns one of these.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { SubMerchant } from '../../../../typings/api'
import type { ApiError } from '../../../api/errors'
import type { Intent, RunningOperation } from '../rules/controls'
import { isRecent } from '../../../rules/timers'
import { UndoHold, type HoldEnd } from '../../../rules/undo-hold'
import type { Conflict } from './conflict-view'
import type { StoreContext } from '../../../stores/context'
import { REPEAT_WITHIN_MS, WriteRun } from './write-run'
import '../words/words'
import '../rules/control-rows'

export interface MerchantChangesOwner {
  merchant(): SubMerchant | null
  /** whether the page is in front */
  shown(): boolean
  /** a state of the merchant from the server */
  adopt(merchant: SubMerchant): void
  /** the merchant has to be read again */
  reread(): void
  /** what the server's clock is ahead of the phone's, ms */
  skew(): number
}

/**
 * Receipt first, then the plan, as one decision (product.md F4b). `step` is the one under way or refused; what comes after it is sent only when
 * it has succeeded.
 */
export interface GuidedOpening {
  step: 1 | 2
  /** when the person last asked for it (ms): the second step follows by itself only while this is fresh */
  askedAt: number
}

/** A neutral word for a toast; `id` rises so that the same word can be shown twice. */
export interface Notice {
  id: number
  text: string
  /** done: with a tick · dialog: needs more than a toast */
  kind: 'done' | 'plain' | 'dialog'
}

export class MerchantChanges {
  held: { intent: Intent; endsAt: number } | null = null
  refused: ApiError | null = null
  conflicting: Conflict | null = null
  guided: GuidedOpening | null = null
  notice: Notice | null = null
  private run: WriteRun | null = null
  private refusedIntent: Intent | null = null
  private readonly hold: UndoHold<Intent>

  constructor(
    private readonly context: StoreContext,
    private readonly owner: MerchantChangesOwner,
  ) {
    this.hold = new UndoHold<Intent>(context.timers, {
      online: () => context.network.online,
      send: intent => this.send(intent),
      ended: (_intent, end) => this.holdEnded(end),
    })
    makeAutoObservable<this, 'context' | 'owner' | 'hold' | 'run' | 'refusedIntent'>(
      this,
      {
        context: false,
        owner: false,
        hold: false,
        refusedIntent: false,
        held: observable.ref,
        refused: observable.ref,
        conflicting: observable.ref,
        guided: observable.ref,
        notice: observable.ref,
        run: observable.ref,
      },
      { autoBind: true },
    )
  }

  get sending(): boolean {
    return this.run?.status === 'sending'
  }
  /** What is under way: mine, else what the server says is open. */
  get running(): RunningOperation | null {
    const run = this.run
    if (run && run.status !== 'refused' && run.status !== 'settled')
      return { kind: run.intent.kind, status: run.status, sent_at: run.startedAt + this.owner.skew() }
    const open = this.owner.merchant()?.open_operation
    return open
      ? { kind: open.kind, status: open.status === 'unresolved' ? 'unresolved' : 'confirming', sent_at: Date.parse(open.started_at) }
      : null
  }

  /** Returns whether the hold began. */
  begin(intent: Intent): boolean {
    this.refused = null
    if (!this.hold.start(intent)) return false
    this.held = this.hold.current
    return true
  }
  undo(): void {
    this.hold.undo()
  }
  /** The page is hidden or left: what is held leaves now. */
  leave(): void {
    this.hold.leave()
  }
  offline(): void {
    this.hold.lost()
  }
  wake(): void {
    this.run?.wake()
  }

  /** One new decision of the person: a new key. Nothing happens while another change is on its way. */
  send(intent: Intent): void {
    if (this.run?.active) return
    this.guided = null
    this.begun(intent)
  }
  /** Both steps of the guided opening, one after the other, each with a key of its own. */
  sendReceiptThenPlan(): void {
    if (this.run?.active) return
    this.guided = { step: 1, askedAt: this.context.timers.now() }
    this.begun({ kind: 'receipt.open' })
  }
  /** Asks or sends again: with the same key where the server holds no answer for it, else as a new decision. */
  retry(): void {
    const refused = this.refusedIntent
    this.refused = null
    this.refusedIntent = null
    this.askedAgain()
    if (this.run) this.run.retry()
    else if (refused) this.begun(refused)
  }
  dismissRefusal(): void {
    this.guided = null
    this.refused = null
    this.refusedIntent = null
    if (this.run?.status === 'refused') this.run = null
  }
  keepCurrent(): void {
    this.conflicting = null
    this.guided = null
  }
  insist(): void {
    const conflict = this.conflicting
    this.conflicting = null
    this.askedAgain()
    if (conflict?.choices) this.begun(conflict.intent)
  }
  /** An operation that another page, person or day left open: its end is awaited here too. */
  watchOpenOperation(merchant: SubMerchant): void {
    const open = merchant.open_operation
    // settled by somebody: by what the console shows, or by a later change
    if (this.run?.status === 'unresolved' && open?.key !== this.run.key) this.run = null
    if (!open || open.status === 'unresolved' || this.run?.active) return
    this.newRun({ kind: open.kind } as Intent, merchant, open.key).watch()
  }
  /** Forgets what was shown. What has been sent stays sent. */
  clear(): void {
    this.run?.abandon()
    this.run = null
    this.held = null
    this.refused = null
    this.refusedIntent = null
    this.conflicting = null
    this.guided = null
    this.notice = null
  }

  private begun(intent: Intent): void {
    const merchant = this.owner.merchant()
    if (!merchant || this.run?.active) return
    this.refused = null
    this.conflicting = null
    void this.newRun(intent, merchant).start()
  }
  private askedAgain(): void {
    if (this.guided) this.guided = { ...this.guided, askedAt: this.context.timers.now() }
  }
  private newRun(intent: Intent, merchant: SubMerchant, key?: string): WriteRun {
    const run: WriteRun = new WriteRun(this.context, intent, merchant, {
      key,
      wanted: () => this.owner.shown() && this.run === run,
      settled: (latest, mine) => this.settled(run, latest, mine),
      refused: error => this.turnedDown(run, error),
      conflict: (current, decision) => this.inConflict(run, current, decision),
    })
    this.run = run
    return run
  }
  private settled(run: WriteRun, merchant: SubMerchant, mine: boolean): void {
    this.owner.adopt(merchant)
    if (this.run !== run) return
    runInAction(() => {
      this.run = null
      if (mine && this.guided?.step === 1) this.second(this.guided)
      else {
        this.guided = null
        if (mine) this.announce(this.context.preferences.say(`done.${run.intent.kind}`), 'done')
      }
    })
  }
  /** The receipt is open: the plan follows, unless the tap is so old that nobody expects it any more (product.md §3.4). */
  private second({ askedAt }: GuidedOpening): void {
    const fresh = this.owner.shown() && this.context.network.online && isRecent(askedAt, REPEAT_WITHIN_MS, this.context.timers)
    this.guided = fresh ? { step: 2, askedAt } : null
    if (fresh) this.begun({ kind: 'gold_plan.open' })
    else this.announce(this.context.preferences.say('guided.second_not_sent'), 'dialog')
  }
  private turnedDown(run: WriteRun, error: ApiError): void {
    if (this.run !== run) return
    runInAction(() => {
      this.refused = error
      this.refusedIntent = run.intent
      if (!run.repeatable) this.run = null
    })
    // A refusal by WeChat Pay is evidence too: the page shows it.
    if (error.kind === 'problem' && error.status !== 401 && error.status !== 403) this.owner.reread()
  }
  private inConflict(run: WriteRun, current: SubMerchant, decision: 'already' | 'ask'): void {
    this.owner.adopt(current)
    if (this.run !== run) return
    runInAction(() => {
      this.run = null
      // Somebody else opened the receipt meanwhile: the first step is done all the same.
      if (decision === 'already' && this.guided?.step === 1) return this.second(this.guided)
      this.conflicting = { intent: run.intent, current, choices: decision === 'ask' }
    })
  }
  private holdEnded(end: HoldEnd): void {
    const { say } = this.context.preferences
    this.held = null
    if (end === 'undone') this.announce(say('hold.undone'), 'plain')
    if (end === 'offline' || end === 'late') this.announce(say(`hold.cancelled.${end}`), 'dialog')
  }
  private announce(text: string, kind: Notice['kind']): void {
    this.notice = { id: (this.notice?.id ?? 0) + 1, text, kind }
  }
}
