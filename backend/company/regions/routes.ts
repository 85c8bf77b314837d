import { sendCacheable } from '../../http/etag.ts'
import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem } from '../../http/schema.ts'
import { regionPrefixes } from '../staff/scope.ts'
import { regionTree } from './divisions.ts'
import { RegionTree } from './schema.ts'

export const regionRoutes: Routes = (app, context) => {
  app.get(
    '/v1/regions',
    {
      ...authenticated(context),
      schema: { tags: ['directory'], security: [{ bearer: [] }], response: { 200: RegionTree, default: Problem } },
    },
    async (request, reply) => sendCacheable(request, reply, { items: regionTree(regionPrefixes(request.caller)) }, 3_600, 'private'),
  )
}
