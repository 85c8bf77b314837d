import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { SubMchid } from '../../http/schema.ts'
import { UnlistedAdded, UnlistedAddition, UnlistedDismissal, UnlistedPage, UnlistedQuery } from './schema.ts'
import { addUnlisted, dismissUnlisted, listUnlisted } from './service.ts'

export const unlistedRoutes: Routes = (app, context) => {
  const common = { tags: ['unlisted-merchants'] }
  const config = { requires: 'merchant.add' as const }

  app.get(
    '/v1/unlisted-merchants',
    { config, schema: { ...common, querystring: UnlistedQuery, response: { 200: UnlistedPage } } },
    async request => listUnlisted(context, request.caller, request.query),
  )

  app.post(
    '/v1/unlisted-merchants/:sub_mchid',
    {
      config,
      schema: {
        ...common,
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: UnlistedAddition,
        response: { 201: UnlistedAdded },
      },
    },
    async (request, reply) => {
      const added = await addUnlisted(context, askOf(request, reply), request.params.sub_mchid, request.body)
      return reply.code(201).send(added)
    },
  )

  app.put(
    '/v1/unlisted-merchants/:sub_mchid/dismissal',
    {
      config,
      schema: {
        ...common,
        params: Type.Object({ sub_mchid: SubMchid }),
        headers: idempotencyHeader,
        body: UnlistedDismissal,
        response: { 200: UnlistedDismissal },
      },
    },
    (request, reply) => dismissUnlisted(context, askOf(request, reply), request.params.sub_mchid, request.body),
  )
}
