// What staff record and take back, and what it does to the verdict.
import type { Role } from '../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { EvidencePage, EvidenceResult } from '../../../backend/evidence/schema.ts'
import { day, hour, minute, startBackend, type Backend } from '../support/backend.ts'

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

const payment = (after_page: string, rest: object = {}) => ({
  kind: 'test_payment',
  detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page, ...rest },
})
const write = (item: { kind: string; detail: object; id?: string; occurred_at?: string }, role: Role = 'field_agent', key = randomUUID()) =>
  backend.call<EvidenceResult & { code: string; errors: { field: string; code: string }[] }>(
    role,
    'POST',
    `/v1/sub-merchants/${sub_mchid}/evidence`,
    {
      body: { id: randomUUID(), occurred_at: backend.clock.now().toISOString(), ...item },
      headers: { 'idempotency-key': key },
    },
  )
const withdraw = (id: string, role: Role, key = randomUUID()) =>
  backend.call<EvidenceResult & { code: string }>(role, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence/${id}/withdrawal`, {
    body: { reason: '看错了' },
    headers: { 'idempotency-key': key },
  })
const list = async (query = '', role: Role = 'field_agent') =>
  (await backend.call<EvidencePage>(role, 'GET', `/v1/sub-merchants/${sub_mchid}/evidence${query}`)).body

test('given an opened plan, when a test payment shows the official page, then the shop is verified and its version stays', async () => {
  await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  backend.sandbox.control.clock.advance(6 * minute)
  const version = await backend.versionOf(sub_mchid)
  const { status, body } = await write(payment('official_receipt'))
  expect([status, body.migration]).toMatchObject([
    201,
    {
      state: 'verified',
      reason: 'PAGE_SEEN',
      attention: [],
      steps: { flow_confirmed: { kind: 'test_payment' }, gold_plan_opened: { kind: 'api_operation' }, page_seen: { kind: 'test_payment' } },
    },
  ])
  expect(body.evidence).toMatchObject({
    kind: 'test_payment',
    recorded_by: { display_name: 'field_agent' },
    source: 'app',
    can_withdraw: true,
    withdrawn: null,
  })
  expect(await backend.versionOf(sub_mchid)).toBe(version)
})

test('given a shop that left my scope, when what I sent comes again, then its verdict is nobody’s of mine; a late test payment is taken likewise', async () => {
  const item = { ...payment('closed'), id: randomUUID(), occurred_at: backend.clock.now().toISOString() }
  const key = randomUUID()
  expect((await write(item, 'field_agent', key)).body.migration).toMatchObject({ state: 'not_migrated' })
  backend.sandbox.control.clock.advance(minute)
  await backend.db
    .updateTable('sub_merchants')
    .set({ region_code: '110101', updated_at: backend.clock.now() })
    .where('sub_mchid', '=', sub_mchid)
    .execute()
  const again = await write(item, 'field_agent', key)
  expect([again.status, again.body.evidence.id, again.body.migration]).toEqual([201, item.id, null])
  const late = await write({ ...payment('official_receipt'), occurred_at: item.occurred_at })
  expect([late.status, late.body.migration]).toEqual([201, null])
  expect((await write(item, 'operator')).body.code).toBe('EVIDENCE_EXISTS')
})

test('given a phone whose clock began again at 1970, then its test payment is taken as of now', async () => {
  const { status, body } = await write({ ...payment('closed'), id: randomUUID(), occurred_at: '1970-01-01T00:20:00.000Z' })
  expect([status, backend.clock.now().getTime() - Date.parse(body.evidence.occurred_at) < minute]).toEqual([201, true])
})

test('given an item that was recorded, when it comes again, then 201 with the same item and the list holds it once', async () => {
  const item = { ...payment('closed'), id: randomUUID(), occurred_at: backend.clock.now().toISOString() }
  const key = randomUUID()
  await write(item, 'field_agent', key)
  const again = await write(item, 'field_agent', key)
  const otherKey = await write(item)
  expect([again.status, again.headers.get('idempotent-replayed'), otherKey.status]).toEqual([201, 'true', 201])
  expect((await list()).items).toHaveLength(1)
  expect((await write({ ...item, kind: 'flow_conclusion', detail: { conclusion: 'jsapi', basis: 'visit' } })).body.code).toBe(
    'EVIDENCE_EXISTS',
  )
})

test('given a phone whose clock is 4 minutes ahead, then the time is ours; 6 minutes ahead, then 422', async () => {
  const ahead = (by: number) => new Date(backend.clock.now().getTime() + by).toISOString()
  const { body } = await write({ ...payment('closed'), occurred_at: ahead(4 * minute) })
  expect(body.evidence.occurred_at).toBe(body.evidence.recorded_at)
  const refused = await write({ ...payment('closed'), occurred_at: ahead(6 * minute) })
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: 'occurred_at', code: 'IN_THE_FUTURE' }]])
})

test.each([
  ['an outcome that does not exist', payment('nice'), 'detail.after_page'],
  ['a field too much', payment('closed', { amount: 1 }), 'detail.amount'],
  ['a kind that only the backend records', { kind: 'receipt_beacon', detail: {} }, 'kind'],
  ['a note of one character', { kind: 'unblock', detail: { note: '好' } }, 'detail.note'],
  ['orders as the basis', { kind: 'flow_conclusion', detail: { conclusion: 'jsapi', basis: 'orders' } }, 'detail.basis'],
  [
    'not JSAPI without all entries checked',
    { kind: 'flow_conclusion', detail: { conclusion: 'not_jsapi', basis: 'visit' } },
    'detail.all_entries_checked',
  ],
])('given %s, then 422 names the field', async (_, item, field) => {
  const { status, body } = await write(item, 'operator')
  expect([status, body.errors.map(error => error.field)]).toEqual([422, [field]])
})

test('given a merchant with two stores, when a visitor says that it takes no JSAPI payments, then 422, and an operator decides', async () => {
  const concluded = (basis: string) => ({ kind: 'flow_conclusion', detail: { conclusion: 'not_jsapi', basis, all_entries_checked: true } })
  await backend.db.updateTable('sub_merchants').set({ store_count: 2 }).where('sub_mchid', '=', sub_mchid).execute()
  const refused = await write(concluded('visit'))
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: 'detail.conclusion', code: 'MORE_STORES' }]])
  expect((await write(concluded('operator'), 'operator')).body.migration).toMatchObject({ state: 'not_applicable' })
})

test.each([
  ['region_lead', payment('closed'), 201],
  ['auditor', payment('closed'), 403],
  ['admin', payment('closed'), 403],
  ['field_agent', { kind: 'portal_check', detail: { gold_plan_jsapi: 'open' } }, 403],
  ['operator', { kind: 'portal_check', detail: { gold_plan_jsapi: 'open' } }, 201],
  ['region_lead', { kind: 'unblock', detail: { note: '处罚已解除' } }, 403],
  ['operator', { kind: 'unblock', detail: { note: '处罚已解除' } }, 201],
] as const)('given the role %s and %j, then %i', async (role, item, status) => {
  expect((await write(item, role)).status).toBe(status)
})

test('given my wrong test payment, when I take it back, then it no longer counts but stays listed; the same key answers again, another is refused', async () => {
  const { body } = await write(payment('official_receipt'))
  expect(body.migration!.state).toBe('verified')
  const key = randomUUID()
  const taken = await withdraw(body.evidence.id, 'field_agent', key)
  expect([taken.status, taken.body.migration!.state]).toEqual([200, 'unknown'])
  expect((await list()).items).toMatchObject([
    { withdrawn: { by: { display_name: 'field_agent' }, reason: '看错了' }, can_withdraw: false },
  ])
  expect((await withdraw(body.evidence.id, 'field_agent', key)).headers.get('idempotent-replayed')).toBe('true')
  expect((await withdraw(body.evidence.id, 'field_agent')).body.code).toBe('ALREADY_WITHDRAWN')
})

test.each([
  ['  ', 'REQUIRED'],
  [' a\u3000', 'TOO_SHORT'],
  ['\u200b\u200b\u2060', 'TOO_SHORT'],
  ['𠮷 ', 'TOO_SHORT'],
])('given the reason or note %j, which says nothing, then it is refused by its field and nothing is written', async (text, code) => {
  const { body } = await write(payment('closed'))
  const { id } = body.evidence
  const withdrawal = await backend.call('field_agent', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence/${id}/withdrawal`, {
    headers: { 'idempotency-key': randomUUID() },
    body: { reason: text },
  })
  expect([withdrawal.status, withdrawal.body.errors]).toMatchObject([422, [{ field: 'reason', code }]])
  const unblock = await write({ kind: 'unblock', detail: { note: text } }, 'operator')
  expect([unblock.status, (unblock.body as unknown as { errors: unknown }).errors]).toMatchObject([422, [{ field: 'detail.note', code }]])
  expect((await list()).items).toMatchObject([{ id, withdrawn: null }])
})

