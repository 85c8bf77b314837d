// 员工: who works here, found by name, role, region and state (product.md §7.2). Bind: rows, refused, total_label, list.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { StaffMember, StaffQuery } from '../../../../typings/api'
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { StaffApi } from './endpoints'
import { FilteredList } from '../stores/filtered-list'
import { staffRow, type StaffRowView } from './view'
import './words'

export const ROLES = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin'] as const satisfies readonly StaffMember['role'][]
export const STATES = ['active', 'invited', 'disabled'] as const satisfies readonly StaffMember['status'][]

interface StaffFilter {
  query: string
  role: StaffMember['role'] | null
  status: StaffMember['status'] | null
  region: { code: string; name: string } | null
}

export class StaffStore {
  /** a customer's payment code was in the box: it went nowhere */
  refused = false
  readonly list: FilteredList<StaffMember, StaffFilter>

  constructor(
    private readonly context: StoreContext,
    api: StaffApi,
    private readonly session: SessionStore,
  ) {
    this.list = new FilteredList<StaffMember, StaffFilter>(context, {
      none: { query: '', role: null, status: null, region: null },
      fetch: (filter, paging, scope) => api.listStaff({ ...queryOf(filter), ...paging }, scope),
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'session'>(
      this,
      { context: false, session: false, list: false, rows: computed.struct },
      { autoBind: true },
    )
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
    this.refused = holdsPaymentCode(text)
    if (this.refused) this.list.empty({ query: '' })
    else this.list.type({ query: text })
  }
  clear(): Promise<void> {
    this.refused = false
    return this.list.clear()
  }
  /** A person was read or changed on their own page. */
  follow(member: StaffMember): void {
    this.list.replace(member.id, () => member)
  }
  /** At page unload, and for another account: nothing of the last one stays. */
  leave(): void {
    this.list.leave()
    this.refused = false
  }
}

function queryOf({ query, role, status, region }: StaffFilter): StaffQuery {
  const q = query.trim()
  return {
    ...(q === '' ? {} : { q }),
    ...(role ? { role } : {}),
    ...(status ? { status } : {}),
    ...(region ? { region_code: region.code } : {}),
  }
}
