// The trail of every kind of write at a shop: what was before and what is after are the fields that changed, with the values that the shop really had.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { isDeepStrictEqual } from 'node:util'
import type { SubMerchant } from '../../../../backend/directory/merchants/schema.ts'
import type { Visit, VisitResult } from '../../../../backend/field-work/visits/schema.ts'
import { minute, startBackend, type Backend } from '../../support/backend.ts'
import { answersWithoutJsapi, sendPhoto, testedAnswers } from '../../field-work/visits/given.ts'

let backend: Backend
let shop: string
let next = 1_900_000_101
beforeAll(async () => {
  backend = await startBackend()
  await backend.db
    .insertInto('staff')
    .values({
      id: 'colleague',
      sp_mchid: '1900000001',
      display_name: '同事',
      role: 'field_agent',
      region_codes: ['440300'],
      status: 'active',
      created_at: backend.clock.now(),
    })
    .execute()
})
afterAll(() => backend.close())
beforeEach(async () => {
  shop = String(next)
  next += 1
  backend.sandbox.control.clock.reset()
  await backend.addMerchant(shop)
})

/** As everybody sees the shop; attention without what only the moment of reading adds. */
async function seen(): Promise<Record<string, unknown>> {
  const { body } = await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${shop}`)
  return {
    state: body.migration.state,
    reason: body.migration.reason,
    attention: body.migration.attention.filter(mark => mark !== 'STALE' && mark !== 'SETTLING'),
    gold_plan: body.gold_plan.jsapi.status,
    receipt: body.receipt.status,
    advertising: body.advertising.status,
    ad_filter: body.ad_filter.industries,
    assigned_to: body.assigned_to?.id ?? null,
  }
}
const facts = ['state', 'reason', 'attention', 'gold_plan', 'receipt', 'advertising', 'ad_filter', 'assigned_to']
const entries = () =>
  backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', shop).orderBy('at').orderBy('written_in').execute()
const factsIn = (side: object | null) => Object.fromEntries(Object.entries(side ?? {}).filter(([field]) => facts.includes(field)))

/** @returns the one entry that the write left, whose facts are exactly what it changed of the shop */
async function written(write: () => Promise<unknown>) {
  backend.sandbox.control.clock.advance(minute)
  const [before, known] = [await seen(), new Set((await entries()).map(({ id }) => id))]
  await write()
  const after = await seen()
  const changed = facts.filter(field => !isDeepStrictEqual(before[field], after[field]))
  const only = (all: Record<string, unknown>) => Object.fromEntries(changed.map(field => [field, all[field]]))
  const fresh = (await entries()).filter(({ id }) => !known.has(id))
  expect(fresh).toHaveLength(1)
  expect([factsIn(fresh[0]!.before), factsIn(fresh[0]!.after)]).toEqual([only(before), only(after)])
  return { ...fresh[0]!, changed }
}

const control = (feature: string, body: object, role: Role = 'operator') => written(() => backend.control(role, shop, feature, body))
const post = (path: string, body: object, role: Role = 'operator') =>
  backend.call<{ evidence: { id: string } }>(role, 'POST', `/v1/sub-merchants/${shop}/${path}`, {
    body,
    headers: { 'idempotency-key': randomUUID() },
  })
const evidence = (kind: string, detail: object) => {
  const id = randomUUID()
  return { id, write: () => post('evidence', { id, kind, detail, occurred_at: backend.clock.now().toISOString() }) }
}

test('given switches that are opened and closed, then each entry says how they stood before', async () => {
  expect((await control('receipt', { status: 'open' })).before).toMatchObject({ receipt: 'unknown' })
  expect((await control('gold-plan/jsapi', { status: 'open' })).changed).toEqual(['state', 'reason', 'gold_plan'])
  expect(await control('receipt', { status: 'closed', reason: '商户要求' })).toMatchObject({
    before: { receipt: 'open' },
    after: { receipt: 'closed', status: 'succeeded' },
    reason: '商户要求',
  })
  expect((await control('advertising', { status: 'open' })).before).toMatchObject({ advertising: 'unknown' })
  expect((await control('advertising', { status: 'closed' })).before).toMatchObject({ advertising: 'open' })
  expect((await control('ad-filter', { industries: ['CATERING'] })).before).toMatchObject({ ad_filter: [] })
  expect((await control('ad-filter', { industries: ['SOFTWARE', 'SECURITY'] })).before).toMatchObject({ ad_filter: ['CATERING'] })
})

test('given a switch that WeChat Pay refuses, then the entry says the refusal and no change but the verdict', async () => {
  backend.sandbox.control.setMerchant(shop, { scenario: 'punished' })
  expect(await control('gold-plan/jsapi', { status: 'open' })).toMatchObject({
    changed: ['state', 'reason'],
    before: { state: 'unknown', reason: 'NO_EVIDENCE' },
    after: { state: 'blocked', status: 'failed', code: 'SUB_MERCHANT_PUNISHED' },
  })
})

test('given a look at the console that finds switches otherwise, then the entry holds each of them as it was held to be', async () => {
  await backend.control('operator', shop, 'receipt', { status: 'open' })
  const look = evidence('portal_check', { gold_plan_jsapi: 'closed', receipt: 'closed', advertising: 'open', ad_filter: ['CATERING'] })
  const entry = await written(look.write)
  expect(entry.changed).toEqual(['state', 'reason', 'gold_plan', 'receipt', 'advertising', 'ad_filter'])
  const back = await written(() => post(`evidence/${look.id}/withdrawal`, { reason: '看错了' }))
  expect(back.before).toMatchObject({ withdrawn: false, receipt: 'closed', gold_plan: 'closed', ad_filter: ['CATERING'] })
})

test('given what staff saw, then the entry says what the verdict was; what changes nothing says only which evidence', async () => {
  const test = evidence('test_payment', { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' })
  expect((await written(test.write)).before).toMatchObject({ state: 'unknown' })
  const again = evidence('test_payment', { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' })
  const nothing = await written(again.write)
  expect([nothing.before, nothing.after]).toEqual([null, { evidence_id: again.id }])
})

test('given a visit that is sent again, returned and accepted, then what it held before stands in the trail', async () => {
  const [id, photo] = [randomUUID(), await sendPhoto(backend, 'A3')]
  const page = await sendPhoto(backend, 'C4')
  const visitOf = (answers: object, ended: number) => ({
    sub_mchid: shop,
    template_version: 1,
    status: 'submitted',
    answers,
    started_at: new Date(backend.clock.now().getTime() - 20 * minute).toISOString(),
    ended_at: new Date(backend.clock.now().getTime() - ended).toISOString(),
  })
  const headers = () => ({ 'idempotency-key': randomUUID() })
  const put = (body: object) => backend.call<VisitResult>('field_agent', 'PUT', `/v1/visits/${id}`, { body, headers: headers() })
  const first = testedAnswers(photo, page)
  expect((await written(() => put(visitOf(first, 5 * minute)))).after).toMatchObject({ answers: first, state: 'verified' })
  const kept = await backend.call<Visit>('field_agent', 'GET', `/v1/visits/${id}`)
  const second = await written(() => put(visitOf({ ...answersWithoutJsapi(photo), F4: '补充' }, 0)))
  expect(second.before).toMatchObject({ answers: first, photo_ids: [photo, page].sort(), evidence_ids: expect.any(Array) })
  expect(Date.parse((second.before as { ended_at: string }).ended_at)).toBe(Date.parse(kept.body.ended_at))
  expect(second.after).toMatchObject({ visit_id: id, photo_ids: [photo] })
  const review = () => backend.call('region_lead', 'POST', `/v1/visits/${id}/review`, { body: { result: 'accepted' }, headers: headers() })
  expect(await written(review)).toMatchObject({ before: { status: 'submitted' }, after: { status: 'accepted', visit_id: id } })
})

test('given another member of staff, then who had the shop before', async () => {
  const body = { sub_mchids: [shop], staff_id: 'colleague' }
  const assign = () =>
    backend.call('operator', 'PUT', '/v1/sub-merchants/assignments', { body, headers: { 'idempotency-key': randomUUID() } })
  expect(await written(assign)).toMatchObject({ before: { assigned_to: null }, after: { assigned_to: 'colleague' } })
})