test('given a reason with blanks around it, then it is kept without them', async () => {
  const { body } = await write(payment('closed'))
  const answer = await backend.call<EvidenceResult>(
    'field_agent',
    'POST',
    `/v1/sub-merchants/${sub_mchid}/evidence/${body.evidence.id}/withdrawal`,
    { headers: { 'idempotency-key': randomUUID() }, body: { reason: ' 看错了\u3000' } },
  )
  expect(answer.body.evidence.withdrawn).toMatchObject({ reason: '看错了' })
})

test('given the same withdrawal five times at once, then it is done once and the others are told the same', async () => {
  const { body } = await write(payment('official_receipt'))
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 5 }, () => withdraw(body.evidence.id, 'field_agent', key)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('given one key for two different items at once, then one is recorded and the other is refused', async () => {
  const key = randomUUID()
  const answers = await Promise.all([write(payment('official_receipt'), 'field_agent', key), write(payment('closed'), 'field_agent', key)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
  expect(answers.find(({ status }) => status === 422)!.body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  expect((await list()).items).toHaveLength(1)
})

test('given evidence of another or older than 24 h, then a field agent may not take it back, a region lead may; operations nobody may', async () => {
  const others = (await write(payment('closed'), 'operator')).body.evidence.id
  expect((await withdraw(others, 'field_agent')).body.code).toBe('ACTION_FORBIDDEN')
  const mine = (await write(payment('closed'))).body.evidence.id
  backend.sandbox.control.clock.advance(25 * hour)
  expect((await withdraw(mine, 'field_agent')).body.code).toBe('ACTION_FORBIDDEN')
  expect((await withdraw(mine, 'region_lead')).status).toBe(200)
  await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  const operation = (await list('?kind=api_operation')).items[0]!
  expect((await withdraw(operation.id, 'operator')).body.code).toBe('ACTION_FORBIDDEN')
})

test('given 25 items, some at the same moment, then pages of 10 hold each once, newest first, and an order number shows only its end', async () => {
  const items = Array.from({ length: 25 }, (_, index) => ({
    kind: 'receipt_beacon' as const,
    ago: Math.floor(index / 3) * day,
    detail: {
      out_trade_no: `2026110100000000${String(index).padStart(4, '0')}`,
      order_scene: 'jsapi' as const,
      check_code_valid: 'pending' as const,
    },
  }))
  await backend.addEvidence(sub_mchid, ...items)
  const first = await list('?limit=10')
  const second = await list(`?limit=10&cursor=${first.next_cursor}`)
  const third = await list(`?limit=10&cursor=${second.next_cursor}`)
  const all = [...first.items, ...second.items, ...third.items]
  expect([all.length, new Set(all.map(({ id }) => id)).size, third.next_cursor]).toEqual([25, 25, null])
  const times = all.map(({ occurred_at }) => Date.parse(occurred_at))
  expect(times).toEqual([...times].sort((a, b) => b - a))
  for (const { detail } of all) expect((detail as { out_trade_no: string }).out_trade_no).toMatch(/^\d{4}$/)
})
