import { Type } from 'typebox'
import { authenticated, controlHeaders, originOf, type Routes } from '../http/authenticated.ts'
import { idempotentRequest } from '../http/idempotency.ts'
import { Problem, SubMchid } from '../http/schema.ts'
import { changeContent, readContent } from './content.ts'
import { readHealth, readMetrics } from './health.ts'
import { ReceiptContent, ReceiptContentRequest, ReceiptHealth, ReceiptHealthQuery, ReceiptMetrics, ReceiptMetricsQuery } from './schema.ts'

const params = Type.Object({ sub_mchid: SubMchid })

/** What the app asks; the page itself is in page-routes.ts. */
export const receiptRoutes: Routes = (app, context) => {
  const guard = authenticated(context)
  const common = { tags: ['receipts'], security: [{ bearer: [] }] }

  app.get(
    '/v1/sub-merchants/:sub_mchid/receipt-content',
    { ...guard, schema: { ...common, params, response: { 200: ReceiptContent, default: Problem } } },
    async (request, reply) => {
      const content = await readContent(context, request.caller, request.params.sub_mchid)
      return reply.header('cache-control', 'no-store').header('etag', `"${content.version}"`).send(content)
    },
  )

  app.put(
    '/v1/sub-merchants/:sub_mchid/receipt-content',
    {
      ...guard,
      schema: {
        ...common,
        params,
        headers: controlHeaders,
        body: ReceiptContentRequest,
        response: { 200: ReceiptContent, default: Problem },
      },
    },
    async (request, reply) => {
      const { content, replayed } = await changeContent(context, request.caller, {
        sub_mchid: request.params.sub_mchid,
        body: request.body,
        idempotent: idempotentRequest(request),
        ifMatch: request.headers['if-match'],
        origin: originOf(request),
      })
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.header('cache-control', 'no-store').header('etag', `"${content.version}"`).send(content)
    },
  )

  app.get(
    '/v1/sub-merchants/:sub_mchid/receipt-health',
    { ...guard, schema: { ...common, params, querystring: ReceiptHealthQuery, response: { 200: ReceiptHealth, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readHealth(context, request.caller, request.params.sub_mchid, request.query)
    },
  )

  app.get(
    '/v1/metrics/receipts',
    { ...guard, schema: { ...common, querystring: ReceiptMetricsQuery, response: { 200: ReceiptMetrics, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readMetrics(context, request.caller, request.query)
    },
  )
}
