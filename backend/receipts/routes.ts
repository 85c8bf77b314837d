import { Type } from 'typebox'
import { askOf, controlHeaders, type Routes } from '../http/authenticated.ts'
import { SubMchid } from '../http/schema.ts'
import { changeContent, readContent } from './content.ts'
import { readHealth, readMetrics } from './health.ts'
import { ReceiptContent, ReceiptContentRequest, ReceiptHealth, ReceiptHealthQuery, ReceiptMetrics, ReceiptMetricsQuery } from './schema.ts'

const params = Type.Object({ sub_mchid: SubMchid })

/** What the app asks; the page itself is in page-routes.ts. */
export const receiptRoutes: Routes = (app, context) => {
  const common = { tags: ['receipts'] }

  app.get(
    '/v1/sub-merchants/:sub_mchid/receipt-content',
    { schema: { ...common, params, response: { 200: ReceiptContent } } },
    async (request, reply) => {
      const content = await readContent(context, request.caller, request.params.sub_mchid)
      return reply.header('etag', `"${content.version}"`).send(content)
    },
  )

  app.put(
    '/v1/sub-merchants/:sub_mchid/receipt-content',
    {
      config: { requires: 'receipt.open' },

      schema: {
        ...common,
        params,
        headers: controlHeaders,
        body: ReceiptContentRequest,
        response: { 200: ReceiptContent },
      },
    },
    async (request, reply) => {
      const content = await changeContent(context, askOf(request, reply), request.params.sub_mchid, request.body)
      return reply.header('etag', `"${content.version}"`).send(content)
    },
  )

  app.get(
    '/v1/sub-merchants/:sub_mchid/receipt-health',
    { schema: { ...common, params, querystring: ReceiptHealthQuery, response: { 200: ReceiptHealth } } },
    async request => readHealth(context, request.caller, request.params.sub_mchid, request.query),
  )

  app.get(
    '/v1/metrics/receipts',
    { config: { requires: 'metrics.read' }, schema: { ...common, querystring: ReceiptMetricsQuery, response: { 200: ReceiptMetrics } } },
    async request => readMetrics(context, request.caller, request.query),
  )
}
