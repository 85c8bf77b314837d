// The page stack and its five ways to change, with WeChat's limits and error texts.
import type { Query } from './contract.ts'
import type { Page } from './page.ts'

const LIMIT = 10

export interface PageStackParts {
  /** false for paths that app.json does not name */
  isPage(path: string): boolean
  isTab(path: string): boolean
  /** the stack is about to change, and this page will be on top */
  leaving(path: string, query: Query, openType: string): void
  /** makes and attaches the page; no lifecycle yet */
  create(path: string, query: Query, events: Record<string, (...args: unknown[]) => void> | undefined): Page
  /** the new top page is visible; ready lifetimes and onReady are due */
  shown(page: Page, openType: string, isNew: boolean): Promise<void>
}

export class PageStack {
  readonly pages: Page[] = []
  /** tab pages that were opened, kept alive while other tabs show */
  readonly #tabs = new Map<string, Page>()
  readonly #parts: PageStackParts
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: PageStackParts) {
    this.#parts = parts
  }

  get top(): Page | undefined {
    return this.pages.at(-1)
  }

  find(pageId: number): Page | undefined {
    return [...this.pages, ...this.#tabs.values()].find(page => page.pageId === pageId)
  }

  /** Every page alive: the stack and hidden tab pages. */
  alive(): Page[] {
    return [...new Set([...this.pages, ...this.#tabs.values()])]
  }

  navigateTo(url: string, events?: Record<string, (...args: unknown[]) => void>): Promise<Page> {
    return this.#enqueue(() => {
      const { path, query } = this.#target('navigateTo', url)
      if (this.#parts.isTab(path)) throw new Error('navigateTo:fail can not navigateTo a tabbar page')
      if (this.pages.length >= LIMIT) throw new Error('navigateTo:fail webview count limit exceed')
      this.#parts.leaving(path, query, 'navigateTo')
      const page = this.#parts.create(path, query, events)
      this.top?.hide()
      this.pages.push(page)
      return this.#open(page, 'navigateTo', true)
    })
  }

  redirectTo(url: string): Promise<Page> {
    return this.#enqueue(() => {
      const { path, query } = this.#target('redirectTo', url)
      if (this.#parts.isTab(path)) throw new Error('redirectTo:fail can not redirectTo a tabbar page')
      this.#parts.leaving(path, query, 'redirectTo')
      const page = this.#parts.create(path, query, undefined)
      this.#drop(this.pages.pop())
      this.pages.push(page)
      return this.#open(page, 'redirectTo', true)
    })
  }

  reLaunch(url: string, openType = 'reLaunch'): Promise<Page> {
    return this.#enqueue(() => {
      const { path, query } = this.#target('reLaunch', url)
      this.#parts.leaving(path, query, openType)
      const page = this.#parts.create(path, query, undefined)
      for (const old of this.alive().reverse()) this.#drop(old)
      this.#tabs.clear()
      this.pages.splice(0, this.pages.length, page)
      if (this.#parts.isTab(path)) this.#tabs.set(path, page)
      return this.#open(page, openType, true)
    })
  }

  switchTab(url: string): Promise<Page> {
    return this.#enqueue(() => {
      const { path } = this.#target('switchTab', url)
      if (!this.#parts.isTab(path)) throw new Error('switchTab:fail can not switch to no-tabBar page')
      const before = this.top
      if (before && before === this.#tabs.get(path)) return before
      this.#parts.leaving(path, {}, 'switchTab')
      const known = this.#tabs.get(path)
      const page = known ?? this.#parts.create(path, {}, undefined)
      this.#tabs.set(path, page)
      const tabBelow = this.pages[0]
      for (const old of this.pages.splice(0).reverse()) {
        if (this.#tabs.get(old.path) !== old) this.#drop(old)
        else if (old === tabBelow && old === before) old.hide()
      }
      this.pages.push(page)
      return this.#open(page, 'switchTab', !known)
    })
  }

  navigateBack(delta = 1): Promise<Page> {
    return this.#enqueue(() => {
      if (this.pages.length < 2) throw new Error('navigateBack:fail cannot navigate back at first page.')
      const count = Math.min(Math.max(1, delta), this.pages.length - 1)
      const { path, query } = this.pages.at(-1 - count)!
      this.#parts.leaving(path, query, 'navigateBack')
      for (let left = count; left > 0; left -= 1) this.#drop(this.pages.pop())
      return this.#open(this.top!, 'navigateBack', false)
    })
  }

  /** Changes happen one after the other, as a person and the app may ask for two at once. */
  #enqueue(change: () => Page | Promise<Page>): Promise<Page> {
    const done = this.#queue.then(change)
    this.#queue = done.catch(() => undefined)
    return done
  }

  async #open(page: Page, openType: string, isNew: boolean): Promise<Page> {
    await this.#parts.shown(page, openType, isNew)
    return page
  }

  #drop(page: Page | undefined): void {
    if (!page) return
    if (this.#tabs.get(page.path) === page) this.#tabs.delete(page.path)
    page.unload()
  }

  #target(api: string, url: string): { path: string; query: Query } {
    const { path, query } = parseUrl(url, this.top?.path)
    if (!this.#parts.isPage(path)) throw new Error(`${api}:fail page "${path}" is not found`)
    return { path, query }
  }
}

/** `/pages/a?x=1` or relative to the current page. Values stay as written: WeChat does not decode them. */
export function parseUrl(url: string, from = ''): { path: string; query: Query } {
  const [location = '', search = ''] = url.split(/\?(.*)/s)
  const parts = location.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of location.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  const pairs = search
    .split('&')
    .filter(Boolean)
    .map(pair => pair.split(/=(.*)/s))
  return { path: parts.join('/').replace(/\.html$/, ''), query: Object.fromEntries(pairs.map(([key, value]) => [key!, value ?? ''])) }
}
