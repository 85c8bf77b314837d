// Login, binding, and what a disabled colleague can still do: nothing, at once.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { newClient } from '../../../../backend/database/client.ts'
import { hashInviteCode } from '../../../../backend/company/sessions/secrets.ts'
import { eventually } from '../../../support/eventually.ts'
import { hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const logIn = (code: string) =>
  backend.call<{ token: string; bind_ticket: string; code: string; staff: object }>(null, 'POST', '/v1/sessions', { body: { code } })
const bind = (bind_ticket: string, invite_code: string) =>
  backend.call<{ token: string; code: string }>(null, 'POST', '/v1/staff-bindings', { body: { bind_ticket, invite_code } })
const me = (token: string) =>
  backend.call<{ staff: { display_name: string }; actions: string[]; code: string }>(null, 'GET', '/v1/me', {
    headers: { authorization: `Bearer ${token}` },
  })

async function invite(staff_id: string, code: string): Promise<void> {
  const now = backend.clock.now()
  await backend.db
    .insertInto('staff')
    .values({
      id: staff_id,
      sp_mchid,
      display_name: staff_id,
      role: 'field_agent',
      region_codes: ['440305'],
      status: 'invited',
      created_at: now,
    })
    .execute()
  await backend.db
    .insertInto('invites')
    .values({ code_hash: hashInviteCode(code), sp_mchid, staff_id, created_at: now, expires_at: new Date(now.getTime() + 72 * hour) })
    .execute()
}

test('given a bound WeChat user, when he logs in, then he gets a token of 256 bits that is kept only as its hash', async () => {
  const { status, body } = await logIn('demo-field_agent')
  expect([status, Buffer.from(body.token, 'base64url').length]).toEqual([200, 32])
  expect(body.staff).toMatchObject({ role: 'field_agent', region_names: ['深圳市南山区'] })
  expect(JSON.stringify(body)).toContain('+08:00')
  const kept = await backend.db.selectFrom('sessions').selectAll().execute()
  expect(kept.map(row => row.token_hash)).toContain(createHash('sha256').update(body.token).digest('hex'))
  expect(JSON.stringify(kept)).not.toContain(body.token)
  expect((await me(body.token)).body.staff.display_name).toBe('field_agent')
})

test('given a wrong code, then 401; given WeChat does not answer, then 503; given our secret is wrong, then 500', async () => {
  expect(await logIn('nobody')).toMatchObject({ status: 401, body: { code: 'INVALID_LOGIN_CODE' } })
  backend.sandbox.control.setWechat({ status: 'busy' })
  expect(await logIn('demo-admin')).toMatchObject({ status: 503, body: { code: 'WECHAT_UNAVAILABLE' } })
  backend.sandbox.control.setWechat({ status: 'wrong_secret' })
  expect(await logIn('demo-admin')).toMatchObject({ status: 500, body: { code: 'WX_CONFIG' } })
  backend.sandbox.control.setWechat({ status: 'normal' })
})

test.each([
  ['user_at_risk', 403, 'WECHAT_USER_AT_RISK'],
  ['user_limited', 403, 'WECHAT_USER_LIMITED'],
  ['app_banned', 500, 'WECHAT_APP_BANNED'],
  ['no_secret', 500, 'WX_CONFIG'],
] as const)('given WeChat refuses the login because of %s, then %d %s: nobody is told to try again later', async (status, http, code) => {
  backend.sandbox.control.setWechat({ status })
  const answer = await logIn('demo-admin')
  backend.sandbox.control.setWechat({ status: 'normal' })
  expect([answer.status, answer.body.code]).toEqual([http, code])
  expect(answer.text).not.toMatch(/稍后/)
})

test('given one WeChat user who uses several invites at the same moment, then one is bound and the others are told; no openid is logged', async () => {
  const lines: string[] = []
  const watched = await startBackend({ logger: pino({ level: 'trace' }, { write: line => void lines.push(line) }) })
  try {
    const codes = ['TWIN2345', 'TWIN2346', 'TWIN2347', 'TWIN2348']
    const now = watched.clock.now()
    for (const [index, code] of codes.entries()) {
      const id = `twin-${index}`
      const person = { id, sp_mchid, display_name: id, role: 'field_agent' as const, status: 'invited' as const, created_at: now }
      await watched.db.insertInto('staff').values(person).execute()
      const expires_at = new Date(now.getTime() + hour)
      await watched.db
        .insertInto('invites')
        .values({ code_hash: hashInviteCode(code), sp_mchid, staff_id: id, created_at: now, expires_at })
        .execute()
    }
    const tickets = await Promise.all(
      codes.map(() => watched.call<{ bind_ticket: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-unbound' } })),
    )
    const bound = await Promise.all(
      codes.map((invite_code, index) => {
        const { bind_ticket } = tickets[index]!.body
        return watched.call<{ code?: string }>(null, 'POST', '/v1/staff-bindings', { body: { bind_ticket, invite_code } })
      }),
    )
    expect(bound.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(bound.flatMap(({ body }) => body.code ?? [])).toEqual(Array(3).fill('ALREADY_BOUND'))
    expect(lines.join('')).not.toContain('openid-demo')
  } finally {
    await watched.close()
  }
})

test('given a session, when it is closed or 12 hours pass, then its token opens nothing', async () => {
  const { token } = (await logIn('demo-admin')).body
  expect((await backend.call(null, 'DELETE', '/v1/sessions/current', { headers: { authorization: `Bearer ${token}` } })).status).toBe(204)
  expect((await me(token)).status).toBe(401)
  const other = (await logIn('demo-admin')).body.token
  backend.sandbox.control.clock.advance(12 * hour + minute)
  expect((await me(other)).status).toBe(401)
  backend.sandbox.control.clock.reset()
})

test('given a colleague is disabled, then 403 STAFF_DISABLED at once, with the old token and at login', async () => {
  const { token } = (await logIn('demo-auditor')).body
  await backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'staff-auditor').execute()
  expect(await me(token)).toMatchObject({ status: 403, body: { code: 'STAFF_DISABLED' } })
  expect(await logIn('demo-auditor')).toMatchObject({ status: 403, body: { code: 'STAFF_DISABLED' } })
  await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-auditor').execute()
})

test('given a colleague who is being disabled while he logs in, then he waits for that and gets no session', async () => {
  await backend.db.deleteFrom('sessions').where('staff_id', '=', 'staff-auditor').execute()
  const other = newClient(backend.ownerUrl)
  await other.connect()
  await other.query(`begin; update staff set status = 'disabled' where id = 'staff-auditor'`)
  const login = logIn('demo-auditor')
  await eventually('the login waits', async () => {
    const { rows } = await other.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
    return rows.length > 0
  })
  await other.query('commit')
  await other.end()
  expect([(await login).status, (await login).body.code]).toEqual([403, 'STAFF_DISABLED'])
  expect(await backend.db.selectFrom('sessions').select('staff_id').where('staff_id', '=', 'staff-auditor').execute()).toEqual([])
  await backend.db.updateTable('staff').set({ status: 'active' }).where('id', '=', 'staff-auditor').execute()
})

test('given an unknown WeChat user, when he has an invite, then he is bound once, and neither invite nor ticket works again', async () => {
  await invite('staff-new', 'abcd-2345')
  const first = (await logIn('demo-unbound')).body
  expect(first).toMatchObject({ binding_required: true })
  const bound = await bind(first.bind_ticket, 'ABCD2345')
  expect(bound.status).toBe(201)
  expect((await me(bound.body.token)).body.actions).toContain('gold_plan.open')
  expect(await bind(first.bind_ticket, 'ABCD2345')).toMatchObject({ status: 410, body: { code: 'BIND_TICKET_INVALID' } })
  expect((await logIn('demo-unbound')).body.token).toBeDefined()
  await backend.db.deleteFrom('staff_bindings').where('staff_id', '=', 'staff-new').execute()
  const second = (await logIn('demo-unbound')).body.bind_ticket
  expect(await bind(second, 'ABCD2345')).toMatchObject({ status: 410, body: { code: 'INVITE_EXPIRED' } })
})

test('given five wrong codes, then the ticket is worth nothing, even for the right one', async () => {
  await invite('staff-guessed', 'RIGHT234')
  const { bind_ticket } = (await logIn('demo-unbound')).body
  for (let guess = 0; guess < 5; guess += 1)
    expect(await bind(bind_ticket, `WRONG${guess}`)).toMatchObject({ status: 422, body: { code: 'INVITE_INVALID' } })
  expect(await bind(bind_ticket, 'RIGHT234')).toMatchObject({ status: 410, body: { code: 'BIND_TICKET_INVALID' } })
})

test('given an invite older than 72 hours, then 410 INVITE_EXPIRED; given a colleague who is bound already, then 409 ALREADY_BOUND', async () => {
  await invite('staff-late', 'LATE2345')
  backend.sandbox.control.clock.advance(73 * hour)
  expect(await bind((await logIn('demo-unbound')).body.bind_ticket, 'LATE2345')).toMatchObject({
    status: 410,
    body: { code: 'INVITE_EXPIRED' },
  })
  backend.sandbox.control.clock.reset()
  const now = backend.clock.now()
  await backend.db
    .insertInto('invites')
    .values({
      code_hash: hashInviteCode('TAKEN234'),
      sp_mchid,
      staff_id: 'staff-operator',
      created_at: now,
      expires_at: new Date(now.getTime() + hour),
    })
    .execute()
  expect(await bind((await logIn('demo-unbound')).body.bind_ticket, 'TAKEN234')).toMatchObject({
    status: 409,
    body: { code: 'ALREADY_BOUND' },
  })
})

test('given somebody who tries codes under ever new tokens, then his address is stopped', async () => {
  const strict = await startBackend()
  try {
    const statuses: number[] = []
    for (let index = 0; index < 61; index += 1) {
      const headers = { authorization: `Bearer ${String(index).padStart(43, 'x')}` }
      const body = { bind_ticket: 'made-up', invite_code: String(index) }
      statuses.push((await strict.call(null, 'POST', '/v1/staff-bindings', { body, headers })).status)
    }
    expect(statuses.slice(0, 60).every(status => status === 410)).toBe(true)
    expect(statuses[60]).toBe(429)
  } finally {
    await strict.close()
  }
})
