// wx.navigateTo and its like, tab bar and navigation bar, pull-down refresh: the runtime does the work, this gives it WeChat's words.
import { method, methods, number, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import type { Leaving } from './leaving.ts'
import { Packages } from './packages.ts'

export function navigation(phone: Phone, leaving: Leaving): WxMethods {
  const { runtime } = phone
  const packages = new Packages(phone)
  const route = (api: 'redirectTo' | 'reLaunch' | 'switchTab') =>
    method(api, async options => {
      packages.need(text(options, 'url'))
      await runtime[api](text(options, 'url'))
    })

  const tabIndex = (options: Options): number => {
    const tabBar = runtime.chrome.tabBar
    if (!tabBar) throw new WxFailure('not TabBar page')
    const index = Number(options.index)
    if (!tabBar.list[index]) throw new WxFailure('tabbar item not found')
    return index
  }
  const style = (options: Options): 'black' | 'white' => {
    const front = String(options.frontColor).toLowerCase()
    if (front !== '#ffffff' && front !== '#000000') throw new WxFailure(`invalid frontColor "${String(options.frontColor)}"`)
    return front === '#ffffff' ? 'white' : 'black'
  }

  return {
    navigateTo: method('navigateTo', async options => {
      packages.need(text(options, 'url'))
      const page = await runtime.navigateTo(
        text(options, 'url'),
        options.events as Record<string, (...values: unknown[]) => void> | undefined,
      )
      return { eventChannel: page.openerEventChannel }
    }),
    redirectTo: route('redirectTo'),
    reLaunch: route('reLaunch'),
    switchTab: route('switchTab'),
    ...methods({
      navigateBack: async options => {
        if (!(await leaving.allowed())) throw new WxFailure('cancel')
        await runtime.navigateBack(typeof options.delta === 'number' ? options.delta : 1)
      },
      setNavigationBarTitle: options => runtime.setNavigationBar({ title: text(options, 'title') }),
      setNavigationBarColor: options =>
        runtime.setNavigationBar({ backgroundColor: text(options, 'backgroundColor'), textStyle: style(options) }),
      showNavigationBarLoading: () => runtime.setNavigationBar({ loading: true }),
      hideNavigationBarLoading: () => runtime.setNavigationBar({ loading: false }),
      hideHomeButton: () => runtime.setNavigationBar({ canGoHome: false }),
      setBackgroundColor: options => {
        const page = runtime.pageStack().at(-1)
        if (page && typeof options.backgroundColor === 'string') page.container.style.backgroundColor = options.backgroundColor
      },
      setBackgroundTextStyle: () => {},
      showTabBar: () => runtime.setTabBar({ visible: true }),
      hideTabBar: () => runtime.setTabBar({ visible: false }),
      setTabBarBadge: options => runtime.setTabBar({ badge: { index: tabIndex(options), value: text(options, 'text') } }),
      removeTabBarBadge: options => runtime.setTabBar({ badge: { index: tabIndex(options), value: null } }),
      showTabBarRedDot: options => runtime.setTabBar({ badge: { index: tabIndex(options), value: true } }),
      hideTabBarRedDot: options => runtime.setTabBar({ badge: { index: tabIndex(options), value: null } }),
      setTabBarStyle: ({ color, selectedColor, backgroundColor, borderStyle }) => {
        const style = Object.entries({ color, selectedColor, backgroundColor, borderStyle }).filter(
          ([, value]) => typeof value === 'string',
        )
        runtime.setTabBar({ style: Object.fromEntries(style) })
      },
      setTabBarItem: options => {
        const { text: label, iconPath, selectedIconPath } = options as { text?: string; iconPath?: string; selectedIconPath?: string }
        runtime.setTabBar({
          item: {
            index: tabIndex(options),
            ...(label === undefined ? {} : { text: label }),
            ...(iconPath === undefined ? {} : { iconPath }),
            ...(selectedIconPath === undefined ? {} : { selectedIconPath }),
          },
        })
      },
      startPullDownRefresh: () => runtime.startPullDownRefresh(),
      stopPullDownRefresh: () => runtime.stopPullDownRefresh(),
      pageScrollTo: async options => {
        for (const name of ['scrollTop', 'duration', 'offsetTop']) number(options, name)
        await runtime.pageScrollTo(options as Parameters<typeof runtime.pageScrollTo>[0])
      },
    }),
  }
}
