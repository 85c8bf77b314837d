// A list that people narrow by what they choose and by what they type, a page at a time. Bind: filter, status, skeleton, more, problem, items, total, narrowed.
import { makeAutoObservable, observable } from 'mobx-miniprogram'
import type { AbortScope } from '../../../api/abort-scope'
import type { ProblemView } from '../../../rules/error-copy'
import type { StoreContext } from '../../../stores/context'
import { PagedList, type MoreStatus, type Page } from '../../../stores/paged-list'
import type { ResourceStatus } from '../../../stores/resource'

/** Wait after the last keystroke before a search leaves. */
const DEBOUNCE_MS = 300

interface FilteredListOptions<Item, Filter> {
  /** everything */
  none: Filter
  fetch(filter: Filter, paging: { cursor?: string }, scope: AbortScope): Promise<Page<Item>>
  idOf(item: Item): string
}

export class FilteredList<Item, Filter extends object> {
  filter: Filter
  private debounce: unknown = null
  private readonly list: PagedList<Item>

  constructor(
    private readonly context: StoreContext,
    private readonly options: FilteredListOptions<Item, Filter>,
  ) {
    this.filter = options.none
    this.list = new PagedList({
      context,
      fetch: (cursor, scope) => options.fetch(this.filter, cursor === null ? {} : { cursor }, scope),
      idOf: options.idOf,
    })
    makeAutoObservable<this, 'context' | 'options' | 'debounce' | 'list'>(
      this,
      { context: false, options: false, debounce: false, list: false, filter: observable.ref },
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
  get items(): Item[] {
    return this.list.items
  }
  get total(): number | null {
    return this.list.total
  }
  /** What is shown is from before: the last attempt failed. */
  get stale(): boolean {
    return this.list.problem !== null && this.list.items.length > 0
  }
  get as_of(): number | null {
    return this.list.as_of
  }
  get narrowed(): boolean {
    const { none } = this.options
    const asked = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
    return (Object.keys(none) as (keyof Filter)[]).some(key => asked(this.filter[key]) !== none[key])
  }

  /** At once. Rows that do not match would stand under the new filter for as long as the answer takes: they go. */
  narrow(change: Partial<Filter>): Promise<void> {
    this.settle()
    this.filter = { ...this.filter, ...change }
    return this.list.load()
  }
  /** After the last keystroke. */
  type(change: Partial<Filter>): void {
    this.settle()
    this.filter = { ...this.filter, ...change }
    this.debounce = this.context.timers.set(() => void this.list.load(), DEBOUNCE_MS)
  }
  /** Without a search: what was typed may not be asked for. */
  empty(change: Partial<Filter>): void {
    this.settle()
    this.filter = { ...this.filter, ...change }
  }
  clear(): Promise<void> {
    return this.narrow(this.options.none)
  }
  /** Rows of before stay on screen meanwhile. */
  refresh(): Promise<void> {
    return this.list.load({ keep: true })
  }
  loadMore(): Promise<void> {
    return this.list.loadMore()
  }
  replace(id: string, change: (item: Item) => Item): void {
    this.list.replace(id, change)
  }
  /** Back to nothing and to everything: the next who opens the page begins anew. */
  leave(): void {
    this.settle()
    this.list.reset()
    this.filter = this.options.none
  }

  private settle(): void {
    this.context.timers.clear(this.debounce)
    this.debounce = null
  }
}
