// Closing a gold plan with four eyes: who may ask, who may decide, and what is true after every way it can end.
import type { Role } from '../../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { askAgain } from '../../../../backend/controls/ask-again.ts'
import { carryOutApproved } from '../../../../backend/controls/closing/carry-out.ts'
import { finishUnresolved } from '../../../../backend/controls/closing/finish.ts'
import type { ChangeRequest, ChangeRequestPage } from '../../../../backend/controls/closing/schema.ts'
import type { SubMerchant } from '../../../../backend/directory/merchants/schema.ts'
import { hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

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
  backend.sandbox.control.setProvider({ status: 'normal', receipt_link_configured: true })
  await setProvider({ default_open_since: null })
  await setStaff('region_lead', { status: 'active', region_codes: ['440300'], role: 'region_lead' })
  await setStaff('field_agent', { status: 'active', role: 'field_agent' })
  await backend.addMerchant(sub_mchid)
  await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  backend.sandbox.control.forgetRequests()
})

const setProvider = (values: { default_open_since: Date | null }) =>
  backend.db.updateTable('provider').set(values).where('sp_mchid', '=', sp_mchid).execute()
const setStaff = (role: Role, values: Partial<{ status: 'active' | 'disabled'; role: Role; region_codes: string[] }>) =>
  backend.db.updateTable('staff').set(values).where('id', '=', `staff-${role}`).execute()
const write = <T>(role: Role, path: string, body?: unknown, key: string = randomUUID()) =>
  backend.call<T & { code: string; current?: ChangeRequest }>(role, 'POST', path, { body: body ?? {}, headers: { 'idempotency-key': key } })
const ask = (role: Role = 'field_agent', reason = '商户暂停营业一个月', key?: string) =>
  write<ChangeRequest>(role, '/v1/change-requests', { kind: 'gold_plan.close', sub_mchid, scene: 'jsapi', reason }, key)
const decide = (role: Role, id: string, decision: 'approve' | 'reject' = 'approve', comment?: string, key?: string) =>
  write<ChangeRequest>(role, `/v1/change-requests/${id}/decision`, { decision, ...(comment === undefined ? {} : { comment }) }, key)
const cancel = (role: Role, id: string) => write<ChangeRequest>(role, `/v1/change-requests/${id}/cancellation`)
const read = async (id: string, role: Role = 'operator') =>
  (await backend.call<ChangeRequest>(role, 'GET', `/v1/change-requests/${id}`)).body
const list = async (role: Role, query: string) =>
  (await backend.call<ChangeRequestPage>(role, 'GET', `/v1/change-requests?limit=100&${query}`)).body.items.map(({ id }) => id)
const merchant = async () => (await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body
const atWechat = () => backend.sandbox.control.ledger(sub_mchid).gold_plan.JSAPI?.status
const round = () => carryOutApproved(backend.app.context, () => true)
const closes = () => backend.sandbox.control.requests().length
const trail = async () =>
  (
    await backend.db
      .selectFrom('audit_entries')
      .select(['action', 'actor_id', 'before', 'after', 'reason'])
      .where('target_id', '=', sub_mchid)
      .where('action', 'like', 'gold_plan.close%')
      .orderBy('at')
      .orderBy('action')
      .execute()
  ).map(({ action, actor_id }) => [action, actor_id])

test('given a request, when the lead approves it, then WeChat Pay closed the plan once, the merchant says so, and the trail names both', async () => {
  const asked = await ask()
  expect(asked.status).toBe(201)
  expect(asked.body).toMatchObject({
    status: 'pending',
    requested_by: { display_name: 'field_agent' },
    deciders: { role: 'region_lead', names: ['region_lead'] },
    can_decide: false,
    can_cancel: true,
  })
  expect(Date.parse(asked.body.expires_at) - Date.parse(asked.body.requested_at)).toBe(72 * hour)
  expect((await merchant()).open_request_id).toBe(asked.body.id)

  const decided = await decide('region_lead', asked.body.id)
  expect([decided.status, decided.body.status, decided.body.decided_by?.display_name]).toEqual([200, 'executed', 'region_lead'])
  expect(atWechat()).toBe('closed')
  expect(closes()).toBe(1)
  const after = await merchant()
  expect(after).toMatchObject({ open_request_id: null, gold_plan: { jsapi: { status: 'closed', changed_by: 'region_lead' } } })
  expect(after.gold_plan.jsapi.reopen_available_at).not.toBeNull()
  expect(await trail()).toEqual([
    ['gold_plan.close.request', 'staff-field_agent'],
    ['gold_plan.close.approve', 'staff-region_lead'],
    ['gold_plan.close', 'staff-region_lead'],
    ['gold_plan.close.run', null],
  ])
  const reopened = await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })
  expect(reopened.body.code).toBe('REOPEN_LOCKED')
  backend.sandbox.control.clock.advance(24 * hour + minute)
  expect((await backend.control('field_agent', sub_mchid, 'gold-plan/jsapi', { status: 'open' })).status).toBe(200)
})

