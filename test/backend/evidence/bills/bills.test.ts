// Trade bills as they come each day: fetched once whoever runs, refused whole, replaced, and what they say about a merchant (product.md C1, §5.3).
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { newClient } from '../../../../backend/database/client.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { concludeFlows } from '../../../../backend/evidence/bills/conclude.ts'
import { fetchBills, newestBillDay } from '../../../../backend/evidence/bills/fetch.ts'
import { billHealth } from '../../../../backend/evidence/bills/health.ts'
import type { Payments, PaymentTotals } from '../../../../backend/evidence/bills/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { assertIsOf, landBill } from '../../../../backend/evidence/bills/land.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import type { UnlistedPage } from '../../../../backend/directory/unlisted/schema.ts'
import { dayLater, dayOf, endOfDay } from '../../../../backend/http/days.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID, type BillChange, type BillPayments } from '../../../../dev/sandbox/index.ts'
import { hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { enterAppid, other, read as readText, shop, textOf } from './given.ts'

let backend: Backend
/** the day whose bill is the newest */
let yesterday: string

const arranged = new Set<string>()
/** what a test leaves behind */
const emptied =
  'truncate bill_days, payment_days, payment_region_days, receipt_load_days, unlisted_merchants, appids, audit_entries, idempotency_keys, evidence, sub_merchants cascade'

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  const owner = newClient(backend.ownerUrl)
  await owner.connect()
  await owner.query(emptied)
  await owner.end()
  for (const day of arranged) given(day, [])
  arranged.clear()
  // 11:00 in China
  backend.sandbox.control.clock.set(new Date('2026-11-29T03:00:00Z'))
  yesterday = '2026-11-28'
  before = backend.sandbox.control.billsSeen()
  await backend.addMerchant(shop)
})

let before = { asked: 0, fetched: 0 }
const seen = () => {
  const { asked, fetched } = backend.sandbox.control.billsSeen()
  return { asked: asked - before.asked, fetched: fetched - before.fetched }
}
function given(day: string, payments: BillPayments[], change: BillChange = {}): void {
  arranged.add(day)
  backend.sandbox.control.setBill(day, { fault: 'none', is_creating: false, ...change, payments })
}
const fetchEverything = () => fetchBills(backend.app.context)
/** Of the days that were arranged: nobody paid on the others, and that is known. */
async function fetchAll(): Promise<number> {
  const newest = newestBillDay(backend.clock.now())
  const others = Array.from({ length: 90 }, (_, back) => dayLater(newest, -back)).filter(day => !arranged.has(day))
  await sql`
    insert into bill_days (sp_mchid, day, state, tried_at) select ${sp_mchid}, day::date, 'empty', ${backend.clock.now()} from unnest(${others}::text[]) as day
    on conflict do nothing`.execute(backend.db)
  return fetchEverything()
}
const conclude = () => concludeFlows(backend.app.context)
const later = (ms: number) => backend.sandbox.control.clock.advance(ms)
/** the newest day that is in trouble, and why; null: all is well */
const trouble = async () => {
  const [first] = (await billHealth(backend.db, sp_mchid, backend.clock.now())).troubles.filter(({ reason }) => reason !== null)
  return first ? { day: first.day, reason: first.reason, tried_at: first.tried_at } : null
}
const none = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
const rows = () => backend.db.selectFrom('payment_days').selectAll().orderBy('sub_mchid').orderBy('day').execute()
const days = async () =>
  (
    await sql<{ day: string; state: string; reason: string | null; rows: string }>`
      select to_char(day, 'YYYY-MM-DD') as day, state, reason, rows from bill_days order by bill_days.day desc`.execute(backend.db)
  ).rows
const newest = async () => (await days())[0]!
const payments = async (range = '') =>
  (await backend.call<Payments>('field_agent', 'GET', `/v1/sub-merchants/${shop}/payments${range}`)).body
