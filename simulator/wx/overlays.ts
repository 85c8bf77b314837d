// What WeChat draws over a page (toast, loading, modal, action sheet, a question to the person), drawn in the frame above everything of the app.
// All of it stands in a shadow root, so the app's styles do not reach it.

const STYLE = `
:host { position: fixed; inset: 0; z-index: 2147483000; pointer-events: none; font: 15px/1.5 var(--simulator-font, system-ui); }
* { box-sizing: border-box; }
.mask { position: absolute; inset: 0; background: rgba(0,0,0,.5); pointer-events: auto; display: flex; align-items: center; justify-content: center; }
.mask.sheet { align-items: flex-end; }
.clear { background: transparent; }
.toast { max-width: 70%; padding: 14px 18px; border-radius: 12px; background: rgba(44,44,44,.94); color: #fff; text-align: center; white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: none; }
.toast.icon { min-width: 132px; padding-top: 20px; }
.toast b { display: block; font-size: 34px; line-height: 1.1; font-weight: 400; margin-bottom: 8px; }
.toast img { display: block; width: 44px; height: 44px; margin: 0 auto 8px; }
.ring { width: 34px; height: 34px; margin: 2px auto 10px; border: 3px solid rgba(255,255,255,.3); border-top-color: #fff; border-radius: 50%; animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
.modal { width: 300px; max-height: 80%; overflow: auto; border-radius: 12px; background: var(--sheet); color: var(--sheet-ink); text-align: center; }
.modal h3 { margin: 24px 20px 0; font-size: 17px; font-weight: 600; }
.modal p { margin: 12px 20px 22px; color: var(--sheet-ink-2); white-space: pre-wrap; overflow-wrap: anywhere; }
.modal input { width: calc(100% - 40px); margin: 0 20px 20px; padding: 8px 10px; font: inherit; border: 1px solid var(--sheet-line); border-radius: 6px; background: transparent; color: inherit; }
.buttons { display: flex; border-top: 1px solid var(--sheet-line); }
button { flex: 1; min-height: 50px; font: inherit; font-size: 17px; border: 0; background: none; color: var(--sheet-ink); cursor: pointer; }
button + button { border-left: 1px solid var(--sheet-line); }
button:focus-visible { outline: 2px solid #576b95; outline-offset: -3px; }
.actions { width: 100%; border-radius: 12px 12px 0 0; overflow: hidden; background: var(--sheet); color: var(--sheet-ink); text-align: center; padding-bottom: var(--safe-area-inset-bottom, 0px); }
.actions small { display: block; padding: 14px; color: var(--sheet-ink-2); }
.actions button { display: block; width: 100%; border-left: 0; border-top: 1px solid var(--sheet-line); }
.actions button.cancel { border-top: 8px solid var(--sheet-gap); }
`
const LIGHT = '--sheet:#fff;--sheet-ink:#1d1b16;--sheet-ink-2:#69645a;--sheet-line:#e6e3db;--sheet-gap:#f5f4f0;--sheet-link:#576b95'
const DARK = '--sheet:#2c2c2c;--sheet-ink:#f3f0e9;--sheet-ink-2:#b8b2a6;--sheet-line:#3d3b37;--sheet-gap:#1c1a16;--sheet-link:#9fb3d6'

export interface Question {
  title: string
  content: string
  confirm?: { text: string; color?: string }
  cancel?: { text: string; color?: string }
  /** asks for a line of text; `value` is what stands there at first */
  input?: { value: string; placeholder: string }
}

type Attributes = { class?: string; text?: string; color?: string }

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (attributes.class) made.className = attributes.class
  if (attributes.text !== undefined) made.textContent = attributes.text
  if (attributes.color) made.style.color = attributes.color
  made.append(...children)
  return made
}

export class Overlays {
  private readonly host = document.createElement('simulator-overlays')
  private readonly root = this.host.attachShadow({ mode: 'open' })
  private readonly toasts = element('div')
  private readonly dialogs = element('div')
  private toastTimer: ReturnType<typeof setTimeout> | undefined

  /** @param onMask told whether the phone around the frame should be dimmed as well */
  constructor(private readonly onMask: (masked: boolean) => void) {
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
        this.removeDialog(mask)
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
      box.setAttribute('role', 'dialog')
      box.setAttribute('aria-modal', 'true')
      if (question.title) box.append(element('h3', { text: question.title }))
      box.append(element('p', { text: question.content }))
      if (input) {
        input.value = question.input!.value
        input.placeholder = question.input!.placeholder
        input.setAttribute('aria-label', question.title || question.content)
        input.onkeydown = event => event.key === 'Enter' && close(input.value)
        box.append(input)
      }
      box.append(buttons)
      const mask = this.addDialog('mask', box)
      ;(input ?? confirm).focus()
    })
  }

  /** @returns the index chosen, or undefined when the person cancelled */
  choose(look: { alert?: string; items: string[]; color?: string }): Promise<number | undefined> {
    return new Promise(answer => {
      const close = (index: number | undefined) => {
        this.removeDialog(mask)
        answer(index)
      }
      const sheet = element('div', { class: 'actions' })
      sheet.setAttribute('role', 'menu')
      if (look.alert) sheet.append(element('small', { text: look.alert }))
      look.items.forEach((item, index) => {
        const button = element('button', { text: item, color: look.color })
        button.onclick = () => close(index)
        sheet.append(button)
      })
      const cancel = element('button', { class: 'cancel', text: '取消' })
      cancel.onclick = () => close(undefined)
      sheet.append(cancel)
      const mask = this.addDialog('mask sheet', sheet)
      mask.onclick = event => event.target === mask && close(undefined)
    })
  }

  /** Answers the dialog on top as a person would, by the text of a button. @returns false if there is none */
  press(which: 'confirm' | 'cancel'): boolean {
    const top = this.dialogs.lastElementChild
    const button = top?.querySelector<HTMLButtonElement>(`button.${which}`)
    button?.click()
    return button !== undefined && button !== null
  }

  private addDialog(className: string, content: HTMLElement): HTMLDivElement {
    const mask = element('div', { class: className }, content)
    this.dialogs.append(mask)
    this.onMask(true)
    return mask
  }

  private removeDialog(mask: HTMLElement): void {
    mask.remove()
    this.onMask(this.dialogs.childElementCount > 0)
  }
}
