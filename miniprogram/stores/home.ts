// 工作台: what to do first. Recents come from stores/recents; here are the shops that went back.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { SubMerchantRow } from '../../typings/api'
import { problemView, type ProblemView } from '../domain/error-copy'
import type { StoreContext } from './context'
import { rowView, type MerchantRowView } from './merchants'
import { PagedList, type ListStatus } from './paged-list'

/** Shown on the first screen; the rest is one tap away in the filtered list. */
const SHOWN = 5

export class HomeStore {
  private readonly list: PagedList<SubMerchantRow>

  constructor(private readonly context: StoreContext) {
    this.list = new PagedList({
      timers: context.timers,
      online: () => context.network.online,
      fetch: (_cursor, scope) => context.api.listSubMerchants({ state: 'regressed', sort: 'since', limit: SHOWN }, scope),
      idOf: row => row.sub_mchid,
    })
    makeAutoObservable<this, 'context' | 'list'>(this, { context: false, list: false, regressed: computed.struct }, { autoBind: true })
  }

  get status(): ListStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get refreshing(): boolean {
    return this.list.refreshing
  }
  get problem(): ProblemView | null {
    return this.list.error && problemView(this.list.error, this.context.preferences.say)
  }
  /** 已回退, the newest five */
  get regressed(): MerchantRowView[] {
    return this.list.items.map(row => rowView(row, '', this.list.as_of ?? 0, this.context))
  }
  /** how many 已回退 there are in my scope; 1000 means 1000 or more */
  get regressed_total(): number | null {
    return this.list.total
  }

  /** At page show; rows stay on screen while they are read anew. */
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  leave(): void {
    this.list.stop()
  }
  reset(): void {
    this.list.reset()
  }
}