const enter = (appid: string, kind: string) => enterAppid(backend, appid, kind)
const verdict = async (sub_mchid = shop) => {
  const { migration_state, migration_reason } = await backend.db
    .selectFrom('sub_merchants')
    .select(['migration_state', 'migration_reason'])
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  return `${migration_state} ${migration_reason}`
}
const conclusions = async () =>
  (
    await backend.db
      .selectFrom('evidence')
      .select(['detail', 'occurred_at'])
      .where('kind', '=', 'flow_conclusion')
      .orderBy('occurred_at')
      .execute()
  ).map(({ detail, occurred_at }) => [detail.conclusion, detail.basis, dayOf(occurred_at)])

describe('when bills are fetched', () => {
  test('given a fresh installation, then the ninety days before are asked for, newest first, and then nothing more that day', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 3 }])
    given(dayLater(yesterday, -89), [{ sub_mchid: shop }])
    expect(await fetchEverything()).toBe(90)
    expect((await days()).map(({ day }) => day)).toEqual(Array.from({ length: 90 }, (_, back) => dayLater(yesterday, -back)))
    expect(await newest()).toEqual({ day: yesterday, state: 'landed', reason: null, rows: '3' })
    expect(await billHealth(backend.db, sp_mchid, backend.clock.now())).toEqual({
      newest: yesterday,
      days: 90,
      missing_count: 0,
      troubles: [],
    })
    expect([await fetchEverything(), seen().asked]).toEqual([0, 90])
  })
  test('given the next morning, then the bill of the day before is asked for from 10:00 on', async () => {
    await fetchEverything()
    backend.sandbox.control.clock.set(new Date('2026-11-30T01:59:59Z'))
    expect([newestBillDay(backend.clock.now()), await fetchEverything()]).toEqual([yesterday, 0])
    given('2026-11-29', [{ sub_mchid: shop }])
    backend.sandbox.control.clock.set(new Date('2026-11-30T02:00:00Z'))
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
    const second = connect(backend.databaseUrl)
    const [one, two] = await Promise.all([fetchEverything(), fetchBills({ ...backend.app.context, db: second })])
    await second.destroy()
    expect(one + two).toBe(90)
    expect([(await rows()).map(row => row.payments), seen().fetched]).toEqual([[5, 4], 2])
    const landed = await backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'bill.landed').execute()
    expect(landed).toHaveLength(2)
  })
  test('given a process that is killed in the middle of a bill, then another one fetches it', async () => {
    given(yesterday, [{ sub_mchid: shop }])
    const clockFile = fileURLToPath(new URL('./no-clock', import.meta.url))
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/backend/evidence/bills/fetcher.ts', backend.databaseUrl, sp_mchid, clockFile],
      {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    // it holds the newest day of its own clock, which is the system's
    backend.sandbox.control.clock.reset()
    const held = newestBillDay(backend.clock.now())
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
    await fetchEverything()
    expect((await days()).find(({ day }) => day === held)).toMatchObject({ state: 'landed' })
  })
})

