// Trade bills as they come each day: fetched once whoever runs, refused whole, asked for again, and replaced (product.md C1).
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { connect } from '../../../../backend/database/connection.ts'
import { fetchBills, newestBillDay } from '../../../../backend/evidence/bills/fetch.ts'
import { billHealth } from '../../../../backend/evidence/bills/health.ts'
import { assertIsOf, landBill } from '../../../../backend/evidence/bills/land.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import type { UnlistedPage } from '../../../../backend/directory/unlisted/schema.ts'
import { dayLater } from '../../../../backend/http/days.ts'
import type { BillPayments } from '../../../../dev/sandbox/index.ts'
import { eventually } from '../../../support/eventually.ts'
import { hour, minute, sp_mchid } from '../../support/backend.ts'
import { billDesk, yesterday } from './desk.ts'
import { other, read as readText, shop, textOf } from './given.ts'

const desk = billDesk()
const { given, fetchEverything, fetchAll, later } = desk

let before = { asked: 0, fetched: 0 }
beforeEach(() => {
  before = desk.backend.sandbox.control.billsSeen()
})
const seen = () => {
  const { asked, fetched } = desk.backend.sandbox.control.billsSeen()
  return { asked: asked - before.asked, fetched: fetched - before.fetched }
}
/** the newest day that is in trouble, and why; null: all is well */
const trouble = async () => {
  const [first] = (await billHealth(desk.backend.db, sp_mchid, desk.backend.clock.now())).troubles.filter(({ reason }) => reason !== null)
  return first ? { day: first.day, reason: first.reason, tried_at: first.tried_at } : null
}
const rows = () => desk.backend.db.selectFrom('payment_days').selectAll().orderBy('sub_mchid').orderBy('day').execute()
const days = async () =>
  (
    await sql<{ day: string; state: string; reason: string | null; rows: string }>`
      select to_char(day, 'YYYY-MM-DD') as day, state, reason, rows from bill_days order by bill_days.day desc`.execute(desk.backend.db)
  ).rows
const newest = async () => (await days())[0]!

describe('when bills are fetched', () => {
  test('given a fresh installation, then the ninety days before are asked for, newest first, and then nothing more that day', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 3 }])
    given(dayLater(yesterday, -89), [{ sub_mchid: shop }])
    expect(await fetchEverything()).toBe(90)
    expect((await days()).map(({ day }) => day)).toEqual(Array.from({ length: 90 }, (_, back) => dayLater(yesterday, -back)))
    expect(await newest()).toEqual({ day: yesterday, state: 'landed', reason: null, rows: '3' })
    expect(await billHealth(desk.backend.db, sp_mchid, desk.backend.clock.now())).toEqual({
      newest: yesterday,
      days: 90,
      missing_count: 0,
      troubles: [],
    })
    expect([await fetchEverything(), seen().asked]).toEqual([0, 90])
  })
  test('given the next morning, then the bill of the day before is asked for from 10:00 on', async () => {
    await fetchEverything()
    desk.backend.sandbox.control.clock.set(new Date('2026-11-30T01:59:59Z'))
    expect([newestBillDay(desk.backend.clock.now()), await fetchEverything()]).toEqual([yesterday, 0])
    given('2026-11-29', [{ sub_mchid: shop }])
    desk.backend.sandbox.control.clock.set(new Date('2026-11-30T02:00:00Z'))
    await fetchEverything()
    expect(await newest()).toMatchObject({ day: '2026-11-29', state: 'landed' })
  })
  test('given it is still being made, then it is asked for again after ten minutes', async () => {
    given(yesterday, [{ sub_mchid: shop }], { is_creating: true })
    await fetchAll()
    expect(await newest()).toMatchObject({ state: 'waiting', reason: 'BILL_BEING_MADE' })
    given(yesterday, [{ sub_mchid: shop }])
    expect(await fetchAll()).toBe(0)
    later(10 * minute)
    await fetchAll()
    expect(await newest()).toMatchObject({ state: 'landed', reason: null })
  })
  test.each([
    ['wrong_hash', 'BILL_HASH_DISAGREES'],
    ['wrong_totals', 'BILL_TOTALS_DISAGREE'],
    ['cut', 'BILL_ZIP_BROKEN'],
  ] as const)('given %s, then nothing of it lands, the reason is kept, and it is fetched again later', async (fault, reason) => {
    given(yesterday, [{ sub_mchid: shop, count: 25 }], { fault })
    await fetchAll()
    expect([await rows(), (await newest()).state, await trouble()]).toEqual([
      [],
      'refused',
      { day: yesterday, reason, tried_at: expect.any(String) },
    ])
    given(yesterday, [{ sub_mchid: shop, count: 25 }])
    later(5 * minute)
    await fetchAll()
    expect([(await rows()).length, await trouble()]).toEqual([1, null])
  })
  test.each([
    ['busy', 'WX_UNAVAILABLE'],
    ['too_often', 'WX_RATE_LIMITED'],
    ['elsewhere', 'BILL_LINK_ELSEWHERE'],
  ] as const)('given %s, then the days behind it wait, too, and our signature goes nowhere else', async (fault, reason) => {
    given(yesterday, [{ sub_mchid: shop }], { fault })
    expect(await fetchEverything()).toBe(1)
    expect([await days(), seen().fetched]).toEqual([[{ day: yesterday, state: 'waiting', reason, rows: '0' }], 0])
  })
  test("given a bill of another provider's, or of the day before, then nothing lands", async () => {
    given(yesterday, [{ sub_mchid: shop, sp_mchid: '1900000002' }])
    await fetchAll()
    expect([await rows(), (await newest()).reason]).toEqual([[], 'BILL_OF_ANOTHER_PROVIDER'])
  })
  test('given two processes at once, then each day lands once', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 4 }])
    given(dayLater(yesterday, -1), [{ sub_mchid: shop, count: 5 }])
    const second = connect(desk.backend.databaseUrl)
    const [one, two] = await Promise.all([fetchEverything(), fetchBills({ ...desk.backend.app.context, db: second })])
    await second.destroy()
    expect(one + two).toBe(90)
    expect([(await rows()).map(row => row.payments), seen().fetched]).toEqual([[5, 4], 2])
    const landed = await desk.backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'bill.landed').execute()
    expect(landed).toHaveLength(2)
  })
  test('given a process that is killed in the middle of a bill, then another one fetches it', async () => {
    given(yesterday, [{ sub_mchid: shop }])
    const clockFile = fileURLToPath(new URL('./no-clock', import.meta.url))
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/backend/evidence/bills/fetcher.ts', desk.backend.databaseUrl, sp_mchid, clockFile],
      {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    // it holds the newest day of its own clock, which is the system's
    desk.backend.sandbox.control.clock.reset()
    const held = newestBillDay(desk.backend.clock.now())
    given(held, [{ sub_mchid: shop }])
    const ended = new Promise(done => child.once('close', done))
    await new Promise<void>((done, fail) => {
      child.stdout.once('data', () => done())
      void ended.then(() => fail(new Error('it ended before it fetched anything')))
    })
    await fetchEverything()
    expect((await days()).some(({ day }) => day === held)).toBe(false)
    child.kill('SIGKILL')
    await ended
    // PostgreSQL sees a moment later that whoever held the day is gone
    await eventually('the day that was held', async () => {
      await fetchEverything()
      return (await days()).some(({ day, state }) => day === held && state === 'landed')
    })
  })
})

