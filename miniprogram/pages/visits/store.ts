// Visits that the server has: mine, mine that were returned, and those of others: waiting for a review, accepted, returned (product.md M17, B09).
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { VisitQuery, VisitRow, VisitStatus } from '../../../typings/api'
import type { ProblemView } from '../../rules/error-copy'
import { absoluteTime, clockTime } from '../../rules/relative-time'
import type { MessageKey } from '../../words/say'
import type { StoreContext } from '../../stores/context'
import { PagedList, type MoreStatus } from '../../stores/paged-list'
import type { ResourceStatus } from '../../stores/resource'
import type { SessionStore } from '../../stores/session'
import type { KeptLists } from './kept-lists'
import './words'

/** what the others' visits are looked at by */
export const TEAM_STATUSES = ['submitted', 'accepted', 'returned'] as const satisfies readonly VisitStatus[]

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
    private readonly query: VisitQuery,
    kept: KeptLists,
  ) {
    const name = JSON.stringify(query)
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) =>
        context.api.listVisits({ ...query, limit: 20, ...(cursor === null ? {} : { cursor }) }, scope).then(page => {
          if (cursor === null && !scope.aborted)
            kept.put(name, { rows: page.items, total: page.total_estimate ?? null, as_of: session.serverNow() })
          return page
        }),
      meanwhile: () => {
        const list = kept.get(name)
        if (!list) return null
        const total = list.total === null ? {} : { total_estimate: list.total }
        return { items: list.rows, next_cursor: null, ...total, kept: { as_of: list.as_of, of: 'seen' } }
      },
      idOf: row => row.id,
    })
    makeAutoObservable<this, 'context' | 'session' | 'list' | 'query'>(
      this,
      { context: false, session: false, list: false, query: false, rows: computed.struct },
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
  /** exact up to 999; 1000 means 1000 or more; null while unknown */
  get total(): number | null {
    return this.list.total
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  /** "离线 · 显示 14:05 的数据" while rows of before are shown */
  get as_of_label(): string {
    const { items, kept, as_of } = this.list
    const { online } = this.context.network
    const { say } = this.context.preferences
    if (items.length === 0 || as_of === null) return ''
    if (kept) {
      const time = absoluteTime(kept.as_of, this.session.serverNow(), say, { today: true })
      return say(online ? 'time.unreached' : 'time.as_of', { time })
    }
    return online ? '' : say('time.as_of', { time: clockTime(as_of) })
  }
  get rows(): VisitRowView[] {
    const { say } = this.context.preferences
    const now = this.session.serverNow()
    return this.list.items.map(({ id, sub_mchid, merchant, staff, status, ended_at, review }) => ({
      id,
      name: merchant?.name ?? say('visits.other_shop'),
      facts: [
        say('visits.tail', { tail: sub_mchid.slice(-4) }),
        ...(this.query.mine === 'false' ? [staff.display_name] : []),
        absoluteTime(ended_at, now, say, { today: true }),
      ],
      status,
      status_label: say(`visits.status_${status}` as MessageKey),
      comment: status === 'returned' ? (review?.comment ?? '') : '',
    }))
  }

  /** At page show: rows of before stay on screen meanwhile. */
  refresh(): Promise<void> {
    return this.list.load({ keep: true })
  }
  loadMore(): Promise<void> {
    return this.list.loadMore()
  }
  leave(): void {
    this.list.stop()
  }
  reset(): void {
    this.list.reset()
  }
}

export type VisitSegment = 'today' | 'drafts' | 'submitted' | 'returned' | 'team'

export class VisitListsStore {
  /** which part of the page 拜访 was chosen, also by the workbench before it opens the page; null: the first */
  private chosen: VisitSegment | null = null
  /** which of the others' visits are in front */
  team_status: VisitStatus = 'submitted'
  /** 今天 shows the shops of my whole area instead of those assigned to me */
  whole_area = false
  readonly submitted: VisitList
  readonly returned: VisitList
  private readonly team: Readonly<Record<VisitStatus, VisitList>>

  constructor(
    context: StoreContext,
    private readonly session: SessionStore,
    kept: KeptLists,
  ) {
    const list = (query: VisitQuery) => new VisitList(context, session, query, kept)
    this.submitted = list({ mine: 'true' })
    this.returned = list({ mine: 'true', status: 'returned' })
    const others = (status: VisitStatus) => list({ mine: 'false', status })
    this.team = { submitted: others('submitted'), accepted: others('accepted'), returned: others('returned') }
    makeAutoObservable<this, 'session' | 'team'>(
      this,
      { session: false, submitted: false, returned: false, team: false },
      { autoBind: true },
    )
  }

  /** Whoever reviews begins with what waits for that; whoever writes no visits reads those of others. */
  get segments(): VisitSegment[] {
    const actions = this.session.me?.actions
    if (!actions) return ['today']
    const writes = actions.includes('visit.write')
    const readsOthers = this.reviews || !writes
    return [...(readsOthers ? ['team' as const] : []), 'today', ...(writes ? (['drafts', 'submitted', 'returned'] as const) : [])]
  }
  get segment(): VisitSegment {
    return this.chosen ?? this.segments[0]!
  }
  get reviews(): boolean {
    return this.session.me?.actions.includes('visit.review') ?? false
  }
  /** visits that wait for my review; null while unknown */
  get to_review(): number | null {
    return this.reviews ? this.team.submitted.total : null
  }
  /** the list in front; null for 今天 and 草稿, which are no lists of the server */
  get list(): VisitList | null {
    const { segment } = this
    if (segment === 'today' || segment === 'drafts') return null
    return segment === 'team' ? this.team[this.team_status] : this[segment]
  }

  choose(segment: VisitSegment): void {
    this.chosen = segment
  }
  chooseTeam(status: VisitStatus): void {
    this.chosen = 'team'
    this.team_status = status
  }
  showArea(whole: boolean): void {
    this.whole_area = whole
  }
  /** Another account. */
  reset(): void {
    this.chosen = null
    this.team_status = 'submitted'
    this.whole_area = false
    ;[this.submitted, this.returned, ...Object.values(this.team)].forEach(list => list.reset())
  }
}
