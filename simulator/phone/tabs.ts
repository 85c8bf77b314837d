// The views of the panel, one at a time: by mouse, by the arrow keys, and the last one again after a reload.
import { find } from './find.ts'

const KEPT = 'simulator-view'

export type View = 'controls' | 'requests' | 'set-data' | 'storage' | 'pages' | 'log'

export class Tabs {
  private readonly tabs = [...find('tabs').querySelectorAll<HTMLButtonElement>('[role=tab]')]
  private readonly listeners = new Map<View, ((open: boolean) => void)[]>()
  private opened: View = 'controls'

  constructor() {
    for (const tab of this.tabs) tab.onclick = () => this.open(viewOf(tab))
    find('tabs').onkeydown = event => {
      const at = this.tabs.indexOf(document.activeElement as HTMLButtonElement)
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
      if (to === undefined || at < 0) return
      event.preventDefault()
      const next = this.tabs.at(to % this.tabs.length)!
      next.focus()
      this.open(viewOf(next))
    }
  }

  /** `told` hears whether the view is in sight, each time that changes. */
  onOpen(view: View, told: (open: boolean) => void): void {
    this.listeners.set(view, [...(this.listeners.get(view) ?? []), told])
  }

  /** The view that was open last; to be called when everybody listens. */
  start(): void {
    const kept = sessionStorage.getItem(KEPT)
    this.open(this.tabs.map(viewOf).find(view => view === kept) ?? 'controls')
  }

  open(view: View): void {
    const before = this.opened
    this.opened = view
    sessionStorage.setItem(KEPT, view)
    for (const tab of this.tabs) {
      const selected = viewOf(tab) === view
      tab.setAttribute('aria-selected', String(selected))
      tab.tabIndex = selected ? 0 : -1
      find(tab.getAttribute('aria-controls')!).hidden = !selected
    }
    if (before !== view) for (const told of this.listeners.get(before) ?? []) told(false)
    for (const told of this.listeners.get(view) ?? []) told(true)
  }
}

const viewOf = (tab: HTMLElement): View => tab.id.replace('tab-', '') as View
