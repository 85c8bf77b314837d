// What every route needs of a request: who asks, where from, and the schemas' types.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Type } from 'typebox'
import type { Origin } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import { callerOf } from '../company/sessions/service.ts'
import type { Caller } from '../company/staff/scope.ts'

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
    /** set by `authenticated` */
    caller: Caller
  }
}

export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]{20,128})$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Route option: before the body is read, its sender must be known. After the rate limit, which sits in onRequest, so that guessing tokens is limited. */
export const authenticated = (context: Context) => ({
  preParsing: async (request: FastifyRequest) => {
    request.caller = await callerOf(context, bearerToken(request))
  },
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
