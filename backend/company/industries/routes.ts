import { INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import { sendCacheable } from '../../http/etag.ts'
import { authenticated, type Routes } from '../../http/authenticated.ts'
import { Problem } from '../../http/schema.ts'
import { IndustryList } from './schema.ts'

const sevenDays = 7 * 86_400

export const industryRoutes: Routes = (app, context) => {
  app.get(
    '/v1/industries',
    {
      ...authenticated(context),
      schema: { tags: ['directory'], security: [{ bearer: [] }], response: { 200: IndustryList, default: Problem } },
    },
    async (request, reply) => sendCacheable(request, reply, { items: INDUSTRIES }, sevenDays, 'public'),
  )
}
