// 今天 of the page 拜访: my shops by district, those that need somebody first, done ones ticked off. Without a network, from the offline pack.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { SubMerchantRow, VisitPage } from '../../../typings/api'
import { AbortScope } from '../../api/abort-scope'
import { asApiError, type ApiError } from '../../api/errors'
import { problemView, type ProblemView } from '../../rules/error-copy'
import { searchPack } from '../../shared/pack-search'
import { districtOf, streetOf } from '../../rules/region'
import { absoluteTime, sameDay } from '../../rules/relative-time'
import { todayGroups, visitReason, type TodayGroup } from '../../shared/today'
import type { StoreContext } from '../../stores/context'
import type { KnownShops } from '../../stores/known-shops'
import type { KeptPage, ListStatus } from '../../stores/paged-list'
import { wait } from '../../stores/patience'
import { rowView, type MerchantRowView } from '../../stores/row-view'
import type { SessionStore } from '../../stores/session'
import './words.zh-CN'

/** nobody goes to more in a day; the rest is in 商户 */
const MOST_SHOPS = 300
const PAGE_ROWS = 100
/** a total of so many means: so many or more */
const COUNTED_UP_TO = 1_000
/** rows on the first screens, and more each time the end is reached: one setData stays small */
const DRAWN = 30

interface Mine {
  /** those that need somebody, and those of today's visits */
  shops: readonly SubMerchantRow[]
  /** how many are assigned to me; 1000 means 1000 or more */
  assigned: number
}

export interface TodayGroupView {
  id: string
  title: string
  /** "还有 3 家" */
  left: string
  rows: (MerchantRowView & { done: boolean; why: string })[]
}

