import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { askAgain } from './again.ts'
import { readPayments } from './payments.ts'
import { BillHealth, BillRequest, Payments, PaymentsQuery, PaymentTotals } from './schema.ts'
import { readPaymentTotals } from './totals.ts'

export const paymentRoutes: Routes = (app, context) => {
  app.get(
    '/v1/sub-merchants/:sub_mchid/payments',
    {
      config: { requires: 'merchant.read' },
      schema: { tags: ['payments'], params: Type.Object({ sub_mchid: SubMchid }), querystring: PaymentsQuery, response: { 200: Payments } },
    },
    async request => readPayments(context, request.caller, request.params.sub_mchid, request.query),
  )
  app.get(
    '/v1/metrics/payments',
    {
      config: { requires: 'metrics.read' },
      schema: { tags: ['payments'], querystring: PaymentsQuery, response: { 200: PaymentTotals } },
    },
    async request => readPaymentTotals(context, request.caller, request.query),
  )

  app.post(
    '/v1/provider/:sp_mchid/bill-requests',
    {
      config: { requires: 'readiness.write' },
      schema: {
        tags: ['settings'],
        params: Type.Object({ sp_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: BillRequest,
        response: { 200: BillHealth },
      },
    },
    (request, reply) => askAgain(context, askOf(request, reply), request.params.sp_mchid),
  )
}
