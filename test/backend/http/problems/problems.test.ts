// Every failure is a problem (RFC 9457) with a code, a request id and words in the caller's language; and the committed contract is the real one.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { openApiDocument } from '../../../../backend/openapi.ts'
import { problemCopy } from '../../../../backend/http/problems/catalogue.ts'
import { eventually } from '../../../support/eventually.ts'
import { startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant('1900000101')
})
afterAll(() => backend.close())

const post = (raw: string | Uint8Array, headers: Record<string, string> = {}) =>
  backend.call(null, 'POST', '/v1/sessions', { raw, headers })

test.each([
  ['no body', () => backend.call(null, 'POST', '/v1/sessions'), 422, 'VALIDATION_FAILED'],
  ['a body of 300 KB', () => post(JSON.stringify({ code: 'x'.repeat(300_000) })), 413, 'BODY_TOO_LARGE'],
  ['an unknown path', () => backend.call(null, 'GET', '/v1/nothing'), 404, 'PATH_UNKNOWN'],
  ['an unknown path, with a body that is no JSON', () => backend.call(null, 'POST', '/v1/nothing', { raw: '{' }), 404, 'PATH_UNKNOWN'],
  ['a path that goes up', () => backend.call(null, 'GET', '/v1/%2e%2e/etc/passwd'), 404, 'PATH_UNKNOWN'],
  ['no token', () => backend.call(null, 'GET', '/v1/me'), 401, 'UNAUTHENTICATED'],
  [
    'a made-up token',
    () => backend.call(null, 'GET', '/v1/me', { headers: { authorization: `Bearer ${'a'.repeat(43)}` } }),
    401,
    'UNAUTHENTICATED',
  ],
  ['a 商户号 of letters', () => backend.call('operator', 'GET', '/v1/sub-merchants/abc'), 422, 'VALIDATION_FAILED'],
] as const)('given %s, then a problem that says so', async (_, ask, status, code) => {
  const answer = await ask()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8'])
  expect(answer.body).toMatchObject({
    type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    status,
    code,
    ...problemCopy(code, 'zh-CN'),
  })
  expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'))
})

const bytes = Buffer.from([0x7b, 0x22, 0x63, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])
test.each([
  [
    'no content type',
    () => post('{"code":"x"}', { 'content-type': '' }),
    415,
    'content-type',
    'REQUIRED',
    /没有说是什么.*application\/json/,
  ],
  [
    'a content type that cannot be read',
    () => post('{}', { 'content-type': 'application/(' }),
    415,
    'content-type',
    'WRONG_FORMAT',
    /读不懂/,
  ],
  [
    'a form',
    () => post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'content-type',
    'NOT_ALLOWED',
    /application\/json/,
  ],
  ['a body said to be compressed', () => post('{}', { 'content-encoding': 'gzip' }), 415, 'content-encoding', 'NOT_ALLOWED', /压缩/],
  ['broken JSON', () => post('{"code":'), 400, 'body', 'WRONG_FORMAT', /完整的 JSON/],
  ['a key that reaches into prototypes', () => post('{"code":"x","__proto__":{"a":1}}'), 400, 'body', 'WRONG_FORMAT', /__proto__/],
  ['JSON that is not UTF-8', () => post(bytes), 400, 'body', 'WRONG_FORMAT', /UTF-8/],
  ['arrays in arrays', () => post('['.repeat(10_000) + ']'.repeat(10_000)), 400, 'body', 'TOO_DEEP', /64 层/],
  ['a path that cannot be decoded', () => backend.call(null, 'GET', '/v1/%E0%A4%A'), 400, 'path', 'WRONG_FORMAT', /%/],
  [
    'a query that cannot be decoded',
    () => backend.call('operator', 'GET', '/v1/sub-merchants?q=%zz'),
    200,
    undefined,
    undefined,
    undefined,
  ],
] as const)(
  'given %s, then the part of the request that is at fault is named, and what to do',
  async (_, ask, status, field, code, words) => {
    const answer = await ask()
    const [first] = (answer.body.errors ?? []) as { field: string; code: string }[]
    expect([answer.status, first?.field, first?.code]).toEqual([status, field, code])
    if (words) expect(answer.body.detail).toMatch(words)
  },
)