export class TodayStore {
  status: ListStatus = 'idle'
  skeleton = false
  /** those that need somebody, and those of today's visits */
  shops: readonly SubMerchantRow[] = []
  /** shops assigned to me; 1000 means 1000 or more */
  assigned = 0
  private drawn = DRAWN
  /** 商户号 of my visits of today that the server has */
  private visited: ReadonlySet<string> = new Set()
  /** where the shops come from, as of then (ms); null: the server */
  private kept: KeptPage | null = null
  private error: ApiError | null = null
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly known: KnownShops,
    /** 商户号 of visits of today that are still on the phone */
    private readonly onPhone: () => readonly string[] = () => [],
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'known' | 'onPhone' | 'scope' | 'giveUpWaiting' | 'error' | 'visited'>(
      this,
      {
        context: false,
        session: false,
        known: false,
        onPhone: false,
        scope: false,
        giveUpWaiting: false,
        shops: observable.ref,
        visited: observable.ref,
        error: observable.ref,
        groups: computed.struct,
      },
      { autoBind: true },
    )
  }

  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  get groups(): TodayGroupView[] {
    const { say } = this.context.preferences
    const now = this.session.serverNow()
    let room = this.drawn
    const unsent = new Set(this.onPhone())
    return this.all.flatMap(({ region_code, region_name, left, rows }) => {
      const shown = rows.slice(0, room)
      room -= shown.length
      if (shown.length === 0) return []
      return {
        id: region_code,
        title: districtOf(region_name),
        left: left > 0 ? say('visits.left', { count: left }) : say('visits.all_done'),
        rows: shown.map(({ row, done }) => ({
          ...rowView(row, streetOf(row.address, row.region_name) || say('visits.no_address'), '', now, this.context),
          done,
          why: done ? say(unsent.has(row.sub_mchid) ? 'visits.done_unsent' : 'visits.done_today') : '',
        })),
      }
    })
  }
  /** not everything is drawn yet */
  get has_more(): boolean {
    return this.all.reduce((sum, { rows }) => sum + rows.length, 0) > this.drawn
  }
  /** my shops that need nobody today */
  get others(): number {
    return this.assigned >= COUNTED_UP_TO ? 0 : Math.max(0, this.assigned - this.all.reduce((sum, { rows }) => sum + rows.length, 0))
  }
  get as_of_label(): string {
    if (this.kept === null) return ''
    const { say } = this.context.preferences
    const time = absoluteTime(this.kept.as_of, this.context.timers.now(), say, { today: true })
    return say(this.kept.of === 'pack' ? 'visits.from_pack' : 'visits.from_seen', { time })
  }

  /** At the end of what is drawn. */
  drawMore(): void {
    if (this.has_more) this.drawn += DRAWN
  }
  /** At page show; what is there stays while it is read anew. */
  async refresh(): Promise<void> {
    this.stop()
    const scope = (this.scope = new AbortScope())
    this.error = null
    if (this.shops.length === 0) {
      this.status = 'loading'
      this.giveUpWaiting = wait(this.context.timers, {
        skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
        slow: () => {
          if (this.status === 'loading' && !this.showKept()) runInAction(() => (this.status = 'slow'))
        },
      })
    }
    const { mayTry, unanswered } = this.context.network
    if ((!mayTry || (unanswered && this.shops.length === 0)) && this.showKept() && !mayTry) return
    try {
      const [shops, assigned, visited] = await Promise.all([this.fetchShops(scope), this.countAssigned(scope), this.fetchVisited(scope)])
      if (this.scope === scope) this.show({ shops, assigned }, visited)
    } catch (thrown) {
      if (this.scope === scope) this.failed(asApiError(thrown))
    }
  }
  /** At page hide. */
  leave(): void {
    this.stop()
    if (this.status === 'loading' || this.status === 'slow') this.status = 'idle'
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.shops = []
    this.assigned = 0
    this.drawn = DRAWN
    this.visited = new Set()
    this.kept = null
    this.error = null
    this.status = 'idle'
  }

  private get all(): TodayGroup<SubMerchantRow>[] {
    return todayGroups(this.shops, new Set([...this.visited, ...this.onPhone()]))
  }
  /** Mine of those that the phone knows. Returns whether there are any, or a pack that has none. */
  private showKept(): boolean {
    const known = this.known.index()
    if (!known) return false
    const seen = new Set([...this.visited, ...this.onPhone()])
    const mine = searchPack(known.index, '', { limit: 0, keeps: row => row.assigned_to_me })
    // that nobody was looked at says nothing of whom there is
    if (mine.total === 0 && known.of === 'seen') return false
    const { items: shops } = searchPack(known.index, '', {
      limit: MOST_SHOPS,
      keeps: row => row.assigned_to_me && (visitReason(row) !== null || seen.has(row.sub_mchid)),
    })
    this.show({ shops, assigned: mine.total }, this.visited, { as_of: known.as_of, of: known.of })
    return true
  }
  private async fetchShops(scope: AbortScope): Promise<SubMerchantRow[]> {
    const shops: SubMerchantRow[] = []
    let cursor: string | null = null
    do {
      const page = await this.context.api.listSubMerchants(
        { assigned_to: 'me', route: 'today', limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) },
        scope,
      )
      shops.push(...page.items)
      cursor = page.next_cursor
    } while (cursor !== null && shops.length < MOST_SHOPS)
    this.known.keep(shops, true)
    return shops
  }
  private async countAssigned(scope: AbortScope): Promise<number> {
    return (await this.context.api.listSubMerchants({ assigned_to: 'me', limit: 1 }, scope)).total_estimate ?? 0
  }
  /** Newest first: as far as the day goes. */
  private async fetchVisited(scope: AbortScope): Promise<ReadonlySet<string>> {
    const now = this.session.serverNow()
    const visited = new Set<string>()
    let cursor: string | null = null
    do {
      const page: VisitPage = await this.context.api.listVisits({ mine: 'true', limit: 50, ...(cursor === null ? {} : { cursor }) }, scope)
      const ofToday = page.items.filter(({ ended_at }) => sameDay(Date.parse(ended_at), now))
      ofToday.forEach(({ sub_mchid }) => visited.add(sub_mchid))
      cursor = ofToday.length === page.items.length ? page.next_cursor : null
    } while (cursor !== null)
    return visited
  }
  private show({ shops, assigned }: Mine, visited: ReadonlySet<string>, kept: KeptPage | null = null): void {
    this.doneWaiting()
    runInAction(() => {
      this.shops = shops
      this.assigned = assigned
      this.visited = visited
      this.kept = kept
      this.status = assigned === 0 && shops.length === 0 ? 'empty' : 'ready'
    })
  }
  private failed(error: ApiError): void {
    this.doneWaiting()
    runInAction(() => {
      this.error = error
      if (this.shops.length > 0 || (error.kind !== 'problem' && this.showKept())) return
      this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
    })
  }
  private stop(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
  }
  private doneWaiting(): void {
    this.giveUpWaiting?.()
    this.giveUpWaiting = null
    runInAction(() => (this.skeleton = false))
  }
}
