import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../http/authenticated.ts'
import { idempotentRequest } from '../http/idempotency.ts'
import { Problem, SubMchid } from '../http/schema.ts'
import { limitedPerPerson } from '../http/rate-limit.ts'
import { LinkCheckRequest, LinkCheckResult } from './schema.ts'
import { checkReceiptLink } from './service.ts'

export const linkCheckRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sub-merchants/:sub_mchid/link-checks',
    {
      ...authenticated(context),
      ...limitedPerPerson(app, context.linkCheck.perMinute),
      schema: {
        tags: ['receipt'],
        security: [{ bearer: [] }],
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: LinkCheckRequest,
        response: { 200: LinkCheckResult, default: Problem },
      },
    },
    async (request, reply) => {
      const { result, replayed } = await checkReceiptLink(context, request.caller, {
        ...request.body,
        sub_mchid: request.params.sub_mchid,
        idempotent: idempotentRequest(request),
        origin: originOf(request),
      })
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(result)
    },
  )
}
