import { Type } from 'typebox'
import { askOf, controlHeaders, idempotencyHeader, type Routes } from '../../http/authenticated.ts'
import { addStaff, changeStaff, inviteStaff } from './change.ts'
import { findStaff, listStaff, memberOf } from './list.ts'
import { NewStaff, StaffInvite, StaffMember, StaffPage, StaffQuery, StaffRequest } from './schema.ts'

const ofPerson = Type.Object({ staff_id: Type.String({ minLength: 1, maxLength: 64 }) })
const tagged = (member: StaffMember) => `"${member.version}"`

export const staffMemberRoutes: Routes = (app, context) => {
  const common = { tags: ['staff'] }
  const config = { requires: 'staff.manage' } as const

  app.get(
    '/v1/staff',
    { config, schema: { ...common, querystring: StaffQuery, response: { 200: StaffPage } } },
    async ({ caller, query }) => listStaff(context, caller, query),
  )

  app.post(
    '/v1/staff',
    { config, schema: { ...common, headers: idempotencyHeader, body: NewStaff, response: { 201: StaffMember } } },
    async (request, reply) => {
      const member = await addStaff(context, askOf(request, reply), request.body)
      return reply.code(201).header('etag', tagged(member)).send(member)
    },
  )

  app.get(
    '/v1/staff/:staff_id',
    { config, schema: { ...common, params: ofPerson, response: { 200: StaffMember } } },
    async ({ caller, params }, reply) => {
      const row = await findStaff(context.db, caller, params.staff_id)
      const member = await memberOf(context.db, caller, row, context.clock.now())
      return reply.header('etag', tagged(member)).send(member)
    },
  )

  app.put(
    '/v1/staff/:staff_id',
    { config, schema: { ...common, params: ofPerson, headers: controlHeaders, body: StaffRequest, response: { 200: StaffMember } } },
    async (request, reply) => {
      const member = await changeStaff(context, askOf(request, reply), request.params.staff_id, request.body)
      return reply.header('etag', tagged(member)).send(member)
    },
  )

  app.post(
    '/v1/staff/:staff_id/invite',
    { config, schema: { ...common, params: ofPerson, headers: idempotencyHeader, response: { 201: StaffInvite } } },
    async (request, reply) => reply.code(201).send(await inviteStaff(context, askOf(request, reply), request.params.staff_id)),
  )
}
