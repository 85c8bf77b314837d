// wx.connectSocket, its SocketTask, and the methods of earlier years, which mean the socket that was opened last.
// https://developers.weixin.qq.com/miniprogram/dev/api/network/websocket/SocketTask.html
import { Listeners, method, methods, settle, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { headerOf, timeoutOf } from './request.ts'
import { requestRecord, withoutSecrets } from './request-record.ts'
import { readWord, word, type SocketRequest, type SocketWord } from './socket-wire.ts'

/** since base library 1.7.0 */
const MOST_AT_ONCE = 5
const MOST_REASON_BYTES = 123
const CUT = { code: 1_006, reason: 'abnormal closure' }

interface Events {
  open: { header: Record<string, string>; profile: object }
  message: { data: string | ArrayBuffer }
  error: { errMsg: string }
  close: { code: number; reason: string }
}
type Listener<K extends keyof Events> = (event: Events[K]) => void
type EventListeners = { [K in keyof Events]: Listeners<Events[K]> }

const listeners = (): EventListeners => ({
  open: new Listeners(),
  message: new Listeners(),
  error: new Listeners(),
  close: new Listeners(),
})

/** @throws WxFailure if it is no address of a socket */
function addressOf(options: Options): URL {
  const given = text(options, 'url')
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') throw new WxFailure(`invalid url "${given}"`, { errno: 600_009 })
  url.hash = ''
  return url
}

class SocketTask {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  readonly #events = listeners()
  #line: WebSocket | undefined

  readonly onOpen = (listener: Listener<'open'>): void => this.listen('open', listener)
  readonly onMessage = (listener: Listener<'message'>): void => this.listen('message', listener)
  readonly onError = (listener: Listener<'error'>): void => this.listen('error', listener)
  readonly onClose = (listener: Listener<'close'>): void => this.listen('close', listener)

  listen<K extends keyof Events>(name: K, listener: Listener<K>): void {
    this.#events[name].add(listener)
  }

  readonly send = method('sendSocketMessage', options => this.say(options))
  readonly close = method('closeSocket', options => this.hangUp(options))

  /** @throws WxFailure */
  say({ data }: Options): void {
    if (this.readyState !== this.OPEN) throw new WxFailure('SocketTask.readyState is not OPEN')
    if (typeof data === 'string') this.#line!.send(word('text', data))
    else if (data instanceof ArrayBuffer) this.#line!.send(data)
    else throw new WxFailure('parameter error: parameter.data should be String or ArrayBuffer;')
  }

  /** @throws WxFailure */
  hangUp({ code = 1_000, reason = '' }: Options): void {
    if (this.readyState >= this.CLOSING) throw new WxFailure('SocketTask.readyState is not OPEN')
    if (typeof code !== 'number' || (code !== 1_000 && !(code >= 3_000 && code <= 4_999)))
      throw new WxFailure(`invalid code ${String(code)}: 1000 or 3000 to 4999`)
    if (new TextEncoder().encode(String(reason)).length > MOST_REASON_BYTES) throw new WxFailure('reason is longer than 123 bytes')
    if (this.readyState === this.CONNECTING) return this.end({ code, reason: String(reason) })
    this.readyState = this.CLOSING
    this.#line!.send(word('close', { code, reason: String(reason) }))
  }

  /** @param timeout milliseconds. Resolves when the address was taken; what comes later is told by events. @throws WxFailure when it was not */
  async connect(request: SocketRequest, timeout: number): Promise<void> {
    const line = (this.#line = new WebSocket('/__socket'))
    line.binaryType = 'arraybuffer'
    const timer = setTimeout(() => this.readyState === this.CONNECTING && this.fail('timeout'), timeout)
    this.onClose(() => clearTimeout(timer))
    line.addEventListener('open', () => line.send(JSON.stringify(request)))
    const answer = await new Promise<SocketWord | undefined>(done => {
      line.addEventListener('message', ({ data }: MessageEvent<string>) => done(readWord(data)), { once: true })
      line.addEventListener('close', () => done(undefined))
      this.onClose(() => done(undefined))
    })
    if (answer?.kind === 'failed') throw new WxFailure(answer.content.why, { errno: answer.content.errno })
    if (!answer) throw new WxFailure('network error', { errno: 600_001 })
    line.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) =>
      typeof data === 'string' ? this.#hear(readWord(data)) : this.#events.message.emit({ data }),
    )
    line.addEventListener('close', () => this.end(CUT))
  }

  #hear({ kind, content }: SocketWord): void {
    if (kind === 'text') this.#events.message.emit({ data: content })
    else if (kind === 'close') this.end(content)
    else if (kind === 'failed') this.fail(content.why)
    else if (kind === 'opened') {
      this.readyState = this.OPEN
      this.#events.open.emit({ header: content.header, profile: {} })
    }
  }

  fail(why: string): void {
    if (this.readyState === this.CLOSED) return
    this.#events.error.emit({ errMsg: why })
    this.end(CUT)
  }

  end(how: Events['close']): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.#line?.close()
    this.#events.close.emit(how)
  }
}

