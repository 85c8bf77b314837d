import { Type } from 'typebox'
import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem, SubMchid } from '../../http/schema.ts'
import { listMerchants } from './list.ts'
import { readMerchant } from './one.ts'
import { SubMerchant, SubMerchantPage, SubMerchantQuery } from './schema.ts'

export const MerchantParams = Type.Object({ sub_mchid: SubMchid })

export const merchantRoutes: Routes = (app, context) => {
  const common = { tags: ['merchants'], security: [{ bearer: [] }] }

  app.get(
    '/v1/sub-merchants',
    {
      ...authenticated(context),
      schema: { ...common, querystring: SubMerchantQuery, response: { 200: SubMerchantPage, default: Problem } },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return listMerchants(context, request.caller, request.query)
    },
  )

  app.get(
    '/v1/sub-merchants/:sub_mchid',
    { ...authenticated(context), schema: { ...common, params: MerchantParams, response: { 200: SubMerchant, default: Problem } } },
    async (request, reply) => {
      const merchant = await readMerchant(context, context.db, request.caller, request.params.sub_mchid)
      return reply.header('etag', `"${merchant.version}"`).header('cache-control', 'no-store').send(merchant)
    },
  )
}
