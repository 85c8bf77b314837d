import { sendCompressed } from '../../http/gzip.ts'
import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem } from '../../http/schema.ts'
import { readInTurn } from '../../http/write-as.ts'
import { OfflinePack, OfflinePackQuery } from './schema.ts'
import { readPack } from './service.ts'

export const offlinePackRoutes: Routes = (app, context) => {
  app.get(
    '/v1/offline-pack',
    {
      ...authenticated(context),
      schema: {
        tags: ['merchants'],
        security: [{ bearer: [] }],
        querystring: OfflinePackQuery,
        response: { 200: OfflinePack, default: Problem },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return sendCompressed(
        request,
        reply,
        await readInTurn(context, request.caller, () => readPack(context, request.caller, request.query)),
      )
    },
  )
}
