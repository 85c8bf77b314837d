// The request wrapper without WeChat (product.md M02): token and one shared re-login, request id, time-out, retries of GETs, at most 6 in flight,
// problem+json as ApiError (answer.ts). request.ts brings WeChat. In one file, because each module weighs on the main package.
import { wholeCharacters } from '../shared/characters'
import type { Language } from '../words/say'
import type { Timers } from '../rules/timers'
import { uuid } from '../rules/uuid'
import type { AbortScope } from './abort-scope'
import { aborted, fromTransport, readAnswer } from './answer'
import { ConcurrencyLimit } from './concurrency-limit'
import { ApiError, asApiError } from './errors'
import type { Answer, GetOptions, Http, Query, WriteOptions } from './http'
import { TransportError, type Transport, type TransportFile, type TransportRequest, type TransportResponse } from './transport'

const TIMEOUT_MS = 15_000
/** A photo of 1.5 MB over a weak network. As networkTimeout.uploadFile of app.json. */
const UPLOAD_TIMEOUT_MS = 60_000
/** a million rows over a slow line */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000
const MOST_IN_FLIGHT = 6
const RETRIES = 2
const FIRST_BACKOFF_MS = 400
const RETRIED_STATUS = new Set([502, 503, 504])

interface HttpSession {
  token(): string | null
  /** whose token that is; null: nobody's */
  account(): string | null
  /** logs in again; throws the ApiError that the calls waiting for it get */
  renew(): Promise<void>
  /** the account was disabled while it worked: whatever is asked next, nobody is logged in any more */
  shutOut(error: ApiError): void
  language(): Language
  /** any refusal, before its caller has it */
  heard?(error: ApiError): void
}
interface HttpNetwork {
  /** whether the phone is believed to have a network */
  readonly online: boolean
  /** whether a request may leave, also where it is not */
  readonly mayTry: boolean
  /** asks the phone, before something is refused for want of a network */
  ask(): Promise<void>
  /** the server answered; `doubted`: to a request that left while there was believed to be no network */
  answered(doubted: boolean): void
  /** a request left and got no answer; resolves when the phone was asked why */
  silent(): Promise<void>
}
export interface HttpOptions {
  transport: Transport
  baseUrl(): string
  clientVersion: string
  session: HttpSession
  network: HttpNetwork
  timers: Timers
  random: () => number
}

interface Attempt {
  method: 'GET' | WriteOptions['method']
  has: PropertyKey | null | undefined
  path: string
  body: string | null
  file?: TransportFile
  saveTo?: string
  headers: Record<string, string>
  scope: AbortScope | null
  timeout: number
  token: string | null
}

export function createHttp(options: HttpOptions): Http {
  const { session, timers, random } = options
  const exchange = createExchange(options)
  const authenticated = createAuthenticated(exchange, session)

  async function get<T>(path: string, { query, scope, etag, has }: GetOptions<T> = {}): Promise<Answer<T>> {
    const giveUpAt = timers.now() + TIMEOUT_MS
    for (let tried = 0; ; tried += 1) {
      try {
        const timeout = Math.max(1, giveUpAt - timers.now())
        return await authenticated<T>({
          method: 'GET',
          has,
          path: path + queryText(query),
          body: null,
          headers: etag ? { 'If-None-Match': etag } : {},
          scope: scope ?? null,
          timeout,
        })
      } catch (thrown) {
        const pause = FIRST_BACKOFF_MS * 2 ** tried * (0.5 + random())
        if (tried >= RETRIES || !worthRetrying(thrown) || timers.now() + pause >= giveUpAt) throw thrown
        await sleep(timers, pause, scope)
      }
    }
  }

  return {
    get,
    write: (path, options) =>
      options.renew === false ? exchange({ ...writing(path, options), token: session.token() }) : authenticated(writing(path, options)),
    upload: (path, { key, has, ...file }) =>
      authenticated({
        method: 'POST',
        has,
        path,
        body: null,
        file,
        headers: { 'Idempotency-Key': key },
        scope: null,
        timeout: UPLOAD_TIMEOUT_MS,
      }),
    download: (path, saveTo) =>
      authenticated({
        method: 'GET',
        has: null,
        path,
        body: null,
        saveTo,
        headers: { Accept: '*/*' },
        scope: null,
        timeout: DOWNLOAD_TIMEOUT_MS,
      }).then(() => undefined),
    open: (path, options) => exchange({ ...writing(path, options), token: null }),
  }
}

const writing = (path: string, { method, has, body, key, version }: WriteOptions<never>): Omit<Attempt, 'token'> => ({
  method,
  has,
  path,
  body:
    body === undefined
      ? null
      : JSON.stringify(body, (_name, value: unknown) => (typeof value === 'string' ? wholeCharacters(value) : value)),
  headers: {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(key === null ? {} : { 'Idempotency-Key': key }),
    ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
  },
  scope: null,
  timeout: TIMEOUT_MS,
})

/** Not longer than the page that waits. */
const sleep = (timers: Timers, ms: number, scope: AbortScope | undefined): Promise<void> =>
  new Promise(resolve => {
    let forget = () => {}
    const handle = timers.set(() => {
      forget()
      resolve()
    }, ms)
    forget =
      scope?.onAbort(() => {
        timers.clear(handle)
        resolve()
      }) ?? forget
  })

