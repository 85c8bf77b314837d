// The real backend, reached over a line that loses, refuses and garbles as a run says. It also watches what the phone sends.
import { createHash } from 'node:crypto'
import { TransportError, type TransportRequest, type TransportResponse } from '../../../../miniprogram/api/transport.ts'
import type { Backend } from '../../../backend/support/backend.ts'
import { multipart } from '../../support/multipart.ts'
import { Killed, type Life } from './life.ts'

/** lost_request: the server never sees it · lost_answer: it does its work, nobody hears of it · garbled: an answer that is none of ours · else the server's no */
export type Fault =
  'lost_request' | 'lost_answer' | 'garbled' | { status: number; code: string; field?: string; fault?: string; retry_after?: number }

export interface Sent {
  line: string
  key: string
  /** of the body, for a photo of its file */
  content: string
  token: string
  status: number | null
}

/** of real time: each wait of the backend's has a limit, and all of a request's together are shorter */
const SILENT_MS = 90_000
const WORK = /^(POST \/v1\/photos$|PUT \/v1\/visits\/|POST \/v1\/sub-merchants\/\d+\/evidence$)/

export class FaultyServer {
  /** for the next requests that carry work, in their order */
  faults: Fault[] = []
  /** so many of the next requests that carry none (a login, who am I) are told to come again */
  busy = 0
  readonly sent: Sent[] = []
  readonly broken: string[] = []
  /** what is out, and since when (real time, ms) */
  private readonly out = new Map<symbol, { line: string; since: number }>()
  /** who waits until nothing is out */
  private readonly waiting = new Set<() => void>()
  /** of each life of the app: what was on its way when it was killed is not its successor's */
  private readonly underWay = new WeakMap<Life, { photos: number; items: number }>()

  /** @param address of the phone: logins are limited by it */
  constructor(
    private readonly backend: Backend,
    private readonly address: string,
  ) {}

  /** Until no exchange moves. @throws Error naming the requests that the server never answers */
  async quiet(): Promise<void> {
    // what an answer sets going leaves within three turns of the loop
    for (let still = 0; still < 3; still++) {
      await new Promise(resolve => setImmediate(resolve))
      if (this.out.size === 0) continue
      await this.answered()
      still = -1
    }
  }

  /** Until nothing is out. Asks nobody meanwhile: the processor is the database's. */
  private answered(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearInterval(watch)
        this.waiting.delete(done)
      }
      const done = () => {
        stop()
        resolve()
      }
      const watch = setInterval(() => {
        const silent = [...this.out.values()].filter(({ since }) => performance.now() - since > SILENT_MS)
        if (silent.length === 0) return
        stop()
        reject(new Error(`no answer in ${SILENT_MS / 1_000} s to ${silent.map(({ line }) => line).join(', ')}`))
      }, 1_000)
      this.waiting.add(done)
    })
  }

  async exchange(
    request: TransportRequest,
    _aborting: (abort: () => void) => void,
    life: Life,
    read: (path: string) => Buffer,
  ): Promise<TransportResponse> {
    const line = `${request.method} ${request.url}`
    const work = WORK.test(line)
    const photo = request.file !== undefined
    const exchange = Symbol(line)
    this.out.set(exchange, { line, since: performance.now() })
    if (work) this.count(life, photo, 1)
    try {
      life.step(() => {})
      const answer = await this.answer(request, line, work, read)
      life.step(() => {})
      if (answer instanceof TransportError) throw answer
      return answer
    } catch (thrown) {
      // nobody is there to hear it
      if (thrown instanceof Killed) return new Promise<never>(() => {})
      throw thrown
    } finally {
      this.out.delete(exchange)
      if (this.out.size === 0) for (const done of this.waiting) done()
      if (work) this.count(life, photo, -1)
    }
  }

  private count(life: Life, photo: boolean, by: number): void {
    const now = this.underWay.get(life) ?? { photos: 0, items: 0 }
    now[photo ? 'photos' : 'items'] += by
    this.underWay.set(life, now)
    if (now.photos > 2) this.broken.push(`${now.photos} photos at once`)
    if (now.items > 1) this.broken.push(`${now.items} visits and test payments at once`)
  }

  private async answer(
    request: TransportRequest,
    line: string,
    work: boolean,
    read: (path: string) => Buffer,
  ): Promise<TransportResponse | TransportError> {
    const file = request.file ? read(request.file.path) : null
    const form = request.file && file ? multipart(request.file, file) : null
    const note: Sent = {
      line,
      key: request.headers['Idempotency-Key'] ?? '',
      content: createHash('sha256')
        .update(file ?? request.body ?? '')
        .digest('hex'),
      token: request.headers['Authorization'] ?? '',
      status: null,
    }
    if (work) this.sent.push(note)
    const fault = work ? this.faults.shift() : undefined
    if (fault === 'lost_request') return new TransportError('failed')
    if (fault === 'garbled') return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>login to this Wi-Fi</html>' }
    if (typeof fault === 'object') return refusal(fault)
    if (!work && this.busy > 0) {
      this.busy -= 1
      return refusal({ status: 503, code: 'OVERLOADED', retry_after: 2 })
    }
    const answer = await this.backend.app.inject({
      method: request.method,
      url: request.url,
      remoteAddress: this.address,
      headers: { ...request.headers, ...(form && { 'content-type': form.contentType }) },
      ...(form ? { payload: form.body } : request.body === null ? {} : { payload: request.body }),
    })
    note.status = answer.statusCode
    if (fault === 'lost_answer') return new TransportError('timeout')
    return { status: answer.statusCode, headers: answer.headers as Record<string, string>, body: answer.body }
  }
}

function refusal({ status, code, field, fault, retry_after }: Exclude<Fault, string>): TransportResponse {
  const errors = field ? [{ field, code: fault ?? 'NOT_ALLOWED', message: 'refused' }] : undefined
  const body = { type: 'about:blank', title: code, status, detail: code, code, request_id: 'refused-here', errors, retry_after }
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(body) }
}
