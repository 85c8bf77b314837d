import { askOf } from '../../http/authenticated.ts'
import { idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { AssignmentRequest, AssignmentResult } from './schema.ts'
import { assign } from './service.ts'

export const assignmentRoutes: Routes = (app, context) => {
  app.put(
    '/v1/sub-merchants/assignments',
    {
      config: { requires: 'merchant.assign' },
      schema: {
        tags: ['assignments'],
        headers: idempotencyHeader,
        body: AssignmentRequest,
        response: { 200: AssignmentResult },
      },
    },
    (request, reply) => assign(context, askOf(request, reply), request.body),
  )
}
