// Bad input that a generator seldom makes: what once got through, and what is known to hurt.
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { encodeCursor, type CursorKey } from '../../../../backend/http/cursor.ts'
import { CATALOGUE } from '../../../../backend/http/problems/catalogue.ts'
import { day, sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'
import { createExchange } from './exchange.ts'

const sub_mchid = '1900000101'
let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant(sub_mchid)
})
afterAll(() => backend.close())

function expectProblem({ status, headers, body }: Answer, ...codes: (keyof typeof CATALOGUE)[]): void {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(codes).toContain(body.code)
  expect(status).toBe(CATALOGUE[body.code as keyof typeof CATALOGUE].status)
}

const evidence = (change: object, detail: object = {}) =>
  backend.call('operator', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, {
    headers: { 'idempotency-key': randomUUID() },
    body: {
      id: randomUUID(),
      kind: 'unblock',
      occurred_at: new Date(backend.clock.now().getTime() - day).toISOString(),
      detail: { note: '已处理', ...detail },
      ...change,
    },
  })

describe('characters that PostgreSQL does not keep', () => {
  const texts = ['ab\u0000cd', 'ab\ud800cd', '\udc00\ud800ab']
  test.each(texts)('given the note %j, then it is refused or kept, never an error of ours', async note => {
    const answer = await evidence({}, { note })
    if (answer.status !== 201) expectProblem(answer, 'VALIDATION_FAILED')
  })
  test.each(texts)('given the search, code or reason %j, then it is refused or answered', async text => {
    const headers = { 'idempotency-key': randomUUID() }
    const answers = [
      await backend.call('operator', 'GET', `/v1/sub-merchants?q=${encodeURIComponent(Buffer.from(text).toString())}`),
      await backend.call('operator', 'GET', `/v1/sub-merchants?assigned_to=${encodeURIComponent(Buffer.from(text).toString())}`),
      await backend.call('operator', 'POST', '/v1/scan-resolutions', { body: { content: text } }),
      await backend.call('operator', 'POST', '/v1/scan-resolutions', { body: { content: `https://pay.example.cn/${text}` } }),
      await backend.control('operator', sub_mchid, 'receipt', { status: 'closed', reason: text }),
      await backend.call('operator', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence/${randomUUID()}/withdrawal`, {
        body: { reason: text },
        headers,
      }),
      await backend.call(null, 'POST', '/v1/sessions', { body: { code: text } }),
      await backend.call(null, 'POST', '/v1/staff-bindings', { body: { bind_ticket: text, invite_code: text } }),
    ]
    for (const answer of answers) if (answer.status >= 400) expect([answer.text, answer.status < 500]).toEqual([answer.text, true])
  })
  test('given 4-byte characters, then they come back whole', async () => {
    const answer = await evidence({}, { note: '𠮷野家🍜👩‍👩‍👧' })
    expect(answer.body).toMatchObject({ evidence: { detail: { note: '𠮷野家🍜👩‍👩‍👧' } } })
  })
})

describe('names in which nothing can be seen', () => {
  const blanks = [' \u3000', '\u200e\u2060', '\u00ad\ufe0f', '\u3164', '\u2800', '\u{e0041}\u{e0100}', '\ufff9\ufffb', '\u202e\n']
  const rights = { role: 'auditor', region_codes: [], assigned_only: false }
  const doors: [method: string, path: string, field: string, body: (name: string) => object][] = [
    ['POST', '/v1/staff', 'display_name', display_name => ({ display_name, ...rights })],
    ['POST', '/v1/rollouts', 'name', name => ({ name, action: 'gold_plan.open', filter: {} })],
    ['PUT', '/v1/appids/wx0123456789abcdef', 'name', name => ({ kind: 'app', name })],
    ['POST', '/v1/unlisted-merchants/1900000999', 'name', name => ({ name })],
  ]
  test.each(doors)('given one sent by %s %s, then %s is at fault', async (method, path, field, body) => {
    for (const name of blanks) {
      const headers = { 'idempotency-key': randomUUID(), 'if-match': '"0"' }
      const role = path === '/v1/staff' || path.includes('appids') ? 'admin' : 'operator'
      const answer = await backend.call(role, method, path, { headers, body: body(name) })
      expectProblem(answer, 'VALIDATION_FAILED')
      expect(answer.body.errors).toMatchObject([{ field }])
    }
  })
})

test.each([
  ['line breaks and tabs', '甲\n乙\r\n丙\t丁', '甲 乙 丙 丁'],
  ['marks that turn the direction of what follows', '\u202e甲\u2066乙', '甲乙'],
  ['blanks that break no line', '\u00a0甲\u2003乙 ', '甲 乙'],
])('given a name with %s, then it is kept as one line that is read as it is written', async (_, display_name, kept) => {
  const answer = await backend.call('admin', 'POST', '/v1/staff', {
    headers: { 'idempotency-key': randomUUID() },
    body: { display_name, role: 'auditor', region_codes: [], assigned_only: false },
  })
  expect([answer.status, answer.body.display_name]).toEqual([201, kept])
})

test.each([
  'limit=true',
  'limit=1e1',
  'limit=0x10',
  'limit=%205',
  'limit=5.0',
  'limit=%D9%A5',
  'limit=',
  'since_from=2026-11-30&since_to=2026-11-01',
])('given the list is asked with %s, then that field is at fault', async query => {
  const answer = await backend.call('operator', 'GET', `/v1/sub-merchants?${query}`)
  expectProblem(answer, 'VALIDATION_FAILED')
  expect(answer.body.errors).toMatchObject([{ field: query.split('=')[0] }])
})

describe('times that are none', () => {
  test.each([
    '2026-02-30T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-11-23T10:00:00+99:99',
    '2026-11-23T10:00:00+23:59',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59Z',
    '2026-11-23t10:00:00z',
    '2026-11-23 10:00:00Z',
    '2026-11-23T10:00:00.123456789123456789Z',
  ])('given %s, then it is a field at fault or a time that is kept', async occurred_at => {
    const answer = await evidence({ occurred_at })
    if (answer.status !== 201) expectProblem(answer, 'VALIDATION_FAILED')
    else expect((answer.body.evidence as { occurred_at: string }).occurred_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00$/)
  })
})

describe('cursors made by somebody who knows how they are made', () => {
  const keys: unknown[] = [
    [],
    [0],
    [0, 'x'],
    [0, 'x', sub_mchid],
    [0, 0, null],
    [0, 0, { a: 1 }],
    [0, 0, 'a\u0000'],
    [-1, 0, sub_mchid],
    [99, 0, sub_mchid],
    [0.5, 0, sub_mchid],
    ['0', 1e308, sub_mchid],
    [0, 0, sub_mchid, 'more'],
    null,
    'text',
    {},
    ['2026-11-23T00:00:00Z', 'no uuid'],
    ['no time', randomUUID()],
    ['infinity', randomUUID()],
  ]
  test.each(keys)('given the key %j with its right checksum, then INVALID_CURSOR or a page', async key => {
    const merchants = encodeCursor(key as CursorKey, ['staff-operator', {}])
    const byTime = encodeCursor(key as CursorKey, ['staff-operator', { sort: 'since' }])
    const timeline = encodeCursor(key as CursorKey, [sp_mchid, sub_mchid, null])
    for (const path of [
      `/v1/sub-merchants?cursor=${merchants}`,
      `/v1/sub-merchants?sort=since&cursor=${byTime}`,
      `/v1/sub-merchants/${sub_mchid}/evidence?cursor=${timeline}`,
    ]) {
      const answer = await backend.call('operator', 'GET', path)
      if (answer.status !== 200) expectProblem(answer, 'INVALID_CURSOR')
    }
  })
  const mine = (name: string, ...more: unknown[]) => ['staff-operator', name, ...more]
  const atTime: CursorKey = ['2026-11-23T00:00:00.000Z', randomUUID()]
  /** right: a key that the list could have given, so that the others are refused for what they are */
  const lists: { path: string; question: (id: string) => unknown; right: CursorKey; forged: CursorKey[]; as?: 'admin' }[] = [
    {
      path: '/v1/rollouts/{id}/items',
      question: id => mine('rollout-items', id, null, null),
      right: [1],
      forged: [[1e308], [0.5], [-1], [2 ** 31], [2 ** 53], ['1'], [0, 0]],
    },
    { path: '/v1/rollouts', question: () => mine('rollouts', null), right: atTime, forged: [] },
    { path: '/v1/notices', question: () => mine('notices'), right: atTime, forged: [] },
    { path: '/v1/visits', question: () => mine('visits', null, null, null), right: atTime, forged: [] },
    { path: '/v1/change-requests', question: () => mine('change-requests', null, null, null, null), right: atTime, forged: [] },
    {
      path: '/v1/audit-entries',
      question: () => ['staff-admin', 'audit-entries', null, null, null, null, null],
      right: atTime,
      forged: [],
      as: 'admin',
    },
    { path: '/v1/appids', question: () => mine('appids', null, null), right: ['wx'], forged: [['\u202e𠮷'], [1], ['wx', 'wx']] },
    { path: '/v1/assignees', question: () => mine('assignees', '', null), right: ['a', 'b'], forged: [['', ''], [1, 'b'], ['a']] },
    {
      path: '/v1/unlisted-merchants',
      question: () => [sp_mchid, 'unlisted-merchants', 'false'],
      right: ['2026-11-23', sub_mchid],
      forged: ['2026-13-45', '0000-01-01', '2026-02-30', '9999-99-99'].map(day => [day, sub_mchid]),
    },
    {
      path: '/v1/staff',
      question: () => ['staff-admin', 'staff', '', null, null, null],
      right: [1, 'a', 'b'],
      forged: [1e300, -1, 2 ** 31, 0.5].map(place => [place, 'a', 'b']),
      as: 'admin',
    },
  ]
  const times = ['0000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z']
  test.each(lists)('given forged keys of the list $path, then INVALID_CURSOR or a page', async ({ path, question, right, forged, as }) => {
    const body = { name: '伪造', action: 'gold_plan.open', numbers: [sub_mchid] }
    const made = await backend.call('operator', 'POST', '/v1/rollouts', { body, headers: { 'idempotency-key': randomUUID() } })
    const id = String(made.body.id)
    const ask = (key: CursorKey) =>
      backend.call(as ?? 'operator', 'GET', `${path.replace('{id}', id)}?cursor=${encodeCursor(key, question(id))}`)
    expect((await ask(right)).status).toBe(200)
    for (const key of [...forged, ...times.map(time => [time, randomUUID()]), [], ['x'], [sub_mchid, sub_mchid, sub_mchid]]) {
      const answer = await ask(key)
      if (answer.status !== 200) expect([key, answer.status, answer.body.code]).toEqual([key, 400, 'INVALID_CURSOR'])
    }
  })
  test('given text that is no JSON with its right checksum, then INVALID_CURSOR', async () => {
    const answer = await backend.call('operator', 'GET', `/v1/sub-merchants?cursor=${'A'.repeat(512)}`)
    expectProblem(answer, 'INVALID_CURSOR')
  })
})

describe('bodies of 10 MB', () => {
  const body = Buffer.from(`{"code":"${'x'.repeat(10 * 1024 * 1024)}"}`)
  test.each([
    ['with its length said', false],
    ['in pieces', true],
  ])('given one %s at each endpoint that takes a body, then 413 and the next request is served', async (_, chunked) => {
    const wire = createExchange(backend.url)
    const { headers } = await tokenOf('operator')
    for (const [method, path] of [
      ['POST', '/v1/sessions'],
      ['POST', '/v1/scan-resolutions'],
      ['PUT', `/v1/sub-merchants/${sub_mchid}/receipt`],
      ['POST', `/v1/sub-merchants/${sub_mchid}/evidence`],
    ] as const) {
      const answer = await wire.send({ method, path, headers: { ...headers, 'content-type': 'application/json' }, body, chunked, from: 0 })
      expect([path, answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([path, 413, 'BODY_TOO_LARGE'])
    }
    wire.close()
    expect((await backend.call('operator', 'GET', '/v1/me')).status).toBe(200)
  })
})

async function tokenOf(role: string): Promise<{ headers: Record<string, string> }> {
  const { body } = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: `demo-${role}` } })
  return { headers: { authorization: `Bearer ${body.token}` } }
}

describe('what is no HTTP', () => {
  const chunked = 'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
  const overWire = (text: string) =>
    new Promise<string>((done, fail) => {
      const socket = connect({ port: Number(new URL(backend.url).port), host: '127.0.0.1' }, () => socket.write(text, 'latin1'))
      let seen = ''
      socket.on('data', (chunk: Buffer) => (seen += chunk.toString()))
      socket.on('close', () => done(seen))
      socket.on('error', fail)
    })
  test.each([
    ['words', 'hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['a line break within a header', 'GET /v1/me HTTP/1.1\r\nHost: x\r\nA: b\nc\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['a length below nothing', 'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'two lengths at once',
      'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    ['headers of 100 KB', `GET /v1/me HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(100_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['an address of 100 KB', `GET /v1/${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['no host', 'GET /v1/me HTTP/1.1\r\nConnection: close\r\n\r\n', 401, 'UNAUTHENTICATED'],
    ['an expectation', 'GET /v1/me HTTP/1.1\r\nHost: x\r\nExpect: x\r\nConnection: close\r\n\r\n', 401, 'UNAUTHENTICATED'],
    ['an unknown method', 'BREW /v1/me HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['a greeting of TLS', '\x16\x03\x01\x00\xc8\x01\x00', 400, 'MALFORMED_REQUEST', 'protocol', /HTTPS/],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MALFORMED_REQUEST', 'protocol', /HTTP\/2/],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'METHOD_NOT_ALLOWED', 'method', /代理/],
    ['a path in bare Chinese', 'GET /v1/\xe5\x95\x86 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'MALFORMED_REQUEST', 'path', /百分号/],
    ['a chunk without a length', `${chunked}zz\r\n`, 400, 'MALFORMED_REQUEST', 'body', /分块/],
  ])(
    'given %s, then a problem with a code and a request id, and the connection ends',
    async (_, text, status, code, field = undefined, words = undefined) => {
      const seen = await overWire(text)
      const [head, body] = seen.split('\r\n\r\n') as [string, string]
      expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(head).toMatch(/^content-type: application\/problem\+json; charset=utf-8/im)
      const problem = JSON.parse(body) as Record<string, unknown>
      expect(problem).toMatchObject({ code, status })
      if (field) expect(problem).toMatchObject({ errors: [{ field }], detail: expect.stringMatching(words!) })
      expect(head.toLowerCase()).toContain(`x-request-id: ${String(problem.request_id)}`)
    },
  )
})

test.each(['/v1/photos', '/v1/visits/3f2b8a4e-5d55-4b7e-9c1d-0f6f2f9f3a01', '/v1/sessions', '/v1/scan-resolutions'])(
  'given a body of 100,000 arrays in each other sent to %s, then it is refused by name',
  async path => {
    for (const method of ['POST', 'PUT']) {
      const answer = await backend.call('operator', method, path, {
        headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
        raw: '['.repeat(100_000) + ']'.repeat(100_000),
      })
      expectProblem(answer, 'MALFORMED_BODY', 'UNSUPPORTED_MEDIA_TYPE', 'METHOD_NOT_ALLOWED')
    }
  },
)
