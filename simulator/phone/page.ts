// The page around the phone: what a person can do to the app from outside, and what they can see of it.
import { ControlsForm } from './controls-form.ts'
import { find } from './find.ts'
import { showDiagnostics } from './findings.ts'
import { nudgeFonts } from './font-nudge.ts'
import type { FrameHandle, FrameHost } from './frame.ts'
import { showHints } from './hints.ts'
import { current as language, inEachLanguage, say, setLanguage, startLanguage } from './language.ts'
import { LogView } from './log-view.ts'
import type { ProjectFacts, ToPhonePage } from './messages.ts'
import { addressOf, PagesView } from './pages-view.ts'
import { closePanel, startPanel } from './panel.ts'
import { RequestLog } from './request-log.ts'
import { Screen } from './screen.ts'
import { SetDataLog } from './set-data-log.ts'
import { SettingsForm } from './settings-form.ts'
import { defaultSettings, type PhoneSettings } from './settings.ts'
import { StorageView } from './storage-view.ts'
import { Tabs } from './tabs.ts'

nudgeFonts()
startLanguage()
const frame = find<HTMLIFrameElement>('frame')
const entryPath = find<HTMLInputElement>('entry-path')
const conditions = find<HTMLSelectElement>('conditions')
const consent = find<HTMLInputElement>('consent')
const notice = (text: string) => void (find('notice').textContent = text)
const screen = new Screen()
const controls = new ControlsForm(notice)
const tabs = new Tabs()
const requests = new RequestLog()
const setData = new SetDataLog()
const storage = new StorageView(() => settings.storageLimit, notice)
const pages = new PagesView()
const log = new LogView()
const form = new SettingsForm(change => void send(change))
let app: FrameHandle | undefined
let settings: PhoneSettings = defaultSettings
/** the page that was on top, which a new build opens again; empty: the entry */
let lastPage = ''

/** The path that is on top, with its query. */
function currentPath(): string {
  const page = app?.runtime.pageStack().at(-1)
  return page ? addressOf(page) : ''
}

function open(entry: string): void {
  const [path = '', query = ''] = entry
    .trim()
    .replace(/^\//, '')
    .split(/\?(.*)/s)
  const address = new URLSearchParams(path ? { path, query } : {})
  find('away').hidden = true
  find('dim').hidden = true
  closePanel()
  lastPage = ''
  frame.src = `/frame/?${address}`
}
const reopen = () => open(entryPath.value)

const host: FrameHost = {
  frameStarted(handle) {
    app = handle
    // a dialog that was open went with the app it belonged to
    find('dim').hidden = true
    screen.show(handle)
    form.setResizable(handle.runtime.appJson['resizable'] === true)
    setData.show(handle.runtime)
    storage.show(handle.storage)
    pages.show(handle.runtime)
    consent.checked = handle.privacy.agreed
    handle.runtime.events.on('route', () => {
      lastPage = currentPath()
      find('route').textContent = lastPage
      consent.checked = handle.privacy.agreed
    })
  },
  frameShaded(shade) {
    find('dim').hidden = shade === 'none'
    find('dim').dataset.shade = shade
  },
  frameLogged: entry => (entry.kind === 'request' ? requests.add(entry) : log.add(entry)),
  settingsChanged: showSettings,
  keyboardRaised: height => screen.raiseKeyboard(height),
  screenLook: () => screen.look,
}
globalThis.__phonePage = host

let signal = () => ''
const showSignal = () => void (find('signal').textContent = signal())

function showSettings(now: PhoneSettings): void {
  settings = now
  screen.use(now)
  form.show(now)
  signal = () => (now.offline ? say('无网络', 'No network') : now.slow ? say('3G 弱', 'Weak 3G') : '5G')
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
    reopen()
  })
}

async function send(change: Partial<PhoneSettings>): Promise<void> {
  const response = await fetch('/__phone', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  notice(response.ok ? '' : ((await response.json()) as { message: string }).message)
  // what an app finds only when it starts
  if (response.ok && ('engine' in change || 'appVersion' in change)) open(lastPage || entryPath.value)
}

consent.onchange = () => {
  if (consent.checked) app?.privacy.agree()
  else app?.privacy.withdraw()
}
conditions.onchange = () => {
  entryPath.value = conditions.value
  reopen()
}
find<HTMLFormElement>('entry').onsubmit = event => {
  event.preventDefault()
  reopen()
}
find('restart').onclick = reopen
startPanel(reopen)
tabs.onOpen('set-data', shown => setData.measure(shown))
tabs.onOpen('storage', shown => storage.setOpen(shown))
tabs.onOpen('pages', shown => pages.setOpen(shown))
tabs.start()
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
  reopen()
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

const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/__page`)
socket.onmessage = ({ data }) => {
  const message = JSON.parse(String(data)) as ToPhonePage
  if (message.kind === 'settings') showSettings(message.settings)
  else if (message.kind === 'rebuilt') {
    // a file was saved: the person goes on where they were
    if (showDiagnostics(message.diagnostics)) open(lastPage || entryPath.value)
  } else {
    showProject(message.project)
    showSettings(message.settings)
    find('companion').hidden = !message.controls
    if (message.controls) void controls.load()
    if (showDiagnostics(message.diagnostics)) reopen()
  }
}
socket.onclose = () => notice(say('模拟器已停止，请重新运行后刷新本页', 'The simulator has stopped: start it again, then reload this page'))
