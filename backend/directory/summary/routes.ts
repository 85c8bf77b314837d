import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem } from '../../http/schema.ts'
import { readInTurn } from '../../http/write-as.ts'
import { Summary, SummaryQuery } from './schema.ts'
import { summarise } from './service.ts'

export const summaryRoutes: Routes = (app, context) => {
  app.get(
    '/v1/summary',
    {
      ...authenticated(context),
      schema: { tags: ['merchants'], security: [{ bearer: [] }], querystring: SummaryQuery, response: { 200: Summary, default: Problem } },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readInTurn(context, request.caller, () => summarise(context, request.caller, request.query))
    },
  )
}
