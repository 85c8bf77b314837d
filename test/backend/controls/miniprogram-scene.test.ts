// The gold plan of the mini program scene: operators switch it, and what it does to jsapi is looked at afterwards, since WeChat says it nowhere.
import type { Role } from '../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { askAgain } from '../../../backend/controls/ask-again.ts'
import type { SubMerchant } from '../../../backend/directory/merchants/schema.ts'
import { hour, minute, sp_mchid, startBackend, type Answer, type Backend } from '../support/backend.ts'

let backend: Backend
let sub_mchid: string
let next = 1_900_000_301
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  sub_mchid = String(next)
  next += 1
  backend.sandbox.control.clock.reset()
  backend.sandbox.control.setProvider({ status: 'normal', default_open: false })
  await backend.addMerchant(sub_mchid)
  await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  await seen('official_receipt', 10 * minute)
  backend.sandbox.control.forgetRequests()
})

const set = (status: 'open' | 'closed', reason?: string, role: Role = 'operator') =>
  backend.control(role, sub_mchid, 'gold-plan/miniprogram', { status, ...(reason === undefined ? {} : { reason }) }) as Promise<
    Answer<SubMerchant & { code: string; reopen_available_at: string }>
  >
const sent = () => backend.sandbox.control.requests().map(({ body }) => JSON.parse(body) as { operation_pay_scene: string })
const merchant = async () => (await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body
const post = (kind: string, detail: object, role: Role = 'operator') => {
  const body = { id: randomUUID(), kind, occurred_at: backend.clock.now().toISOString(), detail }
  return backend.call(role, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, { body, headers: { 'idempotency-key': body.id } })
}
/** A test payment after so much time. */
async function seen(after_page: string, after: number): Promise<void> {
  backend.sandbox.control.clock.advance(after)
  const detail = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page }
  expect((await post('test_payment', detail, 'field_agent')).status).toBe(201)
}

test('given a verified shop, when an operator opens the scene, then WeChat Pay is asked for that scene alone, the shop says so, and its verdict is the same', async () => {
  const before = await merchant()
  expect([before.migration.state, before.gold_plan.miniprogram]).toEqual([
    'verified',
    { status: 'unknown', source: 'none', changed_at: null, changed_by: null, reopen_available_at: null, verify_jsapi: false },
  ])
  const { status, body } = await set('open')
  expect([status, body.gold_plan.miniprogram.status, body.gold_plan.miniprogram.changed_by]).toEqual([200, 'open', 'operator'])
  expect(body.gold_plan.jsapi).toEqual(before.gold_plan.jsapi)
  expect(body.migration).toEqual(before.migration)
  expect(body.version).toBe(before.version + 1)
  expect(sent()).toEqual([{ sub_mchid, operation_type: 'OPEN', operation_pay_scene: 'MINIPROGRAM' }])
  const { gold_plan } = backend.sandbox.control.ledger(sub_mchid)
  expect([gold_plan.JSAPI.status, gold_plan.MINIPROGRAM.status]).toEqual(['open', 'open'])
  expect(body.recent_evidence[0]).toMatchObject({
    kind: 'api_operation',
    detail: { operation: 'gold_plan.open', scene: 'miniprogram', result: 'succeeded' },
  })
  const trail = await backend.db
    .selectFrom('audit_entries')
    .select(['actor_id', 'before', 'after'])
    .where('target_id', '=', sub_mchid)
    .where('action', '=', 'gold_plan_miniprogram.open')
    .execute()
  expect(trail).toMatchObject([
    {
      actor_id: 'staff-operator',
      before: { gold_plan_miniprogram: 'unknown' },
      after: { gold_plan_miniprogram: 'open', status: 'succeeded' },
    },
  ])
})