describe('when somebody has mended what was in the way', () => {
  test('given days that wait for their pause, then they are asked for at once, and the page says how it stands', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 25 }], { fault: 'wrong_totals' })
    await fetchAll()
    given(yesterday, [{ sub_mchid: shop, count: 25 }])
    await fetchAll()
    const health = async () => (await desk.backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers[0]!.bills
    expect(await health()).toMatchObject({
      newest: null,
      days: 89,
      missing_count: 1,
      troubles: [{ day: yesterday, state: 'refused', reason: 'BILL_TOTALS_DISAGREE' }],
    })
    const asked = await desk.backend.call('operator', 'POST', `/v1/provider/${sp_mchid}/bill-requests`, {
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    })
    expect([asked.status, (asked.body.troubles as { next_at: string | null }[])[0]!.next_at]).toEqual([200, null])
    await fetchAll()
    expect(await health()).toEqual({ newest: yesterday, days: 90, missing_count: 0, troubles: [] })
    const elsewhere = await desk.backend.call('operator', 'POST', '/v1/provider/1999999999/bill-requests', {
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(elsewhere.status).toBe(404)
  })
  test('given a bill that names tomorrow, or comes while the day before is replaced, then nothing of the first lands and both of the others do', async () => {
    const tomorrow = '2026-11-30'
    const read = async (one: string, payments: BillPayments[]) => await readText(textOf(one, { payments }))
    const { bill, sha1 } = await read(tomorrow, [{ sub_mchid: shop }])
    expect(() => assertIsOf(bill, { sp_mchid, day: tomorrow }, desk.backend.clock.now())).toThrow('BILL_OF_THE_FUTURE')
    expect(() => assertIsOf(bill, { sp_mchid, day: yesterday }, desk.backend.clock.now())).toThrow('BILL_OF_ANOTHER_DAY')
    const before = dayLater(yesterday, -1)
    const land = async (db: typeof desk.backend.db, one: string, count: number) => {
      const found = await read(one, [{ sub_mchid: shop, count }])
      return landBill(db, { sp_mchid, day: one, bill: found.bill, sha1: found.sha1, source: 'file' }, desk.backend.clock.now())
    }
    await land(desk.backend.db, before, 3)
    const second = connect(desk.backend.databaseUrl)
    const landed = await Promise.all([land(desk.backend.db, before, 5), land(second, before, 5), land(second, yesterday, 7)])
    await second.destroy()
    expect([landed.slice(0, 2).sort(), landed[2], (await rows()).map(({ payments: count }) => count)]).toEqual([
      ['replaced', 'same'],
      'new',
      [5, 7],
    ])
    expect(sha1).toHaveLength(40)
  })
})

describe('when a bill was corrected', () => {
  test('given it is found the next day, then it replaces its day, and the day before stays', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 4 }, { sub_mchid: other }])
    given(dayLater(yesterday, -1), [{ sub_mchid: shop, count: 9 }])
    await fetchAll()
    given(yesterday, [{ sub_mchid: shop, count: 5 }])
    later(24 * hour)
    await fetchAll()
    expect((await rows()).map(({ sub_mchid, payments }) => [sub_mchid, payments])).toEqual([
      [shop, 9],
      [shop, 5],
    ])
    expect((await desk.backend.call<UnlistedPage>('operator', 'GET', '/v1/unlisted-merchants')).body.items).toEqual([])
  })
  test('given the correction cannot be trusted, then what had landed stays', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 4 }])
    await fetchAll()
    given(yesterday, [{ sub_mchid: shop, count: 5 }], { fault: 'wrong_totals' })
    later(24 * hour)
    await fetchAll()
    expect([(await rows()).map(row => row.payments), (await trouble())?.reason]).toEqual([[4], 'BILL_TOTALS_DISAGREE'])
    expect((await days()).find(({ day }) => day === yesterday)!.state).toBe('landed')
  })
})
