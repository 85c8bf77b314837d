// One phone: the app's own request wrapper and endpoints (retries, one login for all, six at once) over connections of its own, each exchange measured and
// judged. It speaks to one process at a time, as a balancer of connections would have it.
import { createHash, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent } from 'undici'
import { isLoopbackUrl } from '../../backend/platform/loopback.ts'
import type { Random } from '../../dev/demo/random.ts'
import { createHttp } from '../../miniprogram/api/core.ts'
import { createApi, type Api } from '../../miniprogram/api/endpoints.ts'
import type { ApiError } from '../../miniprogram/api/errors.ts'
import type { Http } from '../../miniprogram/api/http.ts'
import { TransportError, type Transport, type TransportRequest } from '../../miniprogram/api/transport.ts'
import { multipart } from '../miniprogram/support/multipart.ts'
import { askedBy, judge } from './asked.ts'
import { addressOf, codeOf } from './model.ts'
import { addError, addRefusal, addTime, type Tally } from './tally.ts'

export interface Phone {
  number: number
  random: Random
  api: Api
  http: Http
  /** by the code of wx.login, which works once. @throws ApiError */
  logIn(): Promise<void>
  /** what it asks from now on goes to a process of this choice */
  reconnect(): void
  /** @returns the id of the photo. @throws ApiError */
  send(picture: Buffer, key: string): Promise<string>
  close(): Promise<void>
}

interface PhoneOptions {
  number: number
  /** of the backend's processes */
  urls: readonly string[]
  random: Random
  tally: Tally
}

const unzip = promisify(gunzip)
const clientVersion = '0.1.0'

/** @throws Error where an address is not this machine's: nobody else is ever loaded */
export function openPhone({ number, urls, random, tally }: PhoneOptions): Phone {
  const strange = urls.find(url => !isLoopbackUrl(url))
  if (strange !== undefined) throw new Error(`${strange} is not on this machine`)
  const agent = new Agent({ connections: 6, pipelining: 1 })
  const album = new Map<string, Buffer>()
  let url = random.pick(urls)
  let token: string | null = null

  const exchange = async ({ method, url: to, headers, body, file, timeout }: TransportRequest, signal: AbortSignal) => {
    const form = file && multipart(file, album.get(file.path)!)
    const { pathname, search, origin } = new URL(to)
    const answer = await agent.request({
      origin,
      path: pathname + search,
      method,
      headers: {
        ...headers,
        'accept-encoding': 'gzip',
        'x-forwarded-for': addressOf(number),
        ...(form && { 'content-type': form.contentType }),
      },
      body: form?.body ?? body,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal,
    })
    return { answer, bytes: Buffer.from(await answer.body.arrayBuffer()) }
  }

  const transport: Transport = async (request, aborting) => {
    const stop = new AbortController()
    aborting(() => stop.abort())
    const { method, headers: sent } = request
    const asked = askedBy(method, request.url.slice(new URL(request.url).origin.length))
    const wrong = (what: string, request_id: string) => addError(tally, { endpoint: asked.name, what, request_id, phone: number })
    const began = performance.now()
    try {
      const { answer, bytes } = await exchange(request, stop.signal)
      addTime(tally, asked.name, performance.now() - began)
      const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
      const body = read(headers['content-encoding'] === 'gzip' ? await unzip(bytes) : bytes)
      const given = { phone: number, status: answer.statusCode, etag: headers.etag ?? null, body, key: sent['Idempotency-Key'] ?? null }
      const { fault, refusal } = judge(asked, given)
      if (refusal !== null) addRefusal(tally, asked.name, refusal)
      if (fault !== null) wrong(fault, headers['x-request-id'] ?? '')
      return { status: answer.statusCode, headers, body }
    } catch (error) {
      const { code, name } = error as { code?: string; name: string }
      wrong(`no answer (${stop.signal.aborted ? 'too late' : (code ?? name)})`, String(sent['X-Request-Id']))
      throw new TransportError('failed')
    }
  }

  const http = createHttp({
    transport,
    baseUrl: () => url,
    clientVersion,
    session: {
      token: () => token,
      account: () => codeOf(number),
      renew: () => logIn(),
      shutOut: () => {},
      language: () => 'zh-CN',
    },
    network: { online: true, mayTry: true, ask: async () => {}, answered: () => {}, silent: async () => {} },
    timers: {
      now: () => Date.now(),
      set: (task, ms) => setTimeout(task, ms),
      clear: handle => clearTimeout(handle as NodeJS.Timeout),
    },
    random: random.next,
  })
  const api = createApi(http)

  const logIn = async () => {
    const session = await api.createSession({ code: `${codeOf(number)}#${randomUUID()}` })
    token = 'token' in session ? session.token : null
  }

  return {
    number,
    random,
    api,
    http,
    logIn,
    reconnect: () => void (url = random.pick(urls)),
    async send(picture, key) {
      const path = `album/${key}`
      album.set(path, picture)
      try {
        const sha256 = createHash('sha256').update(picture).digest('hex')
        return (await api.uploadPhoto({ path, sha256, taken_at: new Date().toISOString() }, key)).id
      } finally {
        album.delete(path)
      }
    },
    close: () => agent.destroy(),
  }
}

function read(bytes: Buffer): unknown {
  const text = bytes.toString()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

/** By its name: a loader may hold two copies of the class, one for each kind of import. */
export const isApiError = (thrown: unknown): thrown is ApiError => thrown instanceof Error && thrown.name === 'ApiError'
