// Visits and photos of a shop, asked by whoever walks: what the table of §9 says of merchants holds for what was found there.
import type { Action } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { minute, type Answer } from '../../support/backend.ts'
import { answersWithoutJsapi, newPng, photoForm, sendPhoto } from '../../field-work/visits/given.ts'
import { ask, backend, write, type Ask } from './world.ts'

const visitOf = (sub_mchid: string, photo_id: string) => ({
  sub_mchid,
  template_version: 1,
  status: 'submitted',
  started_at: new Date(backend.clock.now().getTime() - minute).toISOString(),
  ended_at: backend.clock.now().toISOString(),
  answers: answersWithoutJsapi(photo_id),
})

/** A photo, where the person may send one. */
async function photoOf(token: string): Promise<string> {
  const { body } = await sendPhotoAs(token)
  return typeof body.id === 'string' ? body.id : randomUUID()
}
export const sendPhotoAs = (token: string): Promise<Answer> =>
  backend.upload('operator', '/v1/photos', photoForm(newPng()), { authorization: `Bearer ${token}` })

/** By an operator who does not walk; for a shop that does not exist, ids of nothing. */
async function visitOfColleague(sub_mchid: string): Promise<{ visit_id: string; photo_id: string }> {
  const [visit_id, photo_id] = [randomUUID(), await sendPhoto(backend, 'A3', 'operator')]
  const body = visitOf(sub_mchid, photo_id)
  const headers = { 'idempotency-key': randomUUID() }
  const { status } = await backend.call('operator', 'PUT', `/v1/visits/${visit_id}`, { body, headers })
  return status === 201 ? { visit_id, photo_id } : { visit_id, photo_id: randomUUID() }
}

/** As `ofMerchant` of world.ts. */
export const ofFieldWork: readonly { endpoint: string; action: Action; what: string; send: (given: Ask) => Promise<Answer> }[] = [
  {
    endpoint: 'PUT /v1/visits/{visit_id}',
    action: 'visit.write',
    what: 'send a visit',
    send: async ({ token, sub_mchid }) => write(token, 'PUT', `/v1/visits/${randomUUID()}`, visitOf(sub_mchid, await photoOf(token))),
  },
  {
    endpoint: 'GET /v1/visits/{visit_id}',
    action: 'merchant.read',
    what: "read a colleague's visit",
    send: async ({ token, sub_mchid }) => ask(token, 'GET', `/v1/visits/${(await visitOfColleague(sub_mchid)).visit_id}`),
  },
  {
    endpoint: 'POST /v1/visits/{visit_id}/review',
    action: 'visit.review',
    what: "accept a colleague's visit",
    send: async ({ token, sub_mchid }) =>
      write(token, 'POST', `/v1/visits/${(await visitOfColleague(sub_mchid)).visit_id}/review`, { result: 'accepted' }),
  },
  {
    endpoint: 'GET /v1/photos/{photo_id}/url',
    action: 'merchant.read',
    what: "see a colleague's photo",
    send: async ({ token, sub_mchid }) => ask(token, 'GET', `/v1/photos/${(await visitOfColleague(sub_mchid)).photo_id}/url`),
  },
]