/** Not time-outs: 15 s are spent, and a person waits no longer (product.md §12). */
function worthRetrying(thrown: unknown): boolean {
  if (!(thrown instanceof ApiError)) return false
  // it is known when to come back
  if (thrown.code === 'MAINTENANCE') return false
  return thrown.code === 'NETWORK_FAILED' || RETRIED_STATUS.has(thrown.status)
}

function queryText(query: Query | undefined): string {
  const parts = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(wholeCharacters(String(value)))}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Throws ApiError; a 2xx with a JSON object is an answer, and one without a body where none is expected. */
type Exchange = <T>(attempt: Attempt) => Promise<Answer<T>>

function createExchange(options: HttpOptions): Exchange {
  const { transport, session, network, timers, random } = options
  const inFlight = new ConcurrencyLimit(MOST_IN_FLIGHT)

  function send(attempt: Attempt, request_id: string): Promise<TransportResponse> {
    return new Promise((resolve, reject) => {
      let abort = () => {}
      let forget = () => {}
      const over = timers.set(() => end(() => reject(new TransportError('timeout')), true), attempt.timeout)
      const end = (settle: () => void, stop: boolean) => {
        timers.clear(over)
        forget()
        if (stop) abort()
        settle()
      }
      transport(requestOf(attempt, request_id, options), how => {
        abort = how
      }).then(
        response => end(() => resolve(response), false),
        (thrown: unknown) => end(() => reject(thrown instanceof TransportError ? thrown : new TransportError('failed')), false),
      )
      forget = attempt.scope?.onAbort(() => end(() => reject(new TransportError('aborted')), true)) ?? forget
    })
  }

  return async <T>(attempt: Attempt): Promise<Answer<T>> => {
    const request_id = uuid(random)
    if (attempt.scope?.aborted) throw aborted(request_id)
    if (!network.mayTry) await network.ask()
    if (!network.mayTry) throw new ApiError({ kind: 'offline', code: 'NETWORK_OFFLINE' })
    await inFlight.enter()
    const doubted = !network.online
    try {
      if (attempt.scope?.aborted) throw aborted(request_id)
      const response = await send(attempt, request_id)
      return readAnswer<T>(response, request_id, attempt.has, () => network.answered(doubted))
    } catch (thrown) {
      if (thrown instanceof ApiError) session.heard?.(thrown)
      if (!(thrown instanceof TransportError)) throw thrown
      if (thrown.reason === 'failed' || thrown.reason === 'timeout') await network.silent()
      throw fromTransport(thrown, { online: network.online, upload: attempt.file !== undefined }, request_id)
    } finally {
      inFlight.leave()
    }
  }
}

const requestOf = (attempt: Attempt, request_id: string, { baseUrl, clientVersion, session }: HttpOptions): TransportRequest => ({
  method: attempt.method,
  url: `${baseUrl()}${attempt.path}`,
  headers: {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': session.language(),
    'X-Request-Id': request_id,
    'X-Client-Version': clientVersion,
    ...(attempt.token === null ? {} : { Authorization: `Bearer ${attempt.token}` }),
    ...attempt.headers,
  },
  body: attempt.body,
  timeout: attempt.timeout,
  ...(attempt.file && { file: attempt.file }),
  ...(attempt.saveTo && { saveTo: attempt.saveTo }),
})

/** With the token of the moment; after a 401 once more with the token of a shared re-login. Throws ApiError. */
type Authenticated = <T>(attempt: Omit<Attempt, 'token'>) => Promise<Answer<T>>

function createAuthenticated(exchange: Exchange, session: HttpSession): Authenticated {
  let renewal: Promise<void> | null = null

  /** All calls that meet a 401 wait for the same login. */
  const renew = (): Promise<void> => {
    renewal ??= session.renew().finally(() => {
      renewal = null
    })
    return renewal
  }

  /** The server said no to the call before the login failed: nothing was done, whatever became of the login. */
  const renewed = (): Promise<void> =>
    renew().catch((thrown: unknown) => {
      const error = asApiError(thrown)
      throw error.kind === 'problem' ? error : new ApiError({ ...error, kind: 'offline' })
    })

  return async <T>(attempt: Omit<Attempt, 'token'>): Promise<Answer<T>> => {
    const token = session.token()
    const account = session.account()
    // Nobody is logged in: a call that is left over from before must not bring a login about.
    if (token === null) throw new ApiError({ kind: 'problem', code: 'UNAUTHENTICATED', status: 401 })
    try {
      return await exchange<T>({ ...attempt, token })
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.code === 'STAFF_DISABLED') session.shutOut(thrown)
      if (!(thrown instanceof ApiError) || thrown.status !== 401) throw thrown
      // Another call may have logged in again while this one was on its way.
      if (session.token() === token) await renewed()
      // Whatever it was, it was meant for whoever was here when it left.
      if (session.account() !== account) throw thrown
      return exchange<T>({ ...attempt, token: session.token() })
    }
  }
}
