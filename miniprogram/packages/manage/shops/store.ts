// 商户清单: the shops behind a number of the dashboard, all counted.
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { MarkFilter, SubMerchantRow } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { districtOf } from '../../../rules/region'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import { rowView, type MerchantRowView } from '../../../stores/row-view'
import { FILTER_NAMES, type FilterNames } from './filter'

const PAGE_ROWS = 20

/** As a table has room for it. */
export interface ShopRow extends MerchantRowView {
  region: string
  /** name; '' where nobody is in charge */
  person: string
}

export class ShopsStore {
  filter: MarkFilter = {}
  /** what the codes in it are called */
  names: FilterNames = {}
  private readonly list: PagedList<SubMerchantRow>

  constructor(private readonly context: StoreContext) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) =>
        context.api.listSubMerchants({ ...this.filter, count: 'exact', limit: PAGE_ROWS, ...(cursor !== null && { cursor }) }, scope),
      idOf: ({ sub_mchid }) => sub_mchid,
    })
    makeAutoObservable<this, 'context' | 'list'>(
      this,
      { context: false, list: false, filter: observable.ref, names: observable.ref, rows: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  /** What is shown is from before: the last attempt failed. */
  get stale(): boolean {
    return this.list.problem !== null && this.list.items.length > 0
  }
  get as_of(): number | null {
    return this.list.as_of
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  /** exact; null while unknown */
  get total(): number | null {
    return this.list.total
  }
  get rows(): ShopRow[] {
    const now = this.list.as_of ?? 0
    return this.list.items.map(row => ({
      ...rowView(row, districtOf(row.region_name), '', now, this.context),
      region: row.region_name,
      person: row.assigned_to ?? '',
    }))
  }

  /** At page show: what is asked for already stays. */
  open(filter: MarkFilter, names: FilterNames): void {
    if (this.list.status !== 'idle' && FILTER_NAMES.every(name => filter[name] === this.filter[name])) return
    this.filter = filter
    this.names = names
    void this.list.load()
  }
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** At page unload, and for another account. */
  reset(): void {
    this.list.reset()
    this.filter = {}
    this.names = {}
  }
}
