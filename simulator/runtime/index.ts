// The mini program's runtime in the phone's frame: what contract.ts promises, on WeChat's own component framework.
import * as glassEasel from 'glass-easel'
import type { ProjectBundle } from '../compiler/index.ts'
import { navigation } from '../builtins/navigator.ts'
import { tellAnimations } from './animation-events.ts'
import { App } from './app.ts'
import { appGlobals } from './app-globals.ts'
import { callerPrototype, equipCallers } from './callers.ts'
import { ChromeState } from './chrome.ts'
import type { AppEvents, PageConfig, Query, Runtime } from './contract.ts'
import { Definitions } from './definitions.ts'
import { Drawing } from './drawing.ts'
import { createEmitter } from './emitter.ts'
import { listenToGestures, tapAt } from './gestures.ts'
import { PageIntersectionObserver, type IntersectionOptions } from './intersection.ts'
import { listenToMistakes } from './mistakes.ts'
import { followModals } from './modal-focus.ts'
import { launchApp, navigatorOf, pageStackOf, type Parts } from './opening.ts'
import { parseUrl } from './page-stack.ts'
import { PullDown } from './pull-down.ts'
import { ReadyQueue } from './ready-queue.ts'
import { AppRealm } from './realm/app-realm.ts'
import { Crossing } from './realm/crossing.ts'
import { joinFramework } from './realm/framework.ts'
import { scrollPageTo } from './scrolling.ts'
import { SelectorQuery } from './selector-query.ts'
import { baseStyles } from './base-styles.ts'
import { StyleSheets } from './styles.ts'
import { Theme } from './theme.ts'

const DEFAULT_WINDOW: PageConfig = {
  navigationBarBackgroundColor: '#000000',
  navigationBarTextStyle: 'white',
  backgroundColor: '#ffffff',
  onReachBottomDistance: 50,
}

/**
 * @param project globalThis.__project, as the compiled script defines it
 * @param root where pages live; it must fill the frame, as `position: fixed` and vw are the frame's
 * `oldEngine`: the app runs with the built-ins of the oldest phones
 */
