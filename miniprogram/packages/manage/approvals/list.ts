// One part of the approvals page: requests that the server has, page by page.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { ChangeRequest, ChangeRequestQuery } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { clockTime } from '../../../rules/relative-time'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { ApprovalsApi } from './endpoints'
import { rowOf, type RequestRow } from './view'

export class RequestList {
  private readonly list: PagedList<ChangeRequest>

  constructor(
    private readonly context: StoreContext,
    api: ApprovalsApi,
    query: () => ChangeRequestQuery,
    /** of the server (ms), moves every minute */
    private readonly now: () => number,
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => api.listChangeRequests({ ...query(), limit: 20, ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: request => request.id,
    })
    makeAutoObservable<this, 'context' | 'list' | 'now'>(
      this,
      { context: false, list: false, now: false, rows: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
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
  get items(): ChangeRequest[] {
    return this.list.items
  }
  get rows(): RequestRow[] {
    const now = this.now()
    return this.items.map(request => rowOf(request, now, this.context.preferences.say))
  }
  /** "离线 · 显示 14:05 的数据" while rows of before are shown */
  get as_of_label(): string {
    if (this.context.network.online || this.list.as_of === null || this.items.length === 0) return ''
    return this.context.preferences.say('time.as_of', { time: clockTime(this.list.as_of) })
  }

  /** Rows of before stay on screen meanwhile. */
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** A request that was read or written beside the list. */
  follow(request: ChangeRequest): void {
    this.list.replace(request.id, () => request)
  }
  leave(): void {
    this.list.stop()
  }
  reset(): void {
    this.list.reset()
  }
}
