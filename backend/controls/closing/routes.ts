import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { decideRequest } from './decide.ts'
import { listRequests, readRequest } from './find.ts'
import { cancelRequest, requestClosing } from './request.ts'
import { ChangeRequest, ChangeRequestDecision, ChangeRequestPage, ChangeRequestQuery, NewChangeRequest } from './schema.ts'

const ofRequest = Type.Object({ request_id: Uuid })

export const closingRoutes: Routes = (app, context) => {
  const common = { tags: ['change requests'] }
  const write = { ...common, headers: idempotencyHeader }

  app.post(
    '/v1/change-requests',
    {
      config: { requires: 'gold_plan.close.request' },
      schema: { ...write, body: NewChangeRequest, response: { 200: ChangeRequest, 201: ChangeRequest } },
    },
    async (request, reply) => {
      const { request: asked, created } = await requestClosing(context, askOf(request, reply), request.body)
      return reply.code(created ? 201 : 200).send(asked)
    },
  )

  app.get(
    '/v1/change-requests',
    { schema: { ...common, querystring: ChangeRequestQuery, response: { 200: ChangeRequestPage } } },
    async request => listRequests(context, request.caller, request.query),
  )

  app.get(
    '/v1/change-requests/:request_id',
    { schema: { ...common, params: ofRequest, response: { 200: ChangeRequest } } },
    async request => readRequest(context, context.db, request.caller, request.params.request_id.toLowerCase()),
  )

  app.post(
    '/v1/change-requests/:request_id/decision',
    {
      config: { requires: 'gold_plan.close.approve' },
      schema: { ...write, params: ofRequest, body: ChangeRequestDecision, response: { 200: ChangeRequest } },
    },
    (request, reply) => decideRequest(context, askOf(request, reply), request.params.request_id.toLowerCase(), request.body),
  )

  app.post(
    '/v1/change-requests/:request_id/cancellation',
    { schema: { ...write, params: ofRequest, response: { 200: ChangeRequest } } },
    (request, reply) => cancelRequest(context, askOf(request, reply), request.params.request_id.toLowerCase()),
  )
}
