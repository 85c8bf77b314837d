// What WeChat draws over a page (toast, loading, modal, action sheet, a question to the person, pictures), drawn in the frame above everything
// of the app. All of it stands in a shadow root, so the app's styles do not reach it.
import { holdFocus, tabStops } from './dialog-keys.ts'
import { DARK, element, LIGHT, STYLE } from './overlay-parts.ts'
import { pictureViewer } from './picture-viewer.ts'

export interface Question {
  title: string
  content: string
  confirm?: { text: string; color?: string }
  cancel?: { text: string; color?: string }
  /** asks for a line of text; `value` is what stands there at first */
  input?: { value: string; placeholder: string }
}

/** How far the phone around the frame is shaded by what lies over the page. */
export type Shade = 'none' | 'half' | 'full'

/** Something that lies over the page until the person answers. */
interface Layer {
  box: HTMLElement
  kind: 'dialog' | 'pictures'
  decline: () => void
  giveFocusBack: () => void
}

export class Overlays {
  private readonly host = document.createElement('simulator-overlays')
  private readonly root = this.host.attachShadow({ mode: 'open' })
  private readonly toasts = element('div')
  private readonly dialogs = element('div')
  private readonly layers: Layer[] = []
  private toastTimer: ReturnType<typeof setTimeout> | undefined

  /** @param onShade told how the phone around the frame is to be shaded */
  constructor(private readonly onShade: (shade: Shade) => void) {
    this.root.append(element('style', { text: STYLE }), this.dialogs, this.toasts)
    this.setTheme('light')
    document.documentElement.append(this.host)
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.host.style.cssText = theme === 'dark' ? DARK : LIGHT
  }

  /** `duration` in milliseconds; none: until `hideToast` */
  toast(look: { title: string; icon: string; image?: string; mask: boolean; duration?: number }): void {
    this.hideToast()
    const box = element('div', { class: look.icon === 'none' && !look.image ? 'toast' : 'toast icon' })
    box.setAttribute('role', 'status')
    if (look.image) {
      const image = element('img')
      image.src = look.image
      image.alt = ''
      box.append(image)
    } else if (look.icon === 'loading') box.append(element('div', { class: 'ring' }))
    else if (look.icon !== 'none') box.append(element('b', { text: look.icon === 'error' ? '✕' : '✓' }))
    box.append(look.title)
    const mask = element('div', { class: 'mask clear' }, box)
    if (!look.mask) mask.style.pointerEvents = 'none'
    this.toasts.append(mask)
    if (look.duration !== undefined) this.toastTimer = setTimeout(() => this.hideToast(), look.duration)
  }

  hideToast(): void {
    clearTimeout(this.toastTimer)
    this.toasts.replaceChildren()
  }

  /** @returns the text given (empty without input) or undefined when the person declined */
  ask(question: Question): Promise<string | undefined> {
    return new Promise(answer => {
      const input = question.input ? element('input') : undefined
      const close = (given: string | undefined) => {
        this.remove(layer)
        answer(given)
      }
      const confirm = element('button', { text: question.confirm?.text ?? '确定', color: question.confirm?.color ?? 'var(--sheet-link)' })
      confirm.className = 'confirm'
      confirm.onclick = () => close(input?.value ?? '')
      const buttons = element('div', { class: 'buttons' })
      if (question.cancel) {
        const cancel = element('button', { class: 'cancel', text: question.cancel.text, color: question.cancel.color })
        cancel.onclick = () => close(undefined)
        buttons.append(cancel)
      }
      buttons.append(confirm)
      const box = element('div', { class: 'modal' })
      if (question.title) box.append(element('h3', { text: question.title }))
      box.append(element('p', { text: question.content }))
      if (input) {
        input.value = question.input!.value
        input.placeholder = question.input!.placeholder
        input.autocomplete = 'off'
        input.setAttribute('aria-label', question.title || question.content)
        input.addEventListener('keydown', event => {
          // Enter of an input method only takes over what it proposes
          if (event.key === 'Enter' && !event.isComposing) close(input.value)
        })
        box.append(input)
      }
      box.append(buttons)
      const layer = this.add({ className: 'mask', box, name: question.title || question.content, decline: () => close(undefined) })
      layer.giveFocusBack = holdFocus(box, input ?? confirm, layer.decline)
    })
  }

