// The link check as the app asks for it: over HTTP, with scope, trail, keys and limits.
import type { Role } from '../../../backend/http/schema.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { LinkCheckResult } from '../../../backend/link-check/schema.ts'
import { startBackend, type Answer, type Backend } from '../support/backend.ts'
import { authorities, host, openZoo, page, SHOP, type Zoo } from './zoo.ts'

let zoo: Zoo
let backend: Backend
const link = () => `https://${host}:${zoo.port}/receipt`

beforeAll(async () => {
  zoo = await openZoo()
  backend = await startBackend({
    linkCheck: {
      link: link(),
      hosts: [host],
      verificationFile: null,
      perMinute: 50,
      // explicit, and only here: this machine may be visited
      reach: {
        resolve: async () => ['127.0.0.1'],
        mayVisit: address => address === '127.0.0.1',
        ports: [zoo.port],
        roots: [authorities.root.certificate],
      },
    },
  })
  await backend.addMerchant(SHOP)
  await backend.addMerchant('1900000999', { region_code: '110105' })
})
afterAll(async () => {
  await backend.close()
  await zoo.close()
})
beforeEach(() => zoo.answer(page()))

type Body = LinkCheckResult & { code: string; required_action?: string }
const check = (body: object = {}, { role = 'field_agent' as Role, key = randomUUID() as string, sub_mchid = SHOP, to = backend } = {}) =>
  to.call(role, 'POST', `/v1/sub-merchants/${sub_mchid}/link-checks`, {
    body,
    headers: { 'idempotency-key': key },
  }) as Promise<Answer<unknown>> as Promise<Answer<Body>>

test("given no link, then the provider's own is looked at for this merchant, and the trail says so", async () => {
  zoo.answer(page('<!doctype html>secret-text', { 'x-frame-options': 'DENY' }))
  const { status, body, text } = await check()
  expect([status, body.sub_mchid, body.host, body.verdict]).toEqual([200, SHOP, host, 'error'])
  expect(zoo.arrived[0]).toContain(`sub_mch_id=${SHOP}`)
  expect(text).not.toContain('secret-text')
  const entry = await backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'link_check.run').executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ target_id: SHOP, actor_id: 'staff-field_agent' })
  expect(entry.after).toEqual({
    host,
    verdict: 'error',
    findings: ['FRAMING_FORBIDDEN_X_FRAME_OPTIONS', 'SCRIPT_MISSING', 'READY_MISSING'],
  })
})

test('given the same key again, then what was seen then is answered and nobody is called', async () => {
  const key = randomUUID()
  const first = await check({ url: link() }, { key })
  const calls = zoo.arrived.length
  const again = await check({ url: link() }, { key })
  expect([again.body, again.headers.get('idempotent-replayed'), zoo.arrived.length]).toEqual([first.body, 'true', calls])
  expect((await check({}, { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
})

test.each([
  ['https://evil.example.net/receipt', 'LINK_HOST_NOT_REGISTERED'],
  ['https://h5.example.com.evil.net/', 'LINK_HOST_NOT_REGISTERED'],
  ['https://h5.example.com/', 'LINK_HOST_NOT_REGISTERED'],
  ['https://127.0.0.1/', 'LINK_HOST_NOT_REGISTERED'],
  ['https://0x7f.1/', 'LINK_HOST_NOT_REGISTERED'],
  ['https://2130706433/', 'LINK_HOST_NOT_REGISTERED'],
  ['https://[::ffff:127.0.0.1]/', 'LINK_HOST_NOT_REGISTERED'],
  ['http://h5.example.com/', 'LINK_INVALID'],
  ['https://h5.example.com@evil.example.net/', 'LINK_INVALID'],
  ['javascript:alert(1)', 'LINK_INVALID'],
  ['file:///etc/passwd', 'LINK_INVALID'],
  ['receipt', 'LINK_INVALID'],
  ['  ', 'LINK_INVALID'],
])('given the link %s, then %s before anybody is called', async (url, code) => {
  const { status, body, text } = await check({ url })
  expect([status, body.code, zoo.arrived]).toEqual([422, code, []])
  expect(text).not.toContain('passwd')
})

test('given a shop out of scope or a role without the right, then 404 and 403 before anybody is called', async () => {
  expect((await check({}, { sub_mchid: '1900000999' })).status).toBe(404)
  expect((await check({}, { role: 'auditor' })).body).toMatchObject({ code: 'ACTION_FORBIDDEN', required_action: 'evidence.write' })
  expect(zoo.arrived).toEqual([])
})

test('given the name of a verification file with a folder in it, then it is refused', async () => {
  for (const verification_file of ['../secret.txt', 'a/b.txt', '%2e%2e.txt', 'x.txt?y']) {
    expect((await check({ verification_file })).body.code).toBe('VALIDATION_FAILED')
  }
})

test('given a backend without settings, then there is no link to look at, no host to name, and a person may look ten times a minute', async () => {
  const bare = await startBackend()
  await bare.addMerchant(SHOP)
  try {
    expect((await check({}, { to: bare })).body.code).toBe('LINK_NOT_GIVEN')
    for (let count = 2; count <= 10; count += 1) {
      expect((await check({ url: 'https://h5.example.com/' }, { to: bare })).body.code).toBe('LINK_HOST_NOT_REGISTERED')
    }
    expect((await check({}, { to: bare })).body.code).toBe('RATE_LIMITED')
    expect((await check({}, { to: bare, role: 'operator' })).body.code).toBe('LINK_NOT_GIVEN')
  } finally {
    await bare.close()
  }
})
