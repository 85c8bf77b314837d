// Compresses large answers: a phone in a shop has little signal.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** @returns JSON, compressed where the client takes gzip; compressing does not hold up other requests */
export async function sendCompressed(request: FastifyRequest, reply: FastifyReply, body: object): Promise<FastifyReply> {
  const text = JSON.stringify(body)
  void reply.header('content-type', 'application/json; charset=utf-8').header('vary', 'accept-encoding')
  if (!takesGzip(request.headers['accept-encoding'])) return reply.send(Buffer.from(text))
  return reply.header('content-encoding', 'gzip').send(await compress(text))
}

/** gzip;q=0 refuses it (RFC 9110, 12.5.3). */
export const takesGzip = (header: string | string[] | undefined): boolean =>
  String(header ?? '')
    .split(',')
    .some(one => /^\s*(x-)?gzip\s*($|;)/i.test(one) && !/;\s*q=0(\.0*)?\s*$/i.test(one))
