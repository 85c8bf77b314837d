// 报名及配置: what people answer, what machines find, and what both come to.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { sql } from 'kysely'
import type { ProviderSettingsRequest } from '../../../backend/company/provider-settings/schema.ts'
import type { Role } from '../../../backend/http/schema.ts'
import type { ProviderNumberList, Readiness, ReadinessItem, ReadinessItemId } from '../../../backend/readiness/schema.ts'
import { stateOf } from '../../../backend/readiness/items.ts'
import { progressOf } from '../../../backend/readiness/read.ts'
import { sp_mchid, startBackend, type Answer, type Backend } from '../support/backend.ts'
import { eventually } from '../../support/eventually.ts'
import { settableIn } from '../../support/provider-settings.ts'
import { authorities, host, openZoo, page, type Zoo } from '../link-check/zoo.ts'

let zoo: Zoo
let backend: Backend
beforeAll(async () => {
  zoo = await openZoo()
  backend = await startBackend({
    linkCheck: {
      link: null,
      hosts: [],
      verificationFile: 'wxpay_verify.txt',
      perMinute: 1_000,
      // explicit, and only here: this machine may be visited
      reach: {
        resolve: async () => ['127.0.0.1'],
        mayVisit: address => address === '127.0.0.1',
        ports: [zoo.port],
        roots: [authorities.root.certificate],
      },
    },
  })
})
afterAll(async () => {
  await backend.close()
  await zoo.close()
})
beforeEach(() => {
  backend.sandbox.control.clock.reset()
  zoo.answer(page())
})

type Problem = { code: string; errors: { field: string; code: string }[]; required_action: string; current: ReadinessItem }
const numbers = async (role: Role = 'admin') => (await backend.call<ProviderNumberList>(role, 'GET', '/v1/provider')).body.numbers
const items = async () => (await numbers())[0]!.readiness
const itemNow = async (item: ReadinessItemId) => (await items()).find(one => one.item === item)!
const answer = async (item: ReadinessItemId, body: object, role: Role = 'operator', headers: Record<string, string> = {}) =>
  (await backend.call(role, 'PUT', `/v1/provider/${sp_mchid}/readiness/${item}`, {
    body: { answer: 'done', note: '', ...body },
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${(await itemNow(item)).version}"`, ...headers },
  })) as unknown as Answer<ReadinessItem & Problem>
const check = async (role: Role = 'operator', headers: Record<string, string> = {}) =>
  (await backend.call(role, 'POST', `/v1/provider/${sp_mchid}/readiness-checks`, {
    headers: { 'idempotency-key': randomUUID(), ...headers },
  })) as unknown as Answer<Readiness & Problem>
const found = (body: Readiness, id: string) => body.items.flatMap(({ checks }) => checks).find(one => one.check === id)!
const trail = (action: string) =>
  backend.db.selectFrom('audit_entries').selectAll().where('action', '=', action).orderBy('written_in').execute()
async function save(change: Partial<ProviderSettingsRequest>): Promise<void> {
  const held = (await numbers())[0]!
  const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${held.version}"` }
  const body = { ...settableIn(held), ...change }
  expect((await backend.call('admin', 'PUT', `/v1/provider/${sp_mchid}`, { body, headers })).status).toBe(200)
}
/** The page of the link, which answers when it is told to. */
function heldPage(): { underWay: Promise<void>; goOn: () => void } {
  let arrived = () => {}
  let goOn = () => {}
  const underWay = new Promise<void>(done => (arrived = done))
  const held = new Promise<void>(done => (goOn = done))
  zoo.answer((request, response) => {
    arrived()
    void held.then(() => page()(request, response))
  })
  return { underWay, goOn: () => goOn() }
}
const ourLink = { host, path: '/receipt', note: '' }

test('given an empty provider, then fourteen items in their order, the first open one is next, and what our tables know is said', async () => {
  const all = await items()
  expect(all).toHaveLength(14)
  expect(progressOf(all)).toEqual({ done: 1, total: 14, next: 'enrolment' })
  expect((await itemNow('staff')).checks[0]).toMatchObject({ result: 'passed', values: { operators: 1, field: 2, others: 2, invited: 0 } })
  expect((await itemNow('directory')).checks[0]).toMatchObject({ result: 'failed', code: 'NO_MERCHANTS' })
  expect((await itemNow('appids')).checks[0]).toMatchObject({ result: 'failed', code: 'NO_OFFICIAL_ACCOUNT' })
  expect((await itemNow('api_keys')).checks).toMatchObject([{ code: 'NOT_RUN', checked_at: null }, { code: 'NOT_RUN' }])
})

