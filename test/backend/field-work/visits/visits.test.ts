// A visit arrives: once, checked by its checklist, turned into evidence, reviewed by somebody else.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Problem, Role } from '../../../../backend/http/schema.ts'
import type { EvidencePage } from '../../../../backend/evidence/schema.ts'
import type { Visit, VisitPage, VisitResult } from '../../../../backend/field-work/visits/schema.ts'
import { day, hour, minute, startBackend, type Backend } from '../../support/backend.ts'
import { answersWithoutJsapi, sendPhoto, testedAnswers } from './given.ts'

let backend: Backend
let sub_mchid: string
let next = 1_900_000_101
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  sub_mchid = String(next)
  next += 1
  backend.sandbox.control.clock.reset()
  await backend.addMerchant(sub_mchid)
})

type Content = Record<string, unknown>
const ago = (ms: number) => new Date(backend.clock.now().getTime() - ms).toISOString()
const visitOf = (answers: Content, change: Content = {}): Content => ({
  sub_mchid,
  template_version: 1,
  status: 'submitted',
  started_at: ago(20 * minute),
  ended_at: ago(minute),
  answers,
  ...change,
})
const put = (id: string, body: Content, role: Role = 'field_agent', key: string = randomUUID()) =>
  backend.call<VisitResult & Partial<Problem>>(role, 'PUT', `/v1/visits/${id}`, { body, headers: { 'idempotency-key': key } })
const review = (id: string, body: Content, role: Role = 'region_lead', key: string = randomUUID()) =>
  backend.call<Visit & Partial<Omit<Problem, 'status'>>>(role, 'POST', `/v1/visits/${id}/review`, {
    body,
    headers: { 'idempotency-key': key },
  })
