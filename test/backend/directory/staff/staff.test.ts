// Staff as an administrator keeps them: found, taken on, changed, let go, and never without somebody who can let people in.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { buildApp } from '../../../../backend/app.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { hashToken, newToken } from '../../../../backend/company/sessions/secrets.ts'
import type { StaffMember, StaffPage, StaffRequest } from '../../../../backend/directory/staff/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { createWechatPay } from '../../../../backend/wechatpay/index.ts'
import { day, hour, sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'

let backend: Backend
/** a second process on the same database */
let otherUrl: string
let endOther: () => Promise<void>
let number = 1_900_400_000
let person = ''

beforeAll(async () => {
  backend = await startBackend()
  const database = connect(backend.databaseUrl)
  const wechatPay = createWechatPay(backend.sandbox.wechatPayConfig())
  const wechat = { code2Session: async () => ({ openid: 'nobody' }) }
  const app = await buildApp({ clock: backend.clock, workerEveryMs: null, database, sp_mchid, wechatPay, wechat })
  otherUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  endOther = async () => {
    await app.close()
    await wechatPay.close()
    await database.destroy()
  }
})
afterAll(async () => {
  await endOther?.()
  await backend?.close()
})

const agent = { display_name: '业务员 21', role: 'field_agent' as Role, region_codes: ['440305'], assigned_only: false }
const write = <T = StaffMember & { code: string; errors: { field: string; code: string }[]; current: unknown }>(
  role: Role,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) => backend.call<T>(role, method, path, { body, headers: { 'idempotency-key': randomUUID(), ...headers } })
const read = async (id: string) => (await backend.call<StaffMember>('admin', 'GET', `/v1/staff/${id}`)).body
const put = async (id: string, change: Partial<StaffRequest>, as: Role = 'admin') => {
  const { display_name, role, region_codes, assigned_only, status, version } = await read(id)
  const body = { display_name, role, region_codes, assigned_only, disabled: status === 'disabled', ...change }
  return write(as, 'PUT', `/v1/staff/${id}`, body, { 'if-match': `"${version}"` })
}
const faultOf = ({ status, body }: Answer<{ errors?: { field: string; code: string }[] }>) => [
  status,
  body.errors?.[0]?.field,
  body.errors?.[0]?.code,
]
async function bound(id: string, role: Role = 'field_agent', region_codes: string[] = ['440300']): Promise<void> {
  const now = backend.clock.now()
  await backend.db
    .insertInto('staff')
    .values({ id, sp_mchid, display_name: id, role, region_codes, status: 'active', created_at: now })
    .execute()
  await backend.db
    .insertInto('staff_bindings')
    .values({ sp_mchid, openid: `openid-${id}`, staff_id: id, bound_at: now })
    .execute()
}
async function shopOf(staff_id: string | null, region_code = '440305'): Promise<string> {
  number += 1
  await backend.addMerchant(String(number), { region_code, assigned_to: staff_id })
  return String(number)
}
const holderOf = async (sub_mchid: string) =>
  (await backend.db.selectFrom('sub_merchants').select('assigned_to').where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow())
    .assigned_to

beforeEach(async () => {
  person = `person-${randomUUID().slice(0, 8)}`
  await bound(person)
})

describe('the list', () => {
  const list = async (query = '') => (await backend.call<StaffPage>('admin', 'GET', `/v1/staff${query}`)).body
  test('given people of several kinds, then they are found by name, id, role, region and state, page by page', async () => {
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id)
    expect(await ids(`?q=${person.toUpperCase()}`)).toEqual([person])
    // written and typed on keyboards of any width
    await backend.db.updateTable('staff').set({ display_name: '业务员 ＡＢ７' }).where('id', '=', person).execute()
    for (const q of ['员 ab7', '员　ａｂ７', ' \u200bＡｂ7\u202c']) expect(await ids(`?q=${encodeURIComponent(q)}`)).toEqual([person])
    expect(await ids('?role=auditor')).toEqual(['staff-auditor'])
    expect(await ids('?region_code=440305&role=field_agent&limit=100')).toEqual(expect.arrayContaining(['staff-field_agent', person]))
    expect(await ids('?region_code=440000&role=region_lead')).toEqual(['staff-region_lead'])
    expect(await ids('?region_code=110000')).toEqual([])
    expect(await ids('?status=disabled')).toEqual([])
    const all = await list('?limit=100')
    expect(all.total_estimate).toBe(all.items.length)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: StaffPage = await list(`?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(all.items.map(({ id }) => id))
    expect((await backend.call('admin', 'GET', '/v1/staff?cursor=abc')).body.code).toBe('INVALID_CURSOR')
  })
  test('given shops, old proofs and visits, then each person has their own numbers', async () => {
    const [one] = [await shopOf(person), await shopOf(person)]
    await backend.db
      .updateTable('sub_merchants')
      .set({ migration_state: 'verified', migration_since: new Date(backend.clock.now().getTime() - 91 * day) })
      .where('sub_mchid', '=', one)
      .execute()
    await backend.db.updateTable('staff').set({ last_seen_at: backend.clock.now() }).where('id', '=', person).execute()
    const member = (await list(`?q=${person}`)).items[0]!
    expect(member).toMatchObject({ workload: { shops: 2, stale: 1, submitted: 0, returned: 0 }, bound: true, invite: null, version: 1 })
    expect(member.last_seen_at).toMatch(/\+08:00$/)
    expect(await read(person)).toEqual(member)
  })
  test('given nobody of that id, then 404', async () => {
    expect((await backend.call('admin', 'GET', '/v1/staff/nobody')).status).toBe(404)
    expect((await write('admin', 'POST', '/v1/staff/nobody/invite', {})).status).toBe(404)
  })
})

describe('somebody new', () => {
  test('given their rights, then they stand as invited, once however often the request comes, and the trail has it', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const made = await Promise.all([1, 2].map(() => write('admin', 'POST', '/v1/staff', agent, key)))
    expect(made.map(({ status, body }) => [status, body.id])).toEqual(made.map(() => [201, made[0]!.body.id]))
    expect(made[0]!.body).toMatchObject({ ...agent, status: 'invited', region_names: ['深圳市南山区'], bound: false })
    const entries = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', made[0]!.body.id).execute()
    expect(entries).toMatchObject([
      { action: 'staff.added', actor_id: 'staff-admin', after: { role: 'field_agent', region_codes: ['440305'] } },
    ])
  })
  test('given a role that sees everything, then regions are not kept', async () => {
    const { body } = await write('admin', 'POST', '/v1/staff', { ...agent, role: 'auditor', assigned_only: true })
    expect(body).toMatchObject({ region_codes: [], assigned_only: false })
  })
  test.each([
    ['no name', { display_name: ' ' }, 'display_name', 'WRONG_FORMAT'],
    ['a name of 33 characters', { display_name: '员'.repeat(33) }, 'display_name', 'TOO_LONG'],
    ["a customer's payment code in the name", { display_name: '张 134567890123456789' }, 'display_name', 'PAYMENT_CODE'],
    ['half a character in the name', { display_name: '张\ud83d' }, 'display_name', 'WRONG_FORMAT'],
    ['a region that does not exist', { region_codes: ['440305', '990000'] }, 'region_codes.1', 'UNKNOWN_REGION'],
    ['a district that no table has', { region_codes: ['440399'] }, 'region_codes.0', 'UNKNOWN_REGION'],
    ['no region', { region_codes: [] }, 'region_codes', 'REQUIRED'],
    ['a region twice', { region_codes: ['440305', '440305'] }, 'region_codes', undefined],
    ['a role of nobody', { role: 'owner' }, 'role', 'NOT_ALLOWED'],
    ['a field that is not there', { password: '1' }, 'password', 'UNKNOWN_FIELD'],
  ])('given %s, then it is refused by name', async (_, change, field, code) => {
    const answer = await write('admin', 'POST', '/v1/staff', { ...agent, ...change })
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([422, field])
    if (code) expect(answer.body.errors[0]?.code).toBe(code)
  })
})

describe('changing somebody', () => {
  test('given an old version, then nothing is changed and the answer has what is there now', async () => {
    await put(person, { display_name: '先改' })
    const body = { ...agent, disabled: false }
    const late = await write('admin', 'PUT', `/v1/staff/${person}`, body, { 'if-match': '"1"' })
    expect([late.status, late.body.current]).toMatchObject([412, { display_name: '先改', version: 2 }])
    expect((await write('admin', 'PUT', `/v1/staff/${person}`, body)).status).toBe(428)
  })
  test('given other regions, then the scope is of this moment, and the trail says from what to what', async () => {
    expect((await put(person, { region_codes: ['440304', '440305'], assigned_only: true })).body).toMatchObject({
      version: 2,
      assigned_only: true,
    })
    const row = await backend.db.selectFrom('staff').selectAll().where('id', '=', person).executeTakeFirstOrThrow()
    expect(backend.clock.now().getTime() - row.scope_since!.getTime()).toBeLessThan(10_000)
    const entry = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', person).executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      action: 'staff.updated',
      before: { region_codes: ['440300'], assigned_only: false },
      after: { region_codes: ['440304', '440305'], assigned_only: true },
    })
  })
  test('given nothing that differs, then no version and no entry', async () => {
    expect((await put(person, {})).body.version).toBe(1)
    expect(await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', person).execute()).toEqual([])
  })
  test('given regions that leave shops outside, or a role without shops, then it is asked who takes them, and they go in the same step', async () => {
    const [far, near] = [await shopOf(person, '440304'), await shopOf(person, '440305')]
    const asked = await put(person, { region_codes: ['440305'] })
    expect([asked.status, asked.body.code, asked.body.current]).toEqual([409, 'SHOPS_LEFT', { shops: 1 }])
    expect((await read(person)).region_codes).toEqual(['440300'])
    expect((await put(person, { region_codes: ['440305'], hand_over: { staff_id: null } })).status).toBe(200)
    expect([await holderOf(far), await holderOf(near)]).toEqual([null, person])
    expect((await put(person, { role: 'auditor' })).body.current).toEqual({ shops: 1 })
    expect((await put(person, { role: 'operator' })).status).toBe(200)
  })
})

describe('letting somebody go', () => {
  test('given a session in each of two processes, when they are disabled, then both are over at the next request', async () => {
    const token = newToken()
    const now = backend.clock.now()
    const session = { token_hash: hashToken(token), sp_mchid, staff_id: person, created_at: now, expires_at: new Date(now.getTime() + day) }
    await backend.db.insertInto('sessions').values(session).execute()
    const me = (url: string) => fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } }).then(answer => answer.status)
    expect([await me(backend.url), await me(otherUrl)]).toEqual([200, 200])
    expect((await put(person, { disabled: true })).body.status).toBe('disabled')
    expect([await me(backend.url), await me(otherUrl)]).toEqual([401, 401])
    expect((await put(person, { disabled: false })).body.status).toBe('active')
  })
  test('given shops, then nobody goes before it is said who takes them; then all go at once, each with its entry', async () => {
    await bound(`${person}-next`)
    const shops = [await shopOf(person), await shopOf(person, '440304')]
    const asked = await put(person, { disabled: true })
    expect([asked.status, asked.body.code, asked.body.current]).toEqual([409, 'SHOPS_LEFT', { shops: 2 }])
    expect((await read(person)).status).toBe('active')
    expect((await put(person, { disabled: true, hand_over: { staff_id: `${person}-next` } })).status).toBe(200)
    expect(await Promise.all(shops.map(holderOf))).toEqual([`${person}-next`, `${person}-next`])
    const entries = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', 'in', shops).execute()
    expect(entries.map(({ action, before, after }) => [action, before, after])).toEqual(
      shops.map(() => ['merchant.assigned', { assigned_to: person }, { assigned_to: `${person}-next` }]),
    )
  })
  test('given somebody who cannot take them, then everything is as it was', async () => {
    const shop = await shopOf(person, '440304')
    await bound(`${person}-gone`)
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', `${person}-gone`).execute()
    const to = async (staff_id: string) => faultOf(await put(person, { disabled: true, hand_over: { staff_id } }))
    const field = 'hand_over.staff_id'
    expect(await to('nobody')).toEqual([422, field, 'NOT_FOUND'])
    expect(await to(person)).toEqual([422, field, 'SAME_PERSON'])
    expect(await to(`${person}-gone`)).toEqual([422, field, 'NOT_ACTIVE'])
    expect(await to('staff-auditor')).toEqual([422, field, 'ROLE_WITHOUT_SHOPS'])
    expect(await to('staff-field_agent')).toEqual([422, field, 'OUTSIDE_THEIR_REGIONS'])
    expect([await holderOf(shop), (await read(person)).status]).toEqual([person, 'active'])
  })
  test('given a request to close that a leaver made, then others decide it; one that they approved is not carried out', async () => {
    const lead = `${person}-lead`
    await bound(lead, 'region_lead')
    const shop = await shopOf(null)
    await backend.addEvidence(shop, {
      kind: 'api_operation',
      ago: 2 * day,
      detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' },
    })
    const request = { kind: 'gold_plan.close', sub_mchid: shop, scene: 'jsapi', reason: '商户暂停营业' }
    const { body } = await write<{ id: string }>('field_agent', 'POST', '/v1/change-requests', request)
    await backend.db
      .updateTable('change_requests')
      .set({ status: 'approved', decided_by: lead, decided_at: backend.clock.now(), try_at: backend.clock.now() })
      .where('id', '=', body.id)
      .execute()
    expect((await put(lead, { disabled: true })).status).toBe(200)
    const { carryOutApproved } = await import('../../../../backend/controls/closing/carry-out.ts')
    await carryOutApproved(backend.app.context, () => true)
    const after = await backend.db.selectFrom('change_requests').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow()
    expect([after.status, after.code]).toEqual(['failed', 'STAFF_DISABLED'])
  })
})

describe('administrators', () => {
  const disable = (token: string, id: string, url = backend.url) =>
    fetch(`${url}/v1/staff/${id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'if-match': '"1"',
      },
      body: JSON.stringify({ display_name: id, role: 'admin', region_codes: [], assigned_only: false, disabled: true }),
    }).then(async answer => [answer.status, ((await answer.json()) as { code?: string }).code ?? null] as const)
  const session = async (staff_id: string) => {
    const token = newToken()
    const now = backend.clock.now()
    await backend.db
      .insertInto('sessions')
      .values({ token_hash: hashToken(token), sp_mchid, staff_id, created_at: now, expires_at: new Date(now.getTime() + hour) })
      .execute()
    return token
  }

  test('given the last one who can log in, then they can neither be disabled nor get another role; an invited one does not count', async () => {
    expect((await put('staff-admin', { disabled: true })).body.code).toBe('LAST_ADMIN')
    await write('admin', 'POST', '/v1/staff', { ...agent, role: 'admin' })
    expect((await put('staff-admin', { disabled: true })).body.code).toBe('LAST_ADMIN')
    expect((await put('staff-admin', { display_name: '管理员' })).status).toBe(200)
  })
  test('given their own role, then nobody changes it, whoever else there is', async () => {
    await bound(`${person}-admin`, 'admin', [])
    const answer = await put('staff-admin', { role: 'operator' })
    expect([answer.status, answer.body.code]).toEqual([403, 'OWN_ROLE'])
    expect((await put(`${person}-admin`, { role: 'operator' })).body.role).toBe('operator')
  })
  test('given two who disable each other at the same moment in two processes, then one is left, every time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const ids = [`${person}-a${round}`, `${person}-b${round}`] as const
      await bound(ids[0], 'admin', [])
      await bound(ids[1], 'admin', [])
      await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-admin').execute()
      const [one, two] = [await session(ids[0]), await session(ids[1])]
      const answers = await Promise.all([disable(one, ids[1]), disable(two, ids[0], otherUrl)])
      expect(answers.map(([status]) => status).sort()).toEqual([200, expect.any(Number)])
      expect(answers.find(([status]) => status !== 200)![1]).toMatch(/^(UNAUTHENTICATED|STAFF_DISABLED|LAST_ADMIN)$/)
      const left = await backend.db.selectFrom('staff').select('id').where('role', '=', 'admin').where('status', '=', 'active').execute()
      expect(left).toHaveLength(1)
      await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-admin').execute()
      await backend.db
        .updateTable('staff')
        .set({ status: 'disabled' })
        .where('id', 'in', [...ids])
        .execute()
    }
  })
})

