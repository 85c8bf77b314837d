// A problem as the client gets it (RFC 9457), in the caller's language.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { CATALOGUE, problemType, type ProblemCode } from './catalogue.ts'
import type { Problem } from '../schema.ts'

export function problemBody(error: AppError, request: Pick<FastifyRequest, 'id' | 'headers' | 'routeOptions'>): Problem {
  const { status } = CATALOGUE[error.code]
  const copy = copyOf(error.code, request.headers['accept-language'])
  const detail = detailOf(error, isEnglish(request.headers['accept-language'])) ?? copy
  return { type: problemType(error.code), title: copy, status, detail, code: error.code, request_id: request.id, ...error.extras }
}

/** Where the sentence holds a value (product.md §7.4); undefined where it does not. */
function detailOf({ code, extras }: AppError, english: boolean): string | undefined {
  const { wx_message, retry_after } = extras
  if (code === 'WX_UNCLASSIFIED' && wx_message) return english ? `WeChat Pay says: ${wx_message}` : `微信支付返回：${wx_message}`
  if (code === 'WX_RATE_LIMITED' && retry_after)
    return english ? `Too many operations: try again in ${retry_after} s` : `操作太频繁，${retry_after} 秒后重试`
  return undefined
}

/** zh-CN unless English is asked for first. */
function copyOf(code: ProblemCode, acceptLanguage: string | undefined): string {
  return isEnglish(acceptLanguage) ? CATALOGUE[code].en : CATALOGUE[code].zh
}

const isEnglish = (acceptLanguage: string | undefined): boolean => /^\s*en\b/i.test(acceptLanguage ?? '')

export function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const body = problemBody(error, request)
  // also where the request was refused before any hook ran
  void reply.header('x-request-id', request.id)
  if (body.retry_after !== undefined) void reply.header('retry-after', body.retry_after)
  // as text: a route's response schemas describe its successes
  return reply.code(body.status).type('application/problem+json; charset=utf-8').serializer(String).send(JSON.stringify(body))
}
