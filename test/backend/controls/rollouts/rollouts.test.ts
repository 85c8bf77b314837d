// The same change for many merchants (product.md B02): the dry run, its stages, and what it does when something goes wrong.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { startRollouts, type Rollouts } from '../../../../backend/controls/rollouts/work.ts'
import type { NewRollout, Rollout, RolloutItemPage, RolloutPage, RolloutStep } from '../../../../backend/controls/rollouts/schema.ts'
import { hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
let rollouts: Rollouts
let next = 1_900_100_000
/** of this test, in order */
let shops: string[]

beforeAll(async () => {
  backend = await startBackend()
  rollouts = startRollouts(backend.app.context)
})
afterAll(() => backend.close())
beforeEach(async () => {
  backend.sandbox.control.clock.reset()
  backend.sandbox.control.setProvider({ status: 'normal', receipt_link_configured: true })
  await setProvider({ receipt_link_configured: true, rollout_rate_per_minute: 10_000 })
  await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-operator').execute()
  await backend.db
    .updateTable('rollouts')
    .set({ status: 'cancelled', ended_at: backend.clock.now(), stop_code: null })
    .where('ended_at', 'is', null)
    .execute()
  await backend.db
    .updateTable('rollout_rate')
    .set({ per_minute: 10_000, tokens: 100, filled_at: backend.clock.now(), slowed_at: null })
    .execute()
  backend.sandbox.control.forgetRequests()
  shops = []
})

const setProvider = (values: { receipt_link_configured?: boolean; rollout_rate_per_minute?: number }) =>
  backend.db.updateTable('provider').set(values).where('sp_mchid', '=', sp_mchid).execute()
async function addShops(count: number): Promise<string[]> {
  const added = Array.from({ length: count }, () => String((next += 1)))
  for (const sub_mchid of added) await backend.addMerchant(sub_mchid)
  shops.push(...added)
  return added
}
const create = (body: Partial<NewRollout>, role: Role = 'operator', key: string = randomUUID()) =>
  backend.call<Rollout & { code: string; errors?: { field: string; code: string }[] }>(role, 'POST', '/v1/rollouts', {
    body: { name: '十一月开通', action: 'gold_plan.open', ...(body.filter ? {} : { numbers: shops }), ...body },
    headers: { 'idempotency-key': key },
  })
const read = async (id: string) => (await backend.call<Rollout>('operator', 'GET', `/v1/rollouts/${id}`)).body
const step = async (id: string, what: RolloutStep, role: Role = 'operator', version?: number) =>
  backend.call<Rollout & { code: string; current?: Rollout }>(role, 'POST', `/v1/rollouts/${id}/${what}`, {
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${version ?? (await read(id)).version}"` },
  })
const items = async (id: string, query = '', role: Role = 'operator') =>
  (await backend.call<RolloutItemPage>(role, 'GET', `/v1/rollouts/${id}/items?limit=100${query}`)).body.items
/** The worker's rounds until nothing is begun any more. */
async function work(): Promise<void> {
  for (;;) {
    const touched = await rollouts.round(() => true)
    await rollouts.settled()
    if (touched === 0) return
  }
}
const started = async (body: Partial<NewRollout> = {}): Promise<string> => {
  const { body: made } = await create(body)
  expect((await step(made.id, 'start')).body.status).toBe('running')
  return made.id
}
/** Stage after stage, each looked at. */
async function toTheEnd(id: string): Promise<Rollout> {
  for (;;) {
    await work()
    const now = await read(id)
    if (now.status === 'waiting') await step(id, 'resume')
    // what another one is busy with is looked at again after 5 s
    else if (now.status === 'running' && now.progress.pending > 0) backend.sandbox.control.clock.advance(10_000)
    else return now
  }
}
const calls = (sub_mchid: string) => backend.sandbox.control.requests().filter(one => one.sub_mchid === sub_mchid).length
const ledger = (sub_mchid: string) => backend.sandbox.control.ledger(sub_mchid)
const scenario = (sub_mchid: string, name: string, times?: number) =>
  backend.sandbox.control.setMerchant(sub_mchid, { scenario: name as 'punished', ...(times === undefined ? {} : { times }) })
const audited = async (id: string) =>
  (
    await backend.db
      .selectFrom('audit_entries')
      .select(['action', 'actor_id'])
      .where('target_id', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute()
  ).map(({ action, actor_id }) => `${action} ${actor_id ?? 'system'}`)

describe('the dry run', () => {
  test('given a list, then it says what will change and why not the others, and asks WeChat Pay nothing', async () => {
    const [open, closed, terminated, suspended] = (await addShops(5)) as [string, string, string, string, string]
    await backend.control('operator', open, 'gold-plan/jsapi', { status: 'open' })
    await backend.addEvidence(closed, {
      kind: 'api_operation',
      ago: hour,
      detail: { operation: 'gold_plan.close', scene: 'jsapi', result: 'succeeded', operation_key: randomUUID() },
    })
    await backend.db.updateTable('sub_merchants').set({ status: 'terminated' }).where('sub_mchid', '=', terminated).execute()
    await backend.db.updateTable('sub_merchants').set({ status: 'suspended' }).where('sub_mchid', '=', suspended).execute()
    backend.sandbox.control.forgetRequests()
    const { status, body } = await create({ numbers: [...shops, shops[4]!, '1999999999', '-', '商户号', '  '] })
    expect(status).toBe(201)
    expect([body.status, body.preview.will_change]).toEqual(['draft', 1])
    expect(Object.fromEntries(body.preview.excluded.map(one => [one.code, one.count]))).toEqual({
      ALREADY: 1,
      REOPEN_LOCKED: 1,
      MERCHANT_TERMINATED: 1,
      MERCHANT_SUSPENDED: 1,
      NOT_FOUND: 1,
      DUPLICATE: 1,
      MALFORMED: 2,
    })
    expect((await items(body.id, '&status=excluded&code=NOT_FOUND')).map(one => one.sub_mchid)).toEqual(['1999999999'])
    expect(backend.sandbox.control.requests()).toEqual([])
    await work()
    expect(backend.sandbox.control.requests()).toEqual([])
  })

  test("given a customer's payment code among the numbers, then nothing of the list is kept", async () => {
    const [one] = await addShops(1)
    const { status, body } = await create({ numbers: [one!, '134567890123456789'] })
    expect([status, body.errors?.[0]?.code]).toEqual([422, 'PAYMENT_CODE'])
  })

  test('given the same request twice, then it is one rollout', async () => {
    await addShops(1)
    const key = randomUUID()
    const [first, second] = [await create({}, 'operator', key), await create({}, 'operator', key)]
    expect(second.body.id).toBe(first.body.id)
  })

  test('given a filter, then its count is the count of the list of merchants', async () => {
    await addShops(3)
    const { body } = await create({ filter: { gold_plan: 'unknown' } })
    const all = await backend.call<{ total_estimate: number }>('operator', 'GET', '/v1/sub-merchants?gold_plan=unknown&limit=1')
    const excluded = body.preview.excluded.reduce((sum, one) => sum + one.count, 0)
    expect(body.preview.will_change + excluded).toBe(all.body.total_estimate)
  })

  test.each<[string, Partial<NewRollout>, number, string]>([
    ['both', { filter: {}, numbers: ['1900000101'] }, 422, 'filter'],
    ['no tags', { action: 'ad_filter.set', filter: {} }, 422, 'industries'],
    ['tags of another action', { industries: ['CATERING'], filter: {} }, 422, 'industries'],
    ['a receipt with a receipt', { action: 'receipt.open', with_receipt: true, filter: {} }, 422, 'with_receipt'],
    ['no name', { name: ' ', filter: {} }, 422, 'name'],
  ])('given %s, then it is refused by its field', async (_, body, status, field) => {
    const answer = await create(body)
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field])
  })

  test.each(['field_agent', 'region_lead', 'auditor', 'admin'] as const)('given %s, then nothing is created', async role => {
    expect((await create({ filter: {} }, role)).status).toBe(403)
  })
})

