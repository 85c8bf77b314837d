import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { limitedPerPerson } from '../../http/rate-limit.ts'
import { SubMchid } from '../../http/schema.ts'
import { LimitationRefresh, LimitationState } from './schema.ts'
import { refreshLimitations } from './service.ts'

export const limitationRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sub-merchants/:sub_mchid/limitations/refresh',
    {
      config: { requires: 'evidence.write' },
      ...limitedPerPerson(app, context.orderQueriesPerMinute),
      schema: {
        tags: ['evidence'],
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: LimitationRefresh,
        response: { 200: LimitationState },
      },
    },
    (request, reply) => refreshLimitations(context, askOf(request, reply), request.params.sub_mchid),
  )
}