describe('when somebody has mended what was in the way', () => {
  test('given days that wait for their pause, then they are asked for at once, and the page says how it stands', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 25 }], { fault: 'wrong_totals' })
    await fetchAll()
    given(yesterday, [{ sub_mchid: shop, count: 25 }])
    await fetchAll()
    const health = async () => (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers[0]!.bills
    expect(await health()).toMatchObject({
      newest: null,
      days: 89,
      missing_count: 1,
      troubles: [{ day: yesterday, state: 'refused', reason: 'BILL_TOTALS_DISAGREE' }],
    })
    const asked = await backend.call('operator', 'POST', `/v1/provider/${sp_mchid}/bill-requests`, {
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    })
    expect([asked.status, (asked.body.troubles as { next_at: string | null }[])[0]!.next_at]).toEqual([200, null])
    await fetchAll()
    expect(await health()).toEqual({ newest: yesterday, days: 90, missing_count: 0, troubles: [] })
    const elsewhere = await backend.call('operator', 'POST', '/v1/provider/1999999999/bill-requests', {
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(elsewhere.status).toBe(404)
  })
  test('given a bill that names tomorrow, or comes while the day before is replaced, then nothing of the first lands and both of the others do', async () => {
    const tomorrow = '2026-11-30'
    const read = async (one: string, payments: BillPayments[]) => await readText(textOf(one, { payments }))
    const { bill, sha1 } = await read(tomorrow, [{ sub_mchid: shop }])
    expect(() => assertIsOf(bill, { sp_mchid, day: tomorrow }, backend.clock.now())).toThrow('BILL_OF_THE_FUTURE')
    expect(() => assertIsOf(bill, { sp_mchid, day: yesterday }, backend.clock.now())).toThrow('BILL_OF_ANOTHER_DAY')
    const before = dayLater(yesterday, -1)
    const land = async (db: typeof backend.db, one: string, count: number) => {
      const found = await read(one, [{ sub_mchid: shop, count }])
      return landBill(db, { sp_mchid, day: one, bill: found.bill, sha1: found.sha1, source: 'file' }, backend.clock.now())
    }
    await land(backend.db, before, 3)
    const second = connect(backend.databaseUrl)
    const landed = await Promise.all([land(backend.db, before, 5), land(second, before, 5), land(second, yesterday, 7)])
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
    expect((await backend.call<UnlistedPage>('operator', 'GET', '/v1/unlisted-merchants')).body.items).toEqual([])
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

describe('what bills say of a merchant', () => {
  beforeEach(async () => {
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await enter(MINI_PROGRAM_APPID, 'mini_program')
  })
  test('given payments of all kinds, then its page has them by way, and hours and bands from twenty on', async () => {
    given(yesterday, [
      { sub_mchid: shop, count: 10, hour: 8, amount: '5.00' },
      { sub_mchid: shop, count: 3, appid: MINI_PROGRAM_APPID },
      { sub_mchid: shop, count: 2, appid: 'wx00000000000000ff' },
      { sub_mchid: shop, count: 4, trade_type: 'NATIVE' },
      { sub_mchid: shop, trade_state: 'REFUND' },
    ])
    given(dayLater(yesterday, -1), [{ sub_mchid: shop, trade_type: 'MICROPAY', amount: '50.00' }])
    await fetchAll()
    const untold = { payments: null, days: [], hours: null, week: null, bands: null, page_loads: 0, as_of: yesterday }
    const one = await payments(`?from=${yesterday}&to=${yesterday}`)
    expect(one).toEqual({ ...untold, days_known: 1 })
    const two = await payments()
    expect([two.payments, two.days.length, two.days_known, two.bands, two.hours![8]]).toEqual([20, 6, 6, [10, 9, 0, 1, 0, 0], 10])
    expect(two.days.at(-1)).toEqual({
      day: yesterday,
      by_way: { ...none, jsapi: 10, miniprogram: 3, unknown_appid: 2, native: 4 },
      refunds: 1,
    })
    // 2026-11-28 was a Saturday
    expect([two.week![5]![8], two.week![4]![12], two.week!.flat().reduce((sum, count) => sum + count)]).toEqual([10, 1, 20])
    // the register is read as it stands now
    await enter('wx00000000000000ff', 'official_account')
    expect((await payments()).days.at(-1)!.by_way).toMatchObject({ jsapi: 12, unknown_appid: 0 })
  })
  test('given twenty payments with one inside a 公众号, then JSAPI is used', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 19, trade_type: 'NATIVE' }])
    given(dayLater(yesterday, -29), [{ sub_mchid: shop }])
    await fetchAll()
    await conclude()
    expect([await verdict(), await conclusions()]).toEqual([
      'not_migrated NO_RECORD_OF_OPENING',
      [['jsapi', 'orders', dayLater(yesterday, -29)]],
    ])
  })
  test('given nineteen, or the twentieth of 31 days ago, then orders say nothing', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 19 }])
    given(dayLater(yesterday, -30), [{ sub_mchid: shop }])
    await fetchAll()
    await conclude()
    expect(await verdict()).toBe('unknown NO_EVIDENCE')
  })
  test('given twenty and none of them in a 公众号, then JSAPI is not used', async () => {
    given(yesterday, [
      { sub_mchid: shop, count: 12, trade_type: 'MICROPAY' },
      { sub_mchid: shop, count: 8, appid: MINI_PROGRAM_APPID },
    ])
    await fetchAll()
    await conclude()
    expect([await verdict(), await conclusions()]).toEqual(['not_applicable NOT_JSAPI', [['not_jsapi', 'orders', yesterday]]])
    expect(await conclude()).toBe(0)
  })
  test.each<[string, () => Promise<unknown> | void]>([
    ['one had an appid that nobody entered', () => given(dayLater(yesterday, -2), [{ sub_mchid: shop, appid: 'wx00000000000000ff' }])],
    ['the bill of one day is not known', () => given(dayLater(yesterday, -2), [{ sub_mchid: shop }], { fault: 'wrong_hash' })],
    [
      'the register is empty',
      async () => {
        await enter(OFFICIAL_ACCOUNT_APPID, 'unregistered')
        await enter(MINI_PROGRAM_APPID, 'unregistered')
      },
    ],
  ])('given twenty of another kind, yet %s, then nothing is concluded', async (_what, arrange) => {
    given(yesterday, [{ sub_mchid: shop, count: 30, trade_type: 'MICROPAY' }])
    await arrange()
    await fetchAll()
    await conclude()
    expect(await conclusions()).toEqual([])
  })
  test('given the same each day, then it is said once a week; a corrected bill that says otherwise is heard', async () => {
    for (let day = 0; day < 9; day += 1) {
      given(dayLater(yesterday, day), [{ sub_mchid: shop, count: 20, trade_type: 'NATIVE' }])
      await fetchAll()
      await conclude()
      later(24 * hour)
    }
    expect(await conclusions()).toEqual([
      ['not_jsapi', 'orders', yesterday],
      ['not_jsapi', 'orders', dayLater(yesterday, 7)],
    ])
    const last = dayLater(yesterday, 8)
    given(last, [{ sub_mchid: shop, count: 20 }])
    await fetchAll()
    await conclude()
    expect([await verdict(), (await conclusions()).at(-1)]).toEqual(['not_migrated NO_RECORD_OF_OPENING', ['jsapi', 'orders', last]])
  })
  test('given a conclusion was made, then the trail says by which evidence, and nobody may take it back', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 20 }])
    await fetchAll()
    await conclude()
    const entry = await backend.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'flow_conclusion.write')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor_id: null, target_id: shop, after: { conclusion: 'jsapi', basis: 'orders', state: 'not_migrated' } })
    const evidence = await backend.db.selectFrom('evidence').selectAll().executeTakeFirstOrThrow()
    expect(evidence.occurred_at).toEqual(new Date(endOfDay(yesterday).getTime() - 1))
    const withdrawal = await backend.call('operator', 'POST', `/v1/sub-merchants/${shop}/evidence/${evidence.id}/withdrawal`, {
      body: { reason: '看错了' },
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(withdrawal.status).toBe(403)
  })
})

