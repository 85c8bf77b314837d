// 员工: who works here, found by name, role, region and state (product.md §7.2). Bind: rows, status, skeleton, more, problem, total.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { StaffMember, StaffQuery } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { StoreContext } from '../../../stores/context'
import type { ManageApi } from '../endpoints'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import { staffRow, type StaffRowView } from './view'
import './words.zh-CN'

export const ROLES = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const satisfies readonly StaffMember['role'][]
export const STATES = ['active', 'invited', 'disabled'] as const satisfies readonly StaffMember['status'][]

interface Filter {
  role: StaffMember['role'] | null
  status: StaffMember['status'] | null
  region: { code: string; name: string } | null
}
const NO_FILTER: Filter = { role: null, status: null, region: null }
const DEBOUNCE_MS = 300

export class StaffStore {
  query = ''
  /** a customer's payment code was in the box: it went nowhere */
  refused = false
  filter: Filter = NO_FILTER
  private debounce: unknown = null
  private readonly list: PagedList<StaffMember>

  constructor(
    private readonly context: StoreContext,
    api: ManageApi,
    private readonly session: SessionStore,
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => api.listStaff({ ...this.criteria, ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'session' | 'list' | 'debounce'>(
      this,
      { context: false, session: false, list: false, debounce: false, filter: observable.ref, rows: computed.struct },
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
  get narrowed(): boolean {
    const { role, status, region } = this.filter
    return this.query.trim() !== '' || role !== null || status !== null || region !== null
  }
  get total_label(): string {
    const { total } = this.list
    return total === null ? '' : this.context.preferences.say('staff.count', { count: total })
  }
  get rows(): StaffRowView[] {
    const now = this.session.serverNow()
    return this.list.items.map(member => staffRow(member, now, this.context.preferences.say))
  }

  setQuery(text: string): void {
    this.context.timers.clear(this.debounce)
    this.refused = holdsPaymentCode(text)
    this.query = this.refused ? '' : text
    if (!this.refused) this.debounce = this.context.timers.set(() => void this.search(), DEBOUNCE_MS)
  }
  async choose(change: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...change }
    await this.search()
  }
  async clear(): Promise<void> {
    this.query = ''
    this.refused = false
    await this.choose(NO_FILTER)
  }
  /** At page show: rows of before stay on screen meanwhile. */
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** A person was read or changed on their own page. */
  follow(member: StaffMember): void {
    this.list.replace(member.id, () => member)
  }
  leave(): void {
    this.context.timers.clear(this.debounce)
    this.list.stop()
  }
  reset(): void {
    this.context.timers.clear(this.debounce)
    this.list.reset()
    this.query = ''
    this.refused = false
    this.filter = NO_FILTER
  }

  private async search(): Promise<void> {
    this.context.timers.clear(this.debounce)
    runInAction(() => (this.debounce = null))
    await this.list.load()
  }
  private get criteria(): StaffQuery {
    const { role, status, region } = this.filter
    const q = this.query.trim()
    return {
      ...(q === '' ? {} : { q }),
      ...(role ? { role } : {}),
      ...(status ? { status } : {}),
      ...(region ? { region_code: region.code } : {}),
    }
  }
}
