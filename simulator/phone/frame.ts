// Starts the mini program in the frame: the runtime, wx, and what answers the automation protocol.
import type { ProjectBundle } from '../compiler/index.ts'
import { drawFilesWith } from '../builtins/define.ts'
import { keepInputQuietWhen, raiseKeyboardOf } from '../builtins/input.ts'
import { createResponder } from '../automation/responder.ts'
import type { AppJson, Runtime } from '../runtime/contract.ts'
import { createRuntime, parseQuery } from '../runtime/index.ts'
import { createWx } from '../wx/index.ts'
import type { Phone } from '../wx/core.ts'
import type { Privacy } from '../wx/privacy.ts'
import type { Leaving } from '../wx/leaving.ts'
import { FileStore } from '../wx/file-store.ts'
import { KeyValueStore } from '../wx/key-value-store.ts'
import { lackingPlugin } from '../wx/lacking.ts'
import { Overlays, type Shade } from '../wx/overlays.ts'
import { listenedConsole } from './app-console.ts'
import { shiftDate } from './clock.ts'
import { allowanceOf, screenLook, type ScreenLook } from './devices.ts'
import { nudgeFonts } from './font-nudge.ts'
import { FrameLink } from './frame-link.ts'
import { Keyboard } from './keyboard.ts'
import type { LogEntry, ProjectFacts } from './messages.ts'
import type { PhoneSettings } from './settings.ts'
import { slowDown } from './slow-processor.ts'
import { keepTimers } from './timers.ts'
import { followWindow } from './window-size.ts'

/** What the phone page around the frame can reach of it. */
export interface FrameHandle {
  runtime: Runtime
  storage: KeyValueStore
  privacy: Privacy
  overlays: Overlays
  leaving: Leaving
}

/** What the frame tells the phone page, which is the window above it (absent when the frame is opened alone). */
export interface FrameHost {
  frameStarted(frame: FrameHandle): void
  frameShaded(shade: Shade): void
  frameLogged(entry: LogEntry): void
  /** the page draws what is set before the app hears of it */
  settingsChanged(settings: PhoneSettings): void
  keyboardRaised(height: number): void
  screenLook(): ScreenLook
}

declare global {
  var __project: ProjectBundle | undefined
  var __phonePage: FrameHost | undefined
  var __simulator: FrameHandle | undefined
}

const host: FrameHost | undefined = window.parent === window ? undefined : (window.parent as Window & typeof globalThis).__phonePage

/** What apps read of WeChat's own settings, though no page names it: which version they are. */
const wxConfig = ({ pages, tabBar, window: look = {} }: AppJson, { appid, name }: ProjectFacts) => ({
  envVersion: 'develop',
  accountInfo: { appId: appid, nickname: name },
  entryPagePath: pages[0] ?? '',
  pages,
  ...(tabBar ? { tabBar } : {}),
  global: { window: look },
  platform: 'devtools',
  debug: false,
})

async function start(project: ProjectBundle): Promise<void> {
  const clock = shiftDate()
  const timers = keepTimers(clock)
  const link = new FrameLink()
  const { generation, settings, project: facts } = await link.introduction
  clock.offset = settings.clockOffsetMs

  const storage = await KeyValueStore.open(`simulator/${facts.key}`)
  const root = document.getElementById('app')!
  const runtime = createRuntime(project, root, { oldEngine: settings.engine === 'old' })
  const overlays = new Overlays(shade => host?.frameShaded(shade))
  const screen = () => host?.screenLook() ?? screenLook(settings, allowanceOf(runtime))
  const keyboard = new Keyboard({ root, runtime, settings, screen, raised: height => host?.keyboardRaised(height) })
  const settingsListeners: ((before: Readonly<PhoneSettings>) => void)[] = []
  const phone: Phone = {
    runtime,
    settings,
    onSettings: listener => void settingsListeners.push(listener),
    project: facts,
    overlays,
    screen,
    onWindowResize: followWindow(runtime, screen),
    keyboard,
    storage,
    files: new FileStore(storage),
    log: entry => {
      const logged = { ...entry, at: Date.now() }
      link.log(logged)
      host?.frameLogged(logged)
    },
    restart: () => void storage.flushed().finally(() => location.reload()),
  }
  keepInputQuietWhen(() => settings.quietInput)
  raiseKeyboardOf(() => keyboard.ofMachine)
  drawFilesWith(path => phone.files.drawable(path))
  const { wx, methods, privacy, leaving } = createWx(phone)
  runtime.globals.wx = wx
  runtime.globals.requirePlugin = (name: unknown) => lackingPlugin(phone, String(name))
  runtime.globals.__wxConfig = wxConfig(project.appJson, facts)
  if (host)
    runtime.globals.console = listenedConsole(runtime.globals.console as Console, text =>
      host.frameLogged({ at: Date.now(), kind: 'console', text }),
    )
  runtime.events.on('route', ({ path, openType }) => phone.log({ kind: 'route', text: `${openType} ${path}` }))
  runtime.events.on('error', ({ message, place }) => phone.log({ kind: 'error', text: place ? `${place}: ${message}` : message }))
  runtime.events.on('unhandledRejection', ({ reason }) => phone.log({ kind: 'error', text: describeReason(reason) }))

  const applyTheme = () => {
    const theme = settings.dark ? 'dark' : 'light'
    overlays.setTheme(theme)
    runtime.setTheme(theme)
  }
  link.onSettings = async next => {
    const before = { ...settings }
    Object.assign(settings, next)
    clock.offset = settings.clockOffsetMs
    host?.settingsChanged({ ...settings })
    slowDown(settings.cpuSlowdown)
    keyboard.follow()
    applyTheme()
    for (const listener of settingsListeners) listener(before)
    await runtime.settled()
  }
  link.onPass = async ms => {
    await timers.pass(ms, () => runtime.settled())
    settings.clockOffsetMs += ms
  }
  link.onStill = from => timers.still(from)
  link.onRestart = () => storage.flushed()
  link.answer = createResponder({
    runtime,
    wx: methods,
    overlays,
    leaving,
    generation,
    emit: (method, params) => link.event(method, params),
  })
  globalThis.__simulator = { runtime, storage, privacy, overlays, leaving }

  applyTheme()
  slowDown(settings.cpuSlowdown)
  host?.frameStarted(globalThis.__simulator)
  const entry = new URLSearchParams(location.search)
  await runtime.launch({
    path: entry.get('path') ?? '',
    query: parseQuery(entry.get('query') ?? ''),
    scene: Number(entry.get('scene') ?? 1001),
  })
  link.send({ kind: 'started' })
}

function describeReason(reason: unknown): string {
  const { message, errMsg } = (reason ?? {}) as { message?: string; errMsg?: string }
  return message ?? errMsg ?? JSON.stringify(reason) ?? String(reason)
}

nudgeFonts()
if (globalThis.__project) start(globalThis.__project).catch(reportError)