describe('merchants that pay and are not in the directory', () => {
  const list = async (query = '') => (await backend.call<UnlistedPage>('operator', 'GET', `/v1/unlisted-merchants${query}`)).body
  const add = (sub_mchid: string, body: object = {}, key: string = randomUUID()) =>
    backend.call('operator', 'POST', `/v1/unlisted-merchants/${sub_mchid}`, { body, headers: { 'idempotency-key': key } })

  test('given some, then an operator sees who paid last first, page by page, with counts from twenty on', async () => {
    given(yesterday, [{ sub_mchid: '1900000201', count: 20 }, { sub_mchid: '1900000202' }, { sub_mchid: shop }])
    given(dayLater(yesterday, -3), [{ sub_mchid: '1900000201' }, { sub_mchid: '1900000203' }])
    await fetchAll()
    const first = await list('?limit=2')
    // nobody has entered the appid
    const ways = { jsapi: 0, miniprogram: 0, unknown_appid: 21, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }
    expect(first.items).toEqual([
      {
        sub_mchid: '1900000201',
        sp_mchid,
        first_day: dayLater(yesterday, -3),
        last_day: yesterday,
        payments: 21,
        by_way: ways,
        dismissed: null,
      },
      { sub_mchid: '1900000202', sp_mchid, first_day: yesterday, last_day: yesterday, payments: null, by_way: null, dismissed: null },
    ])
    const second = await list(`?limit=2&cursor=${first.next_cursor}`)
    expect([second.items.map(({ sub_mchid }) => sub_mchid), second.next_cursor]).toEqual([['1900000203'], null])
    expect((await backend.call('region_lead', 'GET', '/v1/unlisted-merchants')).body.required_action).toBe('merchant.add')
  })
  test('given one is added, then it is in the directory with its name pending and what its orders say, and once', async () => {
    given(yesterday, [{ sub_mchid: '1900000201', count: 20 }])
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await fetchAll()
    const key = randomUUID()
    const added = await add('1900000201', {}, key)
    expect([added.status, added.body]).toEqual([201, { sub_mchid: '1900000201', name: '名称待补 0201', region_code: '000000' }])
    expect(await verdict('1900000201')).toBe('not_migrated NO_RECORD_OF_OPENING')
    expect((await backend.call('operator', 'GET', '/v1/sub-merchants/1900000201')).body).toMatchObject({ region_name: '地区待补' })
    expect((await backend.call('field_agent', 'GET', '/v1/sub-merchants/1900000201')).status).toBe(404)
    const again = await add('1900000201', {}, key)
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, added.body, 'true'])
    expect([(await add('1900000201')).status, (await list()).items]).toEqual([404, []])
    const entry = await backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'merchant.added').execute()
    expect(entry).toMatchObject([{ actor_id: 'staff-operator', target_id: '1900000201', after: { name: '名称待补 0201' } }])
  })
  test('given one is put aside, then it is no longer listed, a later bill does not bring it back, and who puts it back sees it again', async () => {
    const one = '1900000201'
    given(yesterday, [{ sub_mchid: one, count: 21 }])
    await fetchAll()
    const put = (dismissed: boolean) =>
      backend.call('operator', 'PUT', `/v1/unlisted-merchants/${one}/dismissal`, {
        body: { dismissed },
        headers: { 'idempotency-key': randomUUID() },
      })
    const listed = async (query = '') => (await list(query)).items.map(({ sub_mchid, dismissed }) => [sub_mchid, dismissed?.by ?? null])
    expect([(await put(true)).status, (await put(true)).status]).toEqual([200, 200])
    expect([await listed(), await listed('?dismissed=true')]).toEqual([[], [[one, 'operator']]])
    later(24 * hour)
    given('2026-11-29', [{ sub_mchid: one, count: 9 }])
    await fetchEverything()
    expect([await listed(), (await backend.call<Summary>('operator', 'GET', '/v1/summary')).body.unlisted_merchants]).toEqual([[], 0])
    await put(false)
    expect([await listed(), (await backend.call<Summary>('operator', 'GET', '/v1/summary')).body.unlisted_merchants]).toEqual([
      [[one, null]],
      1,
    ])
    const said = await backend.db
      .selectFrom('audit_entries')
      .select('action')
      .where('action', 'like', 'unlisted.%')
      .orderBy('action')
      .execute()
    expect(said.map(({ action }) => action)).toEqual(['unlisted.dismissed', 'unlisted.restored'])
  })
  test('given two who add it at once, then one of them does', async () => {
    given(yesterday, [{ sub_mchid: '1900000201' }])
    await fetchAll()
    const answers = await Promise.all([add('1900000201', { name: '新店', region_code: '440305' }), add('1900000201')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404])
  })
  test('given nobody ever paid there, or no such region, then nothing is added', async () => {
    given(yesterday, [{ sub_mchid: '1900000201' }])
    await fetchAll()
    expect((await add('1900000999')).status).toBe(404)
    expect((await add('1900000201', { region_code: '990000' })).status).toBe(422)
    expect((await list()).items).toHaveLength(1)
  })
})