test('given a path that has other methods, then 405 names them, and nothing speaks of a merchant', async () => {
  for (const [method, path, allow] of [
    ['DELETE', '/v1/me', 'GET, HEAD'],
    ['GET', '/v1/sessions', 'POST'],
    ['POST', '/v1/sub-merchants/1900000101', 'GET, HEAD'],
    ['OPTIONS', '/v1/sub-merchants/1900000101/receipt', 'PUT'],
  ] as const) {
    const answer = await backend.call(null, method, path)
    expect([path, answer.status, answer.body.code, answer.headers.get('allow')]).toEqual([path, 405, 'METHOD_NOT_ALLOWED', allow])
    expect(answer.body.detail).not.toContain('商户')
  }
})

test('given a merchant out of scope, one that is nowhere, and something else that is nowhere, then the first two read alike and the last is no merchant', async () => {
  await backend.addMerchant('1900000199', { region_code: '110101' })
  const [far, none, photo] = await Promise.all(
    ['sub-merchants/1900000199', 'sub-merchants/1999999999', 'photos/3f2b8a4e-5d55-4b7e-9c1d-0f6f2f9f3a01/url'].map(path =>
      backend.call('field_agent', 'GET', `/v1/${path}`),
    ),
  )
  const read = ({ status, body: { request_id, ...rest } }: typeof far & object) => ({ status, ...rest, is: typeof request_id })
  expect(read(far!)).toEqual(read(none!))
  expect(far!.body).toMatchObject({ code: 'NOT_FOUND', ...problemCopy('NOT_FOUND', 'zh-CN') })
  expect([photo!.status, photo!.body.code]).toEqual([404, 'NOT_FOUND'])
  expect(photo!.body.detail).not.toContain('商户')
})

test.each([
  ['visit-plan/stops?day', '0000-01-01'],
  ['sub-merchants?on', '0000-01-01'],
  ['metrics/receipts?from', '0000-01-01'],
  ['audit-entries?from', '2026-06-30T23:59:60Z'],
  ['audit-entries?to', '2016-12-31T23:59:60+00:00'],
])('given GET /v1/%s=%s, which is no time for the database or for JavaScript, then the field is named', async (path, given) => {
  const { status, body } = await backend.call('operator', 'GET', `/v1/${path}=${encodeURIComponent(given)}`)
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: path.split('?')[1], code: 'WRONG_FORMAT' })]])
})

test('given whoever sends a body goes away in the middle of it, then no fault of ours is logged', async () => {
  const lines: { level: number; status?: number }[] = []
  const logged = await startBackend({
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as { level: number }) }),
  })
  try {
    const socket = connect(Number(new URL(logged.url).port), '127.0.0.1')
    socket.write('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"code":')
    await new Promise(done => logged.app.server.once('request', done))
    socket.resetAndDestroy()
    await eventually('the end of it', () => new Promise<boolean>(done => logged.app.server.getConnections((_, left) => done(left === 0))))
    // what was to be said of it has been said when another one is answered
    await logged.call(null, 'GET', '/healthz')
    expect(lines.map(({ status }) => status)).toContain(200)
    expect(lines.filter(({ level }) => level >= 50)).toEqual([])
  } finally {
    await logged.close()
  }
})

test('given a name in a path that is far too long, then its field is named', async () => {
  const answer = await backend.call('operator', 'GET', `/v1/sub-merchants/${'1'.repeat(5_000)}`)
  expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field: 'sub_mchid' })]])
})

test('given a field too much, one of the wrong kind and one missing, then each is named', async () => {
  const missing = await post('{"codes":"x"}')
  expect(missing.body.errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field: 'code', code: 'REQUIRED' }),
      expect.objectContaining({ field: 'codes', code: 'UNKNOWN_FIELD' }),
    ]),
  )
  const wrong = await post('{"code":7}')
  expect(wrong.body.errors).toEqual([expect.objectContaining({ field: 'code', code: 'WRONG_TYPE' })])
})

