import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem, Uuid } from '../../http/schema.ts'
import { decideRequest } from './decide.ts'
import { listRequests, readRequest } from './find.ts'
import { cancelRequest, requestClosing } from './request.ts'
import { ChangeRequest, ChangeRequestDecision, ChangeRequestPage, ChangeRequestQuery, NewChangeRequest } from './schema.ts'

const ofRequest = Type.Object({ request_id: Uuid })

export const closingRoutes: Routes = (app, context) => {
  const guard = authenticated(context)
  const common = { tags: ['change requests'], security: [{ bearer: [] }] }
  const write = { ...common, headers: idempotencyHeader }

  app.post(
    '/v1/change-requests',
    { ...guard, schema: { ...write, body: NewChangeRequest, response: { 200: ChangeRequest, 201: ChangeRequest, default: Problem } } },
    async (request, reply) => {
      const written = await requestClosing(context, request.caller, request.body, idempotentRequest(request), originOf(request))
      if (written.replayed) void reply.header('idempotent-replayed', 'true')
      return reply.code(written.replayed ? 200 : 201).send(written.request)
    },
  )

  app.get(
    '/v1/change-requests',
    { ...guard, schema: { ...common, querystring: ChangeRequestQuery, response: { 200: ChangeRequestPage, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return listRequests(context, request.caller, request.query)
    },
  )

  app.get(
    '/v1/change-requests/:request_id',
    { ...guard, schema: { ...common, params: ofRequest, response: { 200: ChangeRequest, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readRequest(context, context.db, request.caller, request.params.request_id.toLowerCase())
    },
  )

  app.post(
    '/v1/change-requests/:request_id/decision',
    { ...guard, schema: { ...write, params: ofRequest, body: ChangeRequestDecision, response: { 200: ChangeRequest, default: Problem } } },
    async (request, reply) => {
      const id = request.params.request_id.toLowerCase()
      const written = await decideRequest(context, request.caller, id, request.body, idempotentRequest(request), originOf(request))
      if (written.replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(written.request)
    },
  )

  app.post(
    '/v1/change-requests/:request_id/cancellation',
    { ...guard, schema: { ...write, params: ofRequest, response: { 200: ChangeRequest, default: Problem } } },
    async (request, reply) => {
      const id = request.params.request_id.toLowerCase()
      const written = await cancelRequest(context, request.caller, id, idempotentRequest(request), originOf(request))
      if (written.replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(written.request)
    },
  )
}
