import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem, Uuid } from '../../http/schema.ts'
import { listVisits, readVisit } from './read.ts'
import { reviewVisit } from './review.ts'
import { ReviewRequest, Visit, VisitPage, VisitQuery, VisitRequest, VisitResult } from './schema.ts'
import { submitVisit } from './submit.ts'

const ofVisit = Type.Object({ visit_id: Uuid })

export const visitRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'], security: [{ bearer: [] }] }
  const write = { ...common, params: ofVisit, headers: idempotencyHeader }

  app.get(
    '/v1/visits',
    { ...authenticated(context), schema: { ...common, querystring: VisitQuery, response: { 200: VisitPage, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return listVisits(context, request.caller, request.query)
    },
  )

  app.get(
    '/v1/visits/:visit_id',
    { ...authenticated(context), schema: { ...common, params: ofVisit, response: { 200: Visit, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readVisit(context.db, request.caller, request.params.visit_id.toLowerCase())
    },
  )

  app.put(
    '/v1/visits/:visit_id',
    {
      ...authenticated(context),
      schema: { ...write, body: VisitRequest, response: { 200: VisitResult, 201: VisitResult, default: Problem } },
    },
    async (request, reply) => {
      const id = request.params.visit_id.toLowerCase()
      const idempotent = idempotentRequest(request)
      const { result, created, replayed } = await submitVisit(context, request.caller, id, request.body, idempotent, originOf(request))
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.code(created ? 201 : 200).send(result)
    },
  )

  app.post(
    '/v1/visits/:visit_id/review',
    { ...authenticated(context), schema: { ...write, body: ReviewRequest, response: { 200: Visit, default: Problem } } },
    async (request, reply) => {
      const id = request.params.visit_id.toLowerCase()
      const idempotent = idempotentRequest(request)
      const { visit, replayed } = await reviewVisit(context, request.caller, id, request.body, idempotent, originOf(request))
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(visit)
    },
  )
}
