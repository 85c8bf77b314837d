// What bills say of a merchant and of districts: conclusions, the numbers on its page, and totals of the payments (product.md C1, §5.3).
import { beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Payments, PaymentTotals } from '../../../../backend/evidence/bills/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { dayLater, dayOf, endOfDay } from '../../../../backend/http/days.ts'
import { landBill } from '../../../../backend/evidence/bills/land.ts'
import { addUpRegions } from '../../../../backend/evidence/bills/regions.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID, type BillPayments } from '../../../../dev/sandbox/index.ts'
import { newClient } from '../../../../backend/database/client.ts'
import { eventually } from '../../../support/eventually.ts'
import { hour, sp_mchid } from '../../support/backend.ts'
import { billDesk, noPayments, yesterday } from './desk.ts'
import { other, read, shop, textOf } from './given.ts'

const desk = billDesk()
const { given, fetchEverything, fetchAll, conclude, later, enter, verdict } = desk
/** of the newest week that is over */
const [monday, sunday] = ['2026-11-16', '2026-11-22']
/** As a file by hand, in place of what was there. */
async function land(day: string, payments: BillPayments[]): Promise<void> {
  const now = desk.backend.clock.now()
  await landBill(desk.backend.db, { sp_mchid, day, ...(await read(textOf(day, { payments }))), source: 'file' }, now)
}
const payments = async (range = '') =>
  (await desk.backend.call<Payments>('field_agent', 'GET', `/v1/sub-merchants/${shop}/payments${range}`)).body
const conclusions = async () =>
  (
    await desk.backend.db
      .selectFrom('evidence')
      .select(['detail', 'occurred_at'])
      .where('kind', '=', 'flow_conclusion')
      .orderBy('occurred_at')
      .execute()
  ).map(({ detail, occurred_at }) => [detail.conclusion, detail.basis, dayOf(occurred_at)])

describe('what bills say of a merchant', () => {
  beforeEach(async () => {
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await enter(MINI_PROGRAM_APPID, 'mini_program')
  })
  test('given payments of all kinds on small days of a week that is over, then its page has them by way, and hours and bands from twenty on', async () => {
    given(sunday, [
      { sub_mchid: shop, count: 10, hour: 8, amount: '5.00' },
      { sub_mchid: shop, count: 3, appid: MINI_PROGRAM_APPID },
      { sub_mchid: shop, count: 2, appid: 'wx00000000000000ff' },
      { sub_mchid: shop, count: 4, trade_type: 'NATIVE' },
      { sub_mchid: shop, trade_state: 'REFUND' },
    ])
    await fetchAll()
    const untold = {
      payments: null,
      from: null,
      to: null,
      days_known: 0,
      days: [],
      together: [],
      hours: null,
      week: null,
      bands: null,
      page_loads: 0,
    }
    expect(await payments()).toEqual({ ...untold, as_of: sunday })
    await land(dayLater(sunday, -1), [{ sub_mchid: shop, trade_type: 'MICROPAY', amount: '50.00' }])
    const range = `?from=${monday}&to=${sunday}`
    const { days, together, week, ...sums } = await payments(range)
    expect(sums).toMatchObject({ payments: 20, from: monday, to: sunday, days_known: 7, bands: [10, 9, 0, 1, 0, 0], as_of: sunday })
    expect([sums.hours![8], sums.hours![12]]).toEqual([10, 10])
    // neither day has twenty by itself
    const by_way = { ...noPayments, jsapi: 10, miniprogram: 3, unknown_appid: 2, native: 4, micropay: 1 }
    expect(together).toEqual([{ days: [dayLater(sunday, -1), sunday], by_way, refunds: 1 }])
    expect(days.map(one => one.by_way)).toEqual([...Array<unknown>(5).fill(noPayments), null, null])
    expect(week!.map(row => row === null)).toEqual([false, false, false, false, false, true, true])
    // the register is read as it stands now
    await enter('wx00000000000000ff', 'official_account')
    expect((await payments(range)).together[0]!.by_way).toMatchObject({ jsapi: 12, unknown_appid: 0 })
  })
  test('given a day with twenty payments, then it is told once its bill is here, and small days to nobody who asks for a part of their week', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 20 }])
    given(sunday, [{ sub_mchid: shop, count: 15 }])
    given(monday, [{ sub_mchid: shop, count: 5 }])
    await fetchAll()
    expect((await payments(`?from=${yesterday}&to=${yesterday}`)).payments).toBe(20)
    expect((await payments(`?from=${monday}&to=${sunday}`)).payments).toBe(20)
    expect((await payments(`?from=${dayLater(monday, 1)}&to=${sunday}`)).payments).toBeNull()
    expect((await payments(`?from=${dayLater(monday, 1)}&to=${yesterday}`)).payments).toBe(20)
    expect((await payments()).payments).toBe(40)
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
    const entry = await desk.backend.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'flow_conclusion.write')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor_id: null, target_id: shop, after: { conclusion: 'jsapi', basis: 'orders', state: 'not_migrated' } })
    const evidence = await desk.backend.db.selectFrom('evidence').selectAll().executeTakeFirstOrThrow()
    expect(evidence.occurred_at).toEqual(new Date(endOfDay(yesterday).getTime() - 1))
    const withdrawal = await desk.backend.call('operator', 'POST', `/v1/sub-merchants/${shop}/evidence/${evidence.id}/withdrawal`, {
      body: { reason: '看错了' },
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(withdrawal.status).toBe(403)
  })
})

