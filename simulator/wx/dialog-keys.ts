// The keyboard in a dialog that lies over the page: it starts inside, Tab stays inside, Esc declines, and the focus goes back afterwards.

const FOCUSABLE =
  'button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex]:not([tabindex="-1"])'

const inSight = (element: HTMLElement) => element.getClientRects().length > 0

/** What Tab stops at inside `box`, in its order. */
export const tabStops = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(inSight)

/** Which element Tab would leave `box` from, and where it goes on inside instead; undefined while the browser's own step stays inside. */
export function wrapped(box: HTMLElement, active: Element | null, backwards: boolean): HTMLElement | undefined {
  const stops = tabStops(box)
  if (stops.length === 0) return box
  const [first, last] = [stops[0]!, stops.at(-1)!]
  if (!active || !stops.some(stop => stop === active || stop.contains(active))) return backwards ? last : first
  if (backwards && (active === first || first.contains(active))) return last
  if (!backwards && (active === last || last.contains(active))) return first
  return undefined
}

/**
 * @param box the dialog; a click beside its fields leaves the focus on it
 * @param first where the focus starts
 * @returns gives the focus back to what had it before
 */
export function holdFocus(box: HTMLElement, first: HTMLElement, decline: () => void): () => void {
  const before = document.activeElement
  box.tabIndex = -1
  box.style.outline = 'none'
  box.addEventListener('keydown', event => {
    if (event.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      decline()
    } else if (event.key === 'Tab') {
      const root = box.getRootNode() as Document | ShadowRoot
      const next = wrapped(box, root.activeElement, event.shiftKey)
      if (!next) return
      event.preventDefault()
      next.focus()
    }
  })
  first.focus({ preventScroll: true })
  return () => {
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true })
  }
}
