import { Type } from 'typebox'
import { askOf, controlHeaders, type Routes } from '../../http/authenticated.ts'
import { assertMayDo } from '../../http/write.ts'
import { Appid, AppidEntry, AppidList, AppidListRequest, AppidListResult, AppidQuery, AppidRequest } from './schema.ts'
import { applyAppids, enterAppid, listAppids, previewAppids } from './service.ts'

export const appidRoutes: Routes = (app, context) => {
  const common = { tags: ['settings'] }
  const config = { requires: 'settings.manage' } as const

  app.get('/v1/appids', { schema: { ...common, querystring: AppidQuery, response: { 200: AppidList } } }, async request =>
    listAppids(context.db, { sp_mchid: context.sp_mchid, caller: request.caller }, request.query),
  )

  app.put(
    '/v1/appids/:appid',
    {
      config,
      schema: {
        ...common,
        params: Type.Object({ appid: Appid }),
        headers: controlHeaders,
        body: AppidRequest,
        response: { 200: AppidEntry },
      },
    },
    async (request, reply) => {
      const entry = await enterAppid(context, askOf(request, reply), request.params.appid, request.body)
      return reply.header('etag', `"${entry.version}"`).send(entry)
    },
  )

  app.post(
    '/v1/appid-lists/preview',
    { config, schema: { ...common, body: AppidListRequest, response: { 200: AppidListResult } } },
    async request => {
      // reads only: asked by POST because a list does not fit into an address
      assertMayDo(context, request.caller, 'settings.manage')
      return previewAppids(context, request.caller, request.body.text)
    },
  )

  app.post(
    '/v1/appid-lists',
    { config, schema: { ...common, headers: controlHeaders, body: AppidListRequest, response: { 200: AppidListResult } } },
    (request, reply) => applyAppids(context, askOf(request, reply), request.body.text),
  )
}
