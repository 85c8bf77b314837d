import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { listVisits, readVisit } from './read.ts'
import { reviewVisit } from './review.ts'
import { ReviewRequest, Visit, VisitPage, VisitQuery, VisitRequest, VisitResult } from './schema.ts'
import { submitVisit } from './submit.ts'

const ofVisit = Type.Object({ visit_id: Uuid })

export const visitRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'] }
  const write = { ...common, params: ofVisit, headers: idempotencyHeader }

  app.get('/v1/visits', { schema: { ...common, querystring: VisitQuery, response: { 200: VisitPage } } }, async request =>
    listVisits(context, request.caller, request.query),
  )

  app.get('/v1/visits/:visit_id', { schema: { ...common, params: ofVisit, response: { 200: Visit } } }, async request =>
    readVisit(context.db, request.caller, request.params.visit_id.toLowerCase()),
  )

  app.put(
    '/v1/visits/:visit_id',
    { config: { requires: 'visit.write' }, schema: { ...write, body: VisitRequest, response: { 200: VisitResult, 201: VisitResult } } },
    async (request, reply) => {
      const id = request.params.visit_id.toLowerCase()
      const { result, created } = await submitVisit(context, askOf(request, reply), id, request.body)
      return reply.code(created ? 201 : 200).send(result)
    },
  )

  app.post(
    '/v1/visits/:visit_id/review',
    { config: { requires: 'visit.review' }, schema: { ...write, body: ReviewRequest, response: { 200: Visit } } },
    (request, reply) => reviewVisit(context, askOf(request, reply), request.params.visit_id.toLowerCase(), request.body),
  )
}
