// 变更记录: who changed what, of one shop or of everything in my scope, newest first (product.md M23). Read only.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { AuditEntry, AuditQuery } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import { DAY } from '../../../rules/relative-time'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ManageApi } from '../endpoints'
import { auditRow, type AuditAction, type AuditRow } from './view'
import { startOfChinaDay } from '../../../shared/china-time'

/** 0: any time · 1: today · 7, 30: so many days with today */
export const RANGES = [0, 1, 7, 30] as const
export type AuditRange = (typeof RANGES)[number]

interface AuditPerson {
  /** as the filter asks for it: a member of staff, import, command, system */
  id: string
  name: string
}

export class AuditStore {
  /** null: of everything */
  sub_mchid: string | null = null
  action: AuditAction | null = null
  person: AuditPerson | null = null
  days: AuditRange = 0
  private shown = false
  private readonly list: PagedList<AuditEntry>

  constructor(
    private readonly context: StoreContext,
    api: ManageApi,
    private readonly session: SessionStore,
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => api.listAuditEntries({ ...this.query, ...(cursor === null ? {} : { cursor }) }, scope),
      idOf: ({ id }) => id,
    })
    makeAutoObservable<this, 'context' | 'session' | 'shown' | 'list'>(
      this,
      { context: false, session: false, shown: false, list: false, rows: computed.struct },
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
  get filtered(): boolean {
    return this.action !== null || this.person !== null || this.days !== 0
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
    void this.list.load()
  }
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  chooseAction(action: AuditAction | null): void {
    this.narrow({ action })
  }
  choosePerson(person: AuditPerson | null): void {
    this.narrow({ person })
  }
  chooseDays(days: AuditRange): void {
    this.narrow({ days })
  }
  clear(): void {
    this.narrow({ action: null, person: null, days: 0 })
  }
  /** At page unload. */
  leave(): void {
    this.list.reset()
    this.shown = false
    this.sub_mchid = null
    this.action = null
    this.person = null
    this.days = 0
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  /** Entries that do not match would stand under these chips for as long as the answer takes. */
  private narrow(to: Partial<Pick<this, 'action' | 'person' | 'days'>>): void {
    Object.assign(this, to)
    void this.list.load()
  }
  private get query(): AuditQuery {
    const { sub_mchid, action, person, days } = this
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
