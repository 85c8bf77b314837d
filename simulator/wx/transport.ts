// How the app's requests leave the phone: at most ten at once (the rest wait, as in WeChat), offline and slow as the phone is set, then through the server's proxy.
import { SLOW_NETWORK_MS } from '../phone/settings.ts'
import { Listeners, WxFailure, type Phone } from './core.ts'
import { requestRecord } from './request-record.ts'
import { pack, unpack, type HttpAnswer, type ProxyAnswer, type ProxyRequest } from './envelope.ts'

const MOST_AT_ONCE = 10

export interface HttpTask {
  answer: Promise<HttpAnswer>
  abort(): void
  readonly headersReceived: Listeners<{ header: Record<string, string>; statusCode: number; cookies: string[] }>
}

const offlineFailure = () =>
  new WxFailure('errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED', { errno: 600_001 })

export class Transport {
  private running = 0
  private readonly waiting: (() => void)[] = []
  private readonly inFlight = new Set<AbortController>()

  constructor(private readonly phone: Phone) {
    phone.onSettings(before => {
      if (phone.settings.offline && !before.offline) for (const controller of this.inFlight) controller.abort(offlineFailure())
    })
  }

  /** @param timeout milliseconds from the call on, time in the queue included */
  send(request: ProxyRequest, body: Uint8Array, timeout: number): HttpTask {
    const controller = new AbortController()
    const headersReceived: HttpTask['headersReceived'] = new Listeners()
    const timer = setTimeout(() => controller.abort(new WxFailure('timeout', { errno: 5 })), timeout)
    const answer = this.inTurn(controller.signal, async () => {
      this.inFlight.add(controller)
      const startedAt = performance.now()
      const told = (outcome: HttpAnswer | { failure: string }) => {
        const record = requestRecord(request, body, outcome, Math.round(performance.now() - startedAt))
        const { pathname, search } = new URL(record.url, 'http://invalid')
        this.phone.log({
          kind: 'request',
          text: `${request.method} ${pathname}${search}`,
          status: `${record.status ?? record.failure} · ${record.milliseconds} ms`,
          request: record,
        })
      }
      try {
        const received = await this.overProxy(request, body, controller.signal)
        headersReceived.emit({ header: received.header, statusCode: received.statusCode, cookies: received.cookies })
        told(received)
        return received
      } catch (error) {
        told({ failure: (error as Error).message.replace(/^.*error_msg:/, '') })
        throw error
      } finally {
        this.inFlight.delete(controller)
      }
    }).finally(() => clearTimeout(timer))
    return { answer, headersReceived, abort: () => controller.abort(new WxFailure('abort', { errno: 600_003 })) }
  }

  private async overProxy(request: ProxyRequest, body: Uint8Array, signal: AbortSignal): Promise<HttpAnswer> {
    if (this.phone.settings.offline) throw offlineFailure()
    if (this.phone.settings.slow) await abortable(signal, new Promise(done => setTimeout(done, SLOW_NETWORK_MS)))
    let packed: Uint8Array
    try {
      const response = await fetch('/__proxy', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: pack(request, body),
        signal,
      })
      packed = new Uint8Array(await response.arrayBuffer())
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw new WxFailure(`the simulator does not answer: ${(error as Error).message}`, { errno: 600_001 })
    }
    const { head, body: content } = unpack<ProxyAnswer>(packed)
    if ('failure' in head) throw new WxFailure(head.failure.why, { errno: head.failure.errno })
    return { ...head, body: content }
  }

  private async inTurn<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) {
      const turn = new Promise<void>(done => this.waiting.push(done))
      try {
        await abortable(signal, turn)
      } catch (error) {
        void turn.then(() => this.next())
        throw error
      }
    } else this.running++
    try {
      signal.throwIfAborted()
      return await act()
    } finally {
      this.next()
    }
  }

  private next(): void {
    const waiting = this.waiting.shift()
    if (waiting) waiting()
    else this.running--
  }
}

/** The promise, or the signal's reason as soon as it is aborted. */
function abortable<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_done, fail) => {
    if (signal.aborted) fail(signal.reason)
    signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  })
  return Promise.race([promise, aborted])
}
