// The seam inside the simulator. `runtime/` (with compiler/ and builtins/) implements Runtime; `wx/`, `automation/` and `phone/` use it.
// Everything here runs in the browser, in the frame that is the phone's screen.
import type * as glassEasel from 'glass-easel'

export type Query = Record<string, string>

/** One page of the stack. `pageId` is never used twice. */
export interface PageHandle {
  readonly pageId: number
  /** without leading slash */
  readonly path: string
  readonly query: Query
  /** what `this` is in the page's code */
  readonly instance: Record<string, unknown> & { data: Record<string, unknown>; setData(data: object, callback?: () => void): void }
  /** the page's root component: selectors, data and methods start here */
  readonly component: glassEasel.GeneralComponent
  /** the page's own scrolling box in the frame's document */
  readonly container: HTMLElement
  /** merged page JSON: window defaults of app.json, then the page's, theme variables put in */
  readonly config: PageConfig
  /** the opener's end of the channel of this page; the page's own end is its getOpenerEventChannel() */
  readonly openerEventChannel: EventChannel
}

export interface EventChannel {
  on(name: string, listener: (...args: unknown[]) => void): void
  once(name: string, listener: (...args: unknown[]) => void): void
  off(name: string, listener?: (...args: unknown[]) => void): void
  emit(name: string, ...args: unknown[]): void
}

export interface PageConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: 'black' | 'white'
  navigationStyle?: 'default' | 'custom'
  backgroundColor?: string
  backgroundTextStyle?: 'dark' | 'light'
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  disableScroll?: boolean
  homeButton?: boolean
  [key: string]: unknown
}

export interface TabBarItem {
  pagePath: string
  text?: string
  iconPath?: string
  selectedIconPath?: string
}

export interface TabBarStyle {
  color?: string
  selectedColor?: string
  backgroundColor?: string
  borderStyle?: string
}

export interface AppJson {
  pages: string[]
  subPackages?: { root: string; name?: string; pages: string[] }[]
  window?: PageConfig
  tabBar?: { custom?: boolean; color?: string; selectedColor?: string; backgroundColor?: string; borderStyle?: string; list: TabBarItem[] }
  darkmode?: boolean
  themeLocation?: string
  [key: string]: unknown
}

export interface NavigationBarState {
  title: string
  backgroundColor: string
  textStyle: 'black' | 'white'
  loading: boolean
  canGoBack: boolean
  /** the button that leads to the app's first page stands in the bar */
  canGoHome: boolean
  custom: boolean
}

export interface TabBarState {
  visible: boolean
  custom: boolean
  list: TabBarItem[]
  selected: number
  /** what the app changed of the colours in app.json */
  style: TabBarStyle
  /** by index: text, or a red dot */
  badges: Record<number, string | true>
}

/** What the frame's chrome draws around pages. The runtime keeps the state, phone/ draws it. */
export interface Chrome {
  readonly navigationBar: NavigationBarState
  readonly tabBar: TabBarState | undefined
  onChange(listener: () => void): void
}

export interface AppLaunchOptions {
  path: string
  query: Query
  scene: number
}

/** Events of the app as a whole. wx/ turns them into wx.onXxx, phone/ causes some of them. */
export interface AppEvents {
  appShow: AppLaunchOptions
  appHide: undefined
  /** `place`: page or component and what it was doing, where that is known */
  error: { message: string; stack: string; place?: string }
  unhandledRejection: { reason: unknown }
  pageNotFound: { path: string; query: Query; isEntryPage: boolean }
  themeChange: { theme: 'light' | 'dark' }
  /** before the page stack changes: where it goes */
  routing: { path: string; query: Query; openType: string }
  /** the new top page is there, and its onShow is next */
  routed: { pageId: number; path: string; query: Query; openType: string }
  /** after each change of the page stack, once the new top page has had onReady */
  route: { pageId: number; path: string; query: Query; openType: string }
}

export interface Emitter<Events> {
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): void
  off<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): void
  emit<K extends keyof Events>(name: K, event: Events[K]): void
}

