import { findMerchant } from '../evidence/find.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Context } from '../platform/context.ts'
import { askOf, controlHeaders, type Routes } from '../http/authenticated.ts'
import { SubMerchant } from '../directory/merchants/schema.ts'
import { AppError } from '../http/problems/app-error.ts'
import { SubMchid, Uuid } from '../http/schema.ts'
import { controlOf, ordinaryControls, rightsOf } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { filterControl, switchControl, type Control } from './preconditions.ts'
import { AdFilterRequest, GoldPlanRequest, Operation, SwitchRequest } from './schema.ts'
import { readOperation, runControl } from './service.ts'

const params = Type.Object({ sub_mchid: SubMchid })
const response = { 200: SubMerchant, 202: Operation }

async function answer(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sub_mchid: string,
  control: Control,
): Promise<FastifyReply> {
  const done = await runControl(context, askOf(request, reply), sub_mchid, control)
  if (done.status === 202) return reply.code(202).header('location', `/v1/operations/${done.operation.key}`).send(done.operation)
  return reply.header('etag', `"${done.merchant.version}"`).send(done.merchant)
}

export const controlRoutes: Routes = (app, context) => {
  const common = { tags: ['controls'], headers: controlHeaders, params, response }

  app.put(
    '/v1/sub-merchants/:sub_mchid/gold-plan/jsapi',
    { config: { requires: ['gold_plan.open', 'gold_plan.close.request'] }, schema: { ...common, body: GoldPlanRequest } },
    async (request, reply) => {
      const { sub_mchid } = request.params
      if (request.body.status === 'closed') {
        await findMerchant(context.db, request.caller, sub_mchid)
        throw new AppError('APPROVAL_REQUIRED', { required_action: 'gold_plan.close.request' })
      }
      return answer(context, request, reply, sub_mchid, { kind: 'gold_plan.open', parameters: {}, reason: null })
    },
  )

  for (const id of ordinaryControls) {
    app.put(
      `/v1/sub-merchants/:sub_mchid/${controlOf(id).path.join('/')}`,
      { config: { requires: rightsOf(id) }, schema: { ...common, body: SwitchRequest } },
      async (request, reply) => {
        const { status, reason } = request.body
        return answer(context, request, reply, request.params.sub_mchid, switchControl(id, status, reason))
      },
    )
  }

  app.put(
    '/v1/sub-merchants/:sub_mchid/ad-filter',
    { config: { requires: 'ad_filter.set' }, schema: { ...common, body: AdFilterRequest } },
    async (request, reply) => answer(context, request, reply, request.params.sub_mchid, filterControl(request.body.industries)),
  )

  app.get(
    '/v1/operations/:key',
    {
      schema: {
        tags: ['controls'],
        params: Type.Object({ key: Uuid }),
        response: { 200: Operation },
      },
    },
    async request => readOperation(context, request.caller, request.params.key),
  )
}
