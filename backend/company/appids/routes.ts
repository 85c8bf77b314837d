import { askOf } from '../../http/authenticated.ts'
import { Type } from 'typebox'
import { idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Appid, AppidEntry, AppidList, AppidRequest } from './schema.ts'
import { enterAppid, listAppids } from './service.ts'

export const appidRoutes: Routes = (app, context) => {
  const common = { tags: ['settings'] }

  app.get('/v1/appids', { schema: { ...common, response: { 200: AppidList } } }, async _request => listAppids(context.db, context.sp_mchid))

  app.put(
    '/v1/appids/:appid',
    {
      config: { requires: 'settings.manage' },
      schema: {
        ...common,
        params: Type.Object({ appid: Appid }),
        headers: idempotencyHeader,
        body: AppidRequest,
        response: { 200: AppidEntry },
      },
    },
    (request, reply) => enterAppid(context, askOf(request, reply), request.params.appid, request.body),
  )
}