/**
 * Routing rejects with Error(`${api}:fail ${why}`) in WeChat's words, e.g. `navigateTo:fail page "x/y" is not found`,
 * `navigateTo:fail can not navigateTo a tabbar page`, `navigateTo:fail webview count limit exceed`, `switchTab:fail can not switch to no-tabBar page`.
 */
export interface Runtime {
  readonly appJson: AppJson
  readonly events: Emitter<AppEvents>
  readonly chrome: Chrome
  /** names that app code sees as globals: App, Page, Component, Behavior, getApp, getCurrentPages, wx, console, timers … wx/ adds itself here */
  readonly globals: Record<string, unknown>
  /** bottom to top */
  pageStack(): readonly PageHandle[]
  /** undefined before the first page and for pages that are gone */
  page(pageId: number): PageHandle | undefined
  /** `events` listen to what the opened page sends through getOpenerEventChannel(), from before its onLoad */
  navigateTo(url: string, events?: Record<string, (...args: unknown[]) => void>): Promise<PageHandle>
  redirectTo(url: string): Promise<PageHandle>
  reLaunch(url: string): Promise<PageHandle>
  switchTab(url: string): Promise<PageHandle>
  navigateBack(delta?: number): Promise<PageHandle>
  /** a person taps an item of the tab bar that WeChat draws: switchTab, then the page's onTabItemTap */
  tapTabBar(index: number): Promise<PageHandle>
  setNavigationBar(change: Partial<Pick<NavigationBarState, 'title' | 'backgroundColor' | 'textStyle' | 'loading' | 'canGoHome'>>): void
  setTabBar(change: {
    visible?: boolean
    badge?: { index: number; value: string | true | null }
    item?: { index: number } & Partial<TabBarItem>
    style?: TabBarStyle
  }): void
  /** stops the pull-down animation of the top page; starting one calls its onPullDownRefresh */
  startPullDownRefresh(): void
  stopPullDownRefresh(): void
  /** scrolls the top page; resolves when it has arrived */
  pageScrollTo(options: { scrollTop?: number; selector?: string; duration?: number; offsetTop?: number }): Promise<void>
  /** wx.createSelectorQuery and wx.createIntersectionObserver of the adapter, usable before the first page exists */
  createSelectorQuery(): unknown
  createIntersectionObserver(component: unknown, options: unknown): unknown
  /** runs App() of app.ts and opens the entry page */
  launch(options: AppLaunchOptions): Promise<void>
  /** foreground and background as a person causes them: App/page onShow and onHide */
  show(): void
  hide(): void
  /** the window was turned or dragged: onResize of the pages, pageLifetimes.resize of their components */
  resized(size: object): void
  /** theme.json variables are re-read, page media and nav bar follow */
  setTheme(theme: 'light' | 'dark'): void
  readonly theme: 'light' | 'dark'
  /** resolves when no setData, lifecycle or microtask work is pending */
  settled(): Promise<void>
  /** each module that app code asks for with `require.async`, before it runs; a listener that throws refuses it */
  onRequireAsync(listener: (path: string) => void): void
  /** each setData that reached the view: page path, whose it was, keys and bytes of JSON. For measurements. */
  onSetData(listener: (sample: { path: string; component: string; keys: string[]; bytes: number }) => void): void
  /** a value as app code gets it, and one of the app as the simulator gets it: the app has a realm of its own (runtime/realm) */
  toApp<T>(value: T): T
  fromApp<T>(value: T): T
  /** a function made of text in the app's realm, with the app's globals in sight; what goes in and comes out goes over. @throws SyntaxError */
  compile(parameters: string[], body: string, isAsync: boolean): (this: unknown, ...values: unknown[]) => unknown
}

/** What the compiler makes of a project folder; runtime/ consumes it, server.ts serves it. */
export interface CompiledProject {
  /** one script that, evaluated in the frame, defines `globalThis.__project` for the runtime */
  script: string
  appJson: AppJson
  diagnostics: Diagnostic[]
  /** files whose change makes a rebuild necessary */
  inputs: string[]
}

export interface Diagnostic {
  severity: 'error' | 'warning'
  /** relative to the project folder */
  file: string
  /** 1-based */
  line: number
  column: number
  message: string
}
