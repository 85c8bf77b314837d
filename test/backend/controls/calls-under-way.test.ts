// No call to WeChat Pay overtakes another: processes that are taken for dead, clocks that jump, answers that come late, and a person who changes the shop
// meanwhile. What WeChat Pay did last is what the ledger says.
import { createProviders } from '../../../backend/company/providers.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { buildApp } from '../../../backend/app.ts'
import type { Context } from '../../../backend/platform/context.ts'
import { adoptAbandoned, askAgain, startAsking } from '../../../backend/controls/ask-again.ts'
import { callWechatPay } from '../../../backend/controls/call.ts'
import type { OperationRow } from '../../../backend/database/control-tables.ts'
import { createCalls, leavesWithinMs, overAfterMs } from '../../../backend/controls/calls.ts'
import { settle } from '../../../backend/controls/settle.ts'
import { connect } from '../../../backend/database/connection.ts'
import { createSignOfLife, lives } from '../../../backend/database/sign-of-life.ts'
import { createWechatPay, type WechatPay } from '../../../backend/wechatpay/index.ts'
import { eventually } from '../../support/eventually.ts'
import { minute, sp_mchid, startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
/** of a second process on the same database */
let other: Context
let endOther: () => Promise<void>
let wechatPay: WechatPay
/** the steady clock of both, ms */
let ticks = 0
let shop = 1_900_003_000
let sub_mchid = ''

beforeAll(async () => {
  backend = await startBackend({ ticks: () => ticks })
  const db = connect(backend.databaseUrl)
  wechatPay = createWechatPay(backend.sandbox.wechatPayConfig())
  const wechat = { code2Session: async () => ({ openid: 'nobody' }) }
  const settings = { clock: backend.clock, ticks: () => ticks, workerEveryMs: null }
  const app = await buildApp({ ...settings, database: db, sp_mchid, wechatPay, wechat })
  other = app.context
  endOther = async () => {
    await app.close()
    await wechatPay.close()
    await db.destroy()
  }
})
afterAll(async () => {
  await endOther?.()
  await backend?.close()
})
beforeEach(async () => {
  shop += 1
  sub_mchid = String(shop)
  await backend.addMerchant(sub_mchid)
})

const arrange = (scenario: 'normal' | 'slow' | 'late', delay_seconds = 1) =>
  backend.sandbox.control.setMerchant(sub_mchid, { scenario, times: 1, delay_seconds })
const atWechatPay = () => backend.sandbox.control.ledger(sub_mchid).receipt
const calls = () => backend.sandbox.control.requests().filter(request => request.sub_mchid === sub_mchid)
const receipt = (status: 'open' | 'closed') =>
  backend.control('operator', sub_mchid, 'receipt', { status, ...(status === 'closed' && { reason: '商户要求' }) })
const inLedger = async () =>
  (await backend.call<{ receipt: { status: string } }>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body.receipt.status
const operation = () => backend.db.selectFrom('operations').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow()
const phases = async () => {
  const rows = await backend.db
    .selectFrom('operation_attempts')
    .select('phase')
    .where('operation_id', '=', (await operation()).id)
    .orderBy('attempt')
    .execute()
  return rows.map(({ phase }) => phase)
}

/** A process whose connections are gone, while it may still run. */
const withoutSignOfLife = (process: number): Context => ({
  ...other,
  calls: createCalls({
    clock: other.clock,
    ticks: () => ticks,
    life: { process, held: async () => true, stop: async () => undefined },
  }),
})
/** As the backend, on a line where calls lie until `arriving`. */
function heldBack(arriving: Promise<void>): Context {
  const { goldPlan, orders } = wechatPay
  const late: typeof goldPlan = {
    ...goldPlan,
    changeCustomPageStatus: (...given) => arriving.then(() => goldPlan.changeCustomPageStatus(...given)),
  }
  return { ...backend.app.context, providers: createProviders({ sp_mchid, wechatPay: { goldPlan: late, orders } }) }
}
/** The first transaction of a write, as that process does it. */
async function begun(context: Context): Promise<{ row: OperationRow; call: ReturnType<Context['calls']['next']> }> {
  const call = context.calls.next()
  const row = await context.db.transaction().execute(async trx => {
    const inserted = await trx
      .insertInto('operations')
      .values({
        id: randomUUID(),
        sp_mchid,
        sub_mchid,
        key: randomUUID(),
        staff_id: backend.staffId('operator'),
        kind: 'receipt.open',
        parameters: '{}',
        status: 'pending',
        started_at: context.clock.now(),
        request_id: 'of-this-test',
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    expect(await context.calls.writeDown(trx, call, inserted)).toBe(true)
    return inserted
  })
  return { row, call }
}

describe('what WeChat Pay did last is what the ledger says', () => {
  test('given an answer that takes long, when the clock jumps and another process looks, then it is not asked twice, and a later change stays', async () => {
    arrange('slow')
    const opening = receipt('open')
    await eventually('WeChat Pay has opened it', () => atWechatPay() === 'open')
    arrange('late')
    backend.sandbox.control.clock.advance(2 * minute)
    await adoptAbandoned(other)
    backend.sandbox.control.clock.advance(6_000)
    const asking = startAsking(other)
    await asking.claimDue()
    expect((await opening).status).toBe(200)
    arrange('normal')
    expect((await receipt('closed')).status).toBe(200)
    await asking.settled()
    expect([await inLedger(), atWechatPay(), calls().length]).toEqual(['closed', 'closed', 2])
  })

  test('given a process that lost its connection and not its call, when the question is repeated, then nobody changes the shop before that answer', async () => {
    const first = withoutSignOfLife(7)
    const { row, call } = await begun(first)
    const answer = await callWechatPay(first, row, call)
    await adoptAbandoned(backend.app.context)
    ticks += overAfterMs
    expect(await adoptAbandoned(backend.app.context)).toBe(1)
    backend.sandbox.control.clock.advance(6_000)
    let arrive = () => {}
    const asking = startAsking(heldBack(new Promise(done => (arrive = done))))
    expect(await asking.claimDue()).toBe(1)

    expect((await settle(first, row.id, answer, call.id)).status).toBe('succeeded')
    const refused = await receipt('closed')
    expect([refused.status, refused.body.code]).toEqual([409, 'OPERATION_PENDING'])
    arrive()
    await asking.settled()
    expect((await receipt('closed')).status).toBe(200)
    expect([await inLedger(), atWechatPay(), calls().length]).toEqual(['closed', 'closed', 3])
  })

  test('given a process that stood still between writing a call down and sending it, then nothing leaves', async () => {
    const { row, call } = await begun(other)
    ticks += leavesWithinMs + 1
    const outcome = await callWechatPay(other, row, call)
    expect([outcome.phase, outcome.reason, calls()]).toEqual(['not_sent', 'TOO_LATE', []])
    expect((await settle(other, row.id, outcome, call.id)).status).toBe('failed')
    expect((await receipt('open')).status).toBe(200)
  })

  test('given a process that looked at the clock before another set the next time, then it waits for that time', async () => {
    await begun(withoutSignOfLife(10))
    await adoptAbandoned(backend.app.context)
    ticks += overAfterMs
    expect(await adoptAbandoned(backend.app.context)).toBe(1)
    for (const behind of [1, 2_000, 20_000]) {
      const earlier = { ...other, clock: { now: () => new Date(other.clock.now().getTime() - behind) } }
      expect(await askAgain(earlier)).toBe(0)
    }
    // an hour is no such moment: the clock was set back, and nobody waits for what it said
    const longBefore = { ...other, clock: { now: () => new Date(other.clock.now().getTime() - 60 * minute) } }
    expect(await askAgain(longBefore)).toBe(1)
  })

  test('given a process that stood still before it repeated a question, then that is none of the times that it may be repeated', async () => {
    await begun(withoutSignOfLife(9))
    await adoptAbandoned(backend.app.context)
    ticks += overAfterMs
    expect(await adoptAbandoned(backend.app.context)).toBe(1)
    const { attempts } = await operation()
    // each time it stands still between the row and the call, more often than a question is repeated
    const stands = { ...other, calls: { ...other.calls, isTooLate: () => true } }
    for (let time = 0; time < 8; time += 1) {
      backend.sandbox.control.clock.advance(6_000)
      expect(await askAgain(stands)).toBe(1)
    }
    expect([await operation(), await phases(), calls()]).toMatchObject([{ status: 'unknown', attempts }, ['process_ended'], []])
    backend.sandbox.control.clock.advance(6_000)
    expect(await askAgain(other)).toBe(1)
    expect([(await operation()).status, await phases(), calls().length]).toEqual(['succeeded', ['process_ended', 'succeeded'], 1])
  })
})

describe('what a process leaves behind', () => {
  test('given it ended, then another has to see that for 30 s by a clock that nobody sets; then the outcome is unknown and asked for', async () => {
    await begun(withoutSignOfLife(8))
    expect(await askAgain(other)).toBe(0)
    // a jump of the clock tells nothing
    backend.sandbox.control.clock.advance(60 * minute)
    ticks += overAfterMs - 1
    expect(await askAgain(other)).toBe(0)
    ticks += 1
    expect(await askAgain(other)).toBe(1)
    expect([(await operation()).status, (await receipt('open')).body.code]).toEqual(['unknown', 'OPERATION_PENDING'])
    backend.sandbox.control.clock.advance(6_000)
    expect(await askAgain(other)).toBe(1)
    expect([(await operation()).status, await phases()]).toEqual(['succeeded', ['process_ended', 'succeeded']])
  })

  test('given it lives, then nobody else takes its call away, however long that takes', async () => {
    expect(await other.calls.provesLife()).toBe(true)
    await begun(other)
    await adoptAbandoned(backend.app.context)
    ticks += 100 * overAfterMs
    expect(await adoptAbandoned(backend.app.context)).toBe(0)
    expect((await operation()).status).toBe('pending')
  })

  test('given it could not write an outcome and gave up, then it finds its own call at once', async () => {
    const { call } = await begun(other)
    expect(await adoptAbandoned(other)).toBe(0)
    other.calls.done(call)
    expect(await adoptAbandoned(other)).toBe(1)
    expect((await operation()).status).toBe('unknown')
  })
})

describe('sign of life', () => {
  const isAlive = async (process: number) => {
    const { rows } = await sql<{ alive: boolean }>`select ${lives(sql<number>`${process}::int`)} as alive`.execute(backend.db)
    return rows[0]!.alive
  }
  test('given its connection is lost, then it takes another one; given it is stopped, then everybody sees that at once', async () => {
    const life = createSignOfLife(backend.db)
    expect(await isAlive(life.process)).toBe(false)
    expect(await life.held()).toBe(true)
    expect(await isAlive(life.process)).toBe(true)
    const cut = sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid::bigint = ${life.process}::bigint`
    await cut.execute(backend.db)
    await eventually('the others see that', async () => !(await isAlive(life.process)))
    await eventually('it lives again', () => isAlive(life.process))
    await life.stop()
    expect([await isAlive(life.process), await life.held()]).toEqual([false, false])
  })
})
