import { INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import { sendCacheable } from '../../http/etag.ts'
import type { Routes } from '../../http/authenticated.ts'
import { IndustryList } from './schema.ts'

const sevenDays = 7 * 86_400

export const industryRoutes: Routes = app => {
  app.get(
    '/v1/industries',
    {
      schema: { tags: ['directory'], response: { 200: IndustryList } },
    },
    async (request, reply) => sendCacheable(request, reply, { items: INDUSTRIES }, sevenDays, 'public'),
  )
}
