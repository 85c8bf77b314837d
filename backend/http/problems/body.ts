// A problem as the client gets it (RFC 9457), in the caller's language.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { CATALOGUE, problemCopy, problemType } from './catalogue.ts'
import type { Problem } from '../schema.ts'

type Asked = Pick<FastifyRequest, 'id' | 'headers' | 'routeOptions'> & Partial<Pick<FastifyRequest, 'query' | 'body'>>

export function problemBody(error: AppError, request: Asked): Problem {
  const { status } = CATALOGUE[error.code]
  const language = isEnglish(request.headers['accept-language']) ? 'en' : 'zh-CN'
  const isNoMerchant = error.code === 'NOT_FOUND' && !isAboutMerchant(request)
  const copy = isNoMerchant ? nothingThere[language] : problemCopy(error.code, language, error.extras)
  return { type: problemType(error.code), ...copy, status, code: error.code, request_id: request.id, ...error.extras }
}

/** Of a visit, a photo, a rollout: the words of the catalogue speak of a merchant. */
const nothingThere = {
  'zh-CN': { title: '没有找到', detail: '它不存在、已被清理，或不在你的负责范围。请刷新列表再看。' },
  en: { title: 'Not found', detail: 'It does not exist, was tidied away, or is outside your area. Refresh the list and look again.' },
}

const namesMerchant = (part: unknown): boolean => typeof part === 'object' && part !== null && 'sub_mchid' in part
const isAboutMerchant = ({ routeOptions, query, body }: Asked): boolean =>
  routeOptions.url?.includes(':sub_mchid') === true || namesMerchant(query) || namesMerchant(body)

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
