import { Type } from 'typebox'
import { askOf, controlHeaders, idempotencyHeader, type Routes } from '../http/authenticated.ts'
import { limitedPerPerson } from '../http/rate-limit.ts'
import { SubMchid } from '../http/schema.ts'
import { ProviderNumberList, Readiness, ReadinessAnswer, ReadinessItem, ReadinessItemId } from './schema.ts'
import { answerItem, checkReadiness, readProvider } from './service.ts'

export const readinessRoutes: Routes = (app, context) => {
  const common = { tags: ['settings'] }

  app.get(
    '/v1/provider',
    { config: { requires: 'settings.read' }, schema: { ...common, response: { 200: ProviderNumberList } } },
    async request => readProvider(context, request.caller),
  )

  app.put(
    '/v1/provider/:sp_mchid/readiness/:item',
    {
      config: { requires: 'readiness.write' },
      schema: {
        ...common,
        params: Type.Object({ sp_mchid: SubMchid, item: ReadinessItemId }),
        headers: controlHeaders,
        body: ReadinessAnswer,
        response: { 200: ReadinessItem },
      },
    },
    async (request, reply) => {
      const item = await answerItem(context, askOf(request, reply), request.params, request.body)
      return reply.header('etag', `"${item.version}"`).send(item)
    },
  )

  app.post(
    '/v1/provider/:sp_mchid/readiness-checks',
    {
      config: { requires: 'readiness.write' },
      // each makes our server ask others
      ...limitedPerPerson(app, context.linkCheck.perMinute),
      schema: { ...common, params: Type.Object({ sp_mchid: SubMchid }), headers: idempotencyHeader, response: { 200: Readiness } },
    },
    (request, reply) => checkReadiness(context, askOf(request, reply), request.params.sp_mchid),
  )
}
