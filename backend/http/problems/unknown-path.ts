// Paths that are none, and methods that a path does not have: neither speaks of a merchant.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { sendProblem } from './body.ts'
import { wrongMethod } from './request-fault.ts'

/** Before any route is added. */
export function answerUnknownPaths(app: FastifyInstance): void {
  const known: { pattern: RegExp; methods: string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => void known.push({ pattern: patternOf(url), methods: [method].flat() }))
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [path = ''] = request.url.split(/[?#]/)
    const methods = [...new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap(one => one.methods))].toSorted()
    if (methods.length === 0) return sendProblem(reply, request, new AppError('PATH_UNKNOWN'))
    void reply.header('allow', methods.join(', '))
    return sendProblem(reply, request, wrongMethod(request, methods))
  }
  // what was sent to no route is not read: its body is not what is wrong
  app.addHook('preParsing', async (request, reply) => (request.is404 ? answer(request, reply) : undefined))
  app.setNotFoundHandler(answer)
}

/** /v1/visits/:id → one segment at the place of each name */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/:\w+/g, '[^/]+')}$`)
