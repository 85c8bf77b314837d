// The keyboard in a dialog of the app (aria-role="dialog" with aria-modal): the focus goes inside when it appears and back when it goes, Tab stays
// inside, and Esc taps beside it, as a finger would to close it. WeChat has no keys; a browser has.
import { wrapped } from '../wx/dialog-keys.ts'

const MODAL = '[aria-modal="true"]'
/** what a finger can hit beside a dialog is at least this high, px */
const BESIDE = 16

const inSight = (element: HTMLElement) => {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible'
}

/**
 * @param root where pages live
 * @param tapAt what a finger does at a point of the window
 */
export function followModals(root: HTMLElement, tapAt: (target: HTMLElement, x: number, y: number) => void): void {
  /** what had the focus before each open dialog */
  const open: { dialog: HTMLElement; before: Element | null }[] = []
  let asked = false

  const look = () => {
    asked = false
    const shown = [...root.querySelectorAll<HTMLElement>(MODAL)].filter(inSight)
    for (const { dialog, before } of open.splice(0)) {
      if (shown.includes(dialog)) open.push({ dialog, before })
      else if (before instanceof HTMLElement && before.isConnected && inSight(before)) before.focus({ preventScroll: true })
    }
    for (const dialog of shown) {
      if (open.some(one => one.dialog === dialog)) continue
      const before = document.activeElement
      open.push({ dialog, before })
      // a field that took the focus by itself keeps it
      if (dialog.contains(before)) continue
      dialog.tabIndex = -1
      dialog.style.outline = 'none'
      // not its first field: on a phone no keyboard would rise by itself
      dialog.focus({ preventScroll: true })
    }
  }
  const observer = new MutationObserver(() => {
    if (asked) return
    asked = true
    requestAnimationFrame(look)
  })
  observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'style', 'hidden', 'aria-modal'] })

  document.addEventListener('keydown', event => {
    const top = open.at(-1)?.dialog
    // what WeChat draws over the page hears its own keys
    if (!top || event.isComposing || event.defaultPrevented || document.activeElement?.tagName === 'SIMULATOR-OVERLAYS') return
    if (event.key === 'Tab') {
      const next = wrapped(top, document.activeElement, event.shiftKey)
      if (!next) return
      event.preventDefault()
      next.focus()
    } else if (event.key === 'Escape') {
      const { top: above, left, width } = top.getBoundingClientRect()
      if (above < BESIDE) return
      event.preventDefault()
      const [x, y] = [left + width / 2, above / 2]
      const beside = document.elementFromPoint(x, y)
      if (beside instanceof HTMLElement && !top.contains(beside)) tapAt(beside, x, y)
    }
  })
}
