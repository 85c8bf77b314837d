import { Type } from 'typebox'
import type { Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { readRebate, readRebateMonths } from './read.ts'
import { Rebate, RebateMonthName, RebateMonths, RebateQuery } from './schema.ts'

export const rebateRoutes: Routes = (app, context) => {
  const config = { requires: 'rebate.read' as const }
  const common = { tags: ['rebates'] }

  app.get('/v1/rebates', { config, schema: { ...common, response: { 200: RebateMonths } } }, async request =>
    readRebateMonths(context, request.caller),
  )
  app.get(
    '/v1/rebates/:sp_mchid/:month',
    {
      config,
      schema: {
        ...common,
        params: Type.Object({ sp_mchid: SubMchid, month: RebateMonthName }),
        querystring: RebateQuery,
        response: { 200: Rebate },
      },
    },
    async request => readRebate(context, request.caller, request.params, request.query),
  )
}
