// 看板 (product.md §11): how my shops stand. Every number is the total of the list that it opens.
import { makeAutoObservable } from 'mobx-miniprogram'
import type { Dashboard } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { DashboardApi } from './endpoints'

export class DashboardStore {
  /** null: everything that I see */
  region: { code: string; name: string } | null = null
  /** the numbers as tables */
  tables = false
  private readonly answer: Resource<Dashboard>

  constructor(
    context: StoreContext,
    private readonly api: DashboardApi,
  ) {
    this.answer = new Resource(context, { isEmpty: ({ total, region }) => total.count === 0 && region === null })
    makeAutoObservable<this, 'api' | 'answer'>(this, { api: false, answer: false }, { autoBind: true })
  }

  get status(): ResourceStatus {
    return this.answer.status
  }
  get skeleton(): boolean {
    return this.answer.skeleton
  }
  get problem(): ProblemView | null {
    return this.answer.problem
  }
  /** What is shown is from before: the last attempt failed. */
  get stale(): boolean {
    return this.answer.stale
  }
  get as_of(): number | null {
    return this.answer.as_of
  }
  get value(): Dashboard | null {
    return this.answer.value
  }

  async refresh(): Promise<void> {
    const region = this.region?.code ?? null
    await this.answer.load(scope => this.api.getDashboard(region, scope))
  }
  /** Numbers of another region would stand under this name for as long as the answer takes. */
  choose(region: { code: string; name: string } | null): void {
    this.region = region
    this.answer.reset()
    void this.refresh()
  }
  switchTo(tables: boolean): void {
    this.tables = tables
  }
  /** At page unload. */
  leave(): void {
    this.answer.reset()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.answer.reset()
    this.region = null
    this.tables = false
  }
}
