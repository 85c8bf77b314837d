// What became of a request: the answer of our server, its refusal, somebody else's answer on the way, or none – each but the first as an ApiError.
import type { Problem } from '../../typings/api'
import { isLike } from '../rules/is-like'
import { ApiError, fromProblem } from './errors'
import type { Answer } from './http'
import type { TransportError, TransportResponse } from './transport'

export const aborted = (request_id: string) => new ApiError({ kind: 'aborted', code: 'ABORTED', request_id })

const CODE_OF = {
  domain: 'DOMAIN_NOT_ALLOWED',
  redirects: 'TOO_MANY_REDIRECTS',
  no_file: 'PHOTO_GONE',
  certificate: 'CERTIFICATE_REFUSED',
  timeout: 'NETWORK_TIMEOUT',
} as const

/** @param online whether the phone has a network, asked after it failed @param upload requests and uploads have a list of domains each */
export function fromTransport(
  { reason }: TransportError,
  { online, upload }: { online: boolean; upload: boolean },
  request_id: string,
): ApiError {
  if (reason === 'aborted') return aborted(request_id)
  const error = (code: string) => new ApiError({ kind: reason === 'no_file' ? 'problem' : 'network', code, request_id })
  // The network went away under way: the request may have arrived, so this is not `offline`.
  if (reason === 'failed') return error(online ? 'NETWORK_FAILED' : 'NETWORK_OFFLINE')
  return error(upload && reason === 'domain' ? 'UPLOAD_DOMAIN_NOT_ALLOWED' : CODE_OF[reason])
}

/**
 * A success without one of our bodies is somebody else's: a hotel's log-in page, a gateway.
 * @param has what the body has (http.ts); undefined: any object is taken
 * @param ours told when the answer is our server's
 */
export function readAnswer<T>(
  { status, headers, body }: TransportResponse,
  sent: string,
  has: PropertyKey | null | undefined,
  ours: () => void,
): Answer<T> {
  const header = (name: string) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? null
  const request_id = header('x-request-id') ?? sent
  const type = (header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const content = type === 'application/json' || type === 'application/problem+json' ? parse(body) : undefined
  const answer = (value?: unknown): Answer<T> => ({ status, body: value as T, request_id, etag: header('etag') })
  const unreadable = () => new ApiError({ kind: 'shape', code: strangersCode(status), status, request_id, detail: `${status} ${type}` })
  if (status >= 200 && status < 300) {
    const isOurs = isLike(content, {}) ? has == null || (content as Record<PropertyKey, unknown>)[has] != null : has === null && !body
    if (!isOurs) throw unreadable()
    ours()
    return answer(content)
  }
  if (status === 304 || isProblem(content)) ours()
  if (status === 304) return answer()
  const seconds = Number(header('retry-after'))
  if (isProblem(content)) throw fromProblem(content, status, Number.isFinite(seconds) && seconds > 0 ? seconds : null)
  if (status === 401) throw new ApiError({ kind: 'problem', code: 'UNAUTHENTICATED', status, request_id })
  throw unreadable()
}

/** Of an answer that is not our server's: something on the way refused it, or said something else. */
function strangersCode(status: number): string {
  if (status === 413) return 'REFUSED_TOO_LARGE'
  // asked to wait, or gone before an answer: later
  if (status === 408 || status === 425 || status === 429) return 'UNKNOWN'
  if (status >= 300 && status < 400) return 'TOO_MANY_REDIRECTS'
  return status >= 400 && status < 500 ? 'REFUSED_ON_THE_WAY' : 'UNKNOWN'
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string') return body ?? undefined
  try {
    return JSON.parse(body)
  } catch {
    // Said by the caller as an answer of the wrong shape, with its status and request id.
    return undefined
  }
}

const isProblem = (content: unknown): content is Problem => isLike(content, { code: '' })
