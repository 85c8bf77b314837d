// 工作台 (product.md M21): what to handle first and how many shops there are of each kind. Every number here is the total of the list behind it.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Action, Summary } from '../../../typings/api'
import type { ProblemView } from '../../rules/error-copy'
import { absoluteTime, clockTime, sameDay } from '../../rules/relative-time'
import {
  barOf,
  cellsOf,
  firstGroups,
  firstItems,
  todoOf,
  type BarPart,
  type CountCell,
  type FirstGroup,
  type FirstItem,
  type TodoRow,
} from './rules'
import type { AccountData } from '../../stores/account-data'
import type { StoreContext } from '../../stores/context'
import { Resource, type ResourceStatus } from '../../stores/resource'
import type { SessionStore } from '../../stores/session'
import { keptAs } from '../../phone/kept-as'
import './words'

/** the last numbers of my shops and of my whole area: what the app opens with, with or without a network */
interface Kept {
  mine?: Summary
  all?: Summary
}
const KEPT = keptAs<Kept>(5, {})
const keyOf = (staff_id: string) => `staff:${staff_id}:summary`

export class HomeStore implements AccountData {
  readonly lockable = true
  /** the person's own choice between my shops and my whole area; null until one was made */
  private chosenMine: boolean | null = null
  private staff_id: string | null = null
  private kept: Kept = {}
  private readonly numbers: Resource<Summary>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
  ) {
    this.numbers = new Resource(context, {
      kept: () => {
        const value = this.kept[this.mine ? 'mine' : 'all']
        return typeof value?.total === 'number' ? { value, as_of: null } : null
      },
      isEmpty: ({ total }) => total === 0,
    })
    makeAutoObservable<this, 'context' | 'session' | 'staff_id' | 'kept' | 'numbers'>(
      this,
      {
        context: false,
        session: false,
        staff_id: false,
        kept: false,
        numbers: false,
        first: computed.struct,
        first_groups: computed.struct,
        bar: computed.struct,
        cells: computed.struct,
        todo: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.numbers.status
  }
  get skeleton(): boolean {
    return this.numbers.skeleton
  }
  get refreshing(): boolean {
    return this.numbers.refreshing
  }
  get summary(): Summary | null {
    return this.numbers.value
  }
  get problem(): ProblemView | null {
    return this.numbers.problem
  }
  /** whether the numbers are of the shops assigned to me: the beginning of a field agent's day */
  get mine(): boolean {
    return this.chosenMine ?? this.session.staff?.role === 'field_agent'
  }
  /** things to handle: shops counted once for each thing */
  get first_count(): number {
    const first = this.summary?.handle_first
    return first ? Object.values(first).reduce((sum, { count }) => sum + count, 0) : 0
  }
  get first(): FirstItem[] {
    return this.summary ? firstItems(this.summary, this.may, this.now, this.context.preferences.say) : []
  }
  get first_groups(): FirstGroup[] {
    return this.summary ? firstGroups(this.summary, this.may, this.context.preferences.say) : []
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
  get todo(): TodoRow[] {
    return this.summary ? todoOf(this.summary, this.session.staff?.role ?? null, this.context.preferences.say) : []
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
    const kept = staff_id === null ? null : KEPT.read(this.context.phone.storage, keyOf(staff_id))
    this.kept = kept ?? {}
    this.showKept()
  }
  wipe(staff_id: string): void {
    this.context.phone.storage.remove(keyOf(staff_id))
    if (staff_id === this.staff_id) this.use(null)
  }
  /** 清除缓存: what is on screen stays, with its time. */
  forgetKept(): void {
    if (this.staff_id !== null) this.context.phone.storage.remove(keyOf(this.staff_id))
    this.kept = {}
  }

  /** At page show; what is there stays while it is read anew. */
  refresh(): Promise<unknown> {
    const { mine } = this
    return this.numbers.load(scope =>
      this.context.api.getSummary(mine ? { assigned_to: 'me' } : {}, scope).then(summary => {
        if (!scope.aborted) this.keep(summary)
        return summary
      }),
    )
  }
  /** Whether the other half can be shown now: without a network only where the phone has its numbers. */
  mayShow(mine: boolean): boolean {
    return this.context.network.mayTry || this.kept[mine ? 'mine' : 'all'] !== undefined
  }
  /** 我负责的 or my whole area. What is on screen does not give way to nothing. */
  showMine(mine: boolean): Promise<unknown> {
    if (mine === this.mine || !this.mayShow(mine)) return Promise.resolve()
    this.chosenMine = mine
    // Other shops' numbers under this heading would be wrong for as long as the answer takes.
    this.showKept()
    return this.refresh()
  }
  /** At page hide. */
  leave(): void {
    this.numbers.stop()
  }
  /** Logout. */
  reset(): void {
    this.numbers.reset()
    this.chosenMine = null
  }

  private may(action: Action): boolean {
    return this.session.me?.actions.includes(action) ?? false
  }
  private get now(): number {
    return this.summary ? Date.parse(this.summary.as_of) : 0
  }
  private showKept(): void {
    this.numbers.reset()
    this.numbers.showKept()
  }
  private keep(summary: Summary): void {
    if (this.staff_id === null) return
    this.kept = { ...this.kept, [this.mine ? 'mine' : 'all']: summary }
    KEPT.writeIfRoom(this.context.phone.storage, keyOf(this.staff_id), this.kept)
  }
}
