// How the HTTP side ends: requests that have arrived are answered, unfinished ones are answered with 503, and nobody can delay the end by not
// sending the rest of theirs.
import type { FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import type { App } from './authenticated.ts'
import { AppError } from './problems/app-error.ts'
import { writeProblem } from './problems/unreadable.ts'

/** seconds until another process has taken over */
const retryAfter = 3

/** Before other hooks that may refuse. */
export function registerClosing(app: App): void {
  const sockets = new Set<Socket>()
  /** requests whose body has arrived and that are not answered yet */
  const underWay = new Set<FastifyRequest>()
  let closing = false
  app.server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('onRequest', async () => {
    if (closing) throw new AppError('OVERLOADED', { retry_after: retryAfter })
  })
  // its connection would stay open for the next request
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close')
  })
  app.addHook('preHandler', async request => void underWay.add(request))
  app.addHook('onResponse', async request => void underWay.delete(request))
  app.addHook('onRequestAbort', async request => void underWay.delete(request))
  app.addHook('preClose', async () => {
    closing = true
    const busy = new Set([...underWay].map(({ raw }) => raw.socket))
    // what was sent of a request, if anything, was not acted on
    for (const socket of sockets) if (!busy.has(socket)) writeProblem(socket, new AppError('OVERLOADED', { retry_after: retryAfter }))
  })
}
