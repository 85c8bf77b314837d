import { Type } from 'typebox'
import { sendCacheable } from '../../http/etag.ts'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../../http/authenticated.ts'
import { idempotentRequest } from '../../http/idempotency.ts'
import { Problem } from '../../http/schema.ts'
import { ChecklistTemplate, ChecklistTemplateRequest } from './schema.ts'
import { currentTemplate, publishTemplate, templateOfVersion } from './service.ts'

const day = 86_400
const ofVersion = Type.Object({ version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

export const checklistRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'], security: [{ bearer: [] }] }

  app.get(
    '/v1/checklist-templates/current',
    { ...authenticated(context), schema: { ...common, response: { 200: ChecklistTemplate, default: Problem } } },
    // asked each time: a new version counts from the moment it is published
    async (request, reply) => sendCacheable(request, reply, await currentTemplate(context), 0, 'private'),
  )

  app.get(
    '/v1/checklist-templates/:version',
    { ...authenticated(context), schema: { ...common, params: ofVersion, response: { 200: ChecklistTemplate, default: Problem } } },
    async (request, reply) => sendCacheable(request, reply, await templateOfVersion(context, request.params.version), day, 'private'),
  )

  app.put(
    '/v1/checklist-templates/current',
    {
      ...authenticated(context),
      schema: {
        ...common,
        headers: idempotencyHeader,
        body: ChecklistTemplateRequest,
        response: { 200: ChecklistTemplate, default: Problem },
      },
    },
    async (request, reply) => {
      const { template, replayed } = await publishTemplate(
        context,
        request.caller,
        request.body,
        idempotentRequest(request),
        originOf(request),
      )
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(template)
    },
  )
}
