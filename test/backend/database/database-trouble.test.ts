// The database on a bad day: connections that break or vanish, rows that somebody holds, a pooler in between. A request is answered 503 and comes again;
// the process goes on.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import type pg from 'pg'
import { newClient, requestLimits, type Limits } from '../../../backend/database/client.ts'
import { connect } from '../../../backend/database/connection.ts'
import { unavailable } from '../../../backend/database/unavailable.ts'
import { startDatabaseProxy, type DatabaseProxy } from '../../support/database-proxy.ts'
import { eventually } from '../../support/eventually.ts'
import { startBackend, type Backend } from '../support/backend.ts'

const shop = '1900000109'
const soon: Limits = { ...requestLimits, statementMs: 1_500, lockMs: 1_000, idleInTransactionMs: 500 }
let proxy: DatabaseProxy
let backend: Backend
const others: pg.Client[] = []
beforeAll(async () => {
  proxy = await startDatabaseProxy(process.env.TEST_DATABASE_URL!)
  backend = await startBackend({ slowCallMs: 1_500 }, { limits: soon, through: proxy.urlOf })
  await backend.addMerchant(shop)
  await backend.call('operator', 'GET', '/v1/me')
})
afterEach(async () => {
  for (const client of others.splice(0)) await client.end()
})
afterAll(async () => {
  await backend?.close()
  await proxy?.close()
})

/** Somebody else at the same database, who stays in a transaction. */
async function somebodyElse(): Promise<pg.Client> {
  const client = newClient(backend.ownerUrl)
  await client.connect()
  others.push(client)
  return client
}

async function holdShop(): Promise<pg.Client> {
  const holder = await somebodyElse()
  await holder.query('begin')
  await holder.query(`select 1 from sub_merchants where sub_mchid = '${shop}' for update`)
  return holder
}

const writeEvidence = () =>
  backend.call('operator', 'POST', `/v1/sub-merchants/${shop}/evidence`, {
    headers: { 'idempotency-key': randomUUID() },
    body: { id: randomUUID(), kind: 'portal_check', occurred_at: new Date().toISOString(), detail: { gold_plan_jsapi: 'open' } },
  })

const waiting = (client: pg.Client) =>
  client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
  )

test('given the connection of a write is ended by the server while it waits, then that write is 503 with a time to come again, and the next is made', async () => {
  const holder = await holdShop()
  const write = writeEvidence()
  const { pid } = await eventually('the write waits', async () => (await waiting(holder)).rows[0])
  await holder.query('select pg_terminate_backend($1)', [pid])
  const answer = await write
  expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '2'])
  await holder.query('rollback')
  expect((await writeEvidence()).status).toBe(201)
})

test('given somebody holds a shop for long, then a write of it ends with 503 instead of waiting on', async () => {
  await holdShop()
  const answer = await writeEvidence()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
})

test('given a network that resets every connection, then what was under way is 503 and the next request is answered', async () => {
  const holder = await holdShop()
  const write = writeEvidence()
  await eventually('the write waits', async () => (await waiting(holder)).rows[0])
  proxy.cut()
  expect((await write).status).toBe(503)
  expect((await backend.call('operator', 'GET', '/v1/me')).status).toBe(200)
})

test('given connections that vanish without a word, then requests are 503 within the limit, and once new ones can be made the first is answered', async () => {
  const me = () => backend.call('operator', 'GET', '/v1/me')
  // several connections lie idle
  await Promise.all(Array.from({ length: 6 }, me))
  proxy.fallSilent()
  expect((await me()).status).toBe(503)
  proxy.recover()
  expect((await me()).status).toBe(200)
  expect((await Promise.all(Array.from({ length: 6 }, me))).map(({ status }) => status)).toEqual(Array(6).fill(200))
})

test('given a database that is away for a while, then every request is 503 with a time to come again, none is 500, and afterwards all are answered', async () => {
  const back = await proxy.goAway()
  const asked = ['/v1/me', '/v1/sub-merchants', '/v1/summary', `/v1/sub-merchants/${shop}`]
  const answers = await Promise.all([...asked.map(path => backend.call('operator', 'GET', path)), writeEvidence()])
  expect(answers.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`)).toEqual(Array(5).fill('503 2'))
  await back()
  expect((await Promise.all(asked.map(path => backend.call('operator', 'GET', path)))).map(({ status }) => status)).toEqual(
    Array(4).fill(200),
  )
})

test('given the database goes away while WeChat Pay carries out a write, then the answer is 202, and the outcome is written when it is back', async () => {
  backend.sandbox.control.setMerchant(shop, { scenario: 'slow', times: 1, delay_seconds: 1 })
  const key = randomUUID()
  const write = backend.control('operator', shop, 'gold-plan/jsapi', { status: 'open' }, { 'idempotency-key': key })
  await eventually('the write is at WeChat Pay', () => backend.sandbox.control.ledger(shop).gold_plan.JSAPI.status === 'open')
  const back = await proxy.goAway()
  const answer = await write
  expect([answer.status, answer.body.key]).toEqual([202, key])
  await back()
  await eventually('the outcome is written', async () => {
    const { body } = await backend.call('operator', 'GET', `/v1/operations/${key}`)
    return body.status === 'succeeded'
  })
})

test.each([
  ['53100', 'full'],
  ['ENOSPC', 'full'],
  ['55P03', 'busy'],
  ['57P01', 'lost'],
  ['08006', 'lost'],
  ['25006', 'lost'],
  ['28P01', 'lost'],
  ['3D000', 'lost'],
  ['57P04', 'lost'],
  ['58030', 'full'],
  ['EMFILE', 'busy'],
  ['ESTALE', 'full'],
  ['CERT_HAS_EXPIRED', 'lost'],
  ['23505', null],
])('given the failure %s, then it is %s', (code, why) => {
  expect(unavailable(Object.assign(new Error('could not'), { code }))).toBe(why)
})

test('given a program that stands still in a transaction, then its rows are free again after the limit', async () => {
  const stopped = connect(backend.databaseUrl, 1, soon)
  const stuck = stopped.transaction().execute(async trx => {
    await trx.selectFrom('sub_merchants').select('name').where('sub_mchid', '=', shop).forUpdate().execute()
    await new Promise(done => setTimeout(done, 3_000))
    await sql`select 1`.execute(trx)
  })
  const failed = expect(stuck).rejects.toThrow(/terminat|connection/i)
  await eventually('the shop can be written', async () => (await writeEvidence()).status === 201)
  await failed
  await stopped.destroy()
})

test.each(['drop', 'refuse'] as const)(
  'given a pooler that would %s options of the greeting, then none is sent and every limit holds',
  async options => {
    const pooler = await startDatabaseProxy(backend.databaseUrl, options)
    const db = connect(pooler.urlOf(backend.databaseUrl), 1, soon)
    const { rows } = await sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle, current_setting('TimeZone') as zone, current_user as role`.execute(db)
    expect([rows, pooler.refused]).toEqual([[{ statement: '1500ms', lock: '1s', idle: '500ms', zone: 'UTC', role: 'goldplan_app' }], []])
    await db.destroy()
    await pooler.close()
  },
)
