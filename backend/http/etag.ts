// Answers that rarely change are sent once and then only confirmed (304).
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * @param maxAge seconds for which the client need not ask at all
 * @returns the body, or nothing with status 304 when the client has it
 */
export function sendCacheable(
  request: FastifyRequest,
  reply: FastifyReply,
  body: object,
  maxAge: number,
  shared: 'public' | 'private',
): FastifyReply {
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`
  void reply.header('etag', etag).header('cache-control', `${shared}, max-age=${maxAge}`)
  const known = (request.headers['if-none-match'] ?? '').split(',').map(one => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*') ? reply.code(304).send() : reply.send(body)
}
