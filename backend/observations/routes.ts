import { Type } from 'typebox'
import { askOf, controlHeaders, type Routes } from '../http/authenticated.ts'
import { isEnglish } from '../http/problems/body.ts'
import { readInTurn } from '../http/write.ts'
import { setClass } from './classes.ts'
import { Observations, SeenText, TextClassRequest, TextId } from './schema.ts'
import { readObservations } from './service.ts'

export const observationRoutes: Routes = (app, context) => {
  const common = { tags: ['observations'] }
  const ofText = { params: Type.Object({ text_id: TextId }), headers: controlHeaders }

  app.get(
    '/v1/observations',
    { config: { requires: 'observation.read' }, schema: { ...common, response: { 200: Observations } } },
    async ({ caller, headers }) =>
      readInTurn(context, caller, () =>
        readObservations(
          { db: context.db, now: context.clock.now() },
          { home: context.sp_mchid, numbers: caller.numbers },
          isEnglish(headers['accept-language']) ? 'en' : 'zh',
        ),
      ),
  )

  app.put(
    '/v1/observations/texts/:text_id/class',
    {
      config: { requires: 'observation.classify' },
      schema: { ...common, ...ofText, body: TextClassRequest, response: { 200: SeenText } },
    },
    async (request, reply) => {
      const text = await setClass(context, askOf(request, reply), request.params.text_id, request.body.code)
      return reply.header('etag', `"${text.version}"`).send(text)
    },
  )

  app.delete(
    '/v1/observations/texts/:text_id/class',
    { config: { requires: 'observation.classify' }, schema: { ...common, ...ofText, response: { 200: SeenText } } },
    async (request, reply) => {
      const text = await setClass(context, askOf(request, reply), request.params.text_id, null)
      return reply.header('etag', `"${text.version}"`).send(text)
    },
  )
}
