// 今天 of the page 拜访: my shops by district, those that need somebody first, done ones ticked off. Without a network, from the offline pack.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { SubMerchantRow } from '../../../typings/api'
import type { AbortScope } from '../../api/abort-scope'
import type { ProblemView } from '../../rules/error-copy'
import { searchPack } from '../../shared/pack-search'
import { districtOf, streetOf } from '../../rules/region'
import { absoluteTime, sameDay } from '../../rules/relative-time'
import { todayGroups, visitReason, type TodayGroup } from '../../shared/today'
import type { StoreContext } from '../../stores/context'
import type { KnownShops } from '../../stores/known-shops'
import type { KeptPage } from '../../stores/paged-list'
import { Resource, type ResourceStatus } from '../../stores/resource'
import { rowView, type MerchantRowView } from '../../stores/row-view'
import type { SessionStore } from '../../stores/session'
import './words'

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
  /** 商户号 of my visits of today that the server has */
  visited: ReadonlySet<string>
  /** where the shops come from, as of then (ms); null: the server */
  kept: KeptPage | null
}
const NOTHING: Mine = { shops: [], assigned: 0, visited: new Set(), kept: null }

export interface TodayGroupView {
  id: string
  title: string
  /** "还有 3 家" */
  left: string
  rows: (MerchantRowView & { done: boolean; why: string })[]
}

export class TodayStore {
  private drawn = DRAWN
  private readonly mine: Resource<Mine>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly known: KnownShops,
    /** 商户号 of visits of today that are still on the phone */
    private readonly onPhone: () => readonly string[] = () => [],
  ) {
    this.mine = new Resource(context, {
      kept: () => {
        const value = this.keptOnes()
        return value && { value, as_of: null }
      },
      isEmpty: ({ shops, assigned }) => assigned === 0 && shops.length === 0,
    })
    makeAutoObservable<this, 'context' | 'session' | 'known' | 'onPhone' | 'mine'>(
      this,
      { context: false, session: false, known: false, onPhone: false, mine: false, groups: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.mine.status
  }
  get skeleton(): boolean {
    return this.mine.skeleton
  }
  /** those that need somebody, and those of today's visits */
  get shops(): readonly SubMerchantRow[] {
    return this.shown.shops
  }
  /** shops assigned to me; 1000 means 1000 or more */
  get assigned(): number {
    return this.shown.assigned
  }
  get problem(): ProblemView | null {
    return this.mine.problem
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
    const { kept } = this.shown
    if (kept === null) return ''
    const { say } = this.context.preferences
    const time = absoluteTime(kept.as_of, this.context.timers.now(), say, { today: true })
    return say(kept.of === 'pack' ? 'visits.from_pack' : 'visits.from_seen', { time })
  }

  /** At the end of what is drawn. */
  drawMore(): void {
    if (this.has_more) this.drawn += DRAWN
  }
  /** At page show; what is there stays while it is read anew. */
  refresh(): Promise<unknown> {
    this.mine.stop()
    if (!this.context.network.mayTry && this.mine.showKept()) return Promise.resolve()
    if (this.shops.length === 0) this.mine.reset()
    return this.mine.load(scope =>
      Promise.all([this.fetchShops(scope), this.countAssigned(scope), this.fetchVisited(scope)]).then(([shops, assigned, visited]) => ({
        shops,
        assigned,
        visited,
        kept: null,
      })),
    )
  }
  /** At page hide. */
  leave(): void {
    this.mine.stop()
  }
  /** Another account. */
  reset(): void {
    this.mine.reset()
    this.drawn = DRAWN
  }

  private get shown(): Mine {
    return this.mine.value ?? NOTHING
  }
  private get seen(): Set<string> {
    return new Set([...this.shown.visited, ...this.onPhone()])
  }
  private get all(): TodayGroup<SubMerchantRow>[] {
    return todayGroups(this.shops, this.seen)
  }
  /** Mine of those that the phone knows; null: it knows of none, and has no pack that says so. */
  private keptOnes(): Mine | null {
    const known = this.known.index()
    if (!known) return null
    const { seen } = this
    const mine = searchPack(known.index, '', { limit: 0, keeps: row => row.assigned_to_me })
    // that nobody was looked at says nothing of whom there is
    if (mine.total === 0 && known.of === 'seen') return null
    const { items: shops } = searchPack(known.index, '', {
      limit: MOST_SHOPS,
      keeps: row => row.assigned_to_me && (visitReason(row) !== null || seen.has(row.sub_mchid)),
    })
    return { shops, assigned: mine.total, visited: this.shown.visited, kept: { as_of: known.as_of, of: known.of } }
  }
  private fetchShops(scope: AbortScope, cursor: string | null = null, before: readonly SubMerchantRow[] = []): Promise<SubMerchantRow[]> {
    const query = { assigned_to: 'me' as const, route: 'today' as const, limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) }
    return this.context.api.listSubMerchants(query, scope).then(({ items, next_cursor }) => {
      const shops = [...before, ...items]
      if (next_cursor !== null && shops.length < MOST_SHOPS) return this.fetchShops(scope, next_cursor, shops)
      this.known.keep(shops, true)
      return shops
    })
  }
  private countAssigned(scope: AbortScope): Promise<number> {
    return this.context.api.listSubMerchants({ assigned_to: 'me', limit: 1 }, scope).then(({ total_estimate }) => total_estimate ?? 0)
  }
  /** Newest first: as far as the day goes. */
  private fetchVisited(scope: AbortScope, cursor: string | null = null, visited = new Set<string>()): Promise<ReadonlySet<string>> {
    const now = this.session.serverNow()
    const query = { mine: 'true' as const, limit: 50, ...(cursor === null ? {} : { cursor }) }
    return this.context.api.listVisits(query, scope).then(({ items, next_cursor }) => {
      const ofToday = items.filter(({ ended_at }) => sameDay(Date.parse(ended_at), now))
      ofToday.forEach(({ sub_mchid }) => visited.add(sub_mchid))
      return ofToday.length === items.length && next_cursor !== null ? this.fetchVisited(scope, next_cursor, visited) : visited
    })
  }
}
