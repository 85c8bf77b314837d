import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { AbortScope } from '../../../miniprogram/api/abort-scope.ts'
import { failureOf as failureOfWechat } from '../../../miniprogram/api/failure-of.ts'
import type { NetworkFacts } from '../../../miniprogram/phone/phone.ts'
import { ASK_AGAIN_MS } from '../../../miniprogram/stores/network.ts'
import { asApiError, type ApiError } from '../../../miniprogram/api/errors.ts'
import { problem } from '../support/http-server.ts'
import { staff } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
})
afterEach(() => world.stop())

const failureOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => {
      throw new Error('it succeeded')
    },
    (thrown: unknown) => asApiError(thrown),
  )
const ok = { body: { fine: true } }

describe('request wrapper', () => {
  it('sends token, language, a fresh request id and the query without undefined values', async () => {
    world.server.on('GET', /^\/v1\/thing$/, () => ok)
    await world.http.get('/v1/thing', { query: { q: '面馆 a&b', cursor: undefined, limit: 20 } })
    await world.http.get('/v1/thing')
    const [first, second] = world.server.seen('GET', /thing/)
    expect(first?.url).toBe(`/v1/thing?q=${encodeURIComponent('面馆 a&b')}&limit=20`)
    expect(first?.headers).toMatchObject({ authorization: 'Bearer token-1', 'accept-language': 'zh-CN', 'x-client-version': '0.1.0' })
    expect(first?.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(second?.headers['x-request-id']).not.toBe(first?.headers['x-request-id'])
  })

  it('given half an emoji, as a box that cuts by units leaves it, then the text leaves without it', async () => {
    world.server.on('GET', /^\/v1\/thing$/, () => ok)
    world.server.on('PUT', /^\/v1\/thing$/, () => ok)
    await world.http.get('/v1/thing', { query: { q: '面\ud83d' } })
    await world.http.write('/v1/thing', { method: 'PUT', body: { reason: '😀\ude00好' }, key: 'key-1', has: null })
    expect(world.server.seen('GET', /thing/)[0]?.url).toBe(`/v1/thing?q=${encodeURIComponent('面')}`)
    expect(world.server.seen('PUT', /thing/)[0]?.body).toEqual({ reason: '😀好' })
  })

  it('given five parallel GETs that all meet a 401, logs in once and each goes on once', async () => {
    world.server.on('GET', /^\/v1\/thing$/, ({ headers }) =>
      headers.authorization === 'Bearer token-2' ? ok : problem(401, 'UNAUTHENTICATED'),
    )
    const before = world.server.seen('POST', /sessions/).length
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => world.http.get<{ fine: boolean }>('/v1/thing')))
    expect(answers.every(answer => answer.body.fine)).toBe(true)
    expect(world.server.seen('POST', /sessions/)).toHaveLength(before + 1)
    expect(world.server.seen('GET', /thing/)).toHaveLength(10)
  })

  it('given seven writes that all meet a 401, the login finds room and each write keeps its key', async () => {
    world.server.on('PUT', /^\/v1\/thing$/, ({ headers }) =>
      headers.authorization === 'Bearer token-2' ? ok : problem(401, 'UNAUTHENTICATED'),
    )
    await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map(n => world.http.write('/v1/thing', { method: 'PUT', body: { n }, key: `key-${n}`, version: 3, has: null })),
    )
    const keys = world.server.seen('PUT', /thing/).map(({ headers, body }) => `${headers['idempotency-key']}:${(body as { n: number }).n}`)
    expect(new Set(keys).size).toBe(7)
    expect(world.codes).toHaveLength(2)
  })

  it('a second 401 after the new login is the answer', async () => {
    world.server.on('GET', /^\/v1\/thing$/, () => problem(401, 'UNAUTHENTICATED'))
    expect((await failureOf(world.http.get('/v1/thing'))).code).toBe('UNAUTHENTICATED')
    expect(world.server.seen('GET', /thing/)).toHaveLength(2)
  })

  it('does not repeat a call for another member of staff than the one who asked', async () => {
    world.server.on('PUT', /^\/v1\/thing$/, () => problem(401, 'UNAUTHENTICATED'))
    world.server.on('POST', /^\/v1\/sessions$/, () => ({
      body: { token: 'token-b', expires_at: '2026-11-24T10:00:00+08:00', staff: { ...staff, id: 'staff-99' } },
    }))
    expect((await failureOf(world.http.write('/v1/thing', { method: 'PUT', body: {}, key: 'k', has: null }))).code).toBe('UNAUTHENTICATED')
    expect(world.server.seen('PUT', /thing/)).toHaveLength(1)
  })

  it('fetches a file with what every request carries, and again with a new token after a 401; never by itself after anything else', async () => {
    world.server.on('GET', /^\/v1\/file$/, ({ headers }) =>
      headers.authorization === 'Bearer token-2' ? { body: 'a,b' } : problem(401, 'UNAUTHENTICATED'),
    )
    await world.http.download('/v1/file?key=k', '/a.csv')
    const [first, second, third] = world.server.seen('GET', /file$/)
    expect(first?.headers).toMatchObject({ authorization: 'Bearer token-1', 'accept-language': 'zh-CN', 'x-client-version': '0.1.0' })
    expect([second?.url, second?.headers.authorization, third]).toEqual(['/v1/file?key=k', 'Bearer token-2', undefined])
    world.server.on('GET', /^\/v1\/gone$/, () => problem(503, 'OVERLOADED'))
    expect(await failureOf(world.http.download('/v1/gone', '/a.csv'))).toMatchObject({ status: 503 })
    expect(world.server.seen('GET', /gone$/)).toHaveLength(1)
  })

  it.each([502, 503, 504])('repeats a GET at most twice on %i', async status => {
    world.server.on('GET', /^\/v1\/thing$/, () => problem(status, 'OVERLOADED'))
    const call = failureOf(world.http.get('/v1/thing'))
    await world.timers.advance(5_000)
    expect((await call).status).toBe(status)
    expect(world.server.seen('GET', /thing/)).toHaveLength(3)
  })

  it('repeats a GET after a lost connection, and gives the answer that then comes', async () => {
    let asked = 0
    world.server.on('GET', /^\/v1\/thing$/, () => (++asked === 1 ? 'drop' : ok))
    const call = world.http.get<{ fine: boolean }>('/v1/thing')
    await world.timers.advance(2_000)
    expect((await call).body.fine).toBe(true)
    expect(asked).toBe(2)
  })

  it.each([400, 404, 409, 422, 429, 500])('does not repeat a GET on %i', async status => {
    world.server.on('GET', /^\/v1\/thing$/, () => problem(status, 'SOMETHING'))
    const call = failureOf(world.http.get('/v1/thing'))
    await world.timers.advance(5_000)
    expect((await call).status).toBe(status)
    expect(world.server.seen('GET', /thing/)).toHaveLength(1)
  })

  it.each(['drop', 503] as const)('never repeats a write by itself (%s)', async what => {
    world.server.on('PUT', /^\/v1\/thing$/, () => (what === 'drop' ? 'drop' : problem(503, 'WX_UNAVAILABLE')))
    const call = failureOf(world.http.write('/v1/thing', { method: 'PUT', body: {}, key: 'k', version: 1, has: null }))
    await world.timers.advance(60_000)
    expect((await call).code).toBe(what === 'drop' ? 'NETWORK_FAILED' : 'WX_UNAVAILABLE')
    expect(world.server.seen('PUT', /thing/)).toHaveLength(1)
  })

  it('gives up after 15 s, once, with NETWORK_TIMEOUT', async () => {
    const never = world.server.hold(ok)
    world.server.on('GET', /^\/v1\/thing$/, never.handler)
    const call = failureOf(world.http.get('/v1/thing'))
    await world.timers.advance(15_000)
    expect((await call).code).toBe('NETWORK_TIMEOUT')
    await world.timers.advance(30_000)
    expect(world.server.seen('GET', /thing/)).toHaveLength(1)
    never.release()
  })

  it('sends no more than 6 at once, and all in the end', async () => {
    const gates = Array.from({ length: 9 }, () => world.server.hold(ok))
    let next = 0
    world.server.on('GET', /^\/v1\/thing$/, request => gates[next++]!.handler(request))
    const calls = Promise.all(gates.map(() => world.http.get('/v1/thing')))
    await world.settled()
    expect(world.server.seen('GET', /thing/)).toHaveLength(6)
    gates.forEach(gate => gate.release())
    await calls
    expect(world.server.seen('GET', /thing/)).toHaveLength(9)
    expect(world.mostAtOnce()).toBe(6)
  })

  it('ends a GET when its page goes, also one that waits for its repeat', async () => {
    const held = world.server.hold(ok)
    world.server.on('GET', /^\/v1\/held$/, held.handler)
    world.server.on('GET', /^\/v1\/busy$/, () => problem(503, 'OVERLOADED'))
    const scope = new AbortScope()
    const calls = [failureOf(world.http.get('/v1/held', { scope })), failureOf(world.http.get('/v1/busy', { scope }))]
    await world.settled()
    scope.abort()
    expect((await Promise.all(calls)).map(error => error.code)).toEqual(['ABORTED', 'ABORTED'])
    await world.timers.advance(10_000)
    expect(world.server.seen('GET', /busy/)).toHaveLength(1)
    held.release()
  })

  it('sends nothing while the phone is offline', async () => {
    world.setOnline(false)
    const before = world.server.requests.length
    const errors = await Promise.all([
      failureOf(world.http.get('/v1/thing')),
      failureOf(world.http.write('/v1/thing', { method: 'PUT', key: 'k', has: null })),
    ])
    expect(errors.map(({ code, kind }) => `${kind} ${code}`)).toEqual(['offline NETWORK_OFFLINE', 'offline NETWORK_OFFLINE'])
    expect(world.server.requests).toHaveLength(before)
  })

  it('makes problem+json a typed error, with Retry-After from the header where the body has none', async () => {
    world.server.on('GET', /^\/v1\/thing$/, () => ({
      ...problem(429, 'WX_RATE_LIMITED', { errors: [{ field: 'a', code: 'B', message: 'c' }] }),
      headers: { 'RETRY-AFTER': '7' },
    }))
    const error = await failureOf(world.http.get('/v1/thing'))
    expect(error).toMatchObject({
      kind: 'problem',
      code: 'WX_RATE_LIMITED',
      status: 429,
      request_id: 'req-from-server',
      retry_after: 7,
      detail: 'WX_RATE_LIMITED 的说明',
    })
    expect(error.errors).toEqual([{ field: 'a', code: 'B', message: 'c' }])
  })

  it.each([
    ['a page of a proxy', { status: 502, body: '<html>bad gateway</html>', headers: { 'content-type': 'text/html' } }],
    ['broken JSON with status 200', { status: 200, body: '{"a":' }],
    ['a web page with status 200', { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } }],
  ])('calls %s an answer of the wrong shape, with a request id', async (_what, reply) => {
    world.server.on('PUT', /^\/v1\/thing$/, () => reply)
    const error = await failureOf(world.http.write('/v1/thing', { method: 'PUT', key: 'k', has: null }))
    expect(error).toMatchObject({ kind: 'shape', code: 'UNKNOWN', status: reply.status, outcomeUnknown: true })
    expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['JSON of another service', { status: 400, body: { message: 'no' } }, 'REFUSED_ON_THE_WAY'],
    ['a gateway that forbids', { status: 403, body: '<html>403</html>', headers: { 'content-type': 'text/html' } }, 'REFUSED_ON_THE_WAY'],
    [
      'a gateway that finds it too large',
      { status: 413, body: '<html>413</html>', headers: { 'content-type': 'text/html' } },
      'REFUSED_TOO_LARGE',
    ],
    ['a portal that only redirects', { status: 302, body: '', headers: { 'content-type': 'text/html' } }, 'TOO_MANY_REDIRECTS'],
  ])('what %s refused never came to the server, and says so', async (_what, reply, code) => {
    world.server.on('PUT', /^\/v1\/thing$/, () => reply)
    const error = await failureOf(world.http.write('/v1/thing', { method: 'PUT', key: 'k', has: null }))
    expect(error).toMatchObject({ kind: 'shape', code, status: reply.status, outcomeUnknown: false })
  })

  it.each([
    ['request:fail url not in domain list', 'domain'],
    ['uploadFile:fail url not in domain list', 'domain'],
    ['request:fail errcode:-310 cronet_error_code:-310 error_msg:net::ERR_TOO_MANY_REDIRECTS', 'redirects'],
    ['request:fail -1007:', 'redirects'],
    ['request:fail errcode:-202 cronet_error_code:-202 error_msg:net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['uploadFile:fail file not found', 'no_file'],
    ['request:fail timeout', 'timeout'],
    ['request:fail abort', 'aborted'],
    ['request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED', 'failed'],
  ])('reads %s', (errMsg, reason) => {
    expect(failureOfWechat(errMsg)).toBe(reason)
  })
})

