// 返佣: months of rebate figures as they were imported, and one of them with its merchants (product.md B31). Read only: figures come from files.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Rebate, RebateMonths, RebateRow } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { absoluteTime } from '../../../rules/relative-time'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { RebateApi } from './endpoints'
import { headView, itemView, monthRow, type HeadView, type ItemView, type MonthRow } from './view'

/** A month of a number. */
export interface MonthOf {
  sp_mchid: string
  month: string
}

export class RebateStore {
  chosen: MonthOf | null = null
  /** only rows of which something is to be said */
  isMarkedOnly = false
  private head: Rebate | null = null
  readonly months: Resource<RebateMonths>
  private readonly list: PagedList<RebateRow>

  constructor(
    private readonly context: StoreContext,
    private readonly api: RebateApi,
    private readonly session: SessionStore,
  ) {
    this.months = new Resource(context, { forbidden: () => {}, isEmpty: ({ items }) => items.length === 0 })
    this.list = new PagedList({
      context,
      fetch: async (cursor, scope) => {
        const { chosen } = this
        if (chosen === null) return { items: [], next_cursor: null }
        const query = { ...(this.isMarkedOnly ? { only: 'marked' as const } : {}), ...(cursor === null ? {} : { cursor }) }
        const page = await api.getRebate(chosen.sp_mchid, chosen.month, query, scope)
        if (!scope.aborted) runInAction(() => (this.head = page))
        return page
      },
      idOf: ({ sub_mchid }) => sub_mchid ?? '',
    })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'list' | 'head'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        months: false,
        list: false,
        chosen: observable.ref,
        head: observable.ref,
        rows: computed.struct,
        view: computed.struct,
        items: computed.struct,
      },
      { autoBind: true },
    )
  }

  get rows(): MonthRow[] {
    const several = new Set((this.months.value?.items ?? []).map(({ sp_mchid }) => sp_mchid)).size > 1
    return (this.months.value?.items ?? []).map(month => monthRow(month, several, this.say))
  }
  /** What is shown is from before: when it was read. */
  get age(): string {
    const { stale, as_of } = this.months
    return stale && as_of !== null ? absoluteTime(as_of, this.session.serverNow(), this.say, { today: true }) : ''
  }
  get view(): HeadView | null {
    return this.head && headView(this.head, this.session.serverNow(), this.say)
  }
  get items(): ItemView[] {
    return this.list.items.map(row => itemView(row, this.session.serverNow(), this.say))
  }
  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton && this.head === null
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }

  async refresh(): Promise<void> {
    await this.months.load(scope => this.api.getRebateMonths(scope))
  }
  /** The month in front; the rows of another go. */
  async open(month: MonthOf): Promise<void> {
    const isSame = this.chosen?.sp_mchid === month.sp_mchid && this.chosen.month === month.month
    if (!isSame) {
      this.close()
      this.chosen = month
    }
    await this.list.load({ keep: isSame })
  }
  async showMarked(only: boolean): Promise<void> {
    if (only === this.isMarkedOnly) return
    this.isMarkedOnly = only
    await this.list.load()
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  close(): void {
    this.chosen = null
    this.head = null
    this.isMarkedOnly = false
    this.list.reset()
  }
  /** Another account. */
  reset(): void {
    this.close()
    this.months.reset()
  }
  private get say() {
    return this.context.preferences.say
  }
}
