// The form of what can be set on the phone: it shows the settings, and sends what the person changes.
import { find } from './find.ts'
import { inEachLanguage, say } from './language.ts'
import { defaultSettings, type PhoneSettings } from './settings.ts'

type Field = HTMLInputElement | HTMLSelectElement

/** milliseconds; a change that has no answer by then was not taken */
const answeredWithin = 2_000

export class SettingsForm {
  private readonly form = find<HTMLFormElement>('settings')
  private shown: PhoneSettings = defaultSettings
  private resizable = false
  /** what the person changed and no answer has said yet: an answer to something earlier must not take it back */
  private readonly asked = new Map<string, { value: unknown; until: number }>()

  /** @param change sends; what is no setting of the phone (the consent) is the caller's */
  constructor(change: (settings: Partial<PhoneSettings>) => void) {
    this.form.onsubmit = event => event.preventDefault()
    this.form.addEventListener('change', ({ target }) => {
      const field = target as Field
      if (!field.name) return
      const value = this.valueOf(field)
      this.asked.set(field.name, { value, until: Date.now() + answeredWithin })
      change({ [field.name]: value })
    })
    find('resize-window').onpointerdown = event => this.drag(event, change)
    inEachLanguage(() => this.tell())
  }

  /** Whether the app lets its window be dragged and an iPad be turned. */
  setResizable(resizable: boolean): void {
    this.resizable = resizable
    this.tell()
  }

  show(settings: PhoneSettings): void {
    this.shown = settings
    for (const field of this.fields()) {
      const value = settings[field.name as keyof PhoneSettings]
      if (this.waitsFor(field.name, value)) continue
      if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === true
      else if (document.activeElement !== field || field instanceof HTMLSelectElement) setValue(field, String(value))
    }
    this.tell()
  }

  private waitsFor(name: string, now: unknown): boolean {
    const asked = this.asked.get(name)
    if (asked === undefined) return false
    const waits = asked.value !== now && Date.now() < asked.until
    if (!waits) this.asked.delete(name)
    return waits
  }

  private tell(): void {
    const { device } = this.shown
    find('window-size').hidden = device !== 'computer' || !this.resizable
    find('landscape').hidden = device === 'computer'
    find('keyboard-switch').hidden = device === 'computer'
    find('size-note').textContent = this.note()
    const changed = this.fields().filter(
      field => field.closest('#faults') && this.shown[field.name as keyof PhoneSettings] !== this.usual(field.name as keyof PhoneSettings),
    ).length
    find('faults-count').textContent = changed > 0 ? say(`开了 ${changed} 项`, `${changed} on`) : ''
  }

  /** What is no fault: the density is the machine's. */
  private usual(name: keyof PhoneSettings): unknown {
    return name === 'pixelRatio' ? this.shown.pixelRatio : defaultSettings[name]
  }

  private note(): string {
    if (this.shown.device === 'computer' && !this.resizable)
      return say('app.json 没有 "resizable": true，窗口大小固定。', 'app.json has no "resizable": true: the window keeps its size.')
    if (this.shown.device === 'ipad' && this.shown.landscape && !this.resizable)
      return say('app.json 没有 "resizable": true，iPad 不跟着转。', 'app.json has no "resizable": true: the iPad does not turn it.')
    if (this.shown.device.startsWith('i') && this.shown.device !== 'ipad' && this.shown.landscape)
      return say('页面 pageOrientation 为 auto 时才转。', 'Pages turn whose pageOrientation is auto.')
    return ''
  }

  private fields(): Field[] {
    return [...this.form.querySelectorAll<Field>('input[name], select[name]')]
  }

  private valueOf(field: Field): string | number | boolean {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked
    return typeof this.shown[field.name as keyof PhoneSettings] === 'number' ? Number(field.value) : field.value
  }

  /** The corner of the computer's window follows the pointer; the window's middle stays. */
  private drag(from: PointerEvent, change: (settings: Partial<PhoneSettings>) => void): void {
    const corner = from.currentTarget as HTMLElement
    const { windowWidth, windowHeight } = this.shown
    const scale = Number(find('device').style.scale) || 1
    corner.setPointerCapture(from.pointerId)
    let last: Partial<PhoneSettings> = {}
    corner.onpointermove = event => {
      const to = (now: number, moved: number, least: number) => Math.max(least, Math.round(now + (2 * moved) / scale))
      last = {
        windowWidth: to(windowWidth, event.clientX - from.clientX, 280),
        windowHeight: to(windowHeight, event.clientY - from.clientY, 320),
      }
      change(last)
    }
    corner.onlostpointercapture = () => (corner.onpointermove = null)
  }
}

/** A value that the list does not offer (set over HTTP) is added to it. */
function setValue(field: Field, value: string): void {
  if (field instanceof HTMLSelectElement && ![...field.options].some(option => option.value === value)) field.add(new Option(value, value))
  field.value = value
}
