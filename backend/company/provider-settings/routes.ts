import { Type } from 'typebox'
import { authenticated, controlHeaders, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem, SubMchid } from '../../http/schema.ts'
import { ProviderSettings, ProviderSettingsList, ProviderSettingsRequest } from './schema.ts'
import { changeProviderSettings, readProviderSettings } from './service.ts'

export const providerSettingsRoutes: Routes = (app, context) => {
  const common = { tags: ['settings'], security: [{ bearer: [] }] }

  app.get(
    '/v1/provider',
    { ...authenticated(context), schema: { ...common, response: { 200: ProviderSettingsList, default: Problem } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readProviderSettings(context, request.caller)
    },
  )

  app.put(
    '/v1/provider/:sp_mchid',
    {
      ...authenticated(context),
      schema: {
        ...common,
        params: Type.Object({ sp_mchid: SubMchid }),
        headers: controlHeaders,
        body: ProviderSettingsRequest,
        response: { 200: ProviderSettings, default: Problem },
      },
    },
    async (request, reply) => {
      const { settings, replayed } = await changeProviderSettings(context, request.caller, {
        sp_mchid: request.params.sp_mchid,
        body: request.body,
        idempotent: idempotentRequest(request),
        ifMatch: request.headers['if-match'],
        origin: originOf(request),
      })
      if (replayed) void reply.header('idempotent-replayed', 'true')
      void reply.header('etag', `"${settings.version}"`).header('cache-control', 'no-store')
      return reply.send(settings)
    },
  )
}
