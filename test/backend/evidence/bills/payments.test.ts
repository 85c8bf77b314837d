// What bills say of a merchant and of districts: conclusions, the numbers on its page, and totals of the payments (product.md C1, §5.3).
import { beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Payments, PaymentTotals } from '../../../../backend/evidence/bills/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { dayLater, dayOf, endOfDay } from '../../../../backend/http/days.ts'
import { MINI_PROGRAM_APPID, OFFICIAL_ACCOUNT_APPID } from '../../../../dev/sandbox/index.ts'
import { hour, sp_mchid } from '../../support/backend.ts'
import { billDesk, noPayments, yesterday } from './desk.ts'
import { other, shop } from './given.ts'

const desk = billDesk()
const { given, fetchEverything, fetchAll, conclude, later, enter, verdict } = desk
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
      by_way: { ...noPayments, jsapi: 10, miniprogram: 3, unknown_appid: 2, native: 4 },
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

  test('given loads of the receipt page, then those of days count whose bill is here, and none with an order that nobody knows', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 20 }])
    await desk.backend.addMerchant(other)
    await load(shop, yesterday, 12)
    await load(shop, yesterday, 500, 'unknown_order')
    await load(shop, '2026-11-29', 90)
    await load(other, yesterday, 7)
    await fetchAll()
    expect((await payments()).page_loads).toBe(12)
  })
  test('given districts, then those with twenty payments are told of, and the others are in no total', async () => {
    await desk.backend.addMerchant(other, { region_code: '440304' })
    await desk.backend.addMerchant('1900000111', { region_code: '110105' })
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
      { region_code: '110105', region_name: '北京市朝阳区', payments: 30, by_way: { ...noPayments, jsapi: 30 } },
      { region_code: '440305', region_name: '深圳市南山区', payments: 20, by_way: { ...noPayments, jsapi: 15, native: 5 } },
    ])
    expect([all.few, all.more, all.as_of]).toEqual([1, 0, yesterday])
    expect(all.total).toMatchObject({
      payments: 50,
      days: [
        { day: dayLater(yesterday, -1), by_way: { ...noPayments, native: 5 }, refunds: 1 },
        { day: yesterday, by_way: { ...noPayments, jsapi: 45 }, refunds: 0 },
      ],
    })
    expect([all.total!.hours[8], all.total!.bands]).toEqual([15, [0, 50, 0, 0, 0, 0]])
    // a lead of 深圳 sees it alone, and agents none
    const own = await totals('region_lead')
    expect([own.regions.map(({ region_code }) => region_code), own.total!.payments, own.few]).toEqual([['440305'], 20, 1])
    expect((await desk.backend.call('field_agent', 'GET', '/v1/metrics/payments')).body.required_action).toBe('metrics.read')
  })
  test('given a lead who sees only own shops, then these alone are added up', async () => {
    await desk.backend.addMerchant(other, { assigned_to: 'staff-region_lead' })
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
    desk.backend.sandbox.control.clock.set(new Date('2026-11-30T03:00:00Z'))
    await fetchEverything()
    expect((await totals()).total!.payments).toBe(30)
  })
  test('given more payments in an hour than an integer holds, then they are added up', async () => {
    given(yesterday, [{ sub_mchid: shop, count: 40 }])
    given(dayLater(yesterday, -1), [{ sub_mchid: shop, count: 40 }])
    await fetchAll()
    const many = (places: number) => sql`array_fill(2000000000::bigint, array[${sql.lit(places)}])`
    await sql`
      insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
      select sp_mchid, '440304', day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, ${many(24)}, ${many(6)}
      from payment_region_days`.execute(desk.backend.db)
    const { total } = await totals()
    expect([total!.hours[3], total!.bands[5]]).toEqual([4_000_000_000, 4_000_000_000])
  })
  test('given nothing at all, then there is no total and no bill', async () => {
    expect(await totals()).toEqual({ regions: [], few: 0, more: 0, total: null, as_of: null })
  })
})
