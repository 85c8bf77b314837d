import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem } from '../../http/schema.ts'
import { Appid, AppidEntry, AppidList, AppidRequest } from './schema.ts'
import { enterAppid, listAppids } from './service.ts'

export const appidRoutes: Routes = (app, context) => {
  const common = { tags: ['settings'], security: [{ bearer: [] }] }

  app.get(
    '/v1/appids',
    { ...authenticated(context), schema: { ...common, response: { 200: AppidList, default: Problem } } },
    async (_request, reply) => {
      void reply.header('cache-control', 'no-store')
      return listAppids(context.db, context.sp_mchid)
    },
  )

  app.put(
    '/v1/appids/:appid',
    {
      ...authenticated(context),
      schema: {
        ...common,
        params: Type.Object({ appid: Appid }),
        headers: idempotencyHeader,
        body: AppidRequest,
        response: { 200: AppidEntry, default: Problem },
      },
    },
    async (request, reply) => {
      const idempotent = idempotentRequest(request)
      const { entry, replayed } = await enterAppid(
        context,
        request.caller,
        request.params.appid,
        request.body,
        idempotent,
        originOf(request),
      )
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(entry)
    },
  )
}
