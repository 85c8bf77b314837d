// The parts of a form as they arrive (multipart/form-data).
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { malformedBody } from './problems/request-fault.ts'

/**
 * A sender who is gone before anybody listens ends the request unheard: @fastify/multipart would wait for its parts for ever, and whoever counts forms under
 * way would count this one until the process ends.
 * @throws AppError MALFORMED_BODY, and what @fastify/multipart throws
 */
export async function* partsOf(request: FastifyRequest): AsyncGenerator<MultipartFile | MultipartValue> {
  if (request.raw.destroyed) throw malformedBody('form', request)
  yield* request.parts() as AsyncIterable<MultipartFile | MultipartValue>
}
