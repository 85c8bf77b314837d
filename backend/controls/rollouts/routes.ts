import { Type } from 'typebox'
import { askOf, controlHeaders, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { Uuid } from '../../http/schema.ts'
import { createRollout } from './create.ts'
import { listItems, listRollouts, readRollout } from './find.ts'
import { NewRollout, Rollout, RolloutItemPage, RolloutItemQuery, RolloutPage, RolloutQuery } from './schema.ts'
import { stepRollout } from './transitions.ts'

const ofRollout = Type.Object({ rollout_id: Uuid })
/** bytes: a hundred thousand numbers as they are pasted */
const largestList = 4 * 1024 * 1024

export const rolloutRoutes: Routes = (app, context) => {
  const common = { tags: ['rollouts'] }

  app.post(
    '/v1/rollouts',
    {
      bodyLimit: largestList,
      config: { requires: 'rollout.write' },
      schema: { ...common, headers: idempotencyHeader, body: NewRollout, response: { 201: Rollout } },
    },
    async (request, reply) => reply.code(201).send(await createRollout(context, askOf(request, reply), request.body)),
  )

  app.get(
    '/v1/rollouts',
    { config: { requires: 'rollout.read' }, schema: { ...common, querystring: RolloutQuery, response: { 200: RolloutPage } } },
    async request => listRollouts(context, request.caller, request.query),
  )

  app.get(
    '/v1/rollouts/:rollout_id',
    { config: { requires: 'rollout.read' }, schema: { ...common, params: ofRollout, response: { 200: Rollout } } },
    async request => readRollout(context, context.db, request.caller, request.params.rollout_id.toLowerCase()),
  )

  app.get(
    '/v1/rollouts/:rollout_id/items',
    {
      config: { requires: 'rollout.read' },
      schema: { ...common, params: ofRollout, querystring: RolloutItemQuery, response: { 200: RolloutItemPage } },
    },
    async request => listItems(context, request.caller, request.params.rollout_id.toLowerCase(), request.query),
  )

  const moving = {
    config: { requires: 'rollout.write' as const },
    schema: { ...common, headers: controlHeaders, params: ofRollout, response: { 200: Rollout } },
  }
  const idIn = ({ rollout_id }: { rollout_id: string }) => rollout_id.toLowerCase()

  app.post('/v1/rollouts/:rollout_id/start', moving, (request, reply) =>
    stepRollout(context, askOf(request, reply), idIn(request.params), 'start'),
  )

  app.post('/v1/rollouts/:rollout_id/pause', moving, (request, reply) =>
    stepRollout(context, askOf(request, reply), idIn(request.params), 'pause'),
  )

  app.post('/v1/rollouts/:rollout_id/resume', moving, (request, reply) =>
    stepRollout(context, askOf(request, reply), idIn(request.params), 'resume'),
  )

  app.post('/v1/rollouts/:rollout_id/cancellation', moving, (request, reply) =>
    stepRollout(context, askOf(request, reply), idIn(request.params), 'cancellation'),
  )

  app.post('/v1/rollouts/:rollout_id/retry-failed', moving, (request, reply) =>
    stepRollout(context, askOf(request, reply), idIn(request.params), 'retry-failed'),
  )
}
