// Clocks that go back, and processes whose clocks differ: the order of what happened to a shop stays, nobody waits for time to come again.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { buildApp } from '../../../backend/app.ts'
import { manualClock, type Clock } from '../../../backend/platform/clock.ts'
import { measureDatabaseClock, watchClocks } from '../../../backend/platform/clock-skew.ts'
import { connect } from '../../../backend/database/connection.ts'
import { askAgain } from '../../../backend/controls/ask-again.ts'
import { settle } from '../../../backend/controls/settle.ts'
import { callWechatPay } from '../../../backend/controls/call.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import type { Context } from '../../../backend/platform/context.ts'
import { SteadyStore } from '../../../backend/http/rate-limit-store.ts'
import { hour, minute, sp_mchid, startBackend, type Backend } from '../support/backend.ts'

const shop = '1900000109'
let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant(shop)
})
afterAll(() => backend?.close())

/** As a process whose clock is off by this. */
const withClock = (offset: number): Context => ({
  ...backend.app.context,
  clock: { now: () => new Date(backend.clock.now().getTime() + offset) },
})

async function operation(kind: 'gold_plan.open' | 'gold_plan.close', offset: number, sub_mchid = shop) {
  const context = withClock(offset)
  const row = await backend.db
    .insertInto('operations')
    .values({
      id: crypto.randomUUID(),
      sp_mchid,
      sub_mchid,
      key: crypto.randomUUID(),
      staff_id: backend.staffId('operator'),
      kind,
      parameters: '{}',
      status: 'pending',
      started_at: context.clock.now(),
      request_id: 'of-this-test',
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { context, row }
}

const statusOf = async (sub_mchid: string) =>
  (await backend.call<{ gold_plan: { jsapi: { status: string } } }>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body.gold_plan
    .jsapi.status

test.each([
  ['another process is a minute behind', 0, -minute],
  ['the clock goes back an hour', 0, -hour],
  ['two processes are 3 s apart', 3_000, 0],
])('given %s, when a shop is closed after it was opened, then it is closed here as at WeChat Pay', async (_what, opened, closed) => {
  const sub_mchid = `19000${String(Math.abs(opened - closed))
    .padStart(5, '0')
    .slice(-5)}`
  await backend.addMerchant(sub_mchid)
  for (const [kind, offset] of [
    ['gold_plan.open', opened],
    ['gold_plan.close', closed],
  ] as const) {
    const { context, row } = await operation(kind, offset, sub_mchid)
    const call = context.calls.next()
    await settle(context, row.id, await callWechatPay(backend.app.context, row, call), call.id)
  }
  expect([await statusOf(sub_mchid), backend.sandbox.control.ledger(sub_mchid).gold_plan.JSAPI.status]).toEqual(['closed', 'closed'])
})

/** Nobody knows what WeChat Pay did. */
const loseAnswer = (context: Context, operation_id: string) =>
  settle(
    context,
    operation_id,
    {
      phase: 'unknown',
      sent_at: context.clock.now(),
      answered_at: context.clock.now(),
      http_status: null,
      reason: null,
      code: null,
      wx_code: null,
      wx_message: null,
      wx_request_id: null,
      retry_after: null,
    },
    context.calls.next().id,
  )

test('given the clock goes back an hour while an answer is lost, then it is asked for again at once, not in an hour', async () => {
  const { context, row } = await operation('gold_plan.open', hour)
  await loseAnswer(context, row.id)
  expect(await askAgain(backend.app.context)).toBe(1)
  const { status } = await backend.db.selectFrom('operations').select('status').where('id', '=', row.id).executeTakeFirstOrThrow()
  expect(status).toBe('succeeded')
})

test('given an answer that was just lost, then it is not asked for before its time', async () => {
  await backend.addMerchant('1900000111')
  const { context, row } = await operation('gold_plan.open', 0, '1900000111')
  await loseAnswer(context, row.id)
  expect(await askAgain(backend.app.context)).toBe(0)
})

test('given the system clock goes back an hour, then the rate limit ends after its minute all the same', () => {
  const steady = jest.spyOn(performance, 'now')
  const system = jest.spyOn(Date, 'now')
  const store = new SteadyStore({ cache: 2 })
  const count = (key: string) => {
    let seen: { current: number; ttl: number } | undefined
    store.incr(key, (_error, result) => (seen = result), minute)
    return seen!
  }
  steady.mockReturnValue(1_000)
  expect([count('a').current, count('a')]).toEqual([1, { current: 2, ttl: minute }])
  system.mockReturnValue(Date.now() - hour)
  steady.mockReturnValue(1_000 + minute)
  expect(count('a').current).toBe(1)
  // the one that was quiet longest is forgotten
  count('b')
  count('c')
  expect([count('c').current, count('a').current]).toEqual([2, 1])
  steady.mockRestore()
  system.mockRestore()
})

function watched() {
  const seen: Record<string, number> = {}
  const said: string[] = []
  const log = { error: (_fields: object, line: string) => said.push(line), warn: (_fields: object, line: string) => said.push(line) }
  return { seen, said, skew: watchClocks({ clockSkew: (other, seconds) => (seen[other] = seconds) }, log) }
}

test('given a machine whose clock is 3 s behind the database, then that is measured and said once, and once more when they agree', async () => {
  const db = connect(backend.databaseUrl, 1)
  const { seen, said, skew } = watched()
  const behind: Clock = { now: () => new Date(Date.now() - 3_000) }
  await measureDatabaseClock({ db, skew }, behind)
  await measureDatabaseClock({ db, skew }, behind)
  expect(seen.database).toBeGreaterThan(2)
  expect(said).toEqual([expect.stringContaining('disagree')])
  await measureDatabaseClock({ db, skew })
  expect(Math.abs(seen.database!)).toBeLessThan(2)
  expect(said).toHaveLength(2)
  await db.destroy()
})

test('given WeChat Pay names a time in its answers, then the difference stands in the metrics', async () => {
  const wechatPay = createWechatPay(backend.sandbox.wechatPayConfig())
  const app = await buildApp({
    database: backend.db,
    sp_mchid,
    wechatPay,
    wechat: { code2Session: async () => ({ openid: 'nobody' }) },
    workerEveryMs: null,
    clock: manualClock(new Date()),
  })
  await wechatPay.goldPlan.openAdvertisingShow({ sub_mchid: shop }).catch(() => undefined)
  const { body } = await app.inject('/metrics')
  expect(body).toMatch(/^clock_skew_seconds\{other="wechatpay"\} -?[\d.e-]+$/m)
  await app.close()
  await wechatPay.close()
})