test('given a request with a key, when it comes again, then it is the same one and says that it was repeated', async () => {
  const key = randomUUID()
  const [first, second] = [await ask('field_agent', undefined, key), await ask('field_agent', undefined, key)]
  expect([second.status, second.body.id, second.headers.get('idempotent-replayed')]).toEqual([200, first.body.id, 'true'])
  const decision = randomUUID()
  await decide('region_lead', first.body.id, 'approve', undefined, decision)
  const replay = await decide('region_lead', first.body.id, 'approve', undefined, decision)
  expect([replay.status, replay.body.status, replay.headers.get('idempotent-replayed'), closes()]).toEqual([200, 'executed', 'true', 1])
})

describe('who', () => {
  test("given one's own request, then SELF_APPROVAL, also after one has become an operator", async () => {
    const { body } = await ask('region_lead')
    expect([(await decide('region_lead', body.id)).body.code, (await read(body.id, 'region_lead')).can_decide]).toEqual([
      'SELF_APPROVAL',
      false,
    ])
    await setStaff('region_lead', { role: 'operator' })
    expect((await decide('region_lead', body.id)).body.code).toBe('SELF_APPROVAL')
    expect((await decide('operator', body.id)).body.status).toBe('executed')
  })

  test('given the WeChat account that asked comes back as another member of staff, then SELF_APPROVAL', async () => {
    const { body } = await ask('field_agent')
    const openids = await backend.db
      .selectFrom('staff_bindings')
      .selectAll()
      .where('staff_id', 'in', ['staff-field_agent', 'staff-operator'])
      .execute()
    const of = (id: string) => openids.find(({ staff_id }) => staff_id === id)!
    const rebind = async (staff_id: string, openid: string) => {
      await backend.db.deleteFrom('staff_bindings').where('staff_id', '=', staff_id).execute()
      await backend.db
        .insertInto('staff_bindings')
        .values({ ...of(staff_id), openid })
        .execute()
    }
    await rebind('staff-field_agent', 'openid-elsewhere')
    await rebind('staff-operator', of('staff-field_agent').openid)
    expect((await decide('operator', body.id)).body.code).toBe('SELF_APPROVAL')
    await rebind('staff-operator', of('staff-operator').openid)
    await rebind('staff-field_agent', of('staff-field_agent').openid)
    expect((await decide('operator', body.id)).status).toBe(200)
  })

  test('given a field agent, an auditor or an admin, then they decide nothing; an auditor and an admin ask for nothing', async () => {
    const { body } = await ask()
    for (const role of ['field_agent', 'auditor', 'admin'] as const)
      expect([role, (await decide(role, body.id)).body.code]).toEqual([role, 'ACTION_FORBIDDEN'])
    for (const role of ['auditor', 'admin'] as const) expect([role, (await ask(role)).body.code]).toEqual([role, 'ACTION_FORBIDDEN'])
    expect((await cancel('region_lead', body.id)).body.code).toBe('ACTION_FORBIDDEN')
    expect((await cancel('field_agent', body.id)).body.status).toBe('cancelled')
    expect((await cancel('field_agent', body.id)).body.code).toBe('ALREADY_DECIDED')
  })

  test('given a lead of another region, then there is no such request for him; nobody of the region left, then operators are named', async () => {
    const { body } = await ask()
    await setStaff('region_lead', { region_codes: ['440100'] })
    expect([(await decide('region_lead', body.id)).status, await list('region_lead', '')]).toEqual([404, []])
    expect((await read(body.id)).deciders).toEqual({ role: 'operator', names: ['operator'] })
  })

  test('given two deciders at once, then one decides and the other is told what became of it', async () => {
    const { body } = await ask()
    const answers = await Promise.all([decide('region_lead', body.id), decide('operator', body.id, 'reject', '还在营业')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = answers.find(({ status }) => status === 409)!
    expect([late.body.code, late.body.current?.id]).toEqual(['ALREADY_DECIDED', body.id])
    expect(closes()).toBe((await read(body.id)).status === 'executed' ? 1 : 0)
  })
})

describe('when', () => {
  test('given a reason of four characters or a rejection without one, then the field is named', async () => {
    expect((await ask('field_agent', ' 不要了 ')).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'reason', code: 'TOO_SHORT' }],
    })
    const { body } = await ask()
    expect((await decide('region_lead', body.id, 'reject')).body).toMatchObject({ errors: [{ field: 'comment', code: 'REQUIRED' }] })
    expect((await decide('region_lead', body.id, 'reject', '商户还在营业')).body).toMatchObject({
      status: 'rejected',
      comment: '商户还在营业',
    })
    expect([(await merchant()).open_request_id, closes()]).toEqual([null, 0])
  })

  test('given a request is open, then a second is refused with the first; a plan that is not open needs none', async () => {
    const { body } = await ask()
    const second = await ask('region_lead')
    expect([second.status, second.body.code, second.body.current?.id]).toEqual([409, 'REQUEST_EXISTS', body.id])
    await decide('region_lead', body.id)
    expect((await ask()).body.code).toBe('NOT_OPEN')
  })

  test('given the provider opens all merchants by default, then nothing is asked for, decided or carried out', async () => {
    const { body } = await ask()
    await setProvider({ default_open_since: new Date() })
    expect((await decide('region_lead', body.id)).body.code).toBe('DEFAULT_OPEN_ACTIVE')
    await cancel('field_agent', body.id)
    expect((await ask()).body.code).toBe('DEFAULT_OPEN_ACTIVE')
    expect(closes()).toBe(0)
  })

  test('given nobody decides for 72 hours, then it is over, for readers at once and in the books with the next round', async () => {
    const { body } = await ask()
    backend.sandbox.control.clock.advance(72 * hour)
    expect((await read(body.id)).status).toBe('expired')
    expect((await decide('operator', body.id)).body.code).toBe('ALREADY_DECIDED')
    await round()
    expect([(await read(body.id)).status, (await merchant()).open_request_id, closes()]).toEqual(['expired', null, 0])
    expect((await ask()).status).toBe(201)
  })
})