const timeline = async () =>
  (await backend.call<EvidencePage>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}/evidence?limit=100`)).body.items
const visits = (query = '', role: Role = 'field_agent') =>
  backend.call<VisitPage & Problem>(role, 'GET', `/v1/visits?sub_mchid=${sub_mchid}${query}`)
const plain = async () => answersWithoutJsapi(await sendPhoto(backend, 'A3'))

test('given a phone whose clock began again at 1970, then its visit is taken as of now, once, and the audit keeps what the phone said', async () => {
  const id = randomUUID()
  const content = visitOf(await plain(), { started_at: '1970-01-01T00:20:00.000Z', ended_at: '1970-01-01T00:40:00.000Z' })
  const first = await put(id, content)
  expect([first.status, backend.clock.now().getTime() - Date.parse(first.body.visit.ended_at) < minute]).toEqual([201, true])
  const trail = async () =>
    (await backend.db.selectFrom('audit_entries').select(['action', 'after']).where('target_id', '=', sub_mchid).execute()).filter(
      ({ action }) => action.startsWith('visit.'),
    )
  expect(await trail()).toMatchObject([
    { action: 'visit.submit', after: { phone_started_at: '1970-01-01T00:20:00.000Z', phone_ended_at: '1970-01-01T00:40:00.000Z' } },
  ])
  // its answer was lost, and it comes again under another key
  backend.sandbox.control.clock.advance(minute)
  expect((await put(id, content)).body.visit).toMatchObject({ ended_at: first.body.visit.ended_at })
  expect(await trail()).toHaveLength(1)
  // the clock was set right in the middle
  const corrected = await put(randomUUID(), visitOf(await plain(), { ended_at: '1970-01-01T00:40:00.000Z' }))
  expect(corrected.status).toBe(201)
})

describe('what it stands for', () => {
  test('given only 商家扫顾客付款码 and every entry checked, when it is submitted, then 无需迁移 with one conclusion', async () => {
    const { status, body } = await put(randomUUID(), visitOf(await plain()))
    expect([status, body.migration?.state, body.not_concluded]).toEqual([201, 'not_applicable', null])
    expect(await timeline()).toMatchObject([
      {
        kind: 'flow_conclusion',
        recorded_by: { id: 'staff-field_agent' },
        detail: { conclusion: 'not_jsapi', entries: [{ entry: 'payment_code', web_page_opened: false }], all_entries_checked: true },
      },
    ])
  })
  test.each([
    ['not every entry was checked', 1, false, 'NOT_ALL_CHECKED'],
    ['it has more than one store', 2, true, 'MORE_STORES'],
  ] as const)('given %s, then nothing is concluded and the answer says why', async (_, store_count, checked, why) => {
    await backend.db.updateTable('sub_merchants').set({ store_count }).where('sub_mchid', '=', sub_mchid).execute()
    const { status, body } = await put(randomUUID(), visitOf({ ...(await plain()), B3: checked }))
    expect([status, body.migration?.state, body.not_concluded]).toEqual([201, 'unknown', why])
    expect(await timeline()).toEqual([])
  })
  test('given a test payment at the only sticker, then the flow and the payment are there with the photo, and the shop is verified', async () => {
    const [front, page] = [await sendPhoto(backend, 'A3'), await sendPhoto(backend, 'C4')]
    const id = randomUUID()
    const { body } = await put(id, visitOf(testedAnswers(front, page)))
    expect(body.migration).toMatchObject({ state: 'verified', reason: 'PAGE_SEEN' })
    const items = await timeline()
    expect(items.find(({ kind }) => kind === 'test_payment')?.detail).toEqual({
      entry: 'table_sticker',
      web_page_opened: true,
      payee_matches: 'yes',
      after_page: 'merchant_receipt',
      ready_seconds: 2,
      photo_ids: [page],
      refunded: true,
    })
    expect(items.find(({ kind }) => kind === 'flow_conclusion')?.detail).toMatchObject({ conclusion: 'jsapi' })
    expect(body.visit.evidence.map(({ kind }) => kind)).toEqual(['flow_conclusion', 'test_payment'])
    expect(body.visit.photos.map(photo => [photo.id, photo.item_id]).sort()).toEqual(
      [
        [front, 'A3'],
        [page, 'C4'],
      ].sort(),
    )
  })
  test('given a payment that could not be made, then it is recorded as not paid; given a merchant who declined, then not at all', async () => {
    const front = await sendPhoto(backend, 'A3')
    const { C3: _a, C3b: _b, C4: _c, C5: _d, D2: _e, D3: _f, D4: _g, ...rest } = testedAnswers(front, front)
    await put(randomUUID(), visitOf({ ...rest, C2: 'failed' }))
    expect((await timeline()).find(({ kind }) => kind === 'test_payment')?.detail).toMatchObject({ after_page: 'not_paid' })
    await backend.addMerchant((sub_mchid = String(next++)))
    await put(randomUUID(), visitOf({ ...rest, C2: 'refused' }))
    expect((await timeline()).map(({ kind }) => kind)).toEqual(['flow_conclusion'])
  })
})

describe('sent again', () => {
  test('given the same visit with the same key, with another key, and twice at once, then one visit, each conclusion once', async () => {
    const [id, key, body] = [randomUUID(), randomUUID(), visitOf(await plain())]
    const both = await Promise.all([put(id, body, 'field_agent', key), put(id, body, 'field_agent', key)])
    const again = await put(id, body, 'field_agent', key)
    const otherKey = await put(id, body)
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
    expect([again.status, again.headers.get('idempotent-replayed'), otherKey.status]).toEqual([200, 'true', 200])
    expect((await visits()).body.items).toHaveLength(1)
    expect(await timeline()).toHaveLength(1)
    expect((await put(id, { ...body, ended_at: ago(0) }, 'field_agent', key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
  test('given it is changed later, then the later one counts, its evidence replaces the other, and the earlier one changes nothing', async () => {
    const [front, page] = [await sendPhoto(backend, 'A3'), await sendPhoto(backend, 'C4')]
    const id = randomUUID()
    const first = visitOf(testedAnswers(front, page), { ended_at: ago(10 * minute) })
    await put(id, first)
    const { D2: _a, D4: _b, ...rest } = testedAnswers(front, page)
    const changed = await put(id, visitOf({ ...rest, C3b: 'closed' }, { ended_at: ago(5 * minute) }))
    expect([changed.status, changed.body.visit.answers.C3b, changed.body.migration?.state]).toEqual([200, 'closed', 'not_migrated'])
    const late = await put(id, first)
    expect([late.status, late.body.visit.answers.C3b]).toEqual([200, 'closed'])
    const payments = (await timeline()).filter(({ kind }) => kind === 'test_payment')
    expect(payments.map(({ withdrawn }) => withdrawn !== null)).toEqual([false, true])
    expect((await timeline()).filter(({ kind }) => kind === 'flow_conclusion')).toHaveLength(1)
  })
  test('given evidence that was taken back by hand, when the same answers come with a later end, then it stays taken back', async () => {
    const [id, answers] = [randomUUID(), await plain()]
    const { body } = await put(id, visitOf(answers))
    const evidence_id = body.visit.evidence[0]!.evidence_id
    await backend.call('region_lead', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence/${evidence_id}/withdrawal`, {
      body: { reason: '看错了' },
      headers: { 'idempotency-key': randomUUID() },
    })
    const again = await put(id, visitOf(answers, { ended_at: ago(0) }))
    expect([again.body.migration?.state, (await timeline()).length]).toEqual(['unknown', 1])
  })
  test('given the id of a colleague or of another shop, then VISIT_EXISTS', async () => {
    const [id, answers] = [randomUUID(), await plain()]
    await put(id, visitOf(answers))
    expect((await put(id, visitOf(answers), 'operator')).body.code).toBe('VISIT_EXISTS')
    await backend.addMerchant((sub_mchid = String(next++)))
    expect((await put(id, visitOf(answers))).body.code).toBe('VISIT_EXISTS')
  })
})

