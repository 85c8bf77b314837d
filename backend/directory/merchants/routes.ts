import { Type } from 'typebox'
import type { Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { listForRemembered, listMerchants } from './list.ts'
import { readMerchant } from './shape.ts'
import { SubMerchant, SubMerchantPage, SubMerchantQuery } from './schema.ts'

const MerchantParams = Type.Object({ sub_mchid: SubMchid })

export const merchantRoutes: Routes = (app, context) => {
  const common = { tags: ['merchants'] }

  app.get(
    '/v1/sub-merchants',
    {
      config: { confirmsCaller: true },
      schema: { ...common, querystring: SubMerchantQuery, response: { 200: SubMerchantPage } },
    },
    async request =>
      request.remembered
        ? listForRemembered(context, request.remembered, request.query, caller => void (request.caller = caller))
        : listMerchants(context, request.caller, request.query),
  )

  app.get(
    '/v1/sub-merchants/:sub_mchid',
    { schema: { ...common, params: MerchantParams, response: { 200: SubMerchant } } },
    async (request, reply) => {
      const merchant = await readMerchant(context, context.db, request.caller, request.params.sub_mchid)
      return reply.header('etag', `"${merchant.version}"`).send(merchant)
    },
  )
}