describe('invites', () => {
  const invite = (id: string, key: string = randomUUID()) =>
    write<{ code: string | null; expires_at: string }>('admin', 'POST', `/v1/staff/${id}/invite`, {}, { 'idempotency-key': key })
  test('given somebody new, then a code of six and four without look-alikes, kept only as a hash, for 72 hours', async () => {
    const { body: member } = await write('admin', 'POST', '/v1/staff', agent)
    const { status, body } = await invite(member.id)
    expect(status).toBe(201)
    expect(body.code).toMatch(/^[2-9A-HJ-NP-Z]{6}-[2-9A-HJ-NP-Z]{4}$/)
    expect(Date.parse(body.expires_at) - backend.clock.now().getTime()).toBeLessThanOrEqual(72 * hour)
    const kept = await backend.db.selectFrom('invites').selectAll().where('staff_id', '=', member.id).execute()
    expect(JSON.stringify(kept)).not.toContain(body.code!.slice(0, 6))
    expect((await read(member.id)).invite).toEqual({ expires_at: body.expires_at, locked: false })
    const trail = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', member.id).execute()
    expect(JSON.stringify(trail)).not.toContain(body.code)
  })
  test('given a second one, then the first is void; the same request again has no code, because nobody kept it', async () => {
    const { body: member } = await write('admin', 'POST', '/v1/staff', agent)
    const first = await invite(member.id)
    const key = randomUUID()
    const second = await invite(member.id, key)
    expect((await invite(member.id, key)).body).toEqual({ code: null, expires_at: second.body.expires_at })
    const bind = async (invite_code: string | null) => {
      const { body } = await backend.call<{ bind_ticket: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-unbound' } })
      return backend.call<{ code?: string }>(null, 'POST', '/v1/staff-bindings', { body: { bind_ticket: body.bind_ticket, invite_code } })
    }
    expect((await bind(first.body.code)).body.code).toBe('INVITE_EXPIRED')
    expect((await bind(second.body.code)).status).toBe(201)
    expect((await read(member.id)).status).toBe('active')
    await backend.db.deleteFrom('staff_bindings').where('staff_id', '=', member.id).execute()
  })
  test('given a disabled person, then there is no invite for them, and one that they had is void', async () => {
    const { body: member } = await write('admin', 'POST', '/v1/staff', agent)
    await invite(member.id)
    await put(member.id, { disabled: true })
    expect((await read(member.id)).invite).toBeNull()
    expect((await invite(member.id)).body).toMatchObject({ code: 'PERSON_DISABLED' })
  })
})

test.each(['field_agent', 'region_lead', 'operator', 'auditor'] as const)('given a %s, then staff is not theirs to keep', async role => {
  const answers = [
    await backend.call(role, 'GET', '/v1/staff'),
    await backend.call(role, 'GET', `/v1/staff/${person}`),
    await write(role, 'POST', '/v1/staff', agent),
    await put(person, { disabled: true }, role),
    await write(role, 'POST', `/v1/staff/${person}/invite`, {}),
  ]
  for (const { status, body } of answers) expect([status, (body as Record<string, unknown>).required_action]).toEqual([403, 'staff.manage'])
})
