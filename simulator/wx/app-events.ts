// wx.onAppShow and its like, and how the app was started.
import type { AppEvents, AppLaunchOptions } from '../runtime/contract.ts'
import { Listeners, type Phone, type WxMethods } from './core.ts'

export function appEvents({ runtime }: Phone): WxMethods {
  let launched: AppLaunchOptions | undefined
  let entered: AppLaunchOptions | undefined
  runtime.events.on('appShow', options => {
    launched ??= options
    entered = options
  })
  const described = (options: AppLaunchOptions | undefined) => ({
    path: options?.path ?? '',
    query: options?.query ?? {},
    scene: options?.scene ?? 1001,
    referrerInfo: {},
    apiCategory: 'default',
  })

  const pair = <K extends keyof AppEvents, Event>(name: K, wxName: string, tell: (event: AppEvents[K]) => Event): WxMethods => {
    const listeners = new Listeners<Event>()
    runtime.events.on(name, event => listeners.emit(tell(event)))
    return listeners.pair(wxName)
  }
  const routed = ({ pageId, path, query, openType }: { pageId?: number; path: string; query: object; openType: string }) => ({
    path,
    query,
    openType,
    notFound: false,
    renderer: 'webview',
    timeStamp: Date.now(),
    ...(pageId === undefined ? {} : { webviewId: pageId }),
  })
  return {
    ...pair('routing', 'BeforeAppRoute', routed),
    ...pair('routed', 'AppRoute', routed),
    ...pair('route', 'AppRouteDone', routed),
    ...pair('appShow', 'AppShow', described),
    ...pair('appHide', 'AppHide', () => ({})),
    // WeChat gives the text, not an object
    ...pair('error', 'Error', ({ message, stack }) => (stack.includes(message) ? stack : `${message}\n${stack}`)),
    ...pair('unhandledRejection', 'UnhandledRejection', ({ reason }) => ({ reason, promise: undefined })),
    ...pair('pageNotFound', 'PageNotFound', event => event),
    ...pair('themeChange', 'ThemeChange', event => event),
    ...new Listeners<{ level: number }>().pair('MemoryWarning'),
    getLaunchOptionsSync: () => described(launched),
    getEnterOptionsSync: () => described(entered),
  }
}
