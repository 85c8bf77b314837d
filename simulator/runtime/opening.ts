// How the app and its pages come to be: the first page at launch, pages of the stack, and where `<navigator>` leads.
import type { navigation } from '../builtins/navigator.ts'
import { closePickers } from '../builtins/picker-sheet.ts'
import type { ProjectBundle } from '../compiler/index.ts'
import type { App } from './app.ts'
import type { ChromeState } from './chrome.ts'
import type { AppEvents, Emitter, PageConfig, Runtime } from './contract.ts'
import type { Definitions } from './definitions.ts'
import { withoutEnd } from './mistakes.ts'
import { Page } from './page.ts'
import { PageStack, parseUrl } from './page-stack.ts'
import type { ReadyQueue } from './ready-queue.ts'
import type { Crossing } from './realm/crossing.ts'
import type { StyleSheets } from './styles.ts'

/** What pages are made of. */
export interface Parts {
  project: ProjectBundle
  root: HTMLElement
  app: App
  chrome: ChromeState
  ready: ReadyQueue
  styles: StyleSheets
  events: Emitter<AppEvents>
  crossing: Crossing
  pageJson(path: string): PageConfig
  /** once the app was launched */
  definitions(): Definitions
}

/** How a page comes to be, and what is told when it is in front. */
export function pageStackOf({ project, root, app, chrome, ready, styles, events, crossing, pageJson, definitions }: Parts): PageStack {
  const stack = new PageStack({
    isPage: path => project.pages.includes(path),
    isTab: path => chrome.isTab(path),
    leaving: (path, query, openType) => events.emit('routing', { path, query, openType }),
    create(path, query, listeners) {
      ready.hold()
      try {
        // what is attached measures itself, and that in its own styles
        styles.setTopPage(path)
        const withTabBar = project.customTabBar && chrome.isTab(path)
        const page = new Page(path, query, pageJson(path), {
          definitions: definitions(),
          crossing,
          ready,
          root,
          withTabBar,
          onScroll: scrolled => scrolled.scrolled(),
        })
        for (const [name, listener] of Object.entries(listeners ?? {})) page.openerEventChannel.on(name, listener)
        page.conceal()
        return page
      } catch (thrown) {
        ready.release()
        if (stack.top) styles.setTopPage(stack.top.path)
        const error = withoutEnd(thrown) ?? thrown
        app.fail(error, path)
        throw error
      }
    },
    async shown(page, openType, isNew) {
      closePickers()
      styles.setTopPage(page.path)
      chrome.showPage(page.path, page.config, page.navigationBar, stack.pages.length > 1)
      const { pageId, path, query } = page
      events.emit('routed', { pageId, path, query, openType })
      page.show()
      if (isNew) {
        await Promise.resolve()
        ready.release()
        page.call('onReady')
      }
      events.emit('route', { pageId, path, query, openType })
    },
  })
  return stack
}

/** app.js, then the page that was asked for, or the one that is there. */
export async function launchApp(
  { project, app, definitions }: Parts,
  stack: PageStack,
  options: Parameters<Runtime['launch']>[0],
  firstPage: string,
): Promise<void> {
  try {
    definitions().runApp()
  } catch (error) {
    app.fail(error, project.app)
  }
  const path = parseUrl(`/${options.path}`).path || firstPage
  const launched = { ...options, path }
  app.launch(launched)
  const search = Object.entries(options.query)
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
  try {
    if (!project.pages.includes(path)) {
      app.pageNotFound({ path, query: options.query, isEntryPage: true })
      if (!stack.top) await stack.reLaunch(`/${firstPage}`, 'appLaunch')
    } else await stack.reLaunch(`/${path}${search ? `?${search}` : ''}`, 'appLaunch')
  } catch {
    // told by the stack, which made no page of it; the app goes on without one, as it may still open another
  }
}

/** `<navigator>`. */
export const navigatorOf =
  (stack: PageStack): typeof navigation.open =>
  (openType, url, delta) => {
    const open: Record<string, () => Promise<unknown>> = {
      navigate: () => stack.navigateTo(url),
      redirect: () => stack.redirectTo(url),
      reLaunch: () => stack.reLaunch(url),
      switchTab: () => stack.switchTab(url),
      navigateBack: () => stack.navigateBack(delta),
    }
    return open[openType]?.() ?? Promise.reject(new Error(`navigator:fail open-type "${openType}" is not supported by the simulator`))
  }
