import type { Routes } from '../http/authenticated.ts'
import { readInTurn } from '../http/write.ts'
import { Summary, SummaryQuery } from './schema.ts'
import { summarise } from './service.ts'

export const summaryRoutes: Routes = (app, context) => {
  app.get(
    '/v1/summary',
    {
      schema: { tags: ['merchants'], querystring: SummaryQuery, response: { 200: Summary } },
    },
    async request => readInTurn(context, request.caller, () => summarise(context, request.caller, request.query)),
  )
}
