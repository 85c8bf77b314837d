import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem, SubMchid } from '../../http/schema.ts'
import { limitedPerPerson } from '../../http/rate-limit.ts'
import { OrderQueryRequest, OrderQueryResult } from './schema.ts'
import { queryOrder } from './service.ts'

export const orderRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sub-merchants/:sub_mchid/order-queries',
    {
      ...authenticated(context),
      ...limitedPerPerson(app, context.orderQueriesPerMinute),
      schema: {
        tags: ['evidence'],
        security: [{ bearer: [] }],
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: OrderQueryRequest,
        response: { 200: OrderQueryResult, default: Problem },
      },
    },
    async (request, reply) => {
      const { result, replayed } = await queryOrder(context, request.caller, {
        sub_mchid: request.params.sub_mchid,
        out_trade_no: request.body.out_trade_no,
        idempotent: idempotentRequest(request),
        origin: originOf(request),
      })
      if (replayed) void reply.header('idempotent-replayed', 'true')
      void reply.header('cache-control', 'no-store')
      return reply.send(result)
    },
  )
}