describe('what it does to jsapi', () => {
  test('given it was opened, then a jsapi payment is to be looked at until one was made after it took effect', async () => {
    expect((await set('open')).body.gold_plan.miniprogram.verify_jsapi).toBe(true)
    await seen('official_receipt', 4 * minute)
    expect((await merchant()).gold_plan.miniprogram.verify_jsapi).toBe(true)
    await seen('official_receipt', 2 * minute)
    expect((await merchant()).gold_plan.miniprogram.verify_jsapi).toBe(false)
  })
  test('given WeChat Pay replaced the other scene, when the page is seen missing, then the shop has gone back', async () => {
    backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'scene_replaces' })
    await set('open')
    expect(backend.sandbox.control.ledger(sub_mchid).gold_plan.JSAPI.status).toBe('closed')
    await seen('closed', 6 * minute)
    const { migration, gold_plan } = await merchant()
    expect([migration.state, gold_plan.miniprogram.verify_jsapi]).toEqual(['regressed', false])
  })
  test('given only the console was looked at, then nothing is to be looked at', async () => {
    expect((await post('portal_check', { gold_plan_miniprogram: 'open' })).status).toBe(201)
    const { gold_plan, migration } = await merchant()
    expect(gold_plan.miniprogram).toMatchObject({ status: 'open', source: 'portal', verify_jsapi: false })
    expect([gold_plan.jsapi.status, migration.state]).toEqual(['open', 'verified'])
  })
})

describe('closing it', () => {
  test('given no reason, then it says which field; given one, then it is closed, locked for 24 h, and jsapi is not', async () => {
    await set('open')
    expect((await set('closed')).body.code).toBe('VALIDATION_FAILED')
    const closed = await set('closed', '小程序要自己的完成页')
    const until = closed.body.gold_plan.miniprogram.reopen_available_at
    expect([closed.status, closed.body.gold_plan.miniprogram.verify_jsapi]).toEqual([200, true])
    expect(Date.parse(until!) - Date.parse(closed.body.gold_plan.miniprogram.changed_at!)).toBe(24 * hour)
    expect([closed.body.gold_plan.jsapi.status, closed.body.gold_plan.jsapi.reopen_available_at]).toEqual(['open', null])
    const again = await set('open')
    expect([again.status, again.body.code, again.body.reopen_available_at]).toEqual([409, 'REOPEN_LOCKED', until])
    expect((await set('closed', '再关一次')).body.code).toBe('NOT_OPEN')
    backend.sandbox.control.clock.advance(24 * hour + minute)
    expect((await set('open')).status).toBe(200)
  })
  test('given the provider opens all by default, then a single one is not closed', async () => {
    await set('open')
    const since = (default_open_since: Date | null) =>
      backend.db.updateTable('provider').set({ default_open_since }).where('sp_mchid', '=', sp_mchid).execute()
    await since(backend.clock.now())
    expect((await set('closed', '商户要求')).body.code).toBe('DEFAULT_OPEN_ACTIVE')
    await since(null)
  })
})

describe('a lost answer', () => {
  test('given it is lost, then 202, other writes wait, and asking again settles it with the same scene', async () => {
    backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'lost_after', times: 1 })
    const lost = await set('open')
    expect([lost.status, (await merchant()).open_operation?.kind]).toEqual([202, 'gold_plan_miniprogram.open'])
    expect((await backend.control('operator', sub_mchid, 'receipt', { status: 'open' })).body.code).toBe('OPERATION_PENDING')
    backend.sandbox.control.clock.advance(6_000)
    await askAgain(backend.app.context)
    expect((await merchant()).gold_plan.miniprogram.status).toBe('open')
    expect(sent().map(({ operation_pay_scene }) => operation_pay_scene)).toEqual(['MINIPROGRAM', 'MINIPROGRAM'])
  })
  test('given it stays unknown, then a look at this scene settles it and a look at jsapi does not; a lost close locks from when it was sent', async () => {
    await set('open')
    backend.sandbox.control.setMerchant(sub_mchid, { scenario: 'lost_before' })
    await set('closed', '商户要求')
    expect((await merchant()).gold_plan.miniprogram.reopen_available_at).not.toBeNull()
    for (const wait of [5_000, 30_000, 120_000, 600_000, 3_600_000]) {
      backend.sandbox.control.clock.advance(wait + 1_000)
      await askAgain(backend.app.context)
    }
    expect((await merchant()).open_operation?.status).toBe('unresolved')
    await post('portal_check', { gold_plan_jsapi: 'open' })
    expect((await merchant()).open_operation?.status).toBe('unresolved')
    await post('portal_check', { gold_plan_miniprogram: 'open' })
    const { open_operation, gold_plan } = await merchant()
    expect([open_operation, gold_plan.miniprogram.status, gold_plan.miniprogram.reopen_available_at]).toEqual([null, 'open', null])
  })
})
