// <input> and <textarea>: a real field inside, WeChat's events around it.
import type { Builtin, Host, PropertyType } from './define.ts'

const FIELD_PROPERTIES: Record<string, PropertyType> = {
  value: [null, ''],
  placeholder: [String, ''],
  placeholderStyle: [String, ''],
  placeholderClass: [String, 'input-placeholder'],
  disabled: [Boolean, false],
  maxlength: [Number, 140],
  cursorSpacing: [null, 0],
  focus: [Boolean, false],
  autoFocus: [Boolean, false],
  confirmType: [String, 'done'],
  confirmHold: [Boolean, false],
  cursor: [Number, -1],
  cursorColor: [String, ''],
  selectionStart: [Number, -1],
  selectionEnd: [Number, -1],
  adjustPosition: [Boolean, true],
  holdKeyboard: [Boolean, false],
  name: [String, ''],
  alwaysSystem: [Boolean, false],
}
const KEYBOARDS: Record<string, string> = {
  number: 'numeric',
  digit: 'decimal',
  idcard: 'text',
  text: 'text',
  nickname: 'text',
  'safe-password': 'text',
}
const ENTER: Record<string, string> = { send: 'send', search: 'search', next: 'next', go: 'go', done: 'done', return: 'enter' }

/** of `:where(.mp-placeholder)` in styles.ts, as it is computed */
const PLACEHOLDER_GREY = 'rgb(128, 128, 128)'

type Field = HTMLInputElement | HTMLTextAreaElement

let quiet = () => false
/** From the phone: whether its keyboard keeps `input` to itself, as pinyin and dictation on some phones do. */
export function keepInputQuietWhen(is: () => boolean): void {
  quiet = is
}

let keyboardHeight = () => 0
/** From the phone: how high the keyboard is that a box raises when it is typed in, CSS px. */
export function raiseKeyboardOf(height: () => number): void {
  keyboardHeight = height
}

/** What is still composed (pinyin) is no input yet. */
function listenToTyping(field: Field, typed: () => void): void {
  let composing = false
  field.addEventListener('compositionstart', () => (composing = true))
  field.addEventListener('compositionend', () => {
    composing = false
    typed()
  })
  field.addEventListener('input', () => !composing && typed())
}

function confirmByEnter({ get, send }: Host, field: Field): void {
  field.addEventListener('keydown', event => {
    const { key, isComposing } = event as KeyboardEvent
    const confirms = field instanceof HTMLInputElement || get<string>('confirmType') !== 'return'
    if (key !== 'Enter' || isComposing || !confirms) return
    if (field instanceof HTMLTextAreaElement) event.preventDefault()
    send('confirm', { value: field.value })
    if (!get('confirmHold')) field.blur()
  })
}

function selectIn({ get }: Host, field: Field): void {
  if (document.activeElement !== field) return
  const [start, end, cursor] = [get<number>('selectionStart'), get<number>('selectionEnd'), get<number>('cursor')]
  if (start >= 0 && end >= 0) field.setSelectionRange(start, end)
  else if (cursor >= 0) field.setSelectionRange(cursor, cursor)
}

function setupField(host: Host, field: Field) {
  const { element, get, set, send } = host
  let initial: unknown
  let inside = false
  field.autocomplete = 'off'
  field.setAttribute('part', 'field')
  element.append(field)
  element.__activate = () => field.focus()
  element.__field = { name: () => get('name'), value: () => field.value, reset: () => write(initial) }

  const write = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value)
    const limit = get<number>('maxlength')
    const cut = limit >= 0 ? text.slice(0, limit) : text
    if (field.value !== cut) field.value = cut
  }
  element.__replaced = answer => {
    const { value, cursor } =
      typeof answer === 'object' && answer !== null ? (answer as { value?: unknown; cursor?: number }) : { value: answer }
    if (typeof value !== 'string') return
    const at = typeof cursor === 'number' ? cursor : (field.selectionStart ?? value.length)
    write(value)
    inside = true
    set({ value: field.value })
    inside = false
    if (document.activeElement === field) field.setSelectionRange(at, at)
  }
  const changedByPerson = (keyCode?: number) => {
    if (quiet()) return
    inside = true
    set({ value: field.value })
    inside = false
    const detail = { value: field.value, cursor: field.selectionStart ?? field.value.length, keyCode }
    send('input', detail)
  }
  listenToTyping(field, () => changedByPerson())
  field.addEventListener('focus', () => send('focus', { value: field.value, height: keyboardHeight() }))
  field.addEventListener('blur', () => {
    inside = true
    set({ focus: false })
    inside = false
    send('blur', { value: field.value, cursor: field.selectionStart ?? 0 })
  })
  confirmByEnter(host, field)
  const focus = (wanted: boolean) => {
    if (inside) return
    if (wanted) field.focus()
    else if (document.activeElement === field) field.blur()
  }
  const select = () => selectIn(host, field)
  const changed: Record<string, (value: never) => void> = {
    value: (value: unknown) => {
      initial ??= value
      if (!inside) write(value)
    },
    placeholder: (text: string) => (field.placeholder = text),
    placeholderStyle: () => element.isConnected && dress(),
    placeholderClass: (name: string) => {
      field.setAttribute('data-placeholder-class', name)
      if (element.isConnected) dress()
    },
    disabled: (disabled: boolean) => (field.disabled = disabled),
    maxlength: (limit: number) => {
      if (limit >= 0) field.maxLength = limit
      else field.removeAttribute('maxlength')
    },
    focus,
    cursor: select,
    selectionStart: select,
    selectionEnd: select,
    confirmType: (type: string) => (field.enterKeyHint = ENTER[type] ?? ''),
    ariaLabel: (label: unknown) => (label ? field.setAttribute('aria-label', String(label)) : field.removeAttribute('aria-label')),
  }
  const dress = () => dressPlaceholder(host, get('placeholderClass'), get('placeholderStyle'))
  const attached = () => {
    dress()
    looks.add(element, dress)
    if (get('autoFocus') || get('focus')) field.focus()
  }
  return { changed, attached, detached: () => looks.remove(element) }
}

