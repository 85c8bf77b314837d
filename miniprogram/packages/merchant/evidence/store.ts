// 证据: the timeline of one merchant, newest first (product.md M08).
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Evidence } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { evidenceLine, type EvidenceLine } from '../rules/evidence-line'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'

export class EvidenceStore {
  sub_mchid: string | null = null
  private readonly list: PagedList<Evidence>

  constructor(private readonly context: StoreContext) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => context.api.listEvidence(this.sub_mchid ?? '', cursor === null ? {} : { cursor }, scope),
      idOf: evidence => evidence.id,
    })
    makeAutoObservable<this, 'context' | 'list'>(this, { context: false, list: false, rows: computed.struct }, { autoBind: true })
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get refreshing(): boolean {
    return this.list.refreshing
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  get rows(): EvidenceLine[] {
    const now = this.list.as_of ?? 0
    return this.list.items.map(evidence => evidenceLine(evidence, now, this.context.preferences.say))
  }

  async load(sub_mchid: string): Promise<void> {
    this.sub_mchid = sub_mchid
    await this.list.load()
  }
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** An item that was withdrawn. */
  replace(evidence: Evidence): void {
    this.list.replace(evidence.id, () => evidence)
  }
  /** At page unload. */
  leave(): void {
    this.list.reset()
    this.sub_mchid = null
  }
}