export function createRuntime(project: ProjectBundle, root: HTMLElement, { oldEngine = false } = {}): Runtime {
  const { appJson } = project
  /** entryPagePath of app.json, else the first of its pages that is there */
  const firstPage = project.pages.find(path => path === appJson['entryPagePath']) ?? project.pages[0]!
  const events = createEmitter<AppEvents>()
  const theme = new Theme(project.theme)
  const chrome = new ChromeState(appJson, firstPage)
  const ready = new ReadyQueue()
  const styles = new StyleSheets()
  const realm = new AppRealm({ error: error => app.fail(error), rejection: reason => app.unhandledRejection(reason) }, oldEngine)
  const crossing = new Crossing(realm)
  const { expose, toApp, fromApp } = crossing
  const app = new App(events, toApp)
  const globals: Record<string, unknown> = {}
  const lookers: ((path: string) => void)[] = []
  let definitions: Definitions | undefined
  joinFramework(realm, crossing)
  root.classList.add('mp-root')
  root.classList.toggle('mp-v2', appJson['style'] === 'v2')
  baseStyles()

  const pageJson = (path: string): PageConfig =>
    theme.resolve({ ...DEFAULT_WINDOW, ...appJson.window, ...project.components[path]?.config })
  const fail = (error: unknown, place?: string) => app.fail(error, place)
  listenToMistakes(app, () => globals['console'] as Console)

  const parts: Parts = { project, root, app, chrome, ready, styles, events, crossing, pageJson, definitions: () => definitions! }
  const stack = pageStackOf(parts)
  const pullDown = new PullDown(() => stack.top)
  const topComponent = () => stack.top?.component
  const topScroller = () => stack.top?.container
  const createSelectorQuery = (component = topComponent) => new SelectorQuery(component, topScroller)
  const createIntersectionObserver = (component: () => glassEasel.GeneralComponent | undefined, options?: IntersectionOptions) =>
    new PageIntersectionObserver(component, topScroller, options)
  const samples: Parameters<Runtime['onSetData']>[0][] = []
  const drawing = new Drawing()
  equipCallers(callerPrototype(), {
    crossing,
    appPrototype: realm.intrinsics.Object.prototype,
    createSelectorQuery,
    createIntersectionObserver,
    pageOf: dom => stack.alive().find(({ frame }) => frame.contains(dom)),
    samples,
    afterDrawing: drawing.after,
    stack,
  })
  listenToGestures(root, pullDown)
  tellAnimations(root)
  followModals(root, tapAt)

  Object.assign(globals, appGlobals(app, stack, expose))

  navigation.open = navigatorOf(stack)

  const runtime: Runtime = {
    appJson,
    events,
    chrome,
    globals,
    pageStack: () => stack.pages,
    page: pageId => stack.find(pageId),
    navigateTo: (url, listeners) => stack.navigateTo(url, listeners),
    redirectTo: url => stack.redirectTo(url),
    reLaunch: url => stack.reLaunch(url),
    switchTab: url => stack.switchTab(url),
    navigateBack: delta => stack.navigateBack(delta),
    async tapTabBar(index) {
      const item = chrome.tabBar?.list[index]
      if (!item) throw new Error(`switchTab:fail the tab bar has no item ${index}`)
      const page = await stack.switchTab(`/${item.pagePath}`)
      page.call('onTabItemTap', { index: String(index), pagePath: item.pagePath, text: item.text })
      return page
    },
    setNavigationBar(change) {
      if (!stack.top) return
      Object.assign(stack.top.navigationBar, change)
      Object.assign(chrome.navigationBar, change)
      chrome.changed()
    },
    setTabBar: change => chrome.setTabBar(change, chrome.isTab(stack.top?.path ?? '')),
    startPullDownRefresh: () => pullDown.start(),
    stopPullDownRefresh: () => pullDown.stop(),
    pageScrollTo: options => scrollPageTo(stack.top, options),
    createSelectorQuery: () => createSelectorQuery(),
    createIntersectionObserver: (component, options) =>
      createIntersectionObserver(
        () => (component as { _$?: glassEasel.GeneralComponent } | undefined)?._$ ?? topComponent(),
        options as IntersectionOptions,
      ),
    async launch(options) {
      definitions = new Definitions({
        project,
        globals,
        styles,
        ready,
        fail,
        realm,
        crossing,
        asked: path => lookers.forEach(look => look(path)),
      })
      await launchApp(parts, stack, options, firstPage)
    },
    show() {
      if (!app.show()) return
      stack.top?.component.triggerPageLifetime('show', [])
      stack.top?.call('onShow')
    },
    hide() {
      if (!app.visible) return
      stack.top?.call('onHide')
      stack.top?.component.triggerPageLifetime('hide', [])
      app.hide()
    },
    setTheme(next) {
      if (next === theme.current) return
      theme.current = next
      styles.setTheme(next)
      root.dataset['theme'] = next
      document.documentElement.style.colorScheme = next
      chrome.resolveTabBar(theme)
      for (const page of stack.alive()) {
        page.config = pageJson(page.path)
        page.applyConfig()
      }
      const top = stack.top
      if (top) chrome.showPage(top.path, top.config, top.navigationBar, stack.pages.length > 1)
      app.themeChange(next)
    },
    resized(size) {
      for (const page of stack.pages) page.resized(size)
    },
    get theme() {
      return theme.current
    },
    async settled() {
      do {
        await new Promise(resolve => setTimeout(resolve, 0))
        await new Promise(resolve => requestAnimationFrame(resolve))
      } while (!ready.empty || drawing.underWay)
    },
    onRequireAsync: listener => void lookers.push(listener),
    onSetData: listener => void samples.push(listener),
    toApp,
    fromApp,
    compile(parameters, body, isAsync) {
      if (!definitions) throw new Error('the app has not started yet')
      return definitions.compile(parameters, body, isAsync)
    },
  }
  chrome.resolveTabBar(theme)
  return runtime
}

/** Reads a query as a URL has it: values stay as written. */
export const parseQuery = (search: string): Query => parseUrl(`/?${search}`).query
