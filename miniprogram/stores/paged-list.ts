// A list read page by page with cursors: one answer counts, the newest; rows are unique; loading more can fail alone.
import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import { AbortScope } from '../api/abort-scope'
import { asApiError } from '../api/errors'
import type { ProblemView } from '../rules/error-copy'
import type { StoreContext } from './context'
import { Resource, type ResourceStatus } from './resource'

/** more: another page can be asked for · end: 没有更多了 */
export type MoreStatus = 'more' | 'loading' | 'end' | 'error'

export interface Page<T> {
  items: T[]
  next_cursor: string | null
  total_estimate?: number
  /** rows that the phone kept */
  kept?: KeptPage
}
export interface KeptPage {
  /** as of then (ms) */
  as_of: number
  /** of the offline pack, or only what was looked at on this phone */
  of: 'pack' | 'seen'
}
export interface PagedListOptions<T> {
  context: StoreContext
  fetch(cursor: string | null, scope: AbortScope): Promise<Page<T>>
  /** What the phone has, shown while the server does not answer and when it has not; null: nothing. */
  meanwhile?(): Page<T> | null
  idOf(item: T): string
}

export class PagedList<T> {
  /** the pages that were read, as one */
  private readonly pages: Resource<Page<T>>
  private loadingMore: AbortScope | null = null
  private moreFailed = false

  constructor(private readonly options: PagedListOptions<T>) {
    this.pages = new Resource<Page<T>>(options.context, {
      kept: () => {
        const page = options.meanwhile?.() ?? null
        return page && { value: page, as_of: options.context.timers.now() }
      },
      isEmpty: ({ items }) => items.length === 0,
    })
    makeAutoObservable<this, 'options' | 'pages'>(this, { options: false, pages: false }, { autoBind: true })
  }

  get status(): ResourceStatus {
    return this.pages.status
  }
  /** whether the first load has taken long enough for a skeleton */
  get skeleton(): boolean {
    return this.pages.skeleton
  }
  /** loading anew while rows are shown (pull down) */
  get refreshing(): boolean {
    return this.pages.refreshing
  }
  get items(): T[] {
    return this.pages.value?.items ?? []
  }
  /** exact up to 1000, then 1000; null when the server gave none */
  get total(): number | null {
    return this.pages.value?.total_estimate ?? null
  }
  /** when the shown rows were read (ms) */
  get as_of(): number | null {
    return this.pages.as_of
  }
  /** the shown rows were kept by the phone; null: the server gave them */
  get kept(): KeptPage | null {
    return this.pages.value?.kept ?? null
  }
  get problem(): ProblemView | null {
    return this.pages.problem
  }
  get more(): MoreStatus {
    if (this.cursor === null) return 'end'
    if (this.loadingMore) return 'loading'
    return this.moreFailed ? 'error' : 'more'
  }

  /** Loads the first page. What an earlier call still waits for is dropped. `keep`: the rows stay on screen meanwhile. */
  load({ keep = false } = {}): Promise<void> {
    this.stopMore()
    if (!keep || this.items.length === 0) this.pages.reset()
    return this.pages.load(scope => this.fetchRows(null, scope)).then(() => {})
  }

  /** The next page; nothing happens when there is none or one is on its way. */
  loadMore(): Promise<void> {
    const { cursor } = this
    if (cursor === null || this.loadingMore) return Promise.resolve()
    const scope = (this.loadingMore = new AbortScope())
    this.moreFailed = false
    return Promise.resolve()
      .then(() => this.fetchRows(cursor, scope))
      .then(page => {
        if (!scope.aborted) this.append(page)
      })
      .catch((thrown: unknown) => {
        if (scope.aborted) return undefined
        if (asApiError(thrown).code === 'INVALID_CURSOR') return this.load({ keep: true })
        return this.failMore()
      })
      .finally(() => {
        if (this.loadingMore === scope) runInAction(() => (this.loadingMore = null))
      })
  }

  /** Replaces a row that changed elsewhere. */
  replace(id: string, change: (item: T) => T): void {
    const page = this.pages.value
    if (page?.items.some(item => this.options.idOf(item) === id))
      this.pages.change({ ...page, items: page.items.map(item => (this.options.idOf(item) === id ? change(item) : item)) })
  }

  /** Ends what is under way (page unload). */
  stop(): void {
    this.stopMore()
    this.pages.stop()
  }
  /** Back to nothing (logout, another merchant). */
  reset(): void {
    this.stopMore()
    this.pages.reset()
  }

  private get cursor(): string | null {
    return this.pages.value?.next_cursor ?? null
  }
  private failMore(): void {
    this.moreFailed = true
  }
  private stopMore(): void {
    this.loadingMore?.abort()
    this.loadingMore = null
    this.moreFailed = false
  }
  /** An empty page is the end only without a cursor: the rows that it had may have gone since, and the next page still has some. */
  private fetchRows(cursor: string | null, scope: AbortScope): Promise<Page<T>> {
    return this.options
      .fetch(cursor, scope)
      .then(page =>
        page.items.length > 0 || page.next_cursor === null || scope.aborted
          ? page
          : this.fetchRows(page.next_cursor, scope).then(({ items, next_cursor }) => ({ ...page, items, next_cursor })),
      )
  }
  private append({ items, next_cursor }: Page<T>): void {
    const known = new Set(this.items.map(item => this.options.idOf(item)))
    const added = items.filter(item => !known.has(this.options.idOf(item)))
    const page = this.pages.value
    if (page) this.pages.extend({ ...page, items: [...page.items, ...added], next_cursor })
  }
}
