// What old bills left goes away, and nobody sees a week of which a part is gone (product.md §5.7).
import { beforeEach, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { landBill, assertIsOf } from '../../../../backend/evidence/bills/land.ts'
import type { Payments, PaymentTotals } from '../../../../backend/evidence/bills/schema.ts'
import { dropOldBills } from '../../../../backend/evidence/bills/tidy.ts'
import { keptFrom } from '../../../../backend/evidence/bills/told.ts'
import { dayLater, dayOf } from '../../../../backend/http/days.ts'
import { sp_mchid } from '../../support/backend.ts'
import { billDesk } from './desk.ts'
import { other, read, shop, textOf } from './given.ts'

const desk = billDesk()
/** the clock of the desk is on 2026-11-29: six times four weeks before those that it is in */
const first = '2026-05-18'
const before = dayLater(first, -1)

/** Five in each hour of the week that ends then, of the shop and of one that is in no directory. */
async function paidWeek(sunday: string): Promise<void> {
  await sql`
    insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    select ${sp_mchid}, shop, day::date, 120, '{}', 120, 0, 0, 0, 0, 0, 0, array_fill(5, array[24]), array_fill(20, array[6])
    from generate_series(${dayLater(sunday, -6)}::date, ${sunday}::date, interval '1 day') as day, unnest(${[shop, other]}::text[]) as shop`.execute(
    desk.backend.db,
  )
  await sql`
    insert into receipt_load_days (sp_mchid, sub_mchid, day, result, loads)
    values (${sp_mchid}, ${shop}, ${sunday}::date, 'valid', 3)`.execute(desk.backend.db)
  await sql`
    insert into unlisted_merchants (sp_mchid, sub_mchid, first_day, last_day) values (${sp_mchid}, ${other}, ${sunday}::date, ${sunday}::date)
    on conflict (sp_mchid, sub_mchid) do update set last_day = greatest(unlisted_merchants.last_day, excluded.last_day)`.execute(
    desk.backend.db,
  )
}
const known = (from: string, to: string) =>
  sql`
    insert into bill_days (sp_mchid, day, state, sha1, landed_at) select ${sp_mchid}, day::date, 'landed', 'a', now()
    from generate_series(${from}::date, ${to}::date, interval '1 day') as day`.execute(desk.backend.db)
const daysOf = async (table: string) =>
  (
    await sql<{ day: string }>`
      select distinct to_char(${sql.ref(table === 'unlisted_merchants' ? 'last_day' : 'day')}, 'YYYY-MM-DD') as day from ${sql.table(table)} order by 1`.execute(
      desk.backend.db,
    )
  ).rows.map(({ day }) => day)
const tidied = (goOn = () => true) => dropOldBills(desk.backend.app.context, goOn)
const paymentsOf = async (from: string, to: string) =>
  (await desk.backend.call<Payments>('operator', 'GET', `/v1/sub-merchants/${shop}/payments?from=${from}&to=${to}`)).body.payments

beforeEach(() => sql`update unlisted_merchants set dismissed_at = null`.execute(desk.backend.db))

test('given days of before the kept weeks, then payments, loads and merchants that nobody entered go, and of later days nothing does', async () => {
  expect(keptFrom(dayOf(desk.backend.clock.now()))).toBe(first)
  await paidWeek(before)
  expect(await tidied()).toBe(7 * 2 + 1 + 1)
  for (const table of ['payment_days', 'receipt_load_days', 'unlisted_merchants']) expect([table, await daysOf(table)]).toEqual([table, []])
  await paidWeek(dayLater(first, 6))
  expect([await tidied(), (await daysOf('payment_days')).length]).toEqual([0, 7])
})
test('given a merchant that was put aside, then it stays put aside for as long as it is in no directory', async () => {
  await paidWeek(before)
  await sql`update unlisted_merchants set dismissed_at = now()`.execute(desk.backend.db)
  await tidied()
  expect(await daysOf('unlisted_merchants')).toEqual([before])
})
test('given sixty weeks of bills, then the days before and the sums of their districts go', async () => {
  const oldest = '2025-09-29'
  await known(dayLater(oldest, -7), dayLater(oldest, 6))
  await sql`
    insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    select ${sp_mchid}, '440305', day, 20, '{}', 20, 0, 0, 0, 0, 0, 0, array_fill(0::bigint, array[24]), array_fill(0::bigint, array[6])
    from bill_days`.execute(desk.backend.db)
  const totals = async (from: string) =>
    (await desk.backend.call<PaymentTotals>('operator', 'GET', `/v1/metrics/payments?from=${from}&to=${dayLater(from, 6)}`)).body.total
      ?.payments
  // also while it is still there
  expect([await totals(dayLater(oldest, -7)), await totals(oldest)]).toEqual([undefined, 140])
  await tidied()
  expect([(await daysOf('bill_days'))[0], (await daysOf('payment_region_days'))[0]]).toEqual([oldest, oldest])
})
test('given a process that ends in the middle, then the next goes on, and nobody is told of a week of which a part is gone', async () => {
  await known(dayLater(before, -6), dayLater(first, 6))
  await paidWeek(before)
  await paidWeek(dayLater(first, 6))
  expect([await paymentsOf(dayLater(before, -6), before), await paymentsOf(first, dayLater(first, 6))]).toEqual([null, 840])
  let batches = 0
  await tidied(() => (batches += 1) < 2)
  expect(await daysOf('payment_days')).toHaveLength(7)
  expect(await daysOf('receipt_load_days')).toContain(before)
  await tidied()
  expect(await daysOf('receipt_load_days')).not.toContain(before)
})
test('given two processes at once, then each row goes once', async () => {
  await paidWeek(before)
  const went = await Promise.all([tidied(), tidied()])
  expect(went[0]! + went[1]!).toBe(16)
})
test('given a bill of a day that is not kept any more, then nothing of it lands', async () => {
  const { bill, sha1 } = await read(textOf(before, { payments: [{ sub_mchid: shop, count: 3 }] }))
  const now = desk.backend.clock.now()
  expect(() => assertIsOf(bill, { sp_mchid, day: before }, now)).toThrow('BILL_TOO_OLD')
  const kept = await read(textOf(first, { payments: [{ sub_mchid: shop, count: 3 }] }))
  assertIsOf(kept.bill, { sp_mchid, day: first }, now)
  expect(await landBill(desk.backend.db, { sp_mchid, day: first, bill: kept.bill, sha1, source: 'file' }, now)).toBe('new')
})