describe('what is told of payments', () => {
  const load = (sub_mchid: string, day: string, loads: number) =>
    backend.db
      .insertInto('receipt_load_days')
      .values({ sp_mchid, sub_mchid, day, result: 'valid', loads, shown: loads, ready_steps: [] })
      .execute()
  const totals = async (role: Role = 'operator') => (await backend.call<PaymentTotals>(role, 'GET', '/v1/metrics/payments')).body
  const scopeOf = (role: Role, change: { assigned_only?: boolean; region_codes?: string[] }) =>
    backend.db.updateTable('staff').set(change).where('id', '=', `staff-${role}`).execute()

  test('given loads of the receipt page, then those of days count whose bill is here, and no others', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 20 }])
    await backend.addMerchant(other)
    await load(shop, yesterday, 12)
    await load(shop, '2026-11-29', 90)
    await load(other, yesterday, 7)
    await fetchAll()
    expect((await payments()).page_loads).toBe(12)
  })
  test('given districts, then those with twenty payments are told of, and the others are in no total', async () => {
    await backend.addMerchant(other, { region_code: '440304' })
    await backend.addMerchant('1900000111', { region_code: '110105' })
    given(yesterday, [
      { sub_mchid: shop, count: 15, hour: 8 },
      { sub_mchid: other, count: 19 },
      { sub_mchid: '1900000111', count: 30 },
    ])
    given(dayLater(yesterday, -1), [
      { sub_mchid: shop, count: 5, trade_type: 'NATIVE' },
      { sub_mchid: shop, trade_state: 'REFUND' },
    ])
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await fetchAll()
    const all = await totals()
    expect(all.regions).toEqual([
      { region_code: '110105', region_name: '北京市朝阳区', payments: 30, by_way: { ...none, jsapi: 30 } },
      { region_code: '440305', region_name: '深圳市南山区', payments: 20, by_way: { ...none, jsapi: 15, native: 5 } },
    ])
    expect([all.few, all.more, all.as_of]).toEqual([1, 0, yesterday])
    expect(all.total).toMatchObject({
      payments: 50,
      days: [
        { day: dayLater(yesterday, -1), by_way: { ...none, native: 5 }, refunds: 1 },
        { day: yesterday, by_way: { ...none, jsapi: 45 }, refunds: 0 },
      ],
    })
    expect([all.total!.hours[8], all.total!.bands]).toEqual([15, [0, 50, 0, 0, 0, 0]])
    // a lead of 深圳 sees it alone, and agents none
    const own = await totals('region_lead')
    expect([own.regions.map(({ region_code }) => region_code), own.total!.payments, own.few]).toEqual([['440305'], 20, 1])
    expect((await backend.call('field_agent', 'GET', '/v1/metrics/payments')).body.required_action).toBe('metrics.read')
  })
  test('given a lead who sees only own shops, then these alone are added up', async () => {
    await backend.addMerchant(other, { assigned_to: 'staff-region_lead' })
    given(yesterday, [
      { sub_mchid: shop, count: 40 },
      { sub_mchid: other, count: 25 },
    ])
    await fetchAll()
    await scopeOf('region_lead', { assigned_only: true })
    expect((await totals('region_lead')).regions).toMatchObject([{ region_code: '440305', payments: 25 }])
    await scopeOf('region_lead', { region_codes: [] })
    expect(await totals('region_lead')).toMatchObject({ regions: [], total: null, few: 0 })
    await scopeOf('region_lead', { assigned_only: false, region_codes: ['440300'] })
  })
  test('given a corrected bill, then the day of its districts is replaced, too', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 40 }])
    await fetchAll()
    given(yesterday, [{ sub_mchid: shop, count: 30 }])
    backend.sandbox.control.clock.set(new Date('2026-11-30T03:00:00Z'))
    await fetchEverything()
    expect((await totals()).total!.payments).toBe(30)
  })
  test('given nothing at all, then there is no total and no bill', async () => {
    expect(await totals()).toEqual({ regions: [], few: 0, more: 0, total: null, as_of: null })
  })
})
