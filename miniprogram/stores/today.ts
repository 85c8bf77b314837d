// 今天 of the page 拜访: my shops by district, those that need somebody first, done ones ticked off. Without a network, from the offline pack.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { SubMerchantRow } from '../../typings/api'
import { AbortScope } from '../api/abort-scope'
import { asApiError, type ApiError } from '../api/errors'
import { problemView, type ProblemView } from '../domain/error-copy'
import { NO_FILTERS } from '../domain/filters'
import { packPage } from '../domain/pack-filter'
import { districtOf } from '../domain/region'
import { absoluteTime, sameDay } from '../domain/relative-time'
import { todayGroups, type TodayGroup } from '../domain/today'
import type { StoreContext } from './context'
import { rowView, type MerchantRowView } from './merchants'
import type { PackStore } from './pack'
import type { ListStatus } from './paged-list'
import { wait } from './patience'
import type { SessionStore } from './session'

/** nobody goes to more in a day; the rest is in 商户 */
const MOST_SHOPS = 300
const PAGE_ROWS = 100
/** rows on the first screens, and more each time the end is reached: one setData stays small */
const DRAWN = 30

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
  shops: readonly SubMerchantRow[] = []
  private drawn = DRAWN
  /** 商户号 of my visits of today that the server has */
  private visited: ReadonlySet<string> = new Set()
  /** of the pack that the shops come from (ms); null: from the server */
  private pack_as_of: number | null = null
  private error: ApiError | null = null
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly pack: PackStore,
    /** 商户号 of visits of today that are still on the phone */
    private readonly onPhone: () => readonly string[] = () => [],
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'pack' | 'onPhone' | 'scope' | 'giveUpWaiting' | 'error' | 'visited'>(
      this,
      {
        context: false,
        session: false,
        pack: false,
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
          ...rowView(row, '', now, this.context),
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
    return this.shops.length - this.all.reduce((sum, { rows }) => sum + rows.length, 0)
  }
  get as_of_label(): string {
    if (this.pack_as_of === null) return ''
    const { say } = this.context.preferences
    return say('visits.from_pack', { time: absoluteTime(this.pack_as_of, this.context.timers.now(), say, { today: true }) })
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
        slow: () => runInAction(() => (this.status = this.status === 'loading' ? 'slow' : this.status)),
      })
    }
    try {
      const kept = this.context.network.online ? null : this.kept()
      const [shops, visited] = kept ? [kept.shops, this.visited] : await Promise.all([this.fetchShops(scope), this.fetchVisited(scope)])
      if (this.scope === scope) this.show(shops, visited, kept?.as_of ?? null)
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
    this.drawn = DRAWN
    this.visited = new Set()
    this.pack_as_of = null
    this.error = null
    this.status = 'idle'
  }

  private get all(): TodayGroup<SubMerchantRow>[] {
    return todayGroups(this.shops, new Set([...this.visited, ...this.onPhone()]))
  }
  private kept(): { shops: SubMerchantRow[]; as_of: number } | null {
    const index = this.pack.index()
    const as_of = this.pack.as_of
    if (!index || as_of === null) return null
    const filters = { ...NO_FILTERS, assigned_to: 'me' as const }
    return { shops: packPage(index, { text: '', filters, sort: 'first', offset: 0, limit: MOST_SHOPS }).items, as_of }
  }
  private async fetchShops(scope: AbortScope): Promise<SubMerchantRow[]> {
    const shops: SubMerchantRow[] = []
    let cursor: string | null = null
    do {
      const page = await this.context.api.listSubMerchants(
        { assigned_to: 'me', limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) },
        scope,
      )
      shops.push(...page.items)
      cursor = page.next_cursor
    } while (cursor !== null && shops.length < MOST_SHOPS)
    return shops
  }
  private async fetchVisited(scope: AbortScope): Promise<ReadonlySet<string>> {
    const { items } = await this.context.api.listVisits({ mine: 'true', limit: 50 }, scope)
    const now = this.session.serverNow()
    return new Set(items.filter(({ ended_at }) => sameDay(Date.parse(ended_at), now)).map(({ sub_mchid }) => sub_mchid))
  }
  private show(shops: readonly SubMerchantRow[], visited: ReadonlySet<string>, as_of: number | null): void {
    this.doneWaiting()
    runInAction(() => {
      this.shops = shops
      this.visited = visited
      this.pack_as_of = as_of
      this.status = shops.length === 0 ? 'empty' : 'ready'
    })
  }
  private failed(error: ApiError): void {
    this.doneWaiting()
    runInAction(() => {
      this.error = error
      if (this.shops.length === 0) this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
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