describe('the way', () => {
  test('given 25 merchants, when it starts, then 20 are done, it waits for a look, and does the rest when it is let on', async () => {
    await addShops(25)
    const id = await started({ with_receipt: true })
    await work()
    const waiting = await read(id)
    expect([waiting.status, waiting.progress.succeeded, waiting.progress.pending]).toEqual(['waiting', 20, 5])
    expect(waiting.stages).toEqual([
      { items: 20, ended: 20 },
      { items: 5, ended: 0 },
      { items: 0, ended: 0 },
    ])
    await work()
    expect((await read(id)).progress.succeeded).toBe(20)
    await step(id, 'resume')
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress.succeeded, ended.progress.pending]).toEqual(['completed', 25, 0])
    for (const sub_mchid of shops) {
      expect([ledger(sub_mchid).receipt, ledger(sub_mchid).gold_plan.JSAPI.status, calls(sub_mchid)]).toEqual(['open', 'open', 2])
    }
    expect(await audited(id)).toEqual([
      'rollout.create staff-operator',
      'rollout.start staff-operator',
      'rollout.stage system',
      'rollout.resume staff-operator',
      'rollout.complete system',
    ])
  })

  test('given it is paused, then nothing more leaves; resumed it goes on, cancelled what had not begun stays as it was', async () => {
    await addShops(3)
    const id = await started()
    expect((await step(id, 'pause')).body.status).toBe('paused')
    await work()
    expect(backend.sandbox.control.requests()).toEqual([])
    expect((await step(id, 'start')).body.code).toBe('INVALID_TRANSITION')
    expect((await step(id, 'cancellation')).body.status).toBe('cancelled')
    await work()
    expect(backend.sandbox.control.requests()).toEqual([])
    expect((await step(id, 'resume')).body).toMatchObject({ code: 'INVALID_TRANSITION', current: { status: 'cancelled' } })
  })

  test('given a step of somebody who saw another version, then it is refused with what is there now', async () => {
    await addShops(1)
    const { body } = await create({})
    const late = await step(body.id, 'start', 'operator', body.version + 1)
    expect([late.status, late.body.code, late.body.current?.status]).toEqual([412, 'VERSION_MISMATCH', 'draft'])
    expect((await step(body.id, 'start', 'region_lead')).status).toBe(403)
  })

  test('given a merchant changed by hand meanwhile, or asked to be closed, then it is skipped with the reason', async () => {
    const [opened, switched, asked] = (await addShops(4)) as [string, string, string, string]
    const { body } = await create({})
    await backend.control('operator', opened, 'gold-plan/jsapi', { status: 'open' })
    await backend.control('operator', switched, 'receipt', { status: 'open' })
    await backend.db.updateTable('sub_merchants').set({ open_request_id: randomUUID() }).where('sub_mchid', '=', asked).execute()
    await step(body.id, 'start')
    const ended = await toTheEnd(body.id)
    expect([ended.status, ended.progress.succeeded, ended.progress.skipped]).toEqual(['completed', 1, 3])
    expect(Object.fromEntries((await items(body.id, '&status=skipped')).map(one => [one.sub_mchid, one.code]))).toEqual({
      [opened]: 'ALREADY',
      [switched]: 'CHANGED_MEANWHILE',
      [asked]: 'CLOSING_REQUESTED',
    })
  })

  test('given two rollouts over the same merchants, then each is changed once', async () => {
    await addShops(6)
    const [first, second] = [await started(), await started()]
    await toTheEnd(first)
    const other = await toTheEnd(second)
    expect(shops.map(calls)).toEqual(shops.map(() => 1))
    expect([(await read(first)).status, other.status, other.progress.skipped + other.progress.succeeded]).toEqual([
      'completed',
      'completed',
      6,
    ])
  })

  test('given the template of ads, then each merchant with a plan gets its tags', async () => {
    await addShops(2)
    await backend.control('operator', shops[0]!, 'gold-plan/jsapi', { status: 'open' })
    const id = await started({ action: 'ad_filter.set', industries: ['CATERING'] })
    const ended = await toTheEnd(id)
    expect([ended.progress.succeeded, ended.preview.excluded]).toEqual([1, [{ code: 'GOLD_PLAN_NOT_OPEN', count: 1 }]])
  })
})