describe('how it ends at WeChat Pay', () => {
  const approvedWhile = async (scenario: string, times?: number) => {
    const { body } = await ask()
    backend.sandbox.control.setMerchant(sub_mchid, { scenario: scenario as never, ...(times ? { times } : {}) })
    return (await decide('region_lead', body.id)).body
  }

  test('given it is too busy, then the request stays approved and is carried out later', async () => {
    const { id, status } = await approvedWhile('rate_limited_429', 1)
    expect(status).toBe('approved')
    await round()
    expect(atWechat()).toBe('open')
    backend.sandbox.control.clock.advance(2 * minute)
    await round()
    expect([(await read(id)).status, atWechat()]).toEqual(['executed', 'closed'])
  })

  test.each([
    ['the decider was disabled', () => setStaff('region_lead', { status: 'disabled' }), 'STAFF_DISABLED'],
    ['the decider no longer decides', () => setStaff('region_lead', { role: 'field_agent' }), 'ACTION_FORBIDDEN'],
    ["the shop has left the decider's region", () => setStaff('region_lead', { region_codes: ['440100'] }), 'ACTION_FORBIDDEN'],
    ['all are open by default', () => setProvider({ default_open_since: new Date() }), 'DEFAULT_OPEN_ACTIVE'],
  ])('given %s meanwhile, then it fails by name and nothing is closed', async (_, change, code) => {
    const { id } = await approvedWhile('rate_limited_429', 1)
    await change()
    backend.sandbox.control.clock.advance(2 * minute)
    await round()
    expect(await read(id)).toMatchObject({ status: 'failed', code })
    expect([atWechat(), (await merchant()).open_request_id]).toEqual(['open', null])
  })

  test('given it refuses for good, then the request failed with its reason', async () => {
    expect(await approvedWhile('default_open')).toMatchObject({ status: 'failed', code: 'DEFAULT_OPEN_ACTIVE' })
  })

  test('given its answer is lost, then the request waits for the outcome and has it when it is asked again', async () => {
    const { id, status } = await approvedWhile('lost_after', 1)
    expect([status, (await merchant()).open_operation?.kind]).toEqual(['approved', 'gold_plan.close'])
    // it no longer waits for anybody's decision, and has not ended
    for (const open of ['decided', 'open']) expect(await list('region_lead', `status=${open}&sub_mchid=${sub_mchid}`)).toContain(id)
    backend.sandbox.control.clock.advance(6_000)
    await askAgain(backend.app.context)
    expect([(await read(id)).status, atWechat()]).toEqual(['executed', 'closed'])
  })

  test.each([
    ['closed', 'executed'],
    ['open', 'failed'],
  ] as const)('given nobody knows the outcome until a look at the console says %s, then the request is %s', async (seen, status) => {
    const { id } = await approvedWhile('lost_after')
    for (const wait of [5_000, 30_000, 2 * minute, 10 * minute, 60 * minute]) {
      backend.sandbox.control.clock.advance(wait + 500)
      await askAgain(backend.app.context)
    }
    expect([await finishUnresolved(backend.app.context), (await read(id)).status]).toEqual([0, 'approved'])
    await backend.addEvidence(sub_mchid, { kind: 'portal_check', ago: 0, detail: { gold_plan_jsapi: seen } })
    await finishUnresolved(backend.app.context)
    expect((await read(id)).status).toBe(status)
  })

  test('given the process ended after the approval, then the next round carries it out', async () => {
    const { body } = await ask()
    await backend.db
      .updateTable('change_requests')
      .set({ status: 'approved', decided_by: 'staff-operator', decided_at: backend.clock.now(), try_at: backend.clock.now() })
      .where('id', '=', body.id)
      .execute()
    await Promise.all([round(), round()])
    expect([(await read(body.id)).status, closes()]).toEqual(['executed', 1])
  })
})

