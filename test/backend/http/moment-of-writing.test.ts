// Who may write is asked at the moment of writing: headers that came in time do not help a body that comes after somebody was disabled or moved.
import { randomUUID } from 'node:crypto'
import { connect as connectSocket, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type pg from 'pg'
import { newClient } from '../../../backend/database/client.ts'
import { eventually } from '../../support/eventually.ts'
import { startBackend, type Backend } from '../support/backend.ts'

const shop = '1900000109'
let backend: Backend
let watcher: pg.Client
beforeAll(async () => {
  backend = await startBackend({ requestTimeoutMs: 20_000 })
  await backend.addMerchant(shop)
  watcher = newClient(backend.ownerUrl)
  await watcher.connect()
})
afterAll(async () => {
  await watcher?.end()
  await backend?.close()
})
beforeEach(async () => {
  await backend.db
    .updateTable('staff')
    .set({ status: 'active', role: 'operator', region_codes: [] })
    .where('id', '=', backend.staffId('operator'))
    .execute()
})

interface HalfSent {
  /** sends the rest and gives the answer */
  finish(): Promise<{ status: number; body: { code?: string } }>
}

/** Headers and the first byte of the body; resolves when the backend has looked up who sends them. */
async function begin(method: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<HalfSent> {
  const { body: session } = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-operator' } })
  const text = Buffer.from(JSON.stringify(body))
  const headers = {
    host: 'backend',
    authorization: `Bearer ${session.token}`,
    'content-type': 'application/json',
    'content-length': String(text.length),
    'idempotency-key': randomUUID(),
    ...more,
  }
  const { rows } = await watcher.query<{ now: Date }>('select clock_timestamp() as now')
  const socket = await open()
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
  socket.write(text.subarray(0, 1))
  await eventually('the sender was looked up', async () => {
    const { rows: found } = await watcher.query(
      `select 1 from pg_stat_activity where datname = current_database() and query like '%planned once: session *%' and query_start > $1`,
      [rows[0]!.now],
    )
    return found.length > 0
  })
  return {
    finish() {
      const answer = answerOn(socket)
      socket.write(text.subarray(1))
      return answer
    },
  }
}

function open(): Promise<Socket> {
  const { hostname, port } = new URL(backend.url)
  return new Promise((done, fail) => {
    const socket = connectSocket(Number(port), hostname, () => done(socket)).once('error', fail)
  })
}

function answerOn(socket: Socket): Promise<{ status: number; body: { code?: string } }> {
  return new Promise((done, fail) => {
    let text = ''
    socket.once('error', fail)
    socket.on('data', chunk => {
      text += chunk.toString()
      const [head, body = ''] = text.split('\r\n\r\n')
      const length = /content-length: (\d+)/i.exec(head ?? '')?.[1]
      if (length === undefined || Buffer.byteLength(body) < Number(length)) return
      socket.destroy()
      done({ status: Number(head!.split(' ')[1]), body: JSON.parse(body || '{}') as { code?: string } })
    })
  })
}

const disable = () => backend.db.updateTable('staff').set({ status: 'disabled' }).where('id', '=', backend.staffId('operator')).execute()
const become = (role: 'auditor' | 'field_agent', region_codes: string[] = []) =>
  backend.db.updateTable('staff').set({ role, region_codes }).where('id', '=', backend.staffId('operator')).execute()

const openPlan = async () =>
  begin('PUT', `/v1/sub-merchants/${shop}/gold-plan/jsapi`, { status: 'open' }, { 'if-match': `"${await backend.versionOf(shop)}"` })
const portalCheck = () =>
  begin('POST', `/v1/sub-merchants/${shop}/evidence`, {
    id: randomUUID(),
    kind: 'portal_check',
    occurred_at: new Date().toISOString(),
    detail: { gold_plan_jsapi: 'open' },
  })

test('given headers now and the body after its sender was disabled, then nothing is switched: 403', async () => {
  const write = await openPlan()
  await disable()
  expect(await write.finish()).toMatchObject({ status: 403, body: { code: 'STAFF_DISABLED' } })
  expect(backend.sandbox.control.ledger(shop).gold_plan.JSAPI.status).not.toBe('open')
  expect(await backend.db.selectFrom('operations').selectAll().execute()).toEqual([])
})

test.each<[string, () => Promise<HalfSent>]>([
  ['evidence', portalCheck],
  [
    'a visit',
    () => {
      const at = new Date().toISOString()
      const visit = {
        sub_mchid: shop,
        template_version: 1,
        status: 'submitted',
        started_at: at,
        ended_at: at,
        answers: {},
        other_photo_ids: [],
      }
      return begin('PUT', `/v1/visits/${randomUUID()}`, visit)
    },
  ],
  ['a receipt', () => begin('PUT', `/v1/sub-merchants/${shop}/receipt-content`, { blocks: [] }, { 'if-match': '"0"' })],
  [
    'shops given to somebody',
    () => begin('PUT', '/v1/sub-merchants/assignments', { sub_mchids: [shop], staff_id: backend.staffId('field_agent') }),
  ],
])('given headers now and the body after its sender was disabled, then %s is not written: 403', async (_what, send) => {
  const write = await send()
  await disable()
  expect(await write.finish()).toMatchObject({ status: 403, body: { code: 'STAFF_DISABLED' } })
  const entries = await backend.db.selectFrom('audit_entries').select('action').where('action', '<>', 'session.open').execute()
  expect(entries).toEqual([])
})

test('given the role changes between headers and body, then the new one holds', async () => {
  const write = await portalCheck()
  await become('auditor')
  expect(await write.finish()).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } })
})

test('given the shop is out of scope when the body comes, then it is not there: 404', async () => {
  const write = await openPlan()
  await become('field_agent', ['110101'])
  expect(await write.finish()).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
})

test('given the session ended between headers and body, then nobody is logged in: 401', async () => {
  const write = await portalCheck()
  await backend.db.deleteFrom('sessions').where('staff_id', '=', backend.staffId('operator')).execute()
  expect(await write.finish()).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
})

test('given a write under way, when its writer is disabled, then that waits for the write and holds for the next', async () => {
  await backend.call('operator', 'GET', '/v1/me')
  const holder = newClient(backend.ownerUrl)
  await holder.connect()
  await holder.query('begin')
  await holder.query(`select 1 from sub_merchants where sub_mchid = '${shop}' for update`)
  const first = (await portalCheck()).finish()
  await eventually('the write waits for the shop', async () => {
    const { rows } = await watcher.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
    return rows.length > 0
  })
  const disabled = disable()
  await holder.query('rollback')
  await holder.end()
  expect(await first).toMatchObject({ status: 201 })
  await disabled
  expect((await backend.call('operator', 'GET', '/v1/me')).status).toBe(403)
})
