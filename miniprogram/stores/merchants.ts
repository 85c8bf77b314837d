// 商户: search and filters over the provider's directory (product.md M03, M06). Filters live as long as the app runs.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { SubMerchant, SubMerchantQuery, SubMerchantRow, VerdictState } from '../../typings/api'
import type { AbortScope } from '../api/abort-scope'
import { firstCharacters, SEARCH_LIMIT, wholeCharacters } from '../shared/characters'
import type { ProblemView } from '../rules/error-copy'
import { proofOf } from '../rules/evidence-copy'
import { NO_FILTERS, filterQuery, type Filters } from '../rules/filters'
import { beyondPack, packPage } from '../rules/pack-filter'
import { districtOf } from '../rules/region'
import { absoluteTime, clockTime } from '../rules/relative-time'
import { resolveScan } from '../shared/scan'
import type { StoreContext } from './context'
import type { KnownShops } from './known-shops'
import { PagedList, type MoreStatus, type Page } from './paged-list'
import type { ResourceStatus } from './resource'
import type { RecentsStore } from './recents'
import { rowView, type MerchantRowView } from './row-view'

/** first: what went back or is stuck first, the server's own order · since: last change first */
export type Sort = 'first' | 'since'

const MOST_DIGITS = 10
const PAGE_ROWS = 20
/** how a place in the offline pack is told from a cursor of the server */
const IN_PACK = 'pack:'
const tooManyDigits = (text: string) => /^[\d０-９\s-]+$/.test(text) && text.replace(/[\s-]/g, '').length > MOST_DIGITS

/** Wait after the last keystroke before a search leaves. */
const DEBOUNCE_MS = 300

export class MerchantsStore {
  /** what stands in the search box */
  query = ''
  filters: Filters = { ...NO_FILTERS }
  sort: Sort = 'first'
  /**
   * payment_code: the box held a customer's 付款码, was emptied, and nothing was sent · too_long: more digits than a 商户号 has, perhaps a 付款码 being
   * typed; they stay in the box and are not searched for
   */
  refused: 'payment_code' | 'too_long' | null = null
  /** the workbench's search field was tapped: the keys belong to the box as soon as it is on screen */
  private keys_asked = false
  private readonly list: PagedList<SubMerchantRow>
  private debounce: unknown = null
  /** what the shown rows were asked for with */
  private asked = ''

