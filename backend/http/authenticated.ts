// What every route needs of a request: who asks, where from, and the schemas' types.
import type { Caller, Remembered } from './caller.ts'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Type } from 'typebox'
import type { Origin } from '../platform/audit/record.ts'
import { idempotentRequest } from './idempotency.ts'
import { Problem, type Action } from './schema.ts'
import { assertMayDo, type Ask } from './write.ts'
import type { Context } from '../platform/context.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export type Routes = (app: App, context: Context) => void

declare module 'fastify' {
  interface FastifyRequest {
    /** set by `askedByStaff` */
    caller: Caller
    /** of a route that `confirmsCaller`: `caller` is from memory, and the route answers nothing before it was confirmed; null: it is from now */
    remembered: Remembered | null
  }
  interface FastifyInstance {
    /** method and path → what the route says that it requires */
    requirements: Map<string, readonly Action[]>
  }
  interface FastifyContextConfig {
    /** asked by whoever has no session */
    open?: boolean
    /** asks who asks beside its own first statement, see Remembered */
    confirmsCaller?: boolean
    /** what the caller has to be allowed (product.md §9); several: which of them, the body says */
    requires?: Action | readonly Action[]
  }
}

export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]{20,128})$/i.exec(request.headers.authorization ?? '')?.[1]
}

/**
 * Everything that a feature's routes share. Whoever asks must be known, before the body is read; after the rate limit, which sits in onRequest, so that
 * guessing tokens is limited. What they may read for whom is asked when the request is understood; what they may write, by the write itself (write.ts).
 */
export function askedByStaff(app: App, context: Context): void {
  app.addHook('onRoute', route => {
    const { schema = {}, config } = route
    app.requirements.set(`${String(route.method)} ${route.url}`, [config?.requires ?? []].flat())
    const security = config?.open ? {} : { security: [{ bearer: [] }] }
    route.schema = { ...schema, ...security, ...(schema.hide ? {} : { response: { ...(schema.response as object), default: Problem } }) }
  })
  app.addHook('preParsing', async (request, reply) => {
    const { open, confirmsCaller } = request.routeOptions.config
    if (open) return
    const token = bearerToken(request)
    request.remembered = confirmsCaller ? context.access.remembered(token) : null
    request.caller = request.remembered?.caller ?? (await context.access.callerOf(token))
    void reply.header('cache-control', 'no-store')
  })
  // fails closed: a route that forgot to ask answers nobody
  app.addHook('preSerialization', async ({ remembered }, reply, payload) => {
    if (remembered?.isConfirmed === false && reply.statusCode < 400) throw new Error('answered before it was known who asks')
    return payload
  })
  app.addHook('preHandler', async request => {
    const { requires } = request.routeOptions.config
    if (/^(GET|HEAD)$/.test(request.method) && typeof requires === 'string') assertMayDo(context, request.caller, requires)
  })
}

/** @throws AppError IDEMPOTENCY_KEY_REQUIRED */
export const askOf = (request: FastifyRequest, reply: FastifyReply): Ask => ({
  caller: request.caller,
  origin: originOf(request),
  idempotent: idempotentRequest(request),
  ifMatch: request.headers['if-match'],
  requires: [request.routeOptions.config.requires ?? []].flat(),
  replayed: () => void reply.header('idempotent-replayed', 'true'),
})

export function originOf(request: FastifyRequest): Origin {
  const client = request.headers['x-client-version']
  return { request_id: request.id, client: typeof client === 'string' && /^[\w.+-]{1,32}$/.test(client) ? client : null }
}

/** For the contract only: what is missing is answered by its own code (400, 428), not as a field at fault. */
export const idempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'required: a UUID that names this write for 14 days' })),
})
export const controlHeaders = Type.Object({
  ...idempotencyHeader.properties,
  'if-match': Type.Optional(Type.String({ description: 'required: the ETag of the SubMerchant that the caller saw' })),
})
