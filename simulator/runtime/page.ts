// One page: its component in a scrolling box of its own, and its lifecycle.
import * as glassEasel from 'glass-easel'
import { domOf } from './backend.ts'
import type { EventChannel, NavigationBarState, PageConfig, PageHandle, Query } from './contract.ts'
import { componentOf, type Definitions } from './definitions.ts'
import { createEventChannel } from './event-channel.ts'
import type { ReadyQueue } from './ready-queue.ts'
import type { Crossing } from './realm/crossing.ts'

export interface PageParts {
  definitions: Definitions
  crossing: Crossing
  ready: ReadyQueue
  root: HTMLElement
  withTabBar: boolean
  onScroll: (page: Page) => void
}

let lastPageId = 0

export class Page implements PageHandle {
  readonly pageId = (lastPageId += 1)
  readonly path: string
  readonly query: Query
  readonly instance: PageHandle['instance']
  readonly component: glassEasel.GeneralComponent
  readonly container: HTMLElement
  readonly openerEventChannel: EventChannel
  config: PageConfig
  /** what the app itself changed of the navigation bar */
  readonly navigationBar: Partial<NavigationBarState> = {}
  /** holds the scrolling box and a custom tab bar */
  readonly frame: HTMLElement
  readonly tabBar: unknown
  pullingDown = false
  readonly #toApp: Crossing['toApp']
  #scrollTop = 0
  /** height of the content whose end has been told */
  #endReached: number | undefined
  #loaded = false

  constructor(path: string, query: Query, config: PageConfig, parts: PageParts) {
    this.path = path
    this.query = query
    this.config = config
    const { expose, toApp } = parts.crossing
    const [opener, own] = createEventChannel(expose)
    this.openerEventChannel = opener
    this.#toApp = toApp
    this.frame = document.createElement('div')
    this.frame.className = 'mp-page-frame'
    this.frame.dataset['page'] = path
    this.container = document.createElement('div')
    this.container.className = 'mp-page'
    this.frame.append(this.container)
    parts.root.append(this.frame)
    this.applyConfig()

    const search = Object.entries(query)
      .map(([key, value]) => `${key}=${value}`)
      .join('&')
    try {
      const root = this.#attach(parts, path + (search ? `?${search}` : ''), 'page', this.container)
      this.component = root
      this.instance = root.getMethodCaller() as unknown as PageHandle['instance']
      if (parts.withTabBar) this.tabBar = this.#attach(parts, 'custom-tab-bar/index', 'custom-tab-bar', this.frame).getMethodCaller()
    } catch (error) {
      // a page that cannot be made leaves no empty sheet over the one before
      this.frame.remove()
      throw error
    }
    Object.assign(this.instance, {
      route: path,
      __route__: path,
      options: toApp(query),
      getOpenerEventChannel: expose(() => own),
      getPageId: expose(() => `pageId:${this.pageId}`),
    })
    this.container.addEventListener('scroll', () => parts.onScroll(this))
  }

  applyConfig(): void {
    this.container.style.backgroundColor = this.config.backgroundColor ?? '#ffffff'
    this.container.style.overflowY = this.config.disableScroll ? 'hidden' : 'auto'
  }

  /** Calls a lifecycle method or handler of the page; errors go to the app's error listeners. */
  call(name: string, ...args: unknown[]): unknown {
    const method = glassEasel.Component.getMethod(this.component, name)
    if (!method) return undefined
    return glassEasel.safeCallback(`Page Lifetime ${this.path}`, method, this.instance, args.map(this.#toApp) as never[], this.component)
  }

  has(name: string): boolean {
    return Boolean(glassEasel.Component.getMethod(this.component, name))
  }

  show(): void {
    this.frame.hidden = false
    this.container.scrollTop = this.#scrollTop
    if (!this.#loaded) this.call('onLoad', this.query)
    this.#loaded = true
    this.component.triggerPageLifetime('show', [])
    this.call('onShow')
  }

  /** Out of sight but alive. */
  hide(): void {
    this.call('onHide')
    this.component.triggerPageLifetime('hide', [])
    this.conceal()
  }

  conceal(): void {
    this.#scrollTop = this.container.scrollTop
    this.frame.hidden = true
  }

  unload(): void {
    this.call('onUnload')
    glassEasel.Element.pretendDetached(this.component)
    if (this.tabBar) glassEasel.Element.pretendDetached(componentOf(this.tabBar))
    this.frame.remove()
  }

  resized(size: object): void {
    this.component.triggerPageLifetime('resize', [this.#toApp(size)])
    this.call('onResize', size)
  }

  /** onPageScroll, and onReachBottom once for each time the end comes near: a page that grew has a new end. */
  scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.container
    if (this.has('onPageScroll')) this.call('onPageScroll', { scrollTop })
    const near = scrollHeight - clientHeight - scrollTop <= (this.config.onReachBottomDistance ?? 50)
    if (near && this.#endReached !== scrollHeight) this.call('onReachBottom')
    this.#endReached = near ? scrollHeight : undefined
  }

  /** @throws what making it throws, e.g. templates that contain themselves */
  #attach({ definitions }: PageParts, url: string, tag: string, into: HTMLElement): glassEasel.GeneralComponent {
    definitions.register(url.split('?')[0]!)
    const made = definitions.backend.createRoot(tag, definitions.space, url)
    const placeholder = document.createElement('div')
    into.append(placeholder)
    made.attach(into as never, placeholder as never)
    domOf(made.getComponent())?.setAttribute('data-page-root', '')
    return made.getComponent()
  }
}
