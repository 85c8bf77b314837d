// What bills find by themselves: three merchants that nobody entered into the directory, and one shop whose receipt nobody loads. The days of the bills are
// those of fill-payments.ts.
import { sql } from 'kysely'
import type { Trx } from '../../backend/database/connection.ts'
import { newestBillDay } from '../../backend/evidence/bills/fetch.ts'
import { dayLater } from '../../backend/http/days.ts'
import { appids, provider } from './organisation.ts'

const { sp_mchid } = provider
const billDays = 14
const officialAccount = appids[0].appid
/** paid under our number, in no directory: the second pays too rarely to be counted, the third is not one that we look after */
export const unlistedMerchants = [
  { sub_mchid: '1900700001', daily: 9 },
  { sub_mchid: '1900700002', daily: 1 },
  { sub_mchid: '1900700003', daily: 4 },
] as const
const weekOfPayments = 23

/** After receipts, before payments: what was paid and loaded makes the hint, by the rule of the watch; districts are added up with it. */
export async function insertBills(trx: Trx, now: Date): Promise<void> {
  const newest = newestBillDay(now)
  const days = Array.from({ length: billDays }, (_, back) => dayLater(newest, -back))
  for (const { sub_mchid, daily } of unlistedMerchants) for (const day of days) await pay(trx, sub_mchid, day, daily)
  await sql`
    insert into unlisted_merchants (sp_mchid, sub_mchid, first_day, last_day)
    select ${sp_mchid}, id, ${days.at(-1)}::date, ${newest}::date from unnest(${unlistedMerchants.map(({ sub_mchid }) => sub_mchid)}::text[]) as id`.execute(
    trx,
  )
  const shop = await suspect(trx, now)
  await pay(trx, shop, newest, weekOfPayments)
  await sql`
    update sub_merchants set suspected_at = ${now}, suspected = ${JSON.stringify({ payments: weekOfPayments, from: dayLater(newest, -6), to: newest })}
    where sp_mchid = ${sp_mchid} and sub_mchid = ${shop}`.execute(trx)
}

/** Of the crowd: verified, its receipt open, seen last before these days and not so long ago, never loaded. */
async function suspect(trx: Trx, now: Date): Promise<string> {
  const day = 86_400_000
  const { rows } = await sql<{ sub_mchid: string }>`
    select sub_mchid from sub_merchants as s
    where sp_mchid = ${sp_mchid} and migration_state = 'verified' and receipt_status = 'open' and not receipt_error and migration_attention = '{}'
      and migration_since between ${new Date(now.getTime() - 60 * day)} and ${new Date(now.getTime() - 9 * day)} and region_code like '4403%'
      and not exists (select from receipt_load_days as l where l.sp_mchid = s.sp_mchid and l.sub_mchid = s.sub_mchid)
    order by sub_mchid limit 1`.execute(trx)
  return rows[0]!.sub_mchid
}

const pay = (trx: Trx, sub_mchid: string, day: string, count: number) =>
  sql`
  insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
  values (${sp_mchid}, ${sub_mchid}, ${day}::date, ${count + 2}, ${JSON.stringify({ [officialAccount]: count })}, 0, 2, 0, 0, 0, 0, 0,
    array_fill(0, array[11]) || ${count + 2}::integer || array_fill(0, array[12]), array_fill(0, array[1]) || ${count + 2}::integer || array_fill(0, array[4]))`.execute(
    trx,
  )
