import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { limitedPerPerson } from '../../http/rate-limit.ts'
import { OrderQueryRequest, OrderQueryResult } from './schema.ts'
import { queryOrder } from './service.ts'

export const orderRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sub-merchants/:sub_mchid/order-queries',
    {
      config: { requires: 'evidence.write' },
      ...limitedPerPerson(app, context.orderQueriesPerMinute),
      schema: {
        tags: ['evidence'],
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: OrderQueryRequest,
        response: { 200: OrderQueryResult },
      },
    },
    (request, reply) => queryOrder(context, askOf(request, reply), request.params.sub_mchid, request.body.out_trade_no),
  )
}
