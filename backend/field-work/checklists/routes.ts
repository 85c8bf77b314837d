import { Type } from 'typebox'
import { askOf, controlHeaders, type Routes } from '../../http/authenticated.ts'
import { sendCacheable } from '../../http/etag.ts'
import { discardDraft, listVersions, publishDraft, readDraft, saveDraft } from './draft.ts'
import { ChecklistContent, ChecklistDraft, ChecklistPublication, ChecklistTemplate, ChecklistVersionList } from './schema.ts'
import { currentTemplate, templateOfVersion } from './service.ts'

const day = 86_400
const ofVersion = Type.Object({ version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

export const checklistRoutes: Routes = (app, context) => {
  const common = { tags: ['visits'] }
  const config = { requires: 'settings.manage' } as const

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

  app.get('/v1/checklist-templates', { config, schema: { ...common, response: { 200: ChecklistVersionList } } }, async () =>
    listVersions(context),
  )

  app.post(
    '/v1/checklist-templates',
    { config, schema: { ...common, headers: controlHeaders, body: ChecklistPublication, response: { 200: ChecklistTemplate } } },
    (request, reply) => publishDraft(context, askOf(request, reply), request.body),
  )

  const tagged = (reply: { header(name: string, value: string): unknown }, draft: ChecklistDraft): ChecklistDraft => {
    reply.header('etag', `"${draft.version}"`)
    return draft
  }

  app.get('/v1/checklist-templates/draft', { config, schema: { ...common, response: { 200: ChecklistDraft } } }, async (_request, reply) =>
    tagged(reply, await readDraft(context)),
  )

  app.put(
    '/v1/checklist-templates/draft',
    { config, schema: { ...common, headers: controlHeaders, body: ChecklistContent, response: { 200: ChecklistDraft } } },
    async (request, reply) => tagged(reply, await saveDraft(context, askOf(request, reply), request.body)),
  )

  app.delete(
    '/v1/checklist-templates/draft',
    { config, schema: { ...common, headers: controlHeaders, response: { 200: ChecklistDraft } } },
    async (request, reply) => tagged(reply, await discardDraft(context, askOf(request, reply))),
  )
}
