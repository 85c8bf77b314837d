// Requests that are not even HTTP as node reads it: no route is ever reached, yet the answer is a problem like any other.
import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from './app-error.ts'
import { problemBody } from './body.ts'
import type { ProblemCode } from './catalogue.ts'
import { faultyRequest, tunnel, unreadableFault } from './request-fault.ts'

const byNodeCode: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
}

/** For Fastify's clientErrorHandler. What else was sent on this connection cannot be told apart any more, so the connection ends. */
export function answerUnreadable(error: Error & { code?: string; rawPacket?: unknown }, socket: Socket): void {
  if (error.code === 'ECONNRESET') return
  const code = byNodeCode[error.code ?? ''] ?? 'MALFORMED_REQUEST'
  const arrived = Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0)
  const fault = unreadableFault(error.code, arrived)
  const language = /\r\naccept-language:(.*)/i.exec(arrived.toString('latin1'))?.[1]
  writeProblem(socket, fault ? faultyRequest(code, fault, language) : new AppError(code))
}

/** A tunnel to somewhere else, which Node would end without a word. */
export function refuseTunnels(server: Server): void {
  server.on('connect', ({ headers }, socket) =>
    writeProblem(socket as Socket, faultyRequest('METHOD_NOT_ALLOWED', tunnel, headers['accept-language']), [
      'Allow: GET, POST, PUT, DELETE',
    ]),
  )
}

/** Where no route answers: one problem, and the end of the connection. */
export function writeProblem(socket: Socket, error: AppError, headers: readonly string[] = []): void {
  if (socket.destroyed) return
  if (socket.writable) {
    const problem = problemBody(error, { id: randomUUID(), headers: {}, routeOptions: {} } as Parameters<typeof problemBody>[1])
    const body = Buffer.from(JSON.stringify(problem))
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${body.length}`,
      `X-Request-Id: ${problem.request_id}`,
      ...(problem.retry_after === undefined ? [] : [`Retry-After: ${problem.retry_after}`]),
      ...headers,
      'Connection: close',
    ]
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
  }
  socket.destroySoon()
}