test('given English is asked for, then the words are English', async () => {
  const { body } = await backend.call(null, 'GET', '/v1/me', { headers: { 'accept-language': 'en' } })
  expect(body.detail).toBe(problemCopy('UNAUTHENTICATED', 'en').detail)
})

test('given a request id, then it is echoed; given one that could be an attack, then another is made', async () => {
  const echoed = await backend.call(null, 'GET', '/v1/me', { headers: { 'x-request-id': 'phone-1234-5678' } })
  expect(echoed.headers.get('x-request-id')).toBe('phone-1234-5678')
  const made = await backend.call(null, 'GET', '/v1/me', { headers: { 'x-request-id': 'a b"c{}' } })
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('given more requests a minute than allowed, then 429 RATE_LIMITED with Retry-After', async () => {
  const strict = await startBackend({ requestsPerMinute: 3 })
  try {
    const answers = []
    for (let index = 0; index < 4; index += 1) answers.push(await strict.call(null, 'GET', '/v1/me'))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429])
    expect(answers[3]).toMatchObject({ body: { code: 'RATE_LIMITED' } })
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await strict.close()
  }
})

test('given callers without a session who name another token each time, then they are counted by address, and staff beside them are not', async () => {
  const strict = await startBackend({ requestsPerMinute: 4 })
  try {
    expect((await strict.call('operator', 'GET', '/v1/me')).status).toBe(200)
    const answers = []
    for (let index = 0; index < 4; index += 1) {
      const authorization = `Bearer ${String(index).padStart(43, 'a')}`
      answers.push((await strict.call(null, 'GET', '/v1/me', { headers: { authorization } })).status)
    }
    // the operator's log-in and first question, before they were known, were of this address too
    expect(answers).toEqual([401, 401, 429, 429])
    expect((await strict.call('operator', 'GET', '/v1/me')).status).toBe(200)
  } finally {
    await strict.close()
  }
})

test('given the process, then it is live, ready and measured', async () => {
  expect((await backend.call(null, 'GET', '/healthz')).body).toEqual({ status: 'live' })
  expect((await backend.call(null, 'GET', '/readyz')).body).toEqual({ status: 'ready' })
  await backend.control('field_agent', '1900000101', 'gold-plan/jsapi', { status: 'open' })
  const { text } = await backend.call(null, 'GET', '/metrics')
  expect(text).toContain('wechatpay_calls_total{kind="gold_plan.open",phase="succeeded",code=""} 1')
  expect(text).not.toContain('1900000101')
})

test('given the running program is asked for its contract, then it answers the committed one, without a login, and 304 to who has it', async () => {
  const answer = await backend.call<{ paths: object }>(null, 'GET', '/openapi.json')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  expect(answer.body).toEqual(JSON.parse(readFileSync(new URL('../../../../backend/openapi.json', import.meta.url), 'utf8')))
  const etag = answer.headers.get('etag')!
  expect((await backend.call(null, 'GET', '/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304)
})

test('given the committed openapi.json, then it says what the routes do', async () => {
  // after a change of a schema or a route: node --import tsx backend/openapi.ts
  expect(readFileSync(new URL('../../../../backend/openapi.json', import.meta.url), 'utf8')).toBe(await openApiDocument())
})

test('given an event loop that is late, then requests are 503 and whoever watches the process is still answered', async () => {
  const busy = await startBackend({ overloadedAboveMs: 0.001 })
  try {
    await eventually('the pressure', async () => (await busy.call(null, 'GET', '/v1/me')).status === 503)
    expect((await busy.call(null, 'GET', '/v1/me')).body).toMatchObject({ code: 'OVERLOADED', retry_after: 5 })
    for (const path of ['/healthz', '/readyz', '/metrics']) expect([path, (await busy.call(null, 'GET', path)).status]).toEqual([path, 200])
  } finally {
    await busy.close()
  }
})
