// wx.getUpdateManager. The newest build always runs here; whether WeChat has found another is set on the phone.
import type { Phone, WxMethods } from './core.ts'

/** The new version runs already: what was set before it began is over. Lasts as long as the tab. */
const APPLIED = 'simulator/update-applied'

type Listener<Event> = (event: Event) => void

export function update(phone: Phone): WxMethods {
  const checked: Listener<{ hasUpdate: boolean }>[] = []
  const ready: Listener<void>[] = []
  const failed: Listener<void>[] = []
  const found = () => (sessionStorage.getItem(APPLIED) === null ? phone.settings.update : 'none')
  const tell = () => {
    const what = found()
    for (const listener of checked) listener({ hasUpdate: what !== 'none' })
    if (what !== 'none') for (const listener of what === 'ready' ? ready : failed) listener()
  }
  phone.onSettings(before => {
    if (before.update === phone.settings.update) return
    sessionStorage.removeItem(APPLIED)
    if (phone.settings.update !== 'none') tell()
  })
  /** WeChat has one manager, and tells whoever listens once its own look at the server is over. */
  const manager = {
    applyUpdate: () => {
      if (found() !== 'ready') throw new Error('applyUpdate:fail update is not ready')
      sessionStorage.setItem(APPLIED, 'yes')
      phone.restart()
    },
    onCheckForUpdate: (listener: Listener<{ hasUpdate: boolean }>) => void checked.push(listener),
    onUpdateReady: (listener: Listener<void>) => void ready.push(listener),
    onUpdateFailed: (listener: Listener<void>) => void failed.push(listener),
  }
  let asked = false
  return {
    getUpdateManager: () => {
      if (!asked) setTimeout(tell)
      asked = true
      return manager
    },
  }
}
