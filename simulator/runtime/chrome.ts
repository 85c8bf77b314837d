// State of the navigation bar and the tab bar. phone/ draws it.
import type { AppJson, Chrome, NavigationBarState, PageConfig, Runtime, TabBarItem, TabBarState } from './contract.ts'
import type { Theme } from './theme.ts'

type TabBarJson = { custom?: boolean; list: TabBarItem[] } | undefined

export class ChromeState implements Chrome {
  navigationBar: NavigationBarState = {
    title: '',
    backgroundColor: '#000000',
    textStyle: 'white',
    loading: false,
    canGoBack: false,
    canGoHome: false,
    custom: false,
  }
  tabBar: TabBarState | undefined
  readonly #listeners: (() => void)[] = []
  readonly #json: TabBarJson
  readonly #firstPage: string | undefined
  #hidden = false

  constructor({ tabBar }: Pick<AppJson, 'tabBar'>, firstPage: string | undefined) {
    this.#json = tabBar
    this.#firstPage = firstPage
    if (tabBar)
      this.tabBar = {
        visible: false,
        custom: tabBar.custom === true,
        list: tabBar.list.map(item => ({ ...item })),
        selected: 0,
        badges: {},
        style: {},
      }
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }

  isTab(path: string): boolean {
    return this.tabIndex(path) >= 0
  }

  tabIndex(path: string): number {
    return this.#json?.list.findIndex(({ pagePath }) => pagePath === path) ?? -1
  }

  /** The bars as a page's JSON and the app's own changes to that page want them. */
  showPage(path: string, config: PageConfig, changes: Partial<NavigationBarState>, canGoBack: boolean): void {
    this.navigationBar = {
      title: config.navigationBarTitleText ?? '',
      backgroundColor: config.navigationBarBackgroundColor ?? '#000000',
      textStyle: config.navigationBarTextStyle ?? 'white',
      loading: false,
      custom: config.navigationStyle === 'custom',
      // at the bottom of the stack there is nothing to go back to
      canGoHome: (!canGoBack || config.homeButton === true) && !this.isTab(path) && path !== this.#firstPage,
      ...changes,
      canGoBack,
    }
    if (this.tabBar) {
      const selected = this.tabIndex(path)
      this.tabBar.visible = selected >= 0 && !this.#hidden
      if (selected >= 0) this.tabBar.selected = selected
    }
    this.changed()
  }

  setTabBar(change: Parameters<Runtime['setTabBar']>[0], onTabPage: boolean): void {
    if (!this.tabBar) throw new Error('app.json has no tabBar')
    const { visible, badge, item, style } = change
    if (visible !== undefined) {
      this.#hidden = !visible
      this.tabBar.visible = visible && onTabPage
    }
    if (badge) {
      if (badge.value === null) delete this.tabBar.badges[badge.index]
      else this.tabBar.badges[badge.index] = badge.value
    }
    if (style) Object.assign(this.tabBar.style, style)
    if (item) Object.assign(this.tabBar.list[item.index] ?? {}, item)
    this.changed()
  }

  /** After a change of theme the list's icons may differ; texts set by the app stay. */
  resolveTabBar(theme: Theme): void {
    this.tabBar?.list.forEach((item, index) => {
      const { iconPath, selectedIconPath } = this.#json!.list[index]!
      Object.assign(item, theme.resolve({ iconPath, selectedIconPath }))
    })
  }
}