describe('what is refused', () => {
  test.each([
    ['a required item left out', { A4: undefined }, 'answers.A4', 'REQUIRED'],
    ['a yes that has to be', { A4: false }, 'answers.A4', 'MUST_BE_TRUE'],
    ['an answer to what is not asked', { C2: 'done' }, 'answers.C2', 'NOT_ASKED'],
    ['an item that does not exist', { Z9: true }, 'answers.Z9', 'UNKNOWN_FIELD'],
    ['a choice that does not exist', { E2: 'perhaps' }, 'answers.E2', 'NOT_ALLOWED'],
    ['a phone number', { F3: '老板 138 0013 8000' }, 'answers.F3', 'PHONE_NUMBER'],
    ['a payment code', { F4: '134567890123456789' }, 'answers.F4', 'PAYMENT_CODE'],
    ['a photo that was never sent', { A3: [randomUUID()] }, 'answers.A3', 'PHOTO_MISSING'],
    ['a sign that differs without its name', { A1: 'different' }, 'answers.A2', 'REQUIRED'],
  ])('given %s, then 422 names it and nothing is stored', async (_, change, field, code) => {
    const id = randomUUID()
    const { status, body } = await put(id, visitOf({ ...(await plain()), ...change }))
    expect([status, body.errors?.map(error => [error.field, error.code])]).toEqual([422, [[field, code]]])
    expect((await backend.call('operator', 'GET', `/v1/visits/${id}`)).status).toBe(404)
    expect(await timeline()).toEqual([])
  })
  test.each([
    ['an end in the future', () => ({ ended_at: ago(-10 * minute) }), 'ended_at'],
    ['an end before the start', () => ({ ended_at: ago(hour) }), 'ended_at'],
    ['a version to come', () => ({ template_version: 99 }), 'template_version'],
    ['a draft', () => ({ status: 'draft' }), 'status'],
  ])('given %s, then 422 names the field', async (_, change, field) => {
    const { status, body } = await put(randomUUID(), visitOf(await plain(), change()))
    expect([status, body.errors?.map(error => error.field)]).toEqual([422, [field]])
  })
  test("given a colleague's photo, then it is missing", async () => {
    const theirs = await sendPhoto(backend, 'A3', 'operator')
    const { body } = await put(randomUUID(), visitOf(answersWithoutJsapi(theirs)))
    expect(body.errors).toMatchObject([{ field: 'answers.A3', code: 'PHOTO_MISSING' }])
  })
})

