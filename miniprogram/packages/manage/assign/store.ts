// 分配商户: shops of the list, chosen one by one or all that its filters leave, go to one person or to nobody (product.md §7.2). Held for 5 s before it is
// sent; more than a thousand go on at the server while this page tells how far it is.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { AssignmentCount, AssignmentRequest, AssignmentRun } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { filterQuery } from '../../../rules/filters'
import { UndoHold, type HoldEnd } from '../../../rules/undo-hold'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { AssignApi } from './endpoints'
import type { MerchantsStore } from '../../../stores/merchants'
import type { SessionStore } from '../../../stores/session'
import type { Taker } from '../stores/assignees'
import { runView, type RunView } from './view'

/** While somebody looks, how far a run is is asked for this often. */
const ASK_AGAIN_MS = 1_000

export class AssignStore {
  /** all that the filters leave; else the chosen ones */
  all = false
  chosen: readonly string[] = []
  /** what the chosen would mean, asked for before anything is done */
  counting = false
  /** held for 5 s: how many go to whom */
  held: { count: number; taker: Taker } | null = null
  /** 已撤销, or why it was not sent */
  ended: Exclude<HoldEnd, 'sent'> | null = null
  run: AssignmentRun | null = null
  private countError: ApiError | null = null
  private shown = false
  private timer: unknown = null
  private readonly hold: UndoHold<AssignmentRequest>
  private readonly write: AskOnce<AssignmentRequest, AssignmentRun>

  constructor(
    private readonly context: StoreContext,
    private readonly api: AssignApi,
    private readonly session: SessionStore,
    /** the list of 商户, whose filters this begins with and which shows what became of it */
    private readonly list: MerchantsStore,
    /** this page's own rows */
    readonly shops: MerchantsStore,
  ) {
    this.write = new AskOnce(context, (request, key) => api.assignShops(request, key))
    this.hold = new UndoHold<AssignmentRequest>(context.timers, {
      send: request => void this.send(request),
      ended: (_request, end) => this.holdEnded(end),
      online: () => context.network.online,
    })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'list' | 'hold' | 'write' | 'timer' | 'shown' | 'countError'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        list: false,
        shops: false,
        hold: false,
        write: false,
        timer: false,
        shown: false,
        countError: observable.ref,
        chosen: observable.ref,
        held: observable.ref,
        run: observable.ref,
        runView: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** A search has an end that nobody knows: its rows are chosen one by one. */
  get canTakeAll(): boolean {
    return this.shops.query.trim() === '' && this.shops.total !== null && this.shops.total > 0
  }
  get anything(): boolean {
    return this.all || this.chosen.length > 0
  }
  get sending(): boolean {
    return this.write.asking
  }
  get runView(): RunView | null {
    return this.run && runView(this.run, this.context.preferences.say)
  }
  /** why it was not counted or not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    const error = this.countError ?? this.write.error
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  /** With what 商户 is filtered by at this moment. */
  async open(): Promise<void> {
    this.shown = true
    if (this.shops.status !== 'idle') return this.follow()
    runInAction(() => {
      this.shops.query = this.list.query
      this.shops.sort = this.list.sort
    })
    await this.shops.setFilters({ ...this.list.filters })
  }
  hide(): void {
    this.shown = false
    this.hold.leave()
    this.context.timers.clear(this.timer)
  }
  close(): void {
    this.hide()
    this.reset()
  }
  reset(): void {
    this.all = false
    this.chosen = []
    this.counting = false
    this.ended = null
    this.run = null
    this.countError = null
    this.shops.reset()
    this.write.reset()
  }
  toggle(sub_mchid: string): void {
    this.all = false
    this.chosen = this.chosen.includes(sub_mchid) ? this.chosen.filter(one => one !== sub_mchid) : [...this.chosen, sub_mchid]
  }
  toggleAll(): void {
    this.all = !this.all && this.canTakeAll
    this.chosen = []
  }
  /** What it would do; null: it could not be asked (`refusal`). */
  async count(taker: Taker): Promise<AssignmentCount | null> {
    if (this.counting || !this.anything) return null
    this.counting = true
    this.countError = null
    const outcome = await this.api.countAssignment(this.requestFor(taker)).then(
      count => ({ count, error: null }),
      (thrown: unknown) => ({ count: null, error: asApiError(thrown) }),
    )
    runInAction(() => {
      this.counting = false
      this.countError = outcome.error
    })
    return outcome.count
  }
  /** Confirmed: it leaves in 5 s unless it is taken back. */
  begin(taker: Taker, count: number): void {
    this.ended = null
    this.run = null
    if (this.hold.start(this.requestFor(taker))) this.held = { count, taker }
    else if (!this.context.network.online) this.ended = 'offline'
  }
  undo(): void {
    this.hold.undo()
  }
  networkLost(): void {
    this.hold.lost()
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (unanswered && !this.countError) await this.send(unanswered)
    else this.dismiss()
  }
  dismiss(): void {
    this.countError = null
    this.write.dismiss()
  }

  private requestFor({ id }: Taker): AssignmentRequest {
    const which = this.all ? { filter: filterQuery(this.shops.filters) } : { sub_mchids: [...this.chosen] }
    return { ...which, staff_id: id === '' ? null : id }
  }
  private holdEnded(end: HoldEnd): void {
    runInAction(() => {
      this.held = null
      this.ended = end === 'sent' ? null : end
    })
  }
  private async send(request: AssignmentRequest): Promise<void> {
    const run = await this.write.ask(request)
    if (!run) return
    runInAction(() => {
      this.run = run
      this.all = false
      this.chosen = []
    })
    await this.follow()
  }
  private async follow(): Promise<void> {
    this.context.timers.clear(this.timer)
    const { run } = this
    if (!run) return
    if (run.status !== 'running') {
      if (this.list.status !== 'idle') void this.list.refresh()
      if (this.shown) await this.shops.refresh()
    } else if (this.shown) this.timer = this.context.timers.set(() => void this.askAgain(run.id), ASK_AGAIN_MS)
  }
  private async askAgain(id: string): Promise<void> {
    const now = await this.api.getAssignment(id).catch(() => null)
    if (this.run?.id !== id) return
    runInAction(() => (this.run = now ?? this.run))
    await this.follow()
  }
}
