// The page around the phone: what a person can do to the app from outside.
import { ControlsForm } from './controls-form.ts'
import { showDiagnostics } from './findings.ts'
import { bilingual, current as language, inEachLanguage, say, setLanguage, startLanguage } from './language.ts'
import { nudgeFonts } from './font-nudge.ts'
import type { FrameHandle, FrameHost } from './frame.ts'
import { showHints } from './hints.ts'
import type { LogEntry, ProjectFacts, ToPhonePage } from './messages.ts'
import { closePanel, startPanel } from './panel.ts'
import { find, Screen } from './screen.ts'
import { PHONE_ZONE, type PhoneSettings } from './settings.ts'

const MOST_LOGGED = 200

nudgeFonts()
startLanguage()
const frame = find<HTMLIFrameElement>('frame')
const entryPath = find<HTMLInputElement>('entry-path')
const conditions = find<HTMLSelectElement>('conditions')
const consent = find<HTMLInputElement>('consent')
const settingsForm = find<HTMLFormElement>('settings')
const notice = (text: string) => void (find('notice').textContent = text)
const screen = new Screen()
const controls = new ControlsForm(notice)
let app: FrameHandle | undefined

/** The path that is on top, with its query. */
function currentPath(): string {
  const page = app?.runtime.pageStack().at(-1)
  if (!page) return ''
  const query = Object.entries(page.query).map(([name, value]) => `${name}=${value}`)
  return page.path + (query.length > 0 ? `?${query.join('&')}` : '')
}

function open(): void {
  const [path = '', query = ''] = entryPath.value
    .trim()
    .replace(/^\//, '')
    .split(/\?(.*)/s)
  const address = new URLSearchParams(path ? { path, query } : {})
  find('away').hidden = true
  find('dim').hidden = true
  closePanel()
  frame.src = `/frame/?${address}`
}

function log({ at, kind, text, status }: LogEntry): void {
  const line = document.createElement('li')
  const cells = [
    [new Date(at).toLocaleTimeString('zh-CN', { hour12: false, timeZone: PHONE_ZONE }), 'time'],
    [text, kind === 'error' ? 'error' : ''],
    [status ?? '', /^(?:[45]\d\d|[a-z])/.test(status ?? '') ? 'status error' : 'status'],
  ] as const
  for (const [content, className] of cells) {
    const cell = document.createElement(className === 'time' ? 'time' : 'span')
    cell.textContent = content
    if (kind === 'route' && !content) bilingual(cell, '页面', 'page')
    cell.className = className
    line.append(cell)
  }
  const list = find('log')
  list.prepend(line)
  while (list.childElementCount > MOST_LOGGED) list.lastElementChild!.remove()
}

let shown: PhoneSettings | undefined

const host: FrameHost = {
  frameStarted(handle) {
    app = handle
    // a dialog that was open went with the app it belonged to
    find('dim').hidden = true
    screen.show(handle)
    consent.checked = handle.privacy.agreed
    handle.runtime.events.on('route', () => {
      find('route').textContent = currentPath()
      consent.checked = handle.privacy.agreed
    })
  },
  frameShaded(shade) {
    find('dim').hidden = shade === 'none'
    find('dim').dataset.shade = shade
  },
  frameLogged: log,
  screenSize: () => screen.size,
}
globalThis.__phonePage = host

let signal = () => ''
const showSignal = () => void (find('signal').textContent = signal())

function showSettings(settings: PhoneSettings): void {
  shown = settings
  for (const field of settingsForm.elements as Iterable<Element> & HTMLFormControlsCollection) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || !field.name) continue
    const value = settings[field.name as keyof PhoneSettings]
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === true
    else if (document.activeElement !== field) field.value = String(value)
  }
  signal = () => (settings.offline ? say('无网络', 'No network') : settings.slow ? say('3G 弱', 'Weak 3G') : '5G')
  showSignal()
}

function showProject({ name, conditions: list }: ProjectFacts): void {
  inEachLanguage(() => (document.title = `${name} · ${say('模拟器', 'Simulator')}`))
  find('project-name').textContent = name
  const first = new Option('', '')
  inEachLanguage(() => (first.text = say('首页', 'First page')))
  conditions.replaceChildren(first, ...list.map(({ name, path, query }) => new Option(name, path + (query ? `?${query}` : ''))))
  showHints(list, entry => {
    entryPath.value = entry
    open()
  })
}

async function change(settings: Partial<PhoneSettings>): Promise<void> {
  const response = await fetch('/__phone', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
  notice(response.ok ? '' : ((await response.json()) as { message: string }).message)
}

function valueOf(field: HTMLInputElement): string | number | boolean {
  if (field.type === 'checkbox') return field.checked
  return typeof shown?.[field.name as keyof PhoneSettings] === 'number' ? Number(field.value) : field.value
}

settingsForm.onsubmit = event => event.preventDefault()
settingsForm.onchange = ({ target }) => {
  const field = target as HTMLInputElement
  if (field === consent) {
    if (field.checked) app?.privacy.agree()
    else app?.privacy.withdraw()
  } else
    void change({
      [field.name]: valueOf(field),
    })
}
conditions.onchange = () => {
  entryPath.value = conditions.value
  open()
}
find<HTMLFormElement>('entry').onsubmit = event => {
  event.preventDefault()
  open()
}
find('restart').onclick = open
startPanel(open)
find('language').onclick = () => setLanguage(language() === 'zh' ? 'en' : 'zh')
inEachLanguage(() => {
  find('language').textContent = say('English', '中文')
  showSignal()
})
// in the frame a dialog hears it by itself
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !event.isComposing) app?.overlays.decline()
})
find('clear').onclick = async () => {
  app?.storage.clear()
  await app?.storage.flushed()
  open()
}
find('home').onclick = () => {
  app?.runtime.hide()
  find('away').hidden = false
  find('return').focus()
}
find('return').onclick = () => {
  find('away').hidden = true
  app?.runtime.show()
}
find('copy-route').onclick = () =>
  void navigator.clipboard?.writeText(currentPath()).catch(() => notice(say('浏览器不允许复制', 'The browser does not allow copying')))
find('clear-log').onclick = () => find('log').replaceChildren()

const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/__page`)
socket.onmessage = ({ data }) => {
  const message = JSON.parse(String(data)) as ToPhonePage
  if (message.kind === 'settings') showSettings(message.settings)
  else if (message.kind === 'rebuilt') {
    if (showDiagnostics(message.diagnostics)) open()
  } else {
    showProject(message.project)
    showSettings(message.settings)
    find('companion').hidden = !message.controls
    if (message.controls) void controls.load()
    if (showDiagnostics(message.diagnostics)) open()
  }
}
socket.onclose = () => notice(say('模拟器已停止，请重新运行后刷新本页', 'The simulator has stopped: start it again, then reload this page'))