describe('a shop that left my scope', () => {
  const move = async (region_code: string) => {
    const updated_at = backend.clock.now()
    await backend.db.updateTable('sub_merchants').set({ region_code, updated_at }).where('sub_mchid', '=', sub_mchid).execute()
  }
  test.each([
    ['13 days', 13 * day, 201],
    ['15 days', 15 * day, 404],
  ])('given a visit from before it left, when it arrives %s after (%i ms), then %i', async (_, later, status) => {
    const body = visitOf(await plain())
    await move('110105')
    backend.sandbox.control.clock.advance(later)
    const answer = await put(randomUUID(), body)
    expect(answer.status).toBe(status)
    if (status === 201) expect([answer.body.migration, answer.body.visit.merchant]).toEqual([null, null])
  })
  test('given a visit from after it left, then 404; and one that was stored is known for ever', async () => {
    const [id, body] = [randomUUID(), visitOf(await plain())]
    await put(id, body)
    await move('110105')
    backend.sandbox.control.clock.advance(hour)
    expect((await put(randomUUID(), visitOf(body.answers as Content))).status).toBe(404)
    backend.sandbox.control.clock.advance(60 * day)
    expect((await put(id, body)).status).toBe(200)
    expect((await visits('&mine=true')).body.items).toMatchObject([{ id, merchant: null }])
  })
  test('given my own regions that changed, then the same holds', async () => {
    const body = visitOf(await plain())
    const staff = (region_codes: string[]) =>
      backend.db
        .updateTable('staff')
        .set({ region_codes, scope_since: backend.clock.now() })
        .where('id', '=', 'staff-field_agent')
        .execute()
    await staff(['110105'])
    backend.sandbox.control.clock.advance(day)
    const answer = await put(randomUUID(), body)
    backend.sandbox.control.clock.advance(14 * day)
    const late = await put(randomUUID(), body)
    await staff(['440305'])
    expect([answer.status, late.status]).toEqual([201, 404])
  })
})