test('given no shop to ask about and no link, when it is checked, then nothing is known and nobody was asked', async () => {
  const { body } = await check()
  expect([found(body, 'keys').code, found(body, 'link').code, found(body, 'verification_file').code]).toEqual([
    'NO_MERCHANT',
    'NO_LINK',
    'NO_LINK',
  ])
  expect(body.items.find(one => one.item === 'receipt_link')!.state).toBe('open')
})

describe('what people answer', () => {
  test('when an operator answers, then who, when and why stand there; said again nothing changes; the trail has it once', async () => {
    const first = await answer('contact', { note: ' 已登记，每季度核对 ' })
    expect([first.status, first.headers.get('etag'), first.body.state]).toEqual([200, '"1"', 'done'])
    expect(first.body.answer).toMatchObject({ answer: 'done', by: 'operator', note: '已登记，每季度核对' })
    expect((await answer('contact', { note: '已登记，每季度核对' }, 'admin')).body).toEqual(first.body)
    const entries = (await trail('readiness.answer')).filter(({ after }) => (after as { item: string }).item === 'contact')
    expect(entries).toMatchObject([{ actor_id: 'staff-operator', target_type: 'provider', target_id: sp_mchid, before: null }])
  })
  test('given another answered first, then 412 with what stands there; the same key again answers what it did', async () => {
    const key = randomUUID()
    const one = await answer('privacy', {}, 'admin', { 'idempotency-key': key })
    expect(one.body.version).toBe(1)
    const late = await answer('privacy', { answer: 'open' }, 'operator', { 'if-match': '"0"' })
    expect([late.status, late.body.code, late.body.current.answer!.by]).toEqual([412, 'VERSION_MISMATCH', 'admin'])
    const again = await answer('privacy', {}, 'admin', { 'idempotency-key': key, 'if-match': '"0"' })
    expect([again.status, again.headers.get('idempotent-replayed'), again.body.version]).toEqual([200, 'true', 1])
  })
  test('given two people answer an item that nobody answered, at the same moment, then one of them is told', async () => {
    const seen = { 'if-match': '"0"' }
    const both = await Promise.all([
      answer('debuggers', { note: '甲' }, 'operator', seen),
      answer('debuggers', { note: '乙' }, 'admin', seen),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })
  test.each([
    ['an item that nobody can do without', 'api_keys', { answer: 'not_needed' }, 'ALWAYS_NEEDED'],
    ['a payment code in the note', 'contact', { note: '134567890123456789' }, 'PAYMENT_CODE'],
    ['a note that is too long', 'contact', { note: '长'.repeat(201) }, 'TOO_LONG'],
  ] as const)('given %s, then it is refused by name', async (_, item, body, code) => {
    const refused = await answer(item, body)
    expect([refused.status, refused.body.errors.map(error => error.code)]).toEqual([422, [code]])
  })
  test('given an item that does not exist, or a number that is not ours, then 4xx and nothing is written', async () => {
    const headers = { 'idempotency-key': randomUUID(), 'if-match': '"0"' }
    const put = (path: string) => backend.call('admin', 'PUT', path, { body: { answer: 'done', note: '' }, headers })
    expect((await put(`/v1/provider/${sp_mchid}/readiness/nothing`)).status).toBe(422)
    expect((await put('/v1/provider/1999999999/readiness/contact')).status).toBe(404)
    const checked = await backend.call('admin', 'POST', '/v1/provider/1999999999/readiness-checks', {
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(checked.status).toBe(404)
  })
  test.each(['field_agent', 'region_lead', 'auditor'] as const)('given %s, then nothing is answered and nothing is checked', async role => {
    expect((await answer('contact', {}, role)).body.required_action).toBe('readiness.write')
    expect((await check(role)).body.required_action).toBe('readiness.write')
  })
})

describe('what machines find', () => {
  beforeAll(() => backend.addMerchant('1900000109'))

  test('given right keys, when it is checked, then an order that cannot exist was asked for and both keys are proved', async () => {
    const { status, body } = await check()
    expect(status).toBe(200)
    expect(found(body, 'keys')).toMatchObject({ result: 'passed', code: 'BOTH_KEYS', values: {} })
    const asked = backend.sandbox.control.requests().at(-1)!
    expect([asked.method, asked.http_status]).toEqual(['GET', 404])
    expect(asked.path).toMatch(/out-trade-no\/READINESS[0-9A-F]{20}\?sp_mchid=1900000001&sub_mchid=1900000109$/)
    expect(body.items.find(one => one.item === 'directory')!.state).toBe('done')
  })
  test.each([
    ['an answer signed with another key', 'forged', { result: 'failed', code: 'WECHAT_KEY_WRONG' }],
    ['an answer signed with a key that we do not have', 'unknown_serial', { result: 'failed', code: 'WECHAT_KEY_WRONG' }],
    ['an answer without a signature', 'unsigned', { result: 'passed', code: 'OUR_KEY' }],
    ['no permission', 'no_auth', { result: 'failed', code: 'NO_PERMISSION', values: { answer: 'NO_AUTH' } }],
    ['a shop that is not ours there', 'not_exists', { result: 'failed', code: 'OTHER_ANSWER' }],
    ['no answer', 'lost_before', { result: 'unknown', code: 'NOT_REACHED' }],
    ['too many questions', 'rate_limited_429', { result: 'unknown', code: 'BUSY' }],
  ] as const)('given %s, then it says which side is wrong', async (_, scenario, expected) => {
    backend.sandbox.control.setMerchant('1900000109', { scenario })
    try {
      expect(found((await check()).body, 'keys')).toMatchObject(expected)
    } finally {
      backend.sandbox.control.setMerchant('1900000109', { scenario: 'normal' })
    }
  })
  test('given a fine page with the file beside it, then both pass; a wrong one names the host and what is wrong, whatever was answered', async () => {
    await save({ receipt_links: [ourLink] })
    zoo.answer((request, response) =>
      request.url!.startsWith('/wxpay_verify.txt') ? void response.end('8a1f4c') : page()(request, response),
    )
    const fine = (await check()).body
    expect([found(fine, 'link').code, found(fine, 'verification_file').code]).toEqual(['LINK_FINE', 'FILE_THERE'])
    expect(fine.items.find(one => one.item === 'receipt_link')!.state).toBe('done')
    await answer('receipt_link', {})
    zoo.answer(page('<!doctype html>', { 'x-frame-options': 'DENY' }))
    const wrong = (await check()).body
    expect(found(wrong, 'link')).toMatchObject({
      result: 'failed',
      code: 'LINK_AT_FAULT',
      values: { host, parts: 'framing,script,ready', links: 1 },
    })
    expect(found(wrong, 'verification_file')).toMatchObject({ result: 'failed', code: 'FILE_NOT_THERE' })
    expect(wrong.items.find(one => one.item === 'receipt_link')).toMatchObject({ state: 'open', answer: { answer: 'done' } })
    const entry = (await trail('readiness.check')).at(-1)!
    expect([entry.before, entry.after]).toMatchObject([{ link: 'passed' }, { link: 'failed', codes: { link: 'LINK_AT_FAULT' } }])
  })
  test('given other links are set, then what was found of the old ones is forgotten, also by a run that was under way', async () => {
    await save({ receipt_links: [{ ...ourLink, path: '/old' }] })
    await check()
    const { underWay, goOn } = heldPage()
    const running = check()
    await underWay
    await save({ receipt_links: [{ ...ourLink, path: '/new' }] })
    goOn()
    expect(found((await running).body, 'link')).toMatchObject({ code: 'NOT_RUN', checked_at: null })
  })
  test('given several ask at once, then one run answers them all, keeps one finding and one entry', async () => {
    const runs = jest.spyOn(backend.app.context.readinessRuns, 'get')
    const before = [backend.sandbox.control.requests().length, (await trail('readiness.check')).length]
    const { underWay, goOn } = heldPage()
    const asked = [check(), check('admin'), check()]
    await underWay
    await eventually('three who ask', () => runs.mock.calls.length === 3)
    const { rows } = await sql`select from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`.execute(
      backend.db,
    )
    expect(rows).toEqual([])
    goOn()
    const all = await Promise.all(asked)
    expect(new Set(all.map(({ body }) => found(body, 'keys').checked_at)).size).toBe(1)
    expect([backend.sandbox.control.requests().length, (await trail('readiness.check')).length]).toEqual(before.map(count => count + 1))
  })
  test('given the same key again, then nothing is asked once more', async () => {
    const key = { 'idempotency-key': randomUUID() }
    await check('operator', key)
    const asked = backend.sandbox.control.requests().length
    const again = await check('operator', key)
    expect([again.status, again.headers.get('idempotent-replayed'), backend.sandbox.control.requests().length]).toEqual([
      200,
      'true',
      asked,
    ])
  })
  test('given the provider said when 默认开通 began, then that is decided', async () => {
    expect((await itemNow('default_open')).state).toBe('open')
    const since = new Date(backend.clock.now().getTime() - 86_400_000).toISOString()
    await save({ default_open_since: since })
    expect(await itemNow('default_open')).toMatchObject({ state: 'done', checks: [{ code: 'IS_ON' }] })
  })
})

test.each([
  [null, [], 'open'],
  [null, ['passed', 'passed'], 'done'],
  [null, ['passed', 'unknown'], 'open'],
  ['done', [], 'done'],
  ['done', ['unknown'], 'done'],
  ['done', ['failed'], 'open'],
  ['open', ['passed'], 'open'],
  ['not_needed', ['failed'], 'not_needed'],
] as const)('given the answer %s beside %j, then %s', (said, results, state) => {
  expect(
    stateOf(
      said,
      results.map(result => ({ result })),
    ),
  ).toBe(state)
})
