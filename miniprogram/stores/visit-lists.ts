// Visits that the server has: mine, mine that were returned, and those that wait for my review (product.md M17, B09).
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { VisitQuery, VisitRow } from '../../typings/api'
import { problemView, type ProblemView } from '../domain/error-copy'
import { absoluteTime, clockTime } from '../domain/relative-time'
import type { MessageKey } from '../domain/say'
import type { StoreContext } from './context'
import { PagedList, type ListStatus, type MoreStatus } from './paged-list'
import type { SessionStore } from './session'

export type VisitListId = 'submitted' | 'returned' | 'team'
const QUERIES: Record<VisitListId, VisitQuery> = {
  submitted: { mine: 'true' },
  returned: { mine: 'true', status: 'returned' },
  team: { status: 'submitted' },
}

export interface VisitRowView {
  id: string
  name: string
  facts: string[]
  status: VisitRow['status']
  status_label: string
  /** what the lead said when it was returned; '' otherwise */
  comment: string
}

export class VisitList {
  private readonly list: PagedList<VisitRow>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly id: VisitListId,
  ) {
    this.list = new PagedList({
      timers: context.timers,
      online: () => context.network.online,
      fetch: async (cursor, scope) => {
        const page = await context.api.listVisits({ ...QUERIES[id], limit: 20, ...(cursor === null ? {} : { cursor }) }, scope)
        // of those in my area, the ones that wait for me: not my own
        return id === 'team' ? { ...page, items: page.items.filter(({ can_review }) => can_review) } : page
      },
      idOf: row => row.id,
    })
    makeAutoObservable<this, 'context' | 'session' | 'list' | 'id'>(
      this,
      { context: false, session: false, list: false, id: false, rows: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ListStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get more(): MoreStatus {
    return this.list.more
  }
  get problem(): ProblemView | null {
    return this.list.error && problemView(this.list.error, this.context.preferences.say)
  }
  /** "离线 · 显示 14:05 的数据" while rows of before are shown */
  get as_of_label(): string {
    if (this.context.network.online || this.list.as_of === null || this.list.items.length === 0) return ''
    return this.context.preferences.say('time.as_of', { time: clockTime(this.list.as_of) })
  }
  get rows(): VisitRowView[] {
    const { say } = this.context.preferences
    const now = this.session.serverNow()
    return this.list.items.map(({ id, sub_mchid, merchant, staff, status, ended_at, review }) => ({
      id,
      name: merchant?.name ?? say('visits.other_shop'),
      facts: [
        say('visits.tail', { tail: sub_mchid.slice(-4) }),
        ...(this.id === 'team' ? [staff.display_name] : []),
        absoluteTime(ended_at, now, say, { today: true }),
      ],
      status,
      status_label: say(`visits.status_${status}` as MessageKey),
      comment: status === 'returned' ? (review?.comment ?? '') : '',
    }))
  }

  /** At page show: rows of before stay on screen meanwhile. */
  async refresh(): Promise<void> {
    await this.list.load({ keep: true })
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  leave(): void {
    this.list.stop()
  }
  reset(): void {
    this.list.reset()
  }
}

export type VisitSegment = 'today' | 'drafts' | VisitListId

export class VisitListsStore {
  /** which part of the page 拜访 is in front; the workbench chooses one before it opens the page */
  segment: VisitSegment = 'today'
  /** 今天 shows the shops of my whole area instead of those assigned to me */
  whole_area = false
  readonly submitted: VisitList
  readonly returned: VisitList
  readonly team: VisitList

  constructor(
    context: StoreContext,
    private readonly session: SessionStore,
  ) {
    this.submitted = new VisitList(context, session, 'submitted')
    this.returned = new VisitList(context, session, 'returned')
    this.team = new VisitList(context, session, 'team')
    makeAutoObservable<this, 'session'>(this, { session: false, submitted: false, returned: false, team: false }, { autoBind: true })
  }

  /** Who writes no visits has no drafts, who reviews none no team. */
  get segments(): VisitSegment[] {
    const actions = this.session.me?.actions ?? []
    const own: VisitSegment[] = actions.includes('visit.write') ? ['drafts', 'submitted', 'returned'] : []
    return ['today', ...own, ...(actions.includes('visit.review') ? ['team' as const] : [])]
  }
  /** the list in front; null for 今天 and 草稿, which are no lists of the server */
  get list(): VisitList | null {
    return this.segment === 'today' || this.segment === 'drafts' ? null : this[this.segment]
  }

  choose(segment: VisitSegment): void {
    this.segment = segment
  }
  showArea(whole: boolean): void {
    this.whole_area = whole
  }
  /** Another account. */
  reset(): void {
    this.segment = 'today'
    this.whole_area = false
    ;[this.submitted, this.returned, this.team].forEach(list => list.reset())
  }
}
