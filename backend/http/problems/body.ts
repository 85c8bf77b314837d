// A problem as the client gets it (RFC 9457), in the caller's language.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { CATALOGUE, problemCopy, problemType } from './catalogue.ts'
import type { Problem } from '../schema.ts'

export function problemBody(error: AppError, request: Pick<FastifyRequest, 'id' | 'headers' | 'routeOptions'>): Problem {
  const { status } = CATALOGUE[error.code]
  const copy = problemCopy(error.code, isEnglish(request.headers['accept-language']) ? 'en' : 'zh-CN', error.extras)
  return { type: problemType(error.code), ...copy, status, code: error.code, request_id: request.id, ...error.extras }
}

/** zh-CN unless English is asked for first. */
export const isEnglish = (acceptLanguage: string | undefined): boolean => /^\s*en\b/i.test(acceptLanguage ?? '')

export function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const body = problemBody(error, request)
  // also where the request was refused before any hook ran
  void reply.header('x-request-id', request.id)
  if (body.retry_after !== undefined) void reply.header('retry-after', body.retry_after)
  // as text: a route's response schemas describe its successes
  return reply.code(body.status).type('application/problem+json; charset=utf-8').serializer(String).send(JSON.stringify(body))
}
