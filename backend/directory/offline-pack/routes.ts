import { sendCompressed } from '../../http/gzip.ts'
import type { Routes } from '../../http/authenticated.ts'
import { readInTurn } from '../../http/write.ts'
import { OfflinePack, OfflinePackQuery } from './schema.ts'
import { readPack } from './service.ts'

export const offlinePackRoutes: Routes = (app, context) => {
  app.get(
    '/v1/offline-pack',
    {
      schema: {
        tags: ['merchants'],
        querystring: OfflinePackQuery,
        response: { 200: OfflinePack },
      },
    },
    async (request, reply) => {
      return sendCompressed(
        request,
        reply,
        await readInTurn(context, request.caller, () => readPack(context, request.caller, request.query)),
      )
    },
  )
}
