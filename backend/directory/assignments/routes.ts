import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { assertMayDo } from '../../http/write.ts'
import { listAssignees } from './assignees.ts'
import { assertOneOf, countShops } from './meant.ts'
import { assertCanHave, findResponsible } from './responsible.ts'
import { assign, readRun } from './run.ts'
import { AssigneePage, AssigneeQuery, AssignmentCount, AssignmentRequest, AssignmentRun } from './schema.ts'

/** bytes: 100,000 numbers with their marks */
const bodyLimit = 2 * 1024 * 1024

export const assignmentRoutes: Routes = (app, context) => {
  const common = { tags: ['assignments'] }

  app.put(
    '/v1/sub-merchants/assignments',
    {
      bodyLimit,
      config: { requires: 'merchant.assign' },
      schema: { ...common, headers: idempotencyHeader, body: AssignmentRequest, response: { 200: AssignmentRun, 202: AssignmentRun } },
    },
    async (request, reply) => {
      const run = await assign(context, askOf(request, reply), request.body)
      return reply.code(run.status === 'running' ? 202 : 200).send(run)
    },
  )

  app.post(
    '/v1/sub-merchants/assignments/count',
    {
      bodyLimit,
      config: { requires: 'merchant.assign' },
      schema: { ...common, body: AssignmentRequest, response: { 200: AssignmentCount } },
    },
    async ({ caller, body }) => {
      assertMayDo(context, caller, 'merchant.assign')
      assertOneOf(body)
      const staff = body.staff_id === null ? null : await findResponsible(context.db, caller.numbers, body.staff_id)
      if (staff !== null) assertCanHave(staff, 'staff_id')
      return countShops(context.db, caller, body, staff, context.clock.now())
    },
  )

  app.get(
    '/v1/sub-merchants/assignments/:run_id',
    {
      config: { requires: 'merchant.assign' },
      schema: { ...common, params: Type.Object({ run_id: Uuid }), response: { 200: AssignmentRun } },
    },
    async ({ caller, params }) => readRun(context, caller, params.run_id.toLowerCase()),
  )

  app.get(
    '/v1/assignees',
    { schema: { ...common, querystring: AssigneeQuery, response: { 200: AssigneePage } } },
    async ({ caller, query }) => listAssignees(context, caller, query),
  )
}
