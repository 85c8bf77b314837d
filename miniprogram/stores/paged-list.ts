// A list read page by page with cursors: one answer counts, the newest; rows are unique; loading more can fail alone.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { AbortScope } from '../api/abort-scope'
import { asApiError, type ApiError } from '../api/errors'
import type { Timers } from '../rules/timers'
import { wait } from './patience'

/** slow: loading for more than 3 s · offline: nothing to show and no network */
export type ListStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'empty' | 'error' | 'offline'
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
  timers: Timers
  online(): boolean
  fetch(cursor: string | null, scope: AbortScope): Promise<Page<T>>
  /** What the phone has, shown while the server does not answer and when it has not; null: nothing. */
  meanwhile?(): Page<T> | null
  /** the last request got no answer: nobody waits for the next one before the phone shows what it has */
  unanswered?(): boolean
  idOf(item: T): string
}

export class PagedList<T> {
  status: ListStatus = 'idle'
  /** whether the first load has taken long enough for a skeleton */
  skeleton = false
  /** loading anew while rows are shown (pull down) */
  refreshing = false
  more: MoreStatus = 'end'
  items: T[] = []
  /** exact up to 1000, then 1000; null when the server gave none */
  total: number | null = null
  /** when the shown rows were read (ms) */
  as_of: number | null = null
  /** the shown rows were kept by the phone; null: the server gave them */
  kept: KeptPage | null = null
  error: ApiError | null = null
  private cursor: string | null = null
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null

  constructor(private readonly options: PagedListOptions<T>) {
    makeAutoObservable<this, 'options' | 'cursor' | 'scope' | 'giveUpWaiting'>(
      this,
      { options: false, cursor: false, scope: false, giveUpWaiting: false, items: observable.ref, error: observable.ref },
      { autoBind: true },
    )
  }

  /** Loads the first page. What an earlier call still waits for is dropped. `keep`: the rows stay on screen meanwhile. */
  async load({ keep = false } = {}): Promise<void> {
    this.stop()
    const scope = (this.scope = new AbortScope())
    const shown = keep && this.items.length > 0
    this.refreshing = shown
    this.skeleton = false
    this.error = null
    if (!shown) {
      this.items = []
      this.total = null
      this.status = 'loading'
      this.more = 'end'
    }
    this.giveUpWaiting = wait(this.options.timers, {
      skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
      slow: () => {
        if (this.status === 'loading' && !this.showMeanwhile()) runInAction(() => (this.status = 'slow'))
      },
    })
    if (!shown && this.options.unanswered?.()) this.showMeanwhile()
    try {
      const page = await this.fetchRows(null, scope)
      if (this.scope === scope) this.show(page)
    } catch (thrown) {
      if (this.scope === scope) this.failed(asApiError(thrown), shown)
    }
  }

  /** The next page; nothing happens when there is none or one is on its way. */
  async loadMore(): Promise<void> {
    const scope = this.scope
    if (!scope || this.cursor === null || (this.more !== 'more' && this.more !== 'error')) return
    this.more = 'loading'
    try {
      const page = await this.fetchRows(this.cursor, scope)
      if (this.scope === scope) this.append(page)
    } catch (thrown) {
      const error = asApiError(thrown)
      if (this.scope !== scope) return
      if (error.code === 'INVALID_CURSOR') await this.load({ keep: true })
      else runInAction(() => (this.more = 'error'))
    }
  }

  /** Replaces a row that changed elsewhere. */
  replace(id: string, change: (item: T) => T): void {
    if (this.items.some(item => this.options.idOf(item) === id)) {
      this.items = this.items.map(item => (this.options.idOf(item) === id ? change(item) : item))
    }
  }

  /** Ends what is under way (page unload). */
  stop(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
    if (this.more === 'loading') this.more = 'more'
    if (this.status === 'loading' || this.status === 'slow') this.status = 'idle'
  }
  /** Back to nothing (logout, another merchant). */
  reset(): void {
    this.stop()
    this.items = []
    this.total = null
    this.status = 'idle'
    this.more = 'end'
    this.error = null
    this.as_of = null
    this.kept = null
  }

  /** An empty page is the end only without a cursor: the rows that it had may have gone since, and the next page still has some. */
  private async fetchRows(cursor: string | null, scope: AbortScope): Promise<Page<T>> {
    let page = await this.options.fetch(cursor, scope)
    const first = page
    while (page.items.length === 0 && page.next_cursor !== null && this.scope === scope) {
      page = await this.options.fetch(page.next_cursor, scope)
    }
    return page === first ? page : { ...first, items: page.items, next_cursor: page.next_cursor }
  }

  /** Returns whether there is anything. The answer that is awaited still takes its place. */
  private showMeanwhile(): boolean {
    const page = this.options.meanwhile?.() ?? null
    if (page === null) return false
    this.put(page)
    runInAction(() => (this.skeleton = false))
    return true
  }
  private show(page: Page<T>): void {
    this.doneWaiting()
    this.put(page)
  }
  private put(page: Page<T>): void {
    runInAction(() => {
      this.items = page.items
      this.total = page.total_estimate ?? null
      this.cursor = page.next_cursor
      this.more = page.next_cursor === null ? 'end' : 'more'
      this.status = page.items.length === 0 ? 'empty' : 'ready'
      this.as_of = this.options.timers.now()
      this.kept = page.kept ?? null
    })
  }
  private append(page: Page<T>): void {
    const known = new Set(this.items.map(item => this.options.idOf(item)))
    runInAction(() => {
      this.items = [...this.items, ...page.items.filter(item => !known.has(this.options.idOf(item)))]
      this.cursor = page.next_cursor
      this.more = page.next_cursor === null ? 'end' : 'more'
    })
  }
  private failed(error: ApiError, shown: boolean): void {
    this.doneWaiting()
    runInAction(() => {
      this.error = error
      if (shown || this.status === 'ready' || this.status === 'empty') return
      if (error.kind !== 'problem' && this.showMeanwhile()) return
      this.status = error.code === 'NETWORK_OFFLINE' || !this.options.online() ? 'offline' : 'error'
    })
  }
  private doneWaiting(): void {
    this.giveUpWaiting?.()
    this.giveUpWaiting = null
    runInAction(() => {
      this.refreshing = false
      this.skeleton = false
    })
  }
}
