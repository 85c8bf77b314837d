// What the phone draws around the app's frame: status bar, navigation bar, capsule, tab bar, keyboard; and how much room they leave to the app.
import type { Chrome, NavigationBarState } from '../runtime/contract.ts'
import { pressBack, pressHome, pressTab } from './bar-buttons.ts'
import { allowanceOf, screenLook, type ScreenLook } from './devices.ts'
import { find } from './find.ts'
import type { FrameHandle } from './frame.ts'
import { defaultSettings, PHONE_ZONE, type PhoneSettings } from './settings.ts'
import { drawTabBar } from './tab-bar.ts'

/** of the phone's case, on each side */
const CASE = 12
/** kept free around the phone */
const MARGIN = 16
/** as in page.css: the window is a real phone's, and the drawn one fills it */
export const FULL_BLEED = matchMedia('(max-width: 480px)')

export class Screen {
  private readonly screen = find('screen')
  private readonly frame = find<HTMLIFrameElement>('frame')
  private frameHandle: FrameHandle | undefined
  private settings: PhoneSettings = defaultSettings

  constructor() {
    find('back').onclick = () => this.press(pressBack)
    find('go-home').onclick = () => this.press(pressHome)
    // a press on it is no press beside the box that is typed in
    find('keyboard').onpointerdown = event => event.preventDefault()
    find('hide-keyboard').onclick = () => (this.frame.contentDocument?.activeElement as HTMLElement | null)?.blur()
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

  /** The machine's screen, or where the phone fills the window, the window's. */
  get look(): ScreenLook {
    const chosen = FULL_BLEED.matches ? { ...this.settings, device: defaultSettings.device } : this.settings
    const look = screenLook(chosen, allowanceOf(this.frameHandle?.runtime))
    return FULL_BLEED.matches ? { ...look, width: this.screen.clientWidth, height: this.screen.clientHeight, turned: false } : look
  }

  /** Draws the machine as it is set; the app's window has its new size at once. */
  use(settings: PhoneSettings): void {
    this.settings = settings
    this.fit()
  }

  /** @param height CSS px, 0: it goes */
  raiseKeyboard(height: number): void {
    const keyboard = find('keyboard')
    keyboard.hidden = height === 0
    keyboard.style.height = `${height}px`
  }

  /** The whole phone is in sight, however small the window. */
  private fit(): void {
    const { look } = this
    const device = find('device')
    device.dataset.name = look.name
    device.dataset.turned = String(look.turned)
    find('resize-window').hidden = !look.resizable
    this.measure(look)
    const { clientWidth, clientHeight } = find('stage')
    const room = (available: number, needed: number) => (available - 2 * MARGIN) / (needed + 2 * CASE)
    device.style.scale = FULL_BLEED.matches ? 'none' : String(Math.min(1, room(clientWidth, look.width), room(clientHeight, look.height)))
    if (this.frameHandle) this.draw(this.frameHandle.runtime.chrome)
  }

  private measure(look: ScreenLook): void {
    const lengths = {
      width: look.width,
      height: look.height,
      'status-bar': look.statusBar,
      'navigation-bar': look.navigationBar,
      'menu-top': look.menuTop,
      'tab-bar': look.tabBar,
      'home-indicator': look.homeIndicator,
      side: look.side,
    }
    for (const [name, length] of Object.entries(lengths)) this.screen.style.setProperty(`--${name}`, `${length}px`)
  }

  private press(button: (app: FrameHandle) => Promise<void>): void {
    if (this.frameHandle) void button(this.frameHandle).catch(() => {})
  }

  show(handle: FrameHandle): void {
    this.frameHandle = handle
    this.raiseKeyboard(0)
    const draw = () => this.draw(handle.runtime.chrome)
    handle.runtime.chrome.onChange(draw)
    // a page may lie on its side
    handle.runtime.events.on('route', () => this.fit())
    handle.runtime.events.on('themeChange', draw)
    this.fit()
  }

  private draw({ navigationBar, tabBar }: Chrome): void {
    const { look } = this
    this.drawNavigationBar(navigationBar)
    const drawnTabBar = tabBar && !tabBar.custom && tabBar.visible ? tabBar : undefined
    const { contentWindow, contentDocument } = this.frame
    drawTabBar(drawnTabBar, this.frameHandle!, (contentWindow as (Window & typeof globalThis) | null)?.__project, index =>
      this.press(app => pressTab(app, index)),
    )
    const top = navigationBar.custom ? 0 : look.statusBar + look.navigationBar
    const bottom = drawnTabBar ? look.tabBar : 0
    for (const { style } of [this.frame, find('dim')]) {
      style.top = `${top}px`
      style.height = `${look.height - top - bottom}px`
    }
    const style = contentDocument?.documentElement.style
    style?.setProperty('--safe-area-inset-top', navigationBar.custom ? `${look.statusBar}px` : '0px')
    style?.setProperty('--safe-area-inset-bottom', drawnTabBar ? '0px' : `${look.homeIndicator}px`)
    for (const side of ['left', 'right']) style?.setProperty(`--safe-area-inset-${side}`, `${look.side}px`)
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
}
