import { sendCacheable } from '../../http/etag.ts'
import type { Routes } from '../../http/authenticated.ts'
import { regionPrefixes } from '../staff/scope.ts'
import { regionTree } from './divisions.ts'
import { RegionTree } from './schema.ts'

export const regionRoutes: Routes = app => {
  app.get(
    '/v1/regions',
    {
      schema: { tags: ['directory'], response: { 200: RegionTree } },
    },
    async (request, reply) => sendCacheable(request, reply, { items: regionTree(regionPrefixes(request.caller)) }, 3_600, 'private'),
  )
}
