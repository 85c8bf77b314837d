// The frame's end of its WebSocket to the server.
import type { FromFrame, Introduction, LogEntry, ToFrame } from './messages.ts'
import type { PhoneSettings } from './settings.ts'

type Answerer = (method: string, params: Record<string, unknown>) => Promise<unknown>

/** Errors of the app are of its own realm. */
const isError = (value: unknown): value is Error => Object.prototype.toString.call(value) === '[object Error]'

/** JSON of a value that the app made: what JSON cannot say is named instead of failing silently. */
function toJson(message: FromFrame): string {
  const above: unknown[] = []
  return JSON.stringify(message, function (this: unknown, _key, value: unknown) {
    if (typeof value === 'function') return `[Function ${value.name}]`
    if (typeof value === 'bigint') return value.toString()
    if (isError(value)) return { message: value.message, stack: value.stack }
    if (typeof value !== 'object' || value === null) return value
    // only the objects between the root and this value can make a circle
    while (above.length > 0 && above.at(-1) !== this) above.pop()
    if (above.includes(value)) return '[Circular ~]'
    above.push(value)
    return value
  })
}

export class FrameLink {
  private readonly socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/__frame`)
  readonly introduction: Promise<Introduction>
  /** obeys new settings; resolves when the app shows them */
  onSettings: (settings: PhoneSettings) => Promise<void> = async () => {}
  /** lets time pass; resolves when what was due then has been done */
  onPass: (ms: number) => Promise<void> = async () => {}
  /** long waits stand, from so many milliseconds on; null: they go on */
  onStill: (from: number | null) => void = () => {}
  /** what is still to be kept is kept before the frame goes */
  onRestart: () => Promise<void> = async () => {}
  answer: Answerer = async method => {
    throw new Error(`${method}: the app has not started yet`)
  }

  constructor() {
    this.introduction = new Promise((introduced, fail) => {
      this.socket.onclose = () => fail(new Error('the simulator has ended'))
      this.socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as ToFrame
        if (message.kind === 'introduction') introduced(message)
        else if (message.kind === 'settings')
          void this.onSettings(message.settings).finally(() => this.send({ kind: 'applied', id: message.id }))
        else if (message.kind === 'still') {
          this.onStill(message.from)
          this.send({ kind: 'applied', id: message.id })
        } else if (message.kind === 'pass') void this.onPass(message.ms).finally(() => this.send({ kind: 'applied', id: message.id }))
        else if (message.kind === 'restart') void this.onRestart().finally(() => location.reload())
        else void this.reply(message.id, message.method, message.params)
      }
    })
  }

  send(message: FromFrame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(toJson(message))
  }

  event(method: string, params: unknown): void {
    this.send({ kind: 'event', method, params })
  }

  log(entry: LogEntry): void {
    this.send({ kind: 'log', entry })
  }

  private async reply(id: number, method: string, params: Record<string, unknown>): Promise<void> {
    try {
      this.send({ kind: 'reply', id, result: (await this.answer(method, params)) ?? {} })
    } catch (error) {
      const told = error as { message?: string; errMsg?: string } | undefined
      this.send({ kind: 'reply', id, error: { message: told?.message ?? told?.errMsg ?? String(error) } })
    }
  }
}
