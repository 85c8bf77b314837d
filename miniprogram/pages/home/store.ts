// 工作台 (product.md M21): what to handle first and how many shops there are of each kind. Every number here is the total of the list behind it.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Summary } from '../../../typings/api'
import { AbortScope } from '../../api/abort-scope'
import { asApiError, type ApiError } from '../../api/errors'
import { problemView, type ProblemView } from '../../rules/error-copy'
import { absoluteTime, clockTime, sameDay } from '../../rules/relative-time'
import { barOf, cellsOf, firstGroups, firstItems, type BarPart, type CountCell, type FirstGroup, type FirstItem } from './rules'
import type { Belongings } from '../../stores/belongings'
import type { StoreContext } from '../../stores/context'
import type { ListStatus } from '../../stores/paged-list'
import { wait } from '../../stores/patience'
import type { SessionStore } from '../../stores/session'

/** the last numbers of my shops and of my whole area: what the app opens with, with or without a network */
interface Kept {
  shape: typeof SHAPE
  mine?: Summary
  all?: Summary
}
/** of what is kept: what an older version of the app left is not read */
const SHAPE = 2
const keyOf = (staff_id: string) => `staff:${staff_id}:summary`

export class HomeStore implements Belongings {
  readonly lockable = true
  status: ListStatus = 'idle'
  skeleton = false
  refreshing = false
  summary: Summary | null = null
  /** the person's own choice between my shops and my whole area; null until one was made */
  private chosenMine: boolean | null = null
  private error: ApiError | null = null
  private staff_id: string | null = null
  private kept: Kept = { shape: SHAPE }
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'staff_id' | 'kept' | 'scope' | 'giveUpWaiting' | 'error'>(
      this,
      {
        context: false,
        session: false,
        staff_id: false,
        kept: false,
        scope: false,
        giveUpWaiting: false,
        summary: observable.ref,
        error: observable.ref,
        first: computed.struct,
        first_groups: computed.struct,
        bar: computed.struct,
        cells: computed.struct,
      },
      { autoBind: true },
    )
  }

  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  /** whether the numbers are of the shops assigned to me: the beginning of a field agent's day */
  get mine(): boolean {
    return this.chosenMine ?? this.session.staff?.role === 'field_agent'
  }
  /** things to handle: shops counted once for each thing */
  get first_count(): number {
    const first = this.summary?.handle_first
    return first ? first.returned.count + first.regressed.count + first.receipt_error.count + first.unresolved.count : 0
  }
  get first(): FirstItem[] {
    const actions = this.session.me?.actions ?? []
    return this.summary ? firstItems(this.summary, action => actions.includes(action), this.now, this.context.preferences.say) : []
  }
  get first_groups(): FirstGroup[] {
    return this.summary ? firstGroups(this.summary, this.context.preferences.say) : []
  }
  get bar(): BarPart[] {
    return this.summary ? barOf(this.summary, this.context.preferences.say) : []
  }
  get cells(): CountCell[] {
    return this.summary ? cellsOf(this.summary, this.context.preferences.say) : []
  }
  /** visits of others that wait for my review */
  get to_review(): number {
    return this.summary?.visits_to_review ?? 0
  }
  get total(): number {
    return this.summary?.total ?? 0
  }
  /** 14:16, or 11月22日 14:16 where that was another day */
  get as_of(): string {
    if (!this.summary) return ''
    const { say } = this.context.preferences
    const present = this.session.serverNow()
    return sameDay(this.now, present) ? clockTime(this.now) : absoluteTime(this.now, present, say)
  }

  /** Shows what the phone kept, until it is read anew. */
  use(staff_id: string | null): void {
    this.staff_id = staff_id
    const kept = staff_id === null ? null : this.context.phone.storage.get<Kept>(keyOf(staff_id))
    this.kept = kept?.shape === SHAPE ? kept : { shape: SHAPE }
    this.showKept()
  }
  wipe(staff_id: string): void {
    this.context.phone.storage.remove(keyOf(staff_id))
    if (staff_id === this.staff_id) this.use(null)
  }
  /** 清除缓存: what is on screen stays, with its time. */
  forgetKept(): void {
    if (this.staff_id !== null) this.context.phone.storage.remove(keyOf(this.staff_id))
    this.kept = { shape: SHAPE }
  }

  /** At page show; what is there stays while it is read anew. */
  async refresh(): Promise<void> {
    this.leave()
    const scope = (this.scope = new AbortScope())
    this.error = null
    this.refreshing = this.summary !== null
    if (!this.summary) this.status = 'loading'
    this.giveUpWaiting = wait(this.context.timers, {
      skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
      slow: () => runInAction(() => (this.status = this.status === 'loading' ? 'slow' : this.status)),
    })
    try {
      const summary = await this.context.api.getSummary(this.mine ? { assigned_to: 'me' } : {}, scope)
      if (this.scope !== scope) return
      this.show(summary)
      this.keep(summary)
    } catch (thrown) {
      if (this.scope === scope) this.failed(asApiError(thrown))
    }
  }
  /** Whether the other half can be shown now: without a network only where the phone has its numbers. */
  mayShow(mine: boolean): boolean {
    return this.context.network.mayTry || this.kept[mine ? 'mine' : 'all'] !== undefined
  }
  /** 我负责的 or my whole area. What is on screen does not give way to nothing. */
  async showMine(mine: boolean): Promise<void> {
    if (mine === this.mine || !this.mayShow(mine)) return
    this.chosenMine = mine
    // Other shops' numbers under this heading would be wrong for as long as the answer takes.
    this.showKept()
    await this.refresh()
  }
  /** At page hide. */
  leave(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
    if (this.status === 'loading' || this.status === 'slow') this.status = 'idle'
  }
  /** Logout. */
  reset(): void {
    this.leave()
    this.summary = null
    this.chosenMine = null
    this.error = null
    this.status = 'idle'
  }

  private get now(): number {
    return this.summary ? Date.parse(this.summary.as_of) : 0
  }
  private showKept(): void {
    this.summary = this.kept[this.mine ? 'mine' : 'all'] ?? null
    this.status = this.summary === null ? 'idle' : this.summary.total === 0 ? 'empty' : 'ready'
  }
  private keep(summary: Summary): void {
    if (this.staff_id === null) return
    this.kept = { ...this.kept, [this.mine ? 'mine' : 'all']: summary }
    try {
      this.context.phone.storage.set(keyOf(this.staff_id), this.kept)
    } catch {
      // no room even without caches: the numbers are on screen all the same
    }
  }
  private show(summary: Summary): void {
    this.doneWaiting()
    runInAction(() => {
      this.summary = summary
      this.status = summary.total === 0 ? 'empty' : 'ready'
    })
  }
  private failed(error: ApiError): void {
    this.doneWaiting()
    runInAction(() => {
      this.error = error
      if (!this.summary) this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
    })
  }
  private doneWaiting(): void {
    this.giveUpWaiting?.()
    this.giveUpWaiting = null
    runInAction(() => {
      this.skeleton = false
      this.refreshing = false
    })
  }
}
