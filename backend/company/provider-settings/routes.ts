import { Type } from 'typebox'
import { askOf, controlHeaders, type Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { ProviderSettings, ProviderSettingsRequest } from './schema.ts'
import { changeProviderSettings } from './service.ts'

export const providerSettingsRoutes: Routes = (app, context) => {
  app.put(
    '/v1/provider/:sp_mchid',
    {
      config: { requires: 'settings.manage' },
      schema: {
        tags: ['settings'],
        params: Type.Object({ sp_mchid: SubMchid }),
        headers: controlHeaders,
        body: ProviderSettingsRequest,
        response: { 200: ProviderSettings },
      },
    },
    async (request, reply) => {
      const settings = await changeProviderSettings(context, askOf(request, reply), request.params.sp_mchid, request.body)
      return reply.header('etag', `"${settings.version}"`).send(settings)
    },
  )
}