describe('what is told of payments', () => {
  const load = (sub_mchid: string, day: string, loads: number, result: 'valid' | 'unknown_order' = 'valid') =>
    desk.backend.db
      .insertInto('receipt_load_days')
      .values({ sp_mchid, sub_mchid, day, result, loads, shown: loads, ready_steps: [] })
      .execute()
  const totals = async (role: Role = 'operator') => (await desk.backend.call<PaymentTotals>(role, 'GET', '/v1/metrics/payments')).body
  const scopeOf = (role: Role, change: { assigned_only?: boolean; region_codes?: string[] }) =>
    desk.backend.db.updateTable('staff').set(change).where('id', '=', `staff-${role}`).execute()

  test('given loads of the receipt page, then those of the days count that are told, and none with an order that nobody knows', async () => {
    given(sunday, [{ sub_mchid: shop, count: 20 }])
    await desk.backend.addMerchant(other)
    await load(shop, sunday, 12)
    await load(shop, sunday, 500, 'unknown_order')
    // nothing is told of that day
    given(yesterday, [{ sub_mchid: shop, count: 19 }])
    await load(shop, yesterday, 90)
    await load(other, sunday, 7)
    await fetchAll()
    expect((await payments()).page_loads).toBe(12)
  })
  test('given districts, then days of shops with twenty payments count, small days by week, and others in no total', async () => {
    await desk.backend.addMerchant(other, { region_code: '440304' })
    await desk.backend.addMerchant('1900000111', { region_code: '110105' })
    await desk.backend.addMerchant('1900000112', { region_code: '110105' })
    given(sunday, [
      { sub_mchid: shop, count: 15, hour: 8 },
      { sub_mchid: other, count: 19 },
      { sub_mchid: '1900000111', count: 30 },
      // what is told of a district is no more than what is told of its shops
      { sub_mchid: '1900000112', count: 3 },
    ])
    given(dayLater(sunday, -1), [
      { sub_mchid: shop, count: 5, trade_type: 'NATIVE' },
      { sub_mchid: shop, trade_state: 'REFUND' },
    ])
    // its week is not over
    given(yesterday, [
      { sub_mchid: '1900000111', count: 25 },
      { sub_mchid: other, count: 19 },
    ])
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await fetchAll()
    const all = await totals()
    expect(all.regions).toEqual([
      { region_code: '110105', region_name: '北京市朝阳区', payments: 55, by_way: { ...noPayments, jsapi: 55 } },
      { region_code: '440305', region_name: '深圳市南山区', payments: 20, by_way: { ...noPayments, jsapi: 15, native: 5 } },
    ])
    expect([all.from, all.to, all.more, all.as_of]).toEqual([monday, yesterday, 0, yesterday])
    const { days, together, ...sums } = all.total!
    expect(days.filter(({ by_way }) => by_way !== null)).toEqual([
      { day: sunday, by_way: { ...noPayments, jsapi: 30 }, refunds: 0 },
      { day: yesterday, by_way: { ...noPayments, jsapi: 25 }, refunds: 0 },
    ])
    const week = Array.from({ length: 7 }, (_, at) => dayLater(monday, at))
    expect(together).toEqual([{ days: week, by_way: { ...noPayments, jsapi: 15, native: 5 }, refunds: 1 }])
    expect(sums).toMatchObject({ payments: 75, days_known: 8, bands: [0, 75, 0, 0, 0, 0] })
    expect(sums.hours[8]).toBe(15)
    // a lead of 深圳 sees it alone, and agents none
    const own = await totals('region_lead')
    expect([own.regions.map(({ region_code }) => region_code), own.total!.payments]).toEqual([['440305'], 20])
    expect((await desk.backend.call('field_agent', 'GET', '/v1/metrics/payments')).body.required_action).toBe('metrics.read')
  })
  test('given more shops than one statement adds up, then a district is the sum of all', async () => {
    await desk.backend.addMerchant(other)
    await desk.backend.addMerchant('1900000111', { region_code: '110105' })
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    given(sunday, [
      { sub_mchid: shop, count: 20, hour: 8, amount: '5.00' },
      { sub_mchid: other, count: 30, hour: 8, trade_type: 'NATIVE' },
      { sub_mchid: other, count: 7, appid: MINI_PROGRAM_APPID },
      { sub_mchid: other, count: 2 },
      { sub_mchid: '1900000111', count: 25, hour: 9 },
      { sub_mchid: '1900000112', count: 12 },
    ])
    // told only with the rest of the week
    given(monday, [
      { sub_mchid: '1900000112', count: 9 },
      { sub_mchid: shop, count: 19 },
      { sub_mchid: other, count: 19 },
    ])
    given(dayLater(monday, 1), [{ sub_mchid: shop }])
    await desk.backend.addMerchant('1900000112')
    await fetchAll()
    const whole = await totals()
    expect(whole.regions.map(({ region_code, payments: count }) => [region_code, count])).toEqual([
      ['440305', 100],
      ['110105', 25],
    ])
    for (const most of [1, 2, 3]) {
      await desk.backend.db.transaction().execute(trx => addUpRegions(trx, sp_mchid, sunday, most))
      expect(await totals()).toEqual(whole)
    }
  })
  test('given a lead who sees only own shops, then these alone are added up', async () => {
    await desk.backend.addMerchant(other, { assigned_to: 'staff-region_lead' })
    await desk.backend.addMerchant('1900000111', { assigned_to: 'staff-region_lead' })
    given(sunday, [
      { sub_mchid: shop, count: 40 },
      { sub_mchid: other, count: 25 },
      { sub_mchid: '1900000111', count: 19 },
    ])
    given(monday, [
      { sub_mchid: other, count: 12 },
      { sub_mchid: '1900000111', count: 1 },
    ])
    given(dayLater(monday, 1), [{ sub_mchid: other, count: 3 }])
    await fetchAll()
    const total = async () => {
      const { regions, total: all } = await totals('region_lead')
      return [regions.map(({ payments: paid }) => paid), all!.together.map(({ by_way }) => by_way.unknown_appid)]
    }
    await scopeOf('region_lead', { assigned_only: true })
    expect(await total()).toEqual([[45], [20]])
    await scopeOf('region_lead', { region_codes: [] })
    expect(await totals('region_lead')).toMatchObject({ regions: [], total: null })
    await scopeOf('region_lead', { assigned_only: false, region_codes: ['440300'] })
  })
  test('given a corrected bill, then the week of its districts is added up anew', async () => {
    given(sunday, [{ sub_mchid: shop, count: 40 }])
    await fetchAll()
    await land(sunday, [{ sub_mchid: shop, count: 30 }])
    expect((await totals()).total!.payments).toBe(30)
  })
  test('given the last day of a week is one on which nobody paid, then its small days count from then on', async () => {
    given(monday, [{ sub_mchid: shop, count: 14 }])
    given(dayLater(monday, 1), [{ sub_mchid: shop, count: 16 }])
    given(sunday, [], { is_creating: true })
    await fetchAll()
    expect((await totals()).total).toBeNull()
    given(sunday, [])
    desk.later(hour)
    await fetchEverything()
    expect((await totals()).total!.payments).toBe(30)
  })
  /** Nobody writes a row of the table until it is released. */
  async function heldUp(table: string, begin: () => Promise<void>[]) {
    const owner = newClient(desk.backend.ownerUrl)
    await owner.connect()
    await owner.query(`begin; lock table ${table} in exclusive mode`)
    const both = begin()
    await eventually('both wait', async () => {
      // as the program's login: another's statements are not shown
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and (wait_event_type = 'Lock' or (xact_start is not null and query like '%pg_try_advisory_xact_lock%'))`.execute(desk.backend.db)
      return rows.length >= both.length
    })
    return {
      both,
      async release() {
        await owner.query('commit')
        await owner.end()
      },
    }
  }
  test('given two bills of a week that land at once, then the week is added up with both', async () => {
    given(monday, [{ sub_mchid: shop }], { fault: 'wrong_hash' })
    given(sunday, [{ sub_mchid: shop }], { fault: 'wrong_hash' })
    await fetchAll()
    // both have counted and neither is through yet: what comes last is held up
    const { both, release } = await heldUp('audit_entries', () => [
      land(monday, [{ sub_mchid: shop, count: 14 }]),
      land(sunday, [{ sub_mchid: shop, count: 16 }]),
    ])
    await release()
    await Promise.all(both)
    expect((await totals()).total!.payments).toBe(30)
  })
  test('given a bill that lands while the newest of its week is replaced, then both land', async () => {
    given(monday, [{ sub_mchid: shop }], { fault: 'wrong_hash' })
    given(yesterday, [{ sub_mchid: shop }])
    await fetchAll()
    const replaced = dayLater(yesterday, -1)
    const { both, release } = await heldUp('payment_days', () => [
      land(replaced, [{ sub_mchid: shop, count: 40 }]),
      land(yesterday, [{ sub_mchid: shop, count: 30 }]),
    ])
    await release()
    await Promise.all(both)
    const { rows } = await sql<{ payments: number }>`select payments from payment_days order by day`.execute(desk.backend.db)
    expect(rows.map(({ payments: count }) => count)).toEqual([40, 30])
  })
  test('given more payments in an hour than an integer holds, then they are added up', async () => {
    given(sunday, [{ sub_mchid: shop, count: 40 }])
    await fetchAll()
    const many = (places: number) => sql`array_fill(4000000000::bigint, array[${sql.lit(places)}])`
    await sql`
      insert into payment_region_days (sp_mchid, region_code, day, together, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
      select sp_mchid, '440304', day, together, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, ${many(24)}, ${many(6)}
      from payment_region_days`.execute(desk.backend.db)
    const { total } = await totals()
    expect([total!.hours[3], total!.bands[5]]).toEqual([4_000_000_000, 4_000_000_000])
  })
  test('given nothing at all, then there is no total and no bill', async () => {
    expect(await totals()).toEqual({ from: null, to: null, regions: [], more: 0, total: null, as_of: null })
  })
})