/** What follows the styles in force: another theme, the phone's or the app's own by a class above the field; the page that is on top again, with its style sheet. */
const looks = {
  followers: new Map<HTMLElement, () => void>(),
  observer: undefined as MutationObserver | undefined,
  add(element: HTMLElement, follow: () => void): void {
    this.followers.set(element, follow)
    if (this.observer) return
    this.observer = new MutationObserver(changes => {
      const above = new Set(changes.map(change => change.target))
      const all = changes.some(({ attributeName }) => attributeName === 'media')
      for (const [follower, dress] of this.followers) if (all || [...above].some(node => node.contains(follower))) dress()
    })
    this.observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['class', 'data-theme', 'media'] })
  },
  remove(element: HTMLElement): void {
    this.followers.delete(element)
    if (this.followers.size > 0) return
    this.observer?.disconnect()
    this.observer = undefined
  },
}

/** Nothing inline can match ::placeholder, and nor can a class of the app: the look that both give is copied into variables of the base style. */
function dressPlaceholder({ element, named }: Host, classes: string, style: string): void {
  const probe = document.createElement('span')
  probe.className = `mp-placeholder ${named(classes)}`
  probe.style.cssText = style
  element.append(probe)
  const plain = getComputedStyle(element)
  const wanted = getComputedStyle(probe)
  const differs = {
    color: wanted.color !== PLACEHOLDER_GREY,
    'font-size': wanted.fontSize !== plain.fontSize,
    'font-weight': wanted.fontWeight !== plain.fontWeight,
  }
  for (const [name, own] of Object.entries(differs)) {
    if (own) element.style.setProperty(`--placeholder-${name}`, wanted.getPropertyValue(name))
    else element.style.removeProperty(`--placeholder-${name}`)
  }
  probe.remove()
}

/** What `line-height: normal` comes to with the field's font. */
function normalLineHeight(element: HTMLElement): number {
  const probe = document.createElement('span')
  probe.style.display = 'block'
  probe.textContent = 'x'
  element.append(probe)
  const height = probe.offsetHeight
  probe.remove()
  return height || 20
}

/** What a height given by CSS has to hold beside the text: with `border-box` the padding and border are part of it. */
function roomAround(element: HTMLElement): number {
  const style = getComputedStyle(element)
  if (style.boxSizing !== 'border-box') return 0
  const widths = [style.paddingTop, style.paddingBottom, style.borderTopWidth, style.borderBottomWidth]
  return widths.reduce((sum, width) => sum + Number.parseFloat(width), 0)
}

export const input: Builtin = {
  tag: 'input',
  properties: {
    ...FIELD_PROPERTIES,
    type: [String, 'text'],
    password: [Boolean, false],
    alwaysEmbed: [Boolean, false],
    autoFill: [String, ''],
  },
  setup(host) {
    const field = document.createElement('input')
    const { changed, attached, detached } = setupField(host, field)
    const kind = () => {
      field.type = host.get('password') ? 'password' : 'text'
      field.inputMode = KEYBOARDS[host.get<string>('type')] ?? 'text'
    }
    return { changed: { ...changed, type: kind, password: kind }, attached, detached }
  },
}

export const textarea: Builtin = {
  tag: 'textarea',
  properties: {
    ...FIELD_PROPERTIES,
    placeholderClass: [String, 'textarea-placeholder'],
    confirmType: [String, 'return'],
    autoHeight: [Boolean, false],
    fixed: [Boolean, false],
    showConfirmBar: [Boolean, true],
    adjustKeyboardTo: [String, 'cursor'],
    disableDefaultPadding: [Boolean, false],
  },
  setup(host) {
    const { element, get, send } = host
    const field = document.createElement('textarea')
    const { changed, attached, detached } = setupField(host, field)
    let lines = 0
    const grow = () => {
      const lineHeight = Number.parseFloat(getComputedStyle(field).lineHeight) || normalLineHeight(element)
      const scrolled = field.scrollTop
      field.style.height = '0'
      const height = Math.max(field.scrollHeight, lineHeight)
      field.style.height = '100%'
      field.scrollTop = scrolled
      if (get('autoHeight')) element.style.height = `${height + roomAround(element)}px`
      const count = Math.max(1, Math.round(height / lineHeight))
      if (count !== lines && element.isConnected)
        send('linechange', { height, heightRpx: (height * 750) / window.innerWidth, lineCount: count })
      lines = count
    }
    field.addEventListener('input', grow)
    return {
      changed: {
        ...changed,
        value: (value: never) => {
          changed['value']!(value)
          if (element.isConnected) grow()
        },
        autoHeight: () => element.isConnected && grow(),
      },
      attached: () => {
        attached()
        grow()
      },
      detached,
    }
  },
}
