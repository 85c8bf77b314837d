// The keyboard on the screen: it rises when a box is typed in, covers the page's lower part, and pushes the page up as far as the box needs
// (adjust-position, cursor-spacing, adjust-keyboard-to). https://developers.weixin.qq.com/miniprogram/dev/component/input.html
import type { BuiltinElement, Host } from '../builtins/define.ts'
import type { Runtime } from '../runtime/contract.ts'
import type { ScreenLook } from './devices.ts'
import type { PhoneSettings } from './settings.ts'

export interface KeyboardParts {
  /** what is pushed up */
  root: HTMLElement
  runtime: Runtime
  settings: Readonly<PhoneSettings>
  screen: () => ScreenLook
  /** the phone draws it; 0: it goes */
  raised: (height: number) => void
}

/** seconds that phones take to raise one */
const DURATION = 0.25
const FIELDS = 'wx-input, wx-textarea'

export class Keyboard {
  private height = 0
  private box: BuiltinElement | undefined
  private readonly listeners: ((change: { height: number; duration: number }) => void)[] = []

  constructor(private readonly parts: KeyboardParts) {
    document.addEventListener('focusin', ({ target }) => this.typing((target as Element).closest<BuiltinElement>(FIELDS) ?? undefined))
    // a box that took the focus over has told so before this runs
    document.addEventListener('focusout', () => queueMicrotask(() => this.typing(focusedBox())))
    parts.runtime.events.on('route', () => this.typing(focusedBox()))
    parts.root.addEventListener('input', () => this.push())
  }

  /** As high as the machine's keyboard is when it is up, CSS px; 0 where none is drawn. */
  get ofMachine(): number {
    return this.parts.settings.keyboard ? this.parts.screen().keyboard : 0
  }

  onHeight(listener: (change: { height: number; duration: number }) => void): void {
    this.listeners.push(listener)
  }

  /** The switch, or the machine, was changed. */
  follow(): void {
    this.typing(focusedBox())
  }

  private typing(box: BuiltinElement | undefined): void {
    const before = this.box
    this.box = box
    const height = box ? this.ofMachine : 0
    if (height !== this.height) {
      this.height = height
      this.parts.raised(height)
      const change = { height, duration: DURATION }
      ;(box ?? before)?.__host?.send('keyboardheightchange', change)
      for (const listener of this.listeners) listener(change)
    }
    this.push()
  }

  private push(): void {
    const { style } = this.parts.root
    const distance = this.height > 0 && this.box?.__host?.get('adjustPosition') ? this.needed(this.box, this.box.__host) : 0
    style.transform = distance > 0 ? `translateY(${-distance}px)` : ''
  }

  /** How far the end of the box, or of its line, would lie below the keyboard's edge. */
  private needed(box: BuiltinElement, { get }: Host): number {
    const { chrome } = this.parts.runtime
    const belowPage = chrome.tabBar?.visible && !chrome.tabBar.custom ? this.parts.screen().tabBar : 0
    const covered = Math.max(0, this.height - belowPage)
    const pushed = Math.round(this.parts.root.getBoundingClientRect().top)
    const end = bottomOf(box, get<string>('adjustKeyboardTo')) - pushed
    const spacing = Math.max(0, Number.parseFloat(String(get('cursorSpacing'))) || 0)
    return Math.min(covered, Math.max(0, Math.ceil(end + spacing - (window.innerHeight - covered))))
  }
}

const focusedBox = (): BuiltinElement | undefined => document.activeElement?.closest<BuiltinElement>(FIELDS) ?? undefined

/** Of an input its lower edge; of a textarea the line that is typed in, unless `adjust-keyboard-to` is `bottom`. */
function bottomOf(box: HTMLElement, adjustTo: string | undefined): number {
  const { top, bottom } = box.getBoundingClientRect()
  const field = box.querySelector('textarea')
  if (!field || adjustTo === 'bottom') return bottom
  const upToCaret = field.cloneNode() as HTMLTextAreaElement
  upToCaret.value = field.value.slice(0, field.selectionStart)
  upToCaret.style.height = '0'
  field.after(upToCaret)
  const line = upToCaret.scrollHeight
  upToCaret.remove()
  return Math.min(bottom, top + line - field.scrollTop)
}
