// Login, binding, and what a disabled colleague can still do: nothing, at once.
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { newClient } from '../../../../backend/database/client.ts'
import { keepInvites } from '../../../../backend/company/sessions/invites.ts'
import { hashInviteCode } from '../../../../backend/company/sessions/secrets.ts'
import { dropOldTickets, dropOldTries } from '../../../../backend/company/sessions/service.ts'
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

/** as an administrator's invite is kept */
const keep = (staff_id: string, code: string) =>
  backend.db.transaction().execute(trx => keepInvites(trx, sp_mchid, [{ staff_id, code, expires_at: soon() }], null, backend.clock.now()))
const soon = () => new Date(backend.clock.now().getTime() + 3 * hour)

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

test.each(['ｗｉｄｅ２３－４５６７', ' wide23 4567\n', '“WIDE23-4567”', '邀请码：\u200bWIDE234567'])(
  'given an invite that is typed as %j, then it is the invite',
  async typed => {
    const id = `wide-${randomUUID()}`
    await invite(id, 'WIDE23-4567')
    const { body } = await logIn(`phone-${Math.floor(Math.random() * 1_000_000)}`)
    const bound = await bind((body as unknown as { bind_ticket: string }).bind_ticket, typed)
    await backend.db.deleteFrom('invites').where('staff_id', '=', id).execute()
    expect(bound.status).toBe(201)
  },
)

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

test('given an invite older than 72 hours, then 410 INVITE_EXPIRED', async () => {
  await invite('staff-late', 'LATE2345')
  backend.sandbox.control.clock.advance(73 * hour)
  const { bind_ticket } = (await logIn('demo-unbound')).body
  expect(await bind(bind_ticket, 'LATE2345')).toMatchObject({ status: 410, body: { code: 'INVITE_EXPIRED' } })
  backend.sandbox.control.clock.reset()
})

test('given a colleague who is bound and lost that WeChat, when they use a new invite with another one, then the old one is out and the trail says so', async () => {
  const before = (await logIn('demo-operator')).body.token
  await keep('staff-operator', 'MOVED2-3456')
  await backend.db.deleteFrom('invite_tries').execute()
  const { bind_ticket } = (await logIn('demo-unbound')).body
  expect((await bind(bind_ticket, 'moved2 3456')).status).toBe(201)
  expect((await me(before)).status).toBe(401)
  expect((await logIn('demo-operator')).body).toMatchObject({ binding_required: true })
  const entry = await backend.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'staff.bind')
    .orderBy('at', 'desc')
    .executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ target_id: 'staff-operator', after: { status: 'active', another_wechat: true } })
  await backend.db.updateTable('staff_bindings').set({ openid: 'openid-demo-operator' }).where('staff_id', '=', 'staff-operator').execute()
})

describe('guessing', () => {
  const wrong = async (code: string) => (await bind((await logIn('demo-unbound')).body.bind_ticket, code)).body.code
  beforeEach(() => backend.db.deleteFrom('invite_tries').execute())
  afterAll(() => backend.db.deleteFrom('invite_tries').execute())
  test('given five wrong codes of one WeChat under ever new tickets, then it waits an hour, whatever it tries', async () => {
    await invite('staff-patient', 'UNUSED23')
    await keep('staff-patient', 'PATXNT-2345')
    for (let guess = 0; guess < 5; guess += 1) expect(await wrong(`NOBODY-234${guess + 2}`)).toBe('INVITE_INVALID')
    const { bind_ticket } = (await logIn('demo-unbound')).body
    const stopped = await bind(bind_ticket, 'PATXNT-2345')
    expect([stopped.status, stopped.body.code]).toEqual([429, 'TOO_MANY_TRIES'])
    backend.sandbox.control.clock.advance(hour)
    expect((await bind((await logIn('demo-unbound')).body.bind_ticket, 'PATXNT-2345')).status).toBe(201)
    await backend.db.deleteFrom('staff_bindings').where('staff_id', '=', 'staff-patient').execute()
    backend.sandbox.control.clock.reset()
  })
  test('given five wrong ends of one code by different people, then the code is worth nothing, and right and wrong are answered the same', async () => {
    await invite('staff-read-out', 'UNUSED24')
    await keep('staff-read-out', 'READXT-2345')
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await wrong(`READXT-99${guess + 2}9`)).toBe('INVITE_INVALID')
      await backend.db.deleteFrom('invite_tries').execute()
    }
    const { bind_ticket } = (await logIn('demo-unbound')).body
    const [right, one] = [await bind(bind_ticket, 'READXT-2345'), await bind(bind_ticket, 'READXT-2346')]
    expect(right.status).toBe(422)
    expect({ ...right.body, request_id: '' }).toEqual({ ...one.body, request_id: '' })
    await keep('staff-read-out', 'AGAXNN-2345')
    await backend.db.deleteFrom('invite_tries').execute()
    expect((await bind(bind_ticket, 'AGAXNN-2345')).status).toBe(201)
    await backend.db.deleteFrom('staff_bindings').where('staff_id', '=', 'staff-read-out').execute()
  })
  test('given many tickets used at the same moment, then no more than five guesses are judged', async () => {
    await invite('staff-many', 'UNUSED25')
    await keep('staff-many', 'MANXYT-2345')
    const tickets = await Promise.all(Array.from({ length: 12 }, () => logIn('demo-unbound')))
    const answers = await Promise.all(tickets.map(({ body }, index) => bind(body.bind_ticket, `MANXYT-22${String(index + 22)}`)))
    const judged = answers.filter(({ body }) => body.code === 'INVITE_INVALID')
    expect([judged.length, answers.length - judged.length]).toEqual([5, 7])
  })
  test('given tickets of strangers that ended a day ago, then they go, and one that ended an hour ago is told apart still', async () => {
    const hashes = async () =>
      (await backend.db.selectFrom('bind_tickets').select('ticket_hash').execute()).map(({ ticket_hash }) => ticket_hash)
    const issued = async () => {
      const before = await hashes()
      await logIn('demo-unbound')
      return (await hashes()).find(hash => !before.includes(hash))!
    }
    const old = await issued()
    backend.sandbox.control.clock.advance(24 * hour)
    const young = await issued()
    backend.sandbox.control.clock.advance(hour)
    await dropOldTickets(backend.app.context)
    const left = await hashes()
    expect([left.includes(old), left.includes(young)]).toEqual([false, true])
    backend.sandbox.control.clock.reset()
  })
  test('given tries of long ago, then they are forgotten', async () => {
    await wrong('NOBODY-2345')
    backend.sandbox.control.clock.advance(2 * hour)
    await dropOldTries(backend.app.context)
    expect(await backend.db.selectFrom('invite_tries').selectAll().execute()).toEqual([])
    backend.sandbox.control.clock.reset()
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
