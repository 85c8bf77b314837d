import { Type } from 'typebox'
import { bearerToken, originOf, type Routes } from '../../http/authenticated.ts'
import { limitedPerAddress } from '../../http/rate-limit.ts'
import { BindingRequired, Session, SessionRequest, StaffBindingRequest } from './schema.ts'
import { bindStaff, logIn, logOut } from './service.ts'

/** Somebody could guess codes through these two routes: requests a minute, fewer than other routes allow. */
const loginsPerMinute = 60

export const sessionRoutes: Routes = (app, context) => {
  app.post(
    '/v1/sessions',
    {
      ...limitedPerAddress(app, loginsPerMinute),
      config: { open: true },
      schema: { tags: ['sessions'], body: SessionRequest, response: { 200: Type.Union([Session, BindingRequired]) } },
    },
    async (request, reply) => reply.send(await logIn(context, request.body.code, originOf(request))),
  )

  app.delete(
    '/v1/sessions/current',
    {
      schema: { tags: ['sessions'], response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await logOut(context, request.caller, bearerToken(request)!, originOf(request))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/v1/staff-bindings',
    {
      ...limitedPerAddress(app, loginsPerMinute),
      config: { open: true },
      schema: { tags: ['sessions'], body: StaffBindingRequest, response: { 201: Session } },
    },
    async (request, reply) => reply.code(201).send(await bindStaff(context, request.body, originOf(request))),
  )
}