export function socket(phone: Phone): WxMethods {
  const open = new Set<SocketTask>()
  const ofLast = listeners()
  let last: SocketTask | undefined
  phone.onSettings(before => {
    if (phone.settings.offline && !before.offline) for (const task of open) task.fail('network error')
  })

  /** What became of it is a line of the request log. */
  const record = (task: SocketTask, { url, header }: SocketRequest) => {
    const startedAt = performance.now()
    const tell = (outcome: Parameters<typeof requestRecord>[2]) => {
      const told = requestRecord({ method: 'SOCKET', url, header }, new Uint8Array(), outcome, Math.round(performance.now() - startedAt))
      const { pathname, search } = new URL(told.url)
      const status = `${told.status ?? told.failure} · ${told.milliseconds} ms`
      phone.log({ kind: 'request', text: `SOCKET ${pathname}${search}`, status, request: told })
    }
    task.onOpen(({ header: received }) => tell({ statusCode: 101, header: received, cookies: [], body: new Uint8Array() }))
    task.onError(({ errMsg }) => tell({ failure: errMsg }))
    return (error: Error) => tell({ failure: error.message })
  }

  const connect = async (task: SocketTask, options: Options) => {
    const url = addressOf(options)
    if (open.size >= MOST_AT_ONCE) throw new WxFailure(`reach max websocket connect count ${MOST_AT_ONCE}`)
    if (phone.settings.offline) throw new WxFailure('network error', { errno: 600_001 })
    if (url.protocol === 'ws:')
      phone.log({ kind: 'console', text: `wx.connectSocket ${withoutSecrets(url.href)}: on a phone WeChat takes wss:// only` })
    const protocols = Array.isArray(options.protocols) ? options.protocols.map(String) : []
    const request: SocketRequest = { url: url.href, header: headerOf(options), protocols }
    open.add(task)
    last = task
    const refused = record(task, request)
    for (const name of ['open', 'message', 'error', 'close'] as const)
      task.listen(name, event => task === last && ofLast[name].emit(event as never))
    task.onClose(() => open.delete(task))
    try {
      await task.connect(request, timeoutOf(options, phone, 'connectSocket'))
    } catch (error) {
      open.delete(task)
      refused(error as Error)
      throw error
    }
  }
  const opened = (): SocketTask => {
    if (!last) throw new WxFailure('WebSocket is not connected')
    return last
  }

  return {
    connectSocket: (options: Options = {}) => {
      const task = new SocketTask()
      settle('connectSocket', options ?? {}, connect(task, options ?? {}))?.catch(() => {})
      return task
    },
    ...methods({
      sendSocketMessage: options => opened().say(options),
      closeSocket: options => opened().hangUp(options),
    }),
    onSocketOpen: (listener: Listener<'open'>) => ofLast.open.add(listener),
    onSocketMessage: (listener: Listener<'message'>) => ofLast.message.add(listener),
    onSocketError: (listener: Listener<'error'>) => ofLast.error.add(listener),
    onSocketClose: (listener: Listener<'close'>) => ofLast.close.add(listener),
  }
}
