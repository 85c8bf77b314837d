// A problem as the client gets it (RFC 9457), in the caller's language.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { CATALOGUE, problemType, type ProblemCode } from './catalogue.ts'
import type { Problem } from './schema.ts'

export function problemBody(error: AppError, request: Pick<FastifyRequest, 'id' | 'headers' | 'routeOptions'>): Problem {
  const { status } = CATALOGUE[error.code]
  const copy = copyOf(error.code, request.headers['accept-language'])
  return { type: problemType(error.code), title: copy, status, detail: copy, code: error.code, request_id: request.id, ...error.extras }
}

/** zh-CN unless English is asked for first. */
export function copyOf(code: ProblemCode, acceptLanguage: string | undefined): string {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? CATALOGUE[code].en : CATALOGUE[code].zh
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const body = problemBody(error, request)
  // also where the request was refused before any hook ran
  void reply.header('x-request-id', request.id)
  if (body.retry_after !== undefined) void reply.header('retry-after', body.retry_after)
  if (error.replayed) void reply.header('idempotent-replayed', 'true')
  // as text: a route's response schemas describe its successes
  return reply.code(body.status).type('application/problem+json; charset=utf-8').serializer(String).send(JSON.stringify(body))
}
