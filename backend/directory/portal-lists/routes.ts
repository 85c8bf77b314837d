import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { createArrivals } from '../../field-work/photos/arriving.ts'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { assertMayDo } from '../../http/write.ts'
import { applyPortalCheckList, cancelPortalCheckList } from './apply.ts'
import { createPortalCheckList } from './create.ts'
import { listPortalCheckListRows, readPortalCheckList } from './read.ts'
import { PortalCheckList, PortalCheckListForm, PortalCheckListRowPage, PortalCheckListRowQuery, PortalCheckListText } from './schema.ts'
import { formLimits, givenList, listTurns, textBodyLimit } from './upload.ts'

const ofList = Type.Object({ list_id: Uuid })

export const portalListRoutes: Routes = (app, context) => {
  const common = { tags: ['portal check lists'] }
  const requires = { config: { requires: 'portal_check.write' as const } }
  const write = { ...common, headers: idempotencyHeader, params: ofList, response: { 200: PortalCheckList } }
  const arriving = createArrivals(listTurns)
  void app.register(multipart, { limits: formLimits })

  app.post(
    '/v1/portal-check-lists',
    {
      ...requires,
      bodyLimit: textBodyLimit,
      // a form is read by the handler; its schema describes it for the contract
      attachValidation: true,
      schema: {
        ...common,
        headers: idempotencyHeader,
        body: {
          content: { 'application/json': { schema: PortalCheckListText }, 'multipart/form-data': { schema: PortalCheckListForm } },
        },
        response: { 200: PortalCheckList, 201: PortalCheckList },
      },
    },
    async (request, reply) => {
      const ask = askOf(request, reply)
      assertMayDo(context, ask.caller, 'portal_check.write')
      const { list, created } = await arriving.take(ask.caller.staff_id, async () =>
        createPortalCheckList(context, ask, await givenList(request)),
      )
      return reply.code(created ? 201 : 200).send(list)
    },
  )

  app.get(
    '/v1/portal-check-lists/:list_id',
    { ...requires, schema: { ...common, params: ofList, response: { 200: PortalCheckList } } },
    async request => readPortalCheckList(context.db, request.caller, request.params.list_id.toLowerCase()),
  )

  app.get(
    '/v1/portal-check-lists/:list_id/rows',
    {
      ...requires,
      schema: { ...common, params: ofList, querystring: PortalCheckListRowQuery, response: { 200: PortalCheckListRowPage } },
    },
    async request => listPortalCheckListRows(context.db, request.caller, request.params.list_id.toLowerCase(), request.query),
  )

  app.post('/v1/portal-check-lists/:list_id/apply', { ...requires, schema: write }, (request, reply) =>
    applyPortalCheckList(context, askOf(request, reply), request.params.list_id.toLowerCase()),
  )

  app.post('/v1/portal-check-lists/:list_id/cancellation', { ...requires, schema: write }, (request, reply) =>
    cancelPortalCheckList(context, askOf(request, reply), request.params.list_id.toLowerCase()),
  )
}
