import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { readInTurn } from '../../http/write.ts'
import { VisitPlan, VisitPlanPublication, VisitPlanStops, VisitPlanStopsQuery } from './schema.ts'
import { publishPlan, readPlan, readStops } from './service.ts'

export const visitPlanRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'] }

  app.get('/v1/visit-plan', { config: { requires: 'visit.review' }, schema: { ...common, response: { 200: VisitPlan } } }, async request =>
    readInTurn(context, request.caller, () => readPlan(context, context.db, request.caller)),
  )

  app.get(
    '/v1/visit-plan/stops',
    { config: { requires: 'visit.write' }, schema: { ...common, querystring: VisitPlanStopsQuery, response: { 200: VisitPlanStops } } },
    async request => readStops(context, request.caller, request.query),
  )

  app.post(
    '/v1/visit-plan/publication',
    {
      config: { requires: 'visit.review' },
      schema: { ...common, headers: idempotencyHeader, body: VisitPlanPublication, response: { 200: VisitPlan } },
    },
    (request, reply) => publishPlan(context, askOf(request, reply), request.body),
  )
}