describe('review', () => {
  test('given a submitted visit, when the lead returns it, then the agent counts it, mends it, sends it again, and it is accepted', async () => {
    const [id, answers] = [randomUUID(), await plain()]
    await put(id, visitOf(answers))
    const before = (await backend.call<{ returned_visits: number }>('field_agent', 'GET', '/v1/summary')).body.returned_visits
    expect((await review(id, { result: 'returned' })).body.errors).toMatchObject([{ field: 'comment', code: 'REQUIRED' }])
    expect((await review(id, { result: 'returned', comment: '好 ' })).body.errors).toMatchObject([{ field: 'comment', code: 'TOO_SHORT' }])
    const returned = await review(id, { result: 'returned', comment: ' 门头照不清楚 ' })
    expect(returned.body).toMatchObject({ status: 'returned', review: { comment: '门头照不清楚', by: { display_name: 'region_lead' } } })
    expect((await backend.call<{ returned_visits: number }>('field_agent', 'GET', '/v1/summary')).body.returned_visits).toBe(before + 1)
    expect((await visits('&mine=true&status=returned')).body.items.map(item => item.id)).toEqual([id])
    const unaware = await put(id, visitOf(answers, { ended_at: ago(30_000) }))
    expect([unaware.body.code, (unaware.body.current as Visit).status]).toEqual(['VISIT_REVIEWED', 'returned'])
    backend.sandbox.control.clock.advance(10 * minute)
    const mended = await put(id, visitOf({ ...answers, F4: '已补拍' }))
    expect([mended.status, mended.body.visit.status, mended.body.visit.review?.result]).toEqual([200, 'submitted', 'returned'])
    expect((await review(id, { result: 'accepted' })).body.status).toBe('accepted')
    backend.sandbox.control.clock.advance(10 * minute)
    expect((await put(id, visitOf({ ...answers, F4: '再改' }))).body.code).toBe('VISIT_REVIEWED')
    const trail = await backend.db.selectFrom('audit_entries').select('action').where('target_id', '=', sub_mchid).orderBy('at').execute()
    expect(trail.map(({ action }) => action)).toEqual(['visit.submit', 'visit.review', 'visit.resubmit', 'visit.review'])
  })
  test('given its author sent a later version since it was looked at, then nothing is decided until that one was seen', async () => {
    const [id, answers] = [randomUUID(), await plain()]
    const seen = await put(id, visitOf(answers, { ended_at: ago(10 * minute) }))
    const later = await put(id, visitOf({ ...answers, F4: '后来补充' }, { ended_at: ago(5 * minute) }))
    const decide = ({ body }: typeof seen) => review(id, { result: 'accepted', ended_at: body.visit.ended_at })
    const refused = await decide(seen)
    expect([refused.status, refused.body.code, (refused.body.current as Visit).answers.F4]).toEqual([412, 'VERSION_MISMATCH', '后来补充'])
    expect((await decide(later)).body.status).toBe('accepted')
  })
  test('given two reviewers, then the second is told, and the first may ask again with the same key', async () => {
    const [id, key] = [randomUUID(), randomUUID()]
    await put(id, visitOf(await plain()))
    const both = await Promise.all([review(id, { result: 'accepted' }, 'region_lead', key), review(id, { result: 'accepted' }, 'operator')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const again = await review(id, { result: 'accepted' }, 'region_lead', key)
    expect([again.status, again.body.status]).toEqual([both[0]!.status, both[0]!.body.status])
  })
  test("given one's own visit, then SELF_REVIEW; a field agent and an auditor may not at all", async () => {
    const id = randomUUID()
    const photo = await sendPhoto(backend, 'A3', 'region_lead')
    await put(id, visitOf(answersWithoutJsapi(photo)), 'region_lead')
    expect((await review(id, { result: 'accepted' })).body.code).toBe('SELF_REVIEW')
    for (const role of ['field_agent', 'auditor', 'admin'] as const)
      expect((await review(id, { result: 'accepted' }, role)).body.required_action).toBe('visit.review')
    expect((await backend.call<Visit>('operator', 'GET', `/v1/visits/${id}`)).body.can_review).toBe(true)
  })
})

describe('what waits for a reviewer', () => {
  const counted = async (role: Role) => (await backend.call<{ visits_to_review: number }>(role, 'GET', '/v1/summary')).body.visits_to_review
  const asked = (role: Role, query: string) => backend.call<VisitPage>(role, 'GET', `/v1/visits?mine=false&status=submitted${query}`)

  test("given 25 newer visits of the lead's own, then the colleague's one that waits is on the first page, and it is counted", async () => {
    const before = await counted('region_lead')
    const waiting = randomUUID()
    await put(waiting, visitOf(await plain(), { ended_at: ago(15 * minute) }))
    const own = answersWithoutJsapi(await sendPhoto(backend, 'A3', 'region_lead'))
    for (let index = 0; index < 25; index += 1) await put(randomUUID(), visitOf(own), 'region_lead')
    const { body } = await asked('region_lead', `&sub_mchid=${sub_mchid}`)
    expect(body).toMatchObject({ items: [{ id: waiting, can_review: true }], next_cursor: null, total_estimate: 1 })
    expect(await counted('region_lead')).toBe(before + 1)
    const pageTotal = (await asked('region_lead', '&limit=1')).body.total_estimate
    expect(pageTotal).toBe(before + 1)
    await review(waiting, { result: 'accepted' })
    expect(await counted('region_lead')).toBe(before)
  })
  test("given an accepted visit of a colleague, then who reads the shop finds it among the others'; its author among his own", async () => {
    const id = randomUUID()
    await put(id, visitOf(await plain()))
    await review(id, { result: 'accepted' })
    const found = async (role: Role, mine: boolean) =>
      (await backend.call<VisitPage>(role, 'GET', `/v1/visits?mine=${mine}&status=accepted&sub_mchid=${sub_mchid}`)).body.items.map(
        one => one.id,
      )
    for (const role of ['region_lead', 'operator', 'auditor', 'admin'] as const)
      expect([role, await found(role, false)]).toEqual([role, [id]])
    expect([await found('field_agent', true), await found('field_agent', false)]).toEqual([[id], []])
  })
  test('given somebody who reviews nothing, then nothing waits for him', async () => {
    await put(randomUUID(), visitOf(await plain()))
    for (const role of ['field_agent', 'auditor', 'admin'] as const) expect([role, await counted(role)]).toEqual([role, 0])
  })
})

test('given 5 visits of one shop, then pages of 2 hold each once, newest first, and a cursor of another question is refused', async () => {
  const answers = await plain()
  const ids: string[] = []
  for (let index = 5; index > 0; index -= 1) {
    ids.unshift(randomUUID())
    await put(ids[0]!, visitOf(answers, { ended_at: ago(index * minute) }))
  }
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; page < 3; page += 1) {
    const { body } = await visits(`&limit=2${cursor && `&cursor=${cursor}`}`, 'region_lead')
    seen.push(...body.items.map(({ id }) => id))
    if (page === 0) expect((await visits(`&mine=true&cursor=${body.next_cursor}`, 'region_lead')).body.code).toBe('INVALID_CURSOR')
    cursor = body.next_cursor ?? ''
  }
  expect([seen, cursor]).toEqual([ids, ''])
})