test('given requests, then the lists, the workbench and what waits for whom agree', async () => {
  const { body } = await ask()
  const waiting = async (role: Role) =>
    (await backend.call<{ pending_approvals: number }>(role, 'GET', '/v1/summary')).body.pending_approvals
  for (const role of ['field_agent', 'region_lead', 'operator', 'auditor'] as const)
    expect([role, (await list(role, 'to_decide=true')).length]).toEqual([role, await waiting(role)])
  expect(await list('region_lead', 'to_decide=true')).toContain(body.id)
  expect(await list('field_agent', `mine=true&status=open&sub_mchid=${sub_mchid}`)).toEqual([body.id])
  expect(await list('region_lead', 'mine=true')).not.toContain(body.id)
  expect(await list('auditor', `sub_mchid=${sub_mchid}`)).toEqual([body.id])
  await cancel('field_agent', body.id)
  expect([
    await list('field_agent', `status=decided&sub_mchid=${sub_mchid}`),
    (await list('region_lead', 'to_decide=true')).includes(body.id),
  ]).toEqual([[body.id], false])
})

test("given the program's own login, then what was asked and decided cannot be changed after the fact", async () => {
  const { body } = await ask()
  const change = (values: object) => backend.db.updateTable('change_requests').set(values).where('id', '=', body.id).execute()
  for (const values of [{ reason: '别的原因' }, { requested_by: 'staff-operator' }, { expires_at: new Date() }])
    await expect(change(values)).rejects.toMatchObject({ code: '42501' })
  await expect(
    change({ status: 'executed', decided_by: 'staff-operator', decided_at: new Date(), ended_at: new Date() }),
  ).rejects.toMatchObject({ code: '23514' })
  await expect(change({ status: 'approved', decided_by: 'staff-field_agent', decided_at: new Date() })).rejects.toMatchObject({
    code: '23514',
  })
  await decide('region_lead', body.id, 'reject', '还在营业')
  await expect(change({ status: 'approved', ended_at: null })).rejects.toMatchObject({ code: '23514' })
  await expect(change({ comment: '好' })).rejects.toMatchObject({ code: '23514' })
  await expect(backend.db.deleteFrom('change_requests').execute()).rejects.toMatchObject({ code: '42501' })
})
