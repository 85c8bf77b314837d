// Tool.native: what a person does with WeChat's own controls around the page.
import { pressBack, pressHome, type App } from '../phone/bar-buttons.ts'
import type { Params } from './params.ts'

export function nativeMethods(app: App): Record<string, (params: Params) => unknown> {
  const press = (which: 'confirm' | 'cancel') => () => {
    if (!app.overlays.press(which)) throw new Error('there is no dialog on the screen')
  }
  const acts: Record<string, (given: Record<string, unknown>) => unknown> = {
    goHome: () => pressHome(app),
    navigateLeft: () => pressBack(app),
    switchTab: ({ url }) => app.runtime.switchTab(String(url)),
    confirmModal: press('confirm'),
    shareConfirm: press('confirm'),
    shareCancel: press('cancel'),
    cancelModal: press('cancel'),
    authorizeAllow: press('confirm'),
    authorizeCancel: press('cancel'),
  }
  return {
    'Phone.native': async ({ method, data }) => {
      const act = acts[String(method)]
      if (!act) throw new Error(`Tool.native ${String(method)} is not supported by the simulator`)
      await act((data ?? {}) as Record<string, unknown>)
    },
  }
}
