// The server's side of frames and phone pages: who is connected, the settings they obey, and requests to the app.
import type { WebSocket } from 'ws'
import type { Diagnostic } from '../runtime/contract.ts'
import { formatDiagnostic } from './diagnostic-line.ts'
import type { FromFrame, LogEntry, ProjectFacts, ToFrame, ToPhonePage } from './messages.ts'
import { pixelRatioOf } from './devices.ts'
import { defaultSettings, type PhoneSettings } from './settings.ts'

const PATIENCE = 10_000
/** a page that is open and has not complained is only slow */
const PATIENCE_WHILE_BUSY = 60_000
const KEPT_LOG = 500

interface Frame {
  socket: WebSocket
  started: boolean
}

interface Waiting {
  frame: Frame
  done(result: unknown): void
  fail(error: Error): void
}

export class FrameHub {
  private settings: PhoneSettings = { ...defaultSettings }
  private frames: Frame[] = []
  private readonly phonePages = new Set<WebSocket>()
  /** before the frames hear of new settings */
  onApply: (settings: PhoneSettings) => Promise<void> = async () => {}
  private readonly waiting = new Map<number, Waiting>()
  private readonly eventListeners = new Set<(method: string, params: unknown) => void>()
  private readonly log: LogEntry[] = []
  private generation = 0
  private lastId = 0
  private frameChanged: (() => void)[] = []

  constructor(
    private readonly facts: () => ProjectFacts,
    private readonly diagnostics: () => Diagnostic[],
    private readonly hasControls: boolean,
  ) {}

  get current(): PhoneSettings {
    return { ...this.settings }
  }

  get logged(): readonly LogEntry[] {
    return this.log
  }

  /** Resolves when every connected frame shows the change. */
  async apply(change: Partial<PhoneSettings>): Promise<PhoneSettings> {
    const { device = this.settings.device } = change
    Object.assign(this.settings, device === this.settings.device ? {} : { pixelRatio: pixelRatioOf(device) }, change)
    await this.onApply(this.current)
    this.tellPhonePages({ kind: 'settings', settings: this.current })
    await this.everywhere(id => ({ kind: 'settings', id, settings: this.current }))
    return this.current
  }

  /** On every phone: its clock goes on by `ms` and what is due until then is done. Resolves when it is. */
  async pass(ms: number): Promise<void> {
    await this.everywhere(id => ({ kind: 'pass', id, ms }))
    this.settings.clockOffsetMs += ms
    this.tellPhonePages({ kind: 'settings', settings: this.current })
  }

  /** On every phone: waits of `from` ms and more end only by pass; null: as ever. An app that starts anew waits as ever. */
  async still(from: number | null): Promise<void> {
    await this.everywhere(id => ({ kind: 'still', id, from }))
  }

  /** Sends to the newest frame whose app runs; waits for one if there is none yet. @throws Error with the app's own words */
  async request(method: string, params: Record<string, unknown>): Promise<unknown> {
    const frame = await this.runningFrame()
    return this.expect(frame, id => ({ kind: 'request', id, method, params }))
  }

  /** @returns what stops listening */
  onEvent(listener: (method: string, params: unknown) => void): () => void {
    this.eventListeners.add(listener)
    return () => void this.eventListeners.delete(listener)
  }

  rebuilt(): void {
    this.tellPhonePages({ kind: 'rebuilt', diagnostics: this.diagnostics() })
  }

  /** Reloads every frame and waits until an app runs again. */
  async restart(): Promise<void> {
    for (const frame of this.frames) {
      frame.started = false
      this.send(frame, { kind: 'restart' })
    }
    await this.runningFrame()
  }

  addPhonePage(socket: WebSocket): void {
    this.phonePages.add(socket)
    socket.on('close', () => this.phonePages.delete(socket))
    const state: ToPhonePage = {
      kind: 'state',
      settings: this.current,
      project: this.facts(),
      diagnostics: this.diagnostics(),
      controls: this.hasControls,
    }
    socket.send(JSON.stringify(state))
  }

  addFrame(socket: WebSocket): void {
    const frame: Frame = { socket, started: false }
    socket.on('message', text => {
      try {
        this.receive(frame, JSON.parse(String(text)) as FromFrame)
      } catch {
        // no frame of ours says that
        socket.terminate()
      }
    })
    socket.on('close', () => {
      this.frames = this.frames.filter(other => other !== frame)
      for (const [id, waiting] of this.waiting) {
        if (waiting.frame !== frame) continue
        this.waiting.delete(id)
        waiting.fail(new Error('the app was reloaded before it answered'))
      }
    })
    this.frames.push(frame)
    this.send(frame, { kind: 'introduction', generation: ++this.generation, settings: this.current, project: this.facts() })
  }

  private receive(frame: Frame, message: FromFrame): void {
    switch (message.kind) {
      case 'started':
        frame.started = true
        // settings may have changed while it started
        void this.expect(frame, id => ({ kind: 'settings', id, settings: this.current })).catch(() => undefined)
        for (const told of this.frameChanged.splice(0)) told()
        break
      case 'applied':
        this.take(message.id)?.done(undefined)
        break
      case 'reply':
        if (message.error) this.take(message.id)?.fail(new Error(message.error.message))
        else this.take(message.id)?.done(message.result ?? {})
        break
      case 'event':
        for (const listener of this.eventListeners) listener(message.method, message.params)
        break
      case 'log':
        this.log.push(message.entry)
        if (this.log.length > KEPT_LOG) this.log.shift()
    }
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    return waiting
  }

  /** A frame that goes meanwhile is not waited for. */
  private async everywhere(message: (id: number) => ToFrame): Promise<void> {
    const running = this.frames.filter(({ started }) => started)
    await Promise.all(running.map(frame => this.expect(frame, message).catch(() => undefined)))
  }

  private expect(frame: Frame, message: (id: number) => ToFrame): Promise<unknown> {
    const id = ++this.lastId
    return new Promise((done, fail) => {
      this.waiting.set(id, { frame, done, fail })
      this.send(frame, message(id))
    })
  }

  private get lastError(): string | undefined {
    return this.log.findLast(({ kind }) => kind === 'error')?.text
  }

  private async runningFrame(): Promise<Frame> {
    const began = Date.now()
    for (;;) {
      const running = this.frames.findLast(({ started }) => started)
      if (running) return running
      const [error] = this.diagnostics().filter(({ severity }) => severity === 'error')
      const busy = this.frames.length > 0 && !error && this.lastError === undefined
      const left = began + (busy ? PATIENCE_WHILE_BUSY : PATIENCE) - Date.now()
      if (left <= 0 && error) throw new Error(`the app does not run: ${formatDiagnostic(error)}`)
      if (left <= 0 && this.frames.length > 0) throw new Error(`the app has not started: ${this.lastError ?? 'it is still busy'}`)
      if (left <= 0) throw new Error("no phone is open: open the simulator's page in a browser, or start the simulator headless")
      await new Promise<void>(done => {
        const timer = setTimeout(done, left)
        this.frameChanged.push(() => {
          clearTimeout(timer)
          done()
        })
      })
    }
  }

  private send({ socket }: Frame, message: ToFrame): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }

  private tellPhonePages(message: ToPhonePage): void {
    for (const socket of this.phonePages) if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
}