  constructor(
    private readonly context: StoreContext,
    private readonly recents: RecentsStore,
    private readonly known: KnownShops,
    /** what a row says of where the shop is */
    private readonly place: (row: SubMerchantRow) => string = row => districtOf(row.region_name),
  ) {
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => this.page(cursor, scope),
      meanwhile: () => this.keptPage(0),
      idOf: row => row.sub_mchid,
    })
    makeAutoObservable<this, 'context' | 'recents' | 'known' | 'place' | 'list' | 'debounce' | 'keys_asked'>(
      this,
      {
        context: false,
        recents: false,
        known: false,
        place: false,
        list: false,
        debounce: false,
        keys_asked: false,
        filters: observable.ref,
        rows: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get refreshing(): boolean {
    return this.list.refreshing
  }
  get more(): MoreStatus {
    return this.list.more
  }
  /** exact up to 999; 1000 means 1000 or more; null while unknown */
  get total(): number | null {
    return this.list.total
  }
  /** "128 家", "1,000+ 家", '' while unknown */
  get total_label(): string {
    const { total } = this.list
    // of what the pack cannot answer it knows no number
    if (total === null || this.needs_network !== '') return ''
    const { say } = this.context.preferences
    if (this.list.kept) return say(this.list.kept.of === 'pack' ? 'merchants.count_in_pack' : 'merchants.count_seen', { count: total })
    return total >= 1000 ? say('merchants.count_many') : say('merchants.count', { count: total })
  }
  /** where the rows come from: the offline pack, or what was looked at on this phone; null: the server */
  get kept_of(): 'pack' | 'seen' | null {
    return this.list.kept?.of ?? null
  }
  /** the pack has not all shops of the scope: what it does not find may be there all the same */
  get pack_is_part(): boolean {
    return this.kept_of === 'pack' && this.known.isPart
  }
  /** what is filtered by and only the server can answer, while the phone is offline: "点金计划" */
  get needs_network(): string {
    if (this.kept_of === null) return ''
    const { say } = this.context.preferences
    return beyondPack(this.filters)
      .map(id => say(`filter.${id}`))
      .join(say('common.comma'))
  }
  get problem(): ProblemView | null {
    return this.list.problem
  }
  /** "离线结果 · 今天 09:12 的离线包", "离线结果 · 今天 09:12 前看过的商户"; "离线 · 显示 14:05 的数据" while the phone is offline and rows are shown that were read before */
  get as_of_label(): string | null {
    const { kept } = this.list
    const { say } = this.context.preferences
    if (kept) {
      const time = absoluteTime(kept.as_of, this.context.timers.now(), say, { today: true })
      return say(kept.of === 'pack' ? 'pack.results' : 'rows.results', { time })
    }
    if (this.context.network.online || this.list.as_of === null || this.list.items.length === 0) return null
    return say('time.as_of', { time: clockTime(this.list.as_of) })
  }
  get rows(): MerchantRowView[] {
    const now = this.list.as_of ?? 0
    return this.list.items.map(row => rowView(row, this.place(row), this.asked, now, this.context))
  }
  get filter_count(): number {
    const { state, attention, region, gold_plan, receipt, advertising, assigned_to, operation } = this.filters
    const single = [region, gold_plan, receipt, advertising, assigned_to, operation]
    return state.length + attention.length + single.filter(value => value !== null).length
  }

  /** As the box changes. Searches 300 ms after the last change; a 付款码 is refused and empties the box. */
  setQuery(text: string): void {
    this.context.timers.clear(this.debounce)
    if (resolveScan({ result: text }).type === 'payment_code') {
      this.query = ''
      this.refused = 'payment_code'
      return
    }
    this.query = text
    this.refused = tooManyDigits(text) ? 'too_long' : null
    // A link is looked up as a scanned one when the person says so, never searched for letter by letter.
    if (this.refused !== null || text.includes('://')) return
    this.debounce = this.context.timers.set(() => void this.search(), DEBOUNCE_MS)
  }
  /** Before the page of the box is opened. */
  askForKeys(): void {
    this.keys_asked = true
  }
  /** At page show. @returns whether the box takes the keys */
  takeKeys(): boolean {
    const asked = this.keys_asked
    this.keys_asked = false
    return asked
  }
  /** A row of the search was opened: what it was found with is worth remembering too. */
  remember(): void {
    this.recents.addSearch(this.asked)
  }
  /** A recent search: as if it were typed and sent. */
  searchAgain(text: string): Promise<void> {
    this.setQuery(text)
    return this.submit()
  }
  dismissRefusal(): void {
    this.refused = null
  }
  /** The search key of the keyboard: at once, and worth remembering. */
  submit(): Promise<void> {
    if (this.refused !== null) return Promise.resolve()
    this.recents.addSearch(this.query)
    return this.search()
  }
  setFilters(change: Partial<Filters>): Promise<void> {
    this.filters = { ...this.filters, ...change }
    return this.search()
  }
  toggleState(state: VerdictState): Promise<void> {
    const chosen = this.filters.state
    return this.setFilters({ state: chosen.includes(state) ? chosen.filter(other => other !== state) : [...chosen, state] })
  }
  /** From a number of the workbench: just these filters, nothing in the box, so that the list has the same count. */
  showOnly(filters: Partial<Filters>): Promise<void> {
    this.query = ''
    this.refused = null
    this.filters = { ...NO_FILTERS, ...filters }
    return this.search()
  }
  setSort(sort: Sort): Promise<void> {
    this.sort = sort
    return this.search()
  }
  clearFilters(): Promise<void> {
    return this.setFilters({ ...NO_FILTERS })
  }
  /** At page show: the first time loads, later times keep what is there. */
  enter(): Promise<void> {
    return ['idle', 'offline', 'error'].includes(this.list.status) ? this.search() : Promise.resolve()
  }
  /** Pull down, 重试. Rows stay on screen meanwhile. */
  refresh(): Promise<void> {
    return this.list.load({ keep: true })
  }
  loadMore(): Promise<void> {
    return this.list.loadMore()
  }
  /** The network came back, or the server answers again: rows that the phone kept, or none at all, give way to the server's. */
  networkChanged(online: boolean): void {
    if (online && (this.kept_of !== null || this.list.status === 'offline')) void this.refresh()
  }
  /** At page unload. */
  leave(): void {
    this.context.timers.clear(this.debounce)
    this.list.stop()
  }
  /** Logout: nothing of the last account stays. */
  reset(): void {
    this.context.timers.clear(this.debounce)
    this.list.reset()
    this.query = ''
    this.filters = { ...NO_FILTERS }
    this.sort = 'first'
    this.refused = null
  }
  /** A merchant was read or changed on its own page: its row follows without a request. */
  follow(merchant: SubMerchant): void {
    this.list.replace(merchant.sub_mchid, row => ({
      ...row,
      migration: {
        ...row.migration,
        state: merchant.migration.state,
        reason: merchant.migration.reason,
        since: merchant.migration.since,
        proof: proofAfter(row.migration, merchant),
        attention: merchant.migration.attention,
      },
      receipt_status: merchant.receipt.status,
      advertising_status: merchant.advertising.status,
    }))
  }

  private search(): Promise<void> {
    // One search for what is in the box and the filters now: a wait that is still running would only repeat it.
    this.context.timers.clear(this.debounce)
    runInAction(() => {
      this.asked = this.query.trim()
    })
    return this.list.load()
  }
  /** Without a network the phone answers with what it has. What was begun in that goes on there. */
  private page(cursor: string | null, scope: AbortScope): Promise<Page<SubMerchantRow>> {
    const { context, known } = this
    const place = cursor?.startsWith(IN_PACK) ? Number(cursor.slice(IN_PACK.length)) : null
    const kept = place !== null ? this.keptPage(place) : cursor === null && !context.network.mayTry ? this.keptPage(0) : null
    if (kept) return Promise.resolve(kept)
    // what goes on in the pack cannot go on at the server: from the start
    const from = cursor === null || place !== null ? {} : { cursor }
    return context.api.listSubMerchants({ ...this.criteria, limit: PAGE_ROWS, ...from }, scope).then(page => {
      known.keep(page.items, this.filters.assigned_to === 'me' ? true : null)
      return page
    })
  }
  /** From there on of what the phone has; null where it has nothing. */
  private keptPage(place: number): Page<SubMerchantRow> | null {
    const kept = this.known.index()
    if (!kept) return null
    const { filters, sort, asked: text } = this
    const found =
      beyondPack(filters).length > 0
        ? { items: [], total: 0 }
        : packPage(kept.index, { text, filters, sort, offset: place, limit: PAGE_ROWS })
    const next = place + found.items.length
    return {
      items: found.items,
      next_cursor: next < found.total ? `${IN_PACK}${next}` : null,
      total_estimate: found.total,
      kept: { as_of: kept.as_of, of: kept.of },
    }
  }
  private get criteria(): SubMerchantQuery {
    // Without a sort the server's own order applies: what matches best for a search, else what needs somebody first.
    const query: SubMerchantQuery = filterQuery(this.filters)
    if (this.sort === 'since') query.sort = 'since'
    if (this.asked !== '') query.q = firstCharacters(wholeCharacters(this.asked), SEARCH_LIMIT)
    return query
  }
}

/** The proof of a row whose merchant was read anew; null where the merchant's answer does not name it and it is no longer the old one. */
function proofAfter(before: SubMerchantRow['migration'], { migration, recent_evidence }: SubMerchant): string | null {
  const deciding = recent_evidence.find(evidence => evidence.id === migration.evidence_id)
  if (deciding) return proofOf(deciding)
  return before.since === migration.since && before.reason === migration.reason ? before.proof : null
}