describe('what goes wrong', () => {
  test('given an answer is lost, then the item waits until it is known and the change is made once', async () => {
    await addShops(2)
    scenario(shops[0]!, 'lost_after', 1)
    const id = await started()
    await work()
    expect((await read(id)).progress).toMatchObject({ working: 1, succeeded: 1 })
    backend.sandbox.control.clock.advance(minute)
    const { askAgain } = await import('../../../../backend/controls/ask-again.ts')
    await askAgain(backend.app.context)
    expect((await toTheEnd(id)).progress).toMatchObject({ working: 0, succeeded: 2 })
    expect(ledger(shops[0]!).gold_plan.JSAPI.status).toBe('open')
  })

  test('given WeChat Pay says too fast, then the rate is halved once, the item is tried again later, and nothing is lost', async () => {
    await addShops(3)
    scenario(shops[0]!, 'rate_limited_429', 1)
    const id = await started()
    await work()
    const slow = await read(id)
    expect(slow.progress).toMatchObject({ pending: 1, succeeded: 2, failed: 0 })
    expect(slow.rate.now).toBeLessThan(5_200)
    backend.sandbox.control.clock.advance(minute)
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress.succeeded]).toEqual(['completed', 3])
    expect(ended.rate.now).toBeGreaterThan(slow.rate.now)
  })

  test('given the provider is punished, then it stops at once and says so; put right, it goes on from there', async () => {
    await addShops(8)
    backend.sandbox.control.setProvider({ status: 'punished' })
    await setProvider({ rollout_rate_per_minute: 60 })
    await backend.db.updateTable('rollout_rate').set({ per_minute: 60, tokens: 1 }).execute()
    const id = await started()
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'SP_PUNISHED', progress: { failed: 1, pending: 7 } })
    expect(await audited(id)).toContain('rollout.stop system')
    backend.sandbox.control.setProvider({ status: 'normal' })
    await setProvider({ rollout_rate_per_minute: 10_000 })
    await step(id, 'retry-failed')
    backend.sandbox.control.clock.advance(minute)
    for (let round = 0; round < 20 && (await read(id)).status === 'running'; round += 1) {
      backend.sandbox.control.clock.advance(minute)
      await work()
    }
    expect(await read(id)).toMatchObject({ status: 'completed', progress: { succeeded: 8, failed: 0 } })
  })

  test('given more than 5 % fail for one cause at the merchants, then it stops by itself before the rest', async () => {
    await addShops(40)
    for (const sub_mchid of shops.slice(0, 2)) scenario(sub_mchid, 'punished')
    const id = await started()
    await work()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'SUB_MERCHANT_PUNISHED', progress: { failed: 2, pending: 20 } })
    // looked at: it goes on, and judges anew
    await step(id, 'resume')
    const ended = await toTheEnd(id)
    expect([ended.status, ended.progress]).toMatchObject(['completed', { succeeded: 38, failed: 2 }])
    expect(ended.progress.causes).toEqual([{ status: 'failed', code: 'SUB_MERCHANT_PUNISHED', count: 2 }])
    expect(await items(id, '&status=failed&code=SUB_MERCHANT_PUNISHED')).toHaveLength(2)
  })

  test('given who started it has left, then it stops', async () => {
    await addShops(2)
    const id = await started()
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-operator').execute()
    await work()
    expect(backend.sandbox.control.requests()).toEqual([])
    await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-operator').execute()
    expect(await read(id)).toMatchObject({ status: 'stopped', stop_code: 'STAFF_DISABLED' })
  })

  test('given a rate of 60 a minute, then a second has one, and what somebody else does takes nothing from it', async () => {
    await addShops(5)
    await setProvider({ rollout_rate_per_minute: 60 })
    await backend.db.updateTable('rollout_rate').set({ per_minute: 60, tokens: 0, filled_at: backend.clock.now() }).execute()
    const id = await started()
    await work()
    const before = (await read(id)).progress.succeeded
    for (let second = 0; second < 3; second += 1) {
      backend.sandbox.control.clock.advance(1_000)
      await work()
    }
    const after = (await read(id)).progress.succeeded
    expect(after - before).toBeGreaterThanOrEqual(3)
    expect(after).toBeLessThanOrEqual(5)
    expect(backend.sandbox.control.requests().length).toBe(after)
  })
})

test('given a lead, then rollouts are read, and of their items those of the own region', async () => {
  await addShops(2)
  await backend.addMerchant((shops[2] = String((next += 1))), { region_code: '110105' })
  const id = await started()
  expect((await items(id, '', 'region_lead')).map(one => one.sub_mchid).sort()).toEqual(shops.slice(0, 2).sort())
  expect((await backend.call<RolloutPage>('region_lead', 'GET', '/v1/rollouts')).body.items.map(one => one.id)).toContain(id)
  expect((await backend.call('field_agent', 'GET', `/v1/rollouts/${id}`)).status).toBe(403)
})
