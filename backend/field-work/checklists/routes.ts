import { askOf } from '../../http/authenticated.ts'
import { Type } from 'typebox'
import { sendCacheable } from '../../http/etag.ts'
import { idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { ChecklistTemplate, ChecklistTemplateRequest } from './schema.ts'
import { currentTemplate, publishTemplate, templateOfVersion } from './service.ts'

const day = 86_400
const ofVersion = Type.Object({ version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

export const checklistRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'] }

  app.get(
    '/v1/checklist-templates/current',
    { schema: { ...common, response: { 200: ChecklistTemplate } } },
    // asked each time: a new version counts from the moment it is published
    async (request, reply) => sendCacheable(request, reply, await currentTemplate(context), 0, 'private'),
  )

  app.get(
    '/v1/checklist-templates/:version',
    { schema: { ...common, params: ofVersion, response: { 200: ChecklistTemplate } } },
    async (request, reply) => sendCacheable(request, reply, await templateOfVersion(context, request.params.version), day, 'private'),
  )

  app.put(
    '/v1/checklist-templates/current',
    {
      config: { requires: 'settings.manage' },
      schema: {
        ...common,
        headers: idempotencyHeader,
        body: ChecklistTemplateRequest,
        response: { 200: ChecklistTemplate },
      },
    },
    (request, reply) => publishTemplate(context, askOf(request, reply), request.body),
  )
}
