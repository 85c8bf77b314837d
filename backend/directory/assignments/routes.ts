import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem } from '../../http/schema.ts'
import { AssignmentRequest, AssignmentResult } from './schema.ts'
import { assign } from './service.ts'

export const assignmentRoutes: Routes = (app, context) => {
  app.put(
    '/v1/sub-merchants/assignments',
    {
      ...authenticated(context),
      schema: {
        tags: ['assignments'],
        security: [{ bearer: [] }],
        headers: idempotencyHeader,
        body: AssignmentRequest,
        response: { 200: AssignmentResult, default: Problem },
      },
    },
    async (request, reply) => {
      const idempotent = idempotentRequest(request)
      const { result, replayed } = await assign(context, request.caller, request.body, idempotent, originOf(request))
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return result
    },
  )
}
