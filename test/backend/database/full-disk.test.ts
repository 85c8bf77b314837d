// PostgreSQL's disk is full. It refuses every statement that needs room with 53100 and goes on reading. Phones hear 503 and come again, nothing is done by
// half, what WeChat Pay has done is not forgotten, and once there is room everything goes on by itself.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { newClient } from '../../../backend/database/client.ts'
import { newPng, photoForm } from '../field-work/visits/given.ts'
import { startBackend, type Answer, type Backend } from '../support/backend.ts'

let backend: Backend
let shop = 1_900_004_000
let sub_mchid = ''
beforeAll(async () => {
  backend = await startBackend({ slowCallMs: 1_500 })
  await asOwner(`create function no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file "base/16384/16385": No space left on device' using errcode = '53100'; end $$`)
  await backend.call('operator', 'GET', '/v1/me')
})
afterAll(() => backend?.close())
beforeEach(async () => {
  shop += 1
  sub_mchid = String(shop)
  await backend.addMerchant(sub_mchid)
})

async function asOwner(statement: string): Promise<void> {
  const client = newClient(backend.ownerUrl)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
/** The table's file cannot grow while this is done. */
async function withoutRoomFor<T>(table: string, work: () => Promise<T>): Promise<T> {
  await asOwner(`create trigger no_room before insert or update on ${table} for each row execute function no_room()`)
  return work().finally(() => asOwner(`drop trigger no_room on ${table}`))
}
const told = ({ status, body, headers }: Answer) => [status, body.code, headers.get('retry-after')]
const comeAgain = [503, 'OVERLOADED', '2']
const calls = () => backend.sandbox.control.requests().filter(request => request.sub_mchid === sub_mchid).length
const receiptInLedger = async () =>
  (await backend.call<{ receipt: { status: string } }>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body.receipt.status

describe('given no room for a row of', () => {
  test.each(['evidence', 'sub_merchants', 'idempotency_keys'])(
    '%s, when evidence is recorded, then it is to come again, and with the same key it is there once',
    async table => {
      const headers = { 'idempotency-key': randomUUID() }
      const now = new Date().toISOString()
      const body = { id: randomUUID(), kind: 'portal_check', occurred_at: now, detail: { gold_plan_jsapi: 'open' } }
      const record = () => backend.call('operator', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, { headers, body })
      const kept = () => backend.db.selectFrom('evidence').select('id').where('sub_mchid', '=', sub_mchid).execute()
      expect(told(await withoutRoomFor(table, record))).toEqual(comeAgain)
      expect(await kept()).toEqual([])
      expect([(await record()).status, (await record()).status, await kept()]).toEqual([201, 201, [{ id: body.id }]])
    },
  )

  test.each(['operations', 'calls_under_way', 'idempotency_keys'])(
    '%s, when a switch is asked for, then WeChat Pay is not, and with the same key it is made once',
    async table => {
      const headers = { 'idempotency-key': randomUUID() }
      const open = () => backend.control('operator', sub_mchid, 'receipt', { status: 'open' }, headers)
      expect(told(await withoutRoomFor(table, open))).toEqual(comeAgain)
      expect(calls()).toBe(0)
      expect([(await open()).status, (await open()).status, calls(), await receiptInLedger()]).toEqual([200, 200, 1, 'open'])
    },
  )

  test.each(['operation_attempts', 'evidence', 'audit_entries', 'sub_merchants'])(
    '%s, when WeChat Pay has switched a shop, then it is on its way, and written by itself as soon as there is room',
    async table => {
      const key = randomUUID()
      await withoutRoomFor(table, async () => {
        const answer = await backend.control('operator', sub_mchid, 'receipt', { status: 'open' }, { 'idempotency-key': key })
        expect([answer.status, answer.body.status, backend.sandbox.control.ledger(sub_mchid).receipt]).toEqual([202, 'pending', 'open'])
      })
      await eventually(
        'the outcome is written',
        async () => (await backend.call('operator', 'GET', `/v1/operations/${key}`)).body.status === 'succeeded',
      )
      expect([await receiptInLedger(), calls()]).toEqual(['open', 1])
    },
  )

  test.each(['photos', 'idempotency_keys'])('%s, when a photo is sent, then it is to come again, and then it is there', async table => {
    const file = newPng()
    const key = { 'idempotency-key': randomUUID() }
    const upload = () => backend.upload('operator', '/v1/photos', photoForm(file), key)
    expect(told(await withoutRoomFor(table, upload))).toEqual(comeAgain)
    const { status, body } = await upload()
    expect([[200, 201].includes(status), typeof body.id]).toEqual([true, 'string'])
  })

  test('sessions, when somebody logs in, then it is to come again, and whoever is logged in reads on', async () => {
    await withoutRoomFor('sessions', async () => {
      const login = await backend.call(null, 'POST', '/v1/sessions', { body: { code: 'demo-operator' } })
      expect(told(login)).toEqual(comeAgain)
      expect((await backend.call('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).status).toBe(200)
    })
  })
})
