// What the phone draws around the app's frame: status bar, navigation bar, capsule, tab bar; and how much room they leave to the app.
import type { Chrome, NavigationBarState, TabBarState } from '../runtime/contract.ts'
import { pressBack, pressHome, pressTab } from './bar-buttons.ts'
import type { FrameHandle } from './frame.ts'
import { PHONE_ZONE } from './settings.ts'

const STATUS_BAR = 44
const NAVIGATION_BAR = 44
const TAB_BAR = 83
const HOME_INDICATOR = 34
const DEVICE = { width: 375, height: 812 }
/** of the phone's case, on each side */
const CASE = 12
/** kept free around the phone */
const MARGIN = 16
/** as in page.css: the window is a real phone's, and the drawn one fills it */
export const FULL_BLEED = matchMedia('(max-width: 480px)')

export function find<E extends HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (!element) throw new Error(`#${id} is not on the page`)
  return element as E
}

export class Screen {
  private readonly screen = find('screen')
  private readonly frame = find<HTMLIFrameElement>('frame')
  private frameHandle: FrameHandle | undefined

  constructor() {
    find('back').onclick = () => this.press(pressBack)
    find('go-home').onclick = () => this.press(pressHome)
    const showTime = () => {
      find('clock').textContent = new Date(
        (this.frame.contentWindow as (Window & typeof globalThis) | null)?.Date.now() ?? Date.now(),
      ).toLocaleTimeString('zh-CN', {
        hour: '2-digit',
        minute: '2-digit',
        timeZone: PHONE_ZONE,
      })
    }
    showTime()
    setInterval(showTime, 1_000)
    this.fit()
    window.addEventListener('resize', () => this.fit())
  }

  /** CSS px, bars included: the device's, or the window's where the phone fills it. */
  get size(): { width: number; height: number } {
    return FULL_BLEED.matches ? { width: this.screen.clientWidth, height: this.screen.clientHeight } : DEVICE
  }

  /** The whole phone is in sight, however small the window. */
  private fit(): void {
    const { clientWidth, clientHeight } = find('stage')
    const room = (available: number, needed: number) => (available - 2 * MARGIN) / (needed + 2 * CASE)
    find('device').style.scale = FULL_BLEED.matches
      ? 'none'
      : String(Math.min(1, room(clientWidth, DEVICE.width), room(clientHeight, DEVICE.height)))
    if (this.frameHandle) this.draw(this.frameHandle.runtime.chrome)
  }

  private press(button: (app: FrameHandle) => Promise<void>): void {
    if (this.frameHandle) void button(this.frameHandle).catch(() => {})
  }

  show(handle: FrameHandle): void {
    this.frameHandle = handle
    const draw = () => this.draw(handle.runtime.chrome)
    handle.runtime.chrome.onChange(draw)
    handle.runtime.events.on('route', draw)
    handle.runtime.events.on('themeChange', draw)
    draw()
  }

  private draw({ navigationBar, tabBar }: Chrome): void {
    this.drawNavigationBar(navigationBar)
    const drawnTabBar = tabBar && !tabBar.custom && tabBar.visible ? tabBar : undefined
    this.drawTabBar(drawnTabBar)
    const top = navigationBar.custom ? 0 : STATUS_BAR + NAVIGATION_BAR
    const bottom = drawnTabBar ? TAB_BAR : 0
    for (const { style } of [this.frame, find('dim')]) {
      style.top = `${top}px`
      style.height = `${this.screen.clientHeight - top - bottom}px`
    }
    const style = this.frame.contentDocument?.documentElement.style
    style?.setProperty('--safe-area-inset-top', navigationBar.custom ? `${STATUS_BAR}px` : '0px')
    style?.setProperty('--safe-area-inset-bottom', drawnTabBar ? '0px' : `${HOME_INDICATOR}px`)
  }

  private drawNavigationBar({ title, backgroundColor, textStyle, loading, canGoBack, canGoHome, custom }: NavigationBarState): void {
    this.screen.dataset.text = textStyle
    this.screen.style.backgroundColor = custom ? 'transparent' : backgroundColor
    find('title').textContent = custom ? '' : title
    find('back').hidden = custom || !canGoBack
    find('go-home').hidden = custom || !canGoHome
    find('loading').hidden = custom || !loading
    find('navigation-bar').style.pointerEvents = custom ? 'none' : 'auto'
  }

  private drawTabBar(tabBar: TabBarState | undefined): void {
    const bar = find('tab-bar')
    bar.hidden = !tabBar
    if (!tabBar) return
    const handle = this.frameHandle!
    const { appJson, theme } = handle.runtime
    const project = (this.frame.contentWindow as (Window & typeof globalThis) | null)?.__project
    const assets = project?.assets ?? {}
    /** app.json names a colour, or a variable of theme.json (`@name`) */
    const colour = (name: 'color' | 'selectedColor' | 'backgroundColor', fallback: string) => {
      const written = appJson.tabBar?.[name] ?? fallback
      return written.startsWith('@') ? (project?.theme[theme][written.slice(1)] ?? fallback) : written
    }
    bar.style.backgroundColor = colour('backgroundColor', '#fff')
    bar.replaceChildren(
      ...tabBar.list.map((item, index) => {
        const button = document.createElement('button')
        const selected = index === tabBar.selected
        const icon = assets[((selected ? item.selectedIconPath : item.iconPath) ?? '').replace(/^\.?\//, '')]
        if (icon) {
          const image = document.createElement('img')
          image.src = icon
          image.alt = ''
          button.append(image)
        }
        button.append(item.text)
        button.style.color = selected ? colour('selectedColor', '#3cc51f') : colour('color', '#69645a')
        if (selected) button.setAttribute('aria-current', 'page')
        const badge = tabBar.badges[index]
        if (badge !== undefined) {
          const mark = document.createElement('em')
          if (badge === true) mark.className = 'dot'
          else mark.textContent = badge
          button.append(mark)
        }
        button.onclick = () => this.press(app => pressTab(app, index))
        return button
      }),
    )
  }
}