describe('whether there is a network', () => {
  const says = (network: NetworkFacts) => {
    world.phoneSays.network = network
    world.network.watch({ ...world.phone, watchNetwork: changed => changed(network) })
  }
  const wifi = { online: true, weak: false, wifi: true }
  const none = { online: false, weak: false }

  it('given the event that the network is back was lost, then the next request asks the phone, and leaves', async () => {
    says(none)
    world.phoneSays.network = wifi
    world.server.on('GET', /^\/v1\/thing$/, () => ({ body: { a: 1 } }))
    expect((await world.http.get('/v1/thing')).body).toEqual({ a: 1 })
    expect([world.network.online, world.network.wifi]).toEqual([true, true])
  })

  it('given nothing is asked, then the phone is asked again by itself', async () => {
    says(none)
    world.phoneSays.network = wifi
    await world.timers.advance(ASK_AGAIN_MS)
    expect(world.network.online).toBe(true)
  })

  it("given the phone goes on saying that there is none, then a person's own try leaves all the same, and its answer proves the network", async () => {
    says(none)
    world.server.on('GET', /^\/v1\/thing$/, () => ({ body: { a: 1 } }))
    expect((await failureOf(world.http.get('/v1/thing'))).code).toBe('NETWORK_OFFLINE')
    await world.network.insist()
    expect((await world.http.get('/v1/thing')).body).toEqual({ a: 1 })
    expect(world.network.online).toBe(true)
  })

  it('given the event that the network went was lost, then the request that got no answer asks, and says that there is none', async () => {
    says(wifi)
    world.phoneSays.network = none
    world.server.on('GET', /^\/v1\/thing$/, () => 'drop')
    expect((await failureOf(world.http.get('/v1/thing'))).code).toBe('NETWORK_OFFLINE')
    expect(world.network.online).toBe(false)
  })

  it('given a phone that never answers, then nothing waits for it', async () => {
    world.network.watch({ ...world.phone, watchNetwork: changed => changed(none), networkNow: () => new Promise(() => {}) })
    const failed = failureOf(world.http.get('/v1/thing'))
    await world.timers.advance(1_000)
    expect((await failed).code).toBe('NETWORK_OFFLINE')
  })
})
