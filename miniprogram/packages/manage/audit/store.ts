// 变更记录: who changed what, of one shop or of everything in my scope, newest first (product.md M23). Read only.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { AuditEntry, AuditQuery } from '../../../../typings/api'
import { DAY } from '../../../rules/relative-time'
import { startOfChinaDay } from '../../../shared/china-time'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { AuditApi } from './endpoints'
import { FilteredList } from '../stores/filtered-list'
import type { AuditAction } from './actions'
import { auditRow, type AuditRow } from './view'

/** 0: any time · 1: today · 7, 30: so many days with today */
export const RANGES = [0, 1, 7, 30] as const
export type AuditRange = (typeof RANGES)[number]

interface AuditPerson {
  /** as the filter asks for it: a member of staff, import, command, system */
  id: string
  name: string
}

interface AuditFilter {
  action: AuditAction | null
  person: AuditPerson | null
  days: AuditRange
}

export class AuditStore {
  /** null: of everything */
  sub_mchid: string | null = null
  readonly list: FilteredList<AuditEntry, AuditFilter>
  private shown = false

  constructor(
    private readonly context: StoreContext,
    api: AuditApi,
    private readonly session: SessionStore,
  ) {
    this.list = new FilteredList<AuditEntry, AuditFilter>(context, {
      none: { action: null, person: null, days: 0 },
      fetch: (filter, paging, scope) => api.listAuditEntries({ ...this.queryOf(filter), ...paging }, scope),
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'session' | 'shown'>(
      this,
      { context: false, session: false, shown: false, list: false, rows: computed.struct },
      { autoBind: true },
    )
  }

  get rows(): AuditRow[] {
    const { say, language } = this.context.preferences
    const now = this.list.as_of ?? 0
    return this.list.items.map(entry => auditRow(entry, { say, language, now }))
  }

  /** At page show; an empty number means everything in my scope. */
  open(sub_mchid: string): void {
    const of = sub_mchid === '' ? null : sub_mchid
    if (this.shown && this.sub_mchid === of) return
    this.leave()
    this.sub_mchid = of
    this.shown = true
    void this.list.refresh()
  }
  /** At page unload, and for another account: nothing of the last one stays. */
  leave(): void {
    this.list.leave()
    this.shown = false
    this.sub_mchid = null
  }

  private queryOf({ action, person, days }: AuditFilter): AuditQuery {
    const { sub_mchid } = this
    return {
      ...(sub_mchid !== null && { sub_mchid }),
      ...(action !== null && { action }),
      ...(person !== null && { actor: person.id }),
      ...(days !== 0 && { from: beginningOf(days, this.session.serverNow()) }),
    }
  }
}

/** Midnight in Shanghai of the first of so many days, today being the last. */
function beginningOf(days: number, now: number): string {
  const today = startOfChinaDay(now)
  return new Date(today - (days - 1) * DAY).toISOString()
}
