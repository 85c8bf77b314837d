import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Context } from '../platform/context.ts'
import { authenticated, controlHeaders, originOf, type Routes } from '../http/authenticated.ts'
import { idempotentRequest } from '../http/idempotency.ts'
import { findMerchant } from '../directory/merchants/one.ts'
import { SubMerchant } from '../directory/merchants/schema.ts'
import { AppError } from '../http/problems/app-error.ts'
import { Problem, SubMchid, Uuid } from '../http/schema.ts'
import { filterControl, switchControl, type Control } from './preconditions.ts'
import { AdFilterRequest, AdvertisingRequest, GoldPlanRequest, Operation, ReceiptRequest } from './schema.ts'
import { readOperation, runControl } from './service.ts'

const params = Type.Object({ sub_mchid: SubMchid })
const response = { 200: SubMerchant, 202: Operation, default: Problem }

async function answer(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sub_mchid: string,
  control: Control,
): Promise<FastifyReply> {
  const idempotent = idempotentRequest(request)
  const ifMatch = request.headers['if-match']
  const done = await runControl(context, request.caller, { sub_mchid, control, idempotent, ifMatch, origin: originOf(request) })
  if (done.replayed) void reply.header('idempotent-replayed', 'true')
  void reply.header('cache-control', 'no-store')
  if (done.status === 202) return reply.code(202).header('location', `/v1/operations/${done.operation.key}`).send(done.operation)
  return reply.header('etag', `"${done.merchant.version}"`).send(done.merchant)
}

export const controlRoutes: Routes = (app, context) => {
  const guard = authenticated(context)
  const common = { tags: ['controls'], security: [{ bearer: [] }], headers: controlHeaders, params, response }

  app.put(
    '/v1/sub-merchants/:sub_mchid/gold-plan/jsapi',
    { ...guard, schema: { ...common, body: GoldPlanRequest } },
    async (request, reply) => {
      const { sub_mchid } = request.params
      if (request.body.status === 'closed') {
        await findMerchant(context.db, request.caller, sub_mchid)
        throw new AppError('APPROVAL_REQUIRED', { required_action: 'gold_plan.close.request' })
      }
      return answer(context, request, reply, sub_mchid, { kind: 'gold_plan.open', parameters: {}, reason: null })
    },
  )

  app.put('/v1/sub-merchants/:sub_mchid/receipt', { ...guard, schema: { ...common, body: ReceiptRequest } }, async (request, reply) => {
    const { status, reason } = request.body
    return answer(context, request, reply, request.params.sub_mchid, switchControl('receipt', status, reason))
  })

  app.put(
    '/v1/sub-merchants/:sub_mchid/advertising',
    { ...guard, schema: { ...common, body: AdvertisingRequest } },
    async (request, reply) => {
      const { status, reason } = request.body
      return answer(context, request, reply, request.params.sub_mchid, switchControl('advertising', status, reason))
    },
  )

  app.put('/v1/sub-merchants/:sub_mchid/ad-filter', { ...guard, schema: { ...common, body: AdFilterRequest } }, async (request, reply) =>
    answer(context, request, reply, request.params.sub_mchid, filterControl(request.body.industries)),
  )

  app.get(
    '/v1/operations/:key',
    {
      ...guard,
      schema: {
        tags: ['controls'],
        security: [{ bearer: [] }],
        params: Type.Object({ key: Uuid }),
        response: { 200: Operation, default: Problem },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readOperation(context, request.caller, request.params.key)
    },
  )
}
