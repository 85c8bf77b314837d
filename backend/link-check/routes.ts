import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../http/authenticated.ts'
import { SubMchid } from '../http/schema.ts'
import { limitedPerPerson } from '../http/rate-limit.ts'
import { LinkCheckRequest, LinkCheckResult } from './schema.ts'
import { checkReceiptLink } from './service.ts'

export const linkCheckRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sub-merchants/:sub_mchid/link-checks',
    {
      config: { requires: 'evidence.write' },
      ...limitedPerPerson(app, context.linkCheck.perMinute),
      schema: {
        tags: ['receipt'],
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: LinkCheckRequest,
        response: { 200: LinkCheckResult },
      },
    },
    (request, reply) => checkReceiptLink(context, askOf(request, reply), request.params.sub_mchid, request.body),
  )
}
