// The panel of settings: beside the phone, or, where the phone fills the window, a sheet over it that the dots of the capsule open.
import { inEachLanguage, say } from './language.ts'
import { wrapped } from '../wx/dialog-keys.ts'
import { find } from './find.ts'
import { FULL_BLEED } from './screen.ts'

export function openPanel(): void {
  document.body.classList.add('panel-open')
  const panel = find('panel')
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-modal', 'true')
  find('close-panel').focus()
}

export function closePanel(): void {
  if (!document.body.classList.contains('panel-open')) return
  document.body.classList.remove('panel-open')
  const panel = find('panel')
  panel.removeAttribute('role')
  panel.removeAttribute('aria-modal')
  find('menu').focus()
}

/** @param reopen what the dots do while the panel stands beside the phone */
export function startPanel(reopen: () => void): void {
  const menu = find('menu')
  menu.onclick = () => (FULL_BLEED.matches ? openPanel() : reopen())
  find('close-panel').onclick = closePanel
  inEachLanguage(() => {
    const label = FULL_BLEED.matches ? say('手机的设置', 'Phone settings') : say('重新打开小程序', 'Reopen the app')
    menu.title = label
    menu.setAttribute('aria-label', label)
  })
  find('panel').addEventListener('keydown', event => {
    if (!document.body.classList.contains('panel-open')) return
    if (event.key === 'Escape') closePanel()
    else if (event.key === 'Tab') {
      const next = wrapped(find('panel'), document.activeElement, event.shiftKey)
      if (!next) return
      event.preventDefault()
      next.focus()
    }
  })
}