  /** @returns the index chosen, or undefined when the person cancelled */
  choose(look: { alert?: string; items: string[]; color?: string; cancelText: string }): Promise<number | undefined> {
    return new Promise(answer => {
      const close = (index: number | undefined) => {
        this.remove(layer)
        answer(index)
      }
      const sheet = element('div', { class: 'actions' })
      if (look.alert) sheet.append(element('small', { text: look.alert }))
      look.items.forEach((item, index) => {
        const button = element('button', { text: item, color: look.color })
        button.onclick = () => close(index)
        sheet.append(button)
      })
      const cancel = element('button', { class: 'cancel', text: look.cancelText })
      cancel.onclick = () => close(undefined)
      sheet.append(cancel)
      const layer = this.add({
        className: 'mask sheet',
        box: sheet,
        name: look.alert ?? look.items.join(' '),
        decline: () => close(undefined),
      })
      const mask = sheet.parentElement!
      mask.addEventListener('click', event => {
        if (event.target === mask) close(undefined)
      })
      layer.giveFocusBack = holdFocus(sheet, tabStops(sheet)[0] ?? cancel, layer.decline)
    })
  }

  /** @param pictures addresses that the browser can draw. Resolves when the person has closed them. */
  preview(pictures: string[], at: number, unreadable: string): Promise<void> {
    return new Promise(closed => {
      const close = () => {
        this.remove(layer)
        closed()
      }
      const box = pictureViewer(pictures, at, unreadable, close)
      const layer = this.add({ box, kind: 'pictures', decline: close })
      layer.giveFocusBack = holdFocus(box, box, close)
    })
  }

  /** Answers the dialog on top as a person would, by the text of a button. @returns false if there is none */
  press(which: 'confirm' | 'cancel'): boolean {
    const button = this.layers.at(-1)?.box.querySelector<HTMLButtonElement>(`button.${which}`)
    button?.click()
    return button !== undefined && button !== null
  }

  /** What Esc does while the focus is elsewhere: declines what lies on top. */
  decline(): void {
    this.layers.at(-1)?.decline()
  }

  /**
   * The person leaves the page: questions about it are declined. Pictures are a page of their own.
   * @returns whether pictures were closed, and the page below is the one to stay
   */
  leave(): boolean {
    const pictures = this.layers.at(-1)?.kind === 'pictures'
    if (pictures) this.decline()
    else for (const { decline } of [...this.layers].reverse()) decline()
    return pictures
  }

  private add(look: { className?: string; box: HTMLElement; name?: string; kind?: Layer['kind']; decline: () => void }): Layer {
    const { box, kind = 'dialog', decline } = look
    box.setAttribute('role', 'dialog')
    box.setAttribute('aria-modal', 'true')
    if (look.name) box.setAttribute('aria-label', look.name)
    const layer: Layer = { box, kind, decline, giveFocusBack: () => {} }
    this.layers.push(layer)
    this.dialogs.append(look.className ? element('div', { class: look.className }, box) : box)
    this.shade()
    return layer
  }

  private remove(layer: Layer): void {
    const at = this.layers.indexOf(layer)
    if (at < 0) return
    this.layers.splice(at, 1)
    this.dialogs.children[at]?.remove()
    this.shade()
    layer.giveFocusBack()
  }

  private shade(): void {
    const top = this.layers.at(-1)
    this.onShade(top === undefined ? 'none' : top.kind === 'pictures' ? 'full' : 'half')
  }
}
