// Whatever waits has an end: requests that never arrive whole, work that many bring at once, a process that is told to stop.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { connect as connectSocket, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newClient, requestLimits } from '../../../backend/database/client.ts'
import { eventually } from '../../support/eventually.ts'
import { startBackend, type Backend } from '../support/backend.ts'
import { built } from '../../support/programs.ts'

const shop = '1900000109'
let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ requestTimeoutMs: 1_000 }, { limits: { ...requestLimits, lockMs: 30_000 } })
  await backend.addMerchant(shop)
  for (const role of ['operator', 'field_agent', 'region_lead'] as const) await backend.call(role, 'GET', '/v1/me')
})
afterAll(() => backend?.close())

interface Exchange {
  socket: Socket
  /** what came until the connection ended */
  ended: Promise<string>
}

function send(url: string, text: string): Promise<Exchange> {
  const { hostname, port } = new URL(url)
  return new Promise((done, fail) => {
    const socket = connectSocket(Number(port), hostname, () => {
      socket.write(text)
      done({ socket, ended })
    }).once('error', fail)
    let answer = ''
    socket.on('data', chunk => (answer += chunk.toString()))
    const ended = new Promise<string>(over => socket.once('close', () => over(answer)))
  })
}

const halfHeaders = 'GET /v1/me HTTP/1.1\r\nhost: backend\r\nx-slow: '
const halfBody = 'POST /v1/sessions HTTP/1.1\r\nhost: backend\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"co'

test.each([
  ['its headers', halfHeaders],
  ['its body', halfBody],
])('given a request that does not send the rest of %s, then it is 408 after the limit and its connection ends', async (_what, text) => {
  const { ended } = await send(backend.url, text)
  const answer = await ended
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect(answer).toContain('"code":"REQUEST_TIMEOUT"')
})

test('given somebody holds a shop and many writes of it come, then log-in, reads and writes of other shops by others go on, and the writes are told when to come again', async () => {
  await backend.addMerchant('1900000110')
  const holder = newClient(backend.ownerUrl)
  await holder.connect()
  await holder.query('begin')
  await holder.query(`select 1 from sub_merchants where sub_mchid = '${shop}' for update`)
  const write = (role: 'operator' | 'field_agent', sub_mchid: string, kind: 'test' | 'portal') =>
    backend.call(role, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, {
      headers: { 'idempotency-key': randomUUID() },
      body: {
        id: randomUUID(),
        occurred_at: new Date().toISOString(),
        ...(kind === 'portal'
          ? { kind: 'portal_check', detail: { gold_plan_jsapi: 'open' } }
          : { kind: 'flow_conclusion', detail: { basis: 'visit', conclusion: 'jsapi' } }),
      },
    })
  const waiting = Array.from({ length: 14 }, () => write('operator', shop, 'portal'))
  await eventually('a write waits for the shop', async () => {
    const { rows } = await holder.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
    return rows.length > 0
  })
  const answers = await Promise.all([
    backend.call(null, 'POST', '/v1/sessions', { body: { code: 'demo-region_lead' } }),
    backend.call('region_lead', 'GET', '/v1/me'),
    backend.call('region_lead', 'GET', '/v1/sub-merchants'),
    backend.call('region_lead', 'GET', '/v1/summary'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const other = await write('field_agent', '1900000110', 'test')
  expect([other.status, other.body.code]).toEqual([201, undefined])
  const { rows } = await holder.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
  expect(rows.length).toBeGreaterThan(0)
  await holder.query('rollback')
  await holder.end()
  for (const { status, headers } of await Promise.all(waiting))
    expect(status === 503 ? [status, headers.get('retry-after') !== null] : [status]).toEqual(status === 503 ? [503, true] : [201])
})

test('given a process that is told to stop, then what was sent only in part is 503 at once, a request on an open connection too, and it closes', async () => {
  const closing = await startBackend({ requestTimeoutMs: 60_000 })
  await closing.addMerchant(shop)
  closing.sandbox.control.setMerchant(shop, { scenario: 'slow', times: 1, delay_seconds: 1 })
  const half = [await send(closing.url, halfHeaders), await send(closing.url, halfBody)]
  const write = closing.control('operator', shop, 'gold-plan/jsapi', { status: 'open' })
  await eventually('a write is under way', async () => (await closing.db.selectFrom('operations').select('id').execute()).length === 1)
  const closed = closing.app.close()
  for (const { ended } of half) {
    const answer = await ended
    expect(answer).toMatch(
      /^HTTP\/1.1 503 [\s\S]*content-type: application\/problem\+json[\s\S]*retry-after: \d+[\s\S]*"code":"OVERLOADED"/i,
    )
  }
  expect((await write).status).toBe(200)
  await closed
  await closing.close().catch(() => undefined)
})

test('given something never ends after the signal, then the process ends without it', async () => {
  const [module] = built('backend/platform/end-on-signal.ts')
  const script = `import { endOnSignal } from ${JSON.stringify(module)}
    const log = { info() {}, warn: (_fields, line) => console.log(line), error() {} }
    endOnSignal(log, () => new Promise(() => {}), 200)
    setInterval(() => {}, 1000)
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  })
  let out = ''
  child.stdout.on('data', chunk => (out += String(chunk)))
  const ended = new Promise(done => child.once('close', done))
  await eventually('it runs', () => out.includes('ready'))
  child.kill('SIGTERM')
  expect([await ended, out]).toEqual([0, expect.stringContaining('did not end in time')])
})
