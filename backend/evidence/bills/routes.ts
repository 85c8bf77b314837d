import { Type } from 'typebox'
import type { Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { readPayments } from './payments.ts'
import { Payments, PaymentsQuery, PaymentTotals } from './schema.ts'
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
}
