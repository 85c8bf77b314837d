// 未登记商户 (product.md B18): who pays under the provider's number and is not in the directory. Each tap is held for 5 s, so that it can be taken back; a tap
// on another row sends the one before at once.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { UnlistedMerchant } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { UndoHold, type HoldEnd } from '../../../rules/undo-hold'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { UnlistedApi } from './endpoints'
import { unlistedRow, type UnlistedRow } from './view'

export const PARTS = ['open', 'dismissed'] as const
export type Part = (typeof PARTS)[number]
export type ActId = 'add' | 'dismiss' | 'restore'

export interface Act {
  id: ActId
  sub_mchid: string
}

export class UnlistedStore {
  part: Part = 'open'
  held: Act | null = null
  /** 已撤销, or why nothing was sent */
  ended: Exclude<HoldEnd, 'sent'> | null = null
  /** the last that was done; its row is gone */
  done: Act | null = null
  /** rows that were dealt with since the list was read */
  private gone: readonly string[] = []
  /** taps that wait for the answer of the one before */
  private waiting: readonly Act[] = []
  private readonly list: PagedList<UnlistedMerchant>
  private readonly hold: UndoHold<Act>
  private readonly write: AskOnce<Act, unknown>

  constructor(
    private readonly context: StoreContext,
    api: UnlistedApi,
    private readonly session: SessionStore,
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) =>
        api.list({ dismissed: this.part === 'dismissed' ? 'true' : 'false', ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: ({ sub_mchid }) => sub_mchid,
    })
    this.write = new AskOnce<Act, unknown>(context, ({ id, sub_mchid }, key) =>
      id === 'add' ? api.add(sub_mchid, key) : api.dismiss(sub_mchid, id === 'dismiss', key),
    )
    this.hold = new UndoHold<Act>(context.timers, {
      send: act => void this.send(act),
      ended: (_act, end) => this.holdEnded(end),
      online: () => context.network.online,
    })
    makeAutoObservable<this, 'context' | 'session' | 'list' | 'hold' | 'write' | 'gone' | 'waiting'>(
      this,
      {
        context: false,
        session: false,
        list: false,
        hold: false,
        write: false,
        held: observable.ref,
        done: observable.ref,
        gone: observable.ref,
        waiting: observable.ref,
        rows: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status === 'ready' && this.shown.length === 0 && this.list.more === 'end' ? 'empty' : this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  get rows(): UnlistedRow[] {
    const numbers = new Set(this.list.items.map(({ sp_mchid }) => sp_mchid))
    const now = this.session.serverNow()
    return this.shown.map(one => unlistedRow(one, { severalNumbers: numbers.size > 1, now }, this.context.preferences.say))
  }
  /** why it was not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    const { error } = this.write
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  /** whose write is on its way; '' for none */
  get sending(): string {
    return this.write.asking ? (this.write.unanswered?.sub_mchid ?? '') : ''
  }

  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
    runInAction(() => (this.gone = []))
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  async choose(part: Part): Promise<void> {
    if (part === this.part) return
    this.hold.leave()
    this.part = part
    this.gone = []
    await this.list.load()
  }
  begin(act: Act): void {
    this.hold.leave()
    this.ended = null
    this.done = null
    if (this.hold.start(act)) this.held = act
    else if (!this.context.network.online) this.ended = 'offline'
  }
  undo(): void {
    this.hold.undo()
  }
  networkLost(): void {
    this.hold.lost()
  }
  /** The page is hidden: nobody will be there to take it back. */
  hide(): void {
    this.hold.leave()
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (unanswered) return this.send(unanswered)
    this.write.dismiss()
    await this.refresh()
  }
  dismiss(): void {
    this.write.dismiss()
  }
  leave(): void {
    this.hide()
    this.list.stop()
    this.ended = null
    this.done = null
    // whoever comes back wants what is to be done
    if (this.part === 'open') return
    this.part = 'open'
    this.list.reset()
  }
  /** Another account. */
  reset(): void {
    this.hold.undo()
    this.leave()
    this.list.reset()
    this.write.reset()
    this.waiting = []
    this.gone = []
    this.part = 'open'
  }

  private get shown(): UnlistedMerchant[] {
    return this.list.items.filter(({ sub_mchid }) => !this.gone.includes(sub_mchid))
  }
  private holdEnded(end: HoldEnd): void {
    runInAction(() => {
      this.held = null
      this.ended = end === 'sent' ? null : end
    })
  }
  private async send(act: Act): Promise<void> {
    if (this.write.asking) return void runInAction(() => (this.waiting = [...this.waiting, act]))
    const answer = await this.write.ask(act)
    // somebody else was faster: it is where it should be
    const isOver = answer !== null || this.write.error?.code === 'NOT_FOUND'
    if (isOver)
      runInAction(() => {
        this.gone = [...this.gone, act.sub_mchid]
        this.done = answer === null ? null : act
      })
    const next = this.waiting[0]
    const others = this.waiting.slice(1)
    if (!next || this.write.error?.outcomeUnknown) return
    runInAction(() => (this.waiting = others))
    await this.send(next)
  }
}
