// What each district was paid in a week, day by day, added up when the last of its bills lands: a page of a lead does not add up a million shops (product.md B30).
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { dayLater } from '../../http/days.ts'
import { leastPayments, weekOf } from './told.ts'
import { otherWays, partsOf } from './ways.ts'

/**
 * To the end of the transaction: days of one week land one after the other, so that the last sees all. To be held before any row of bill_days: a day that lands
 * writes the newest day, too, which another may be replacing.
 */
export const holdWeek = async (trx: Trx, sp_mchid: string, day: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('payment_region_days'), hashtext(${`${sp_mchid} ${weekOf(day)}`}))`.execute(trx)
}

/**
 * In the transaction that lands the bill of a day and holds its week, of the shops that are in the directory then; in place of what stood there. A week counts once all its days are
 * known, and with it the shops that were paid twenty times in it: what is told of a district is then no more than what is told of its shops.
 */
export async function addUpRegions(trx: Trx, sp_mchid: string, day: string): Promise<void> {
  const monday = weekOf(day)
  const ofWeek = sql<boolean>`sp_mchid = ${sp_mchid} and day between ${monday}::date and ${dayLater(monday, 6)}::date`
  await sql`delete from payment_region_days where ${ofWeek}`.execute(trx)
  const { rows } = await sql<{
    days: number
  }>`select count(*)::integer as days from bill_days where ${ofWeek} and state in ('landed', 'empty')`.execute(trx)
  if (rows[0]!.days < 7) return
  await sql`
    with told as (
      select sub_mchid from payment_days where ${ofWeek} group by sub_mchid having sum(payments) >= ${leastPayments}
    ), placed as materialized (
      select s.region_code, p.* from payment_days as p join told using (sub_mchid) join sub_merchants as s using (sp_mchid, sub_mchid)
      where p.sp_mchid = ${sp_mchid} and p.day between ${monday}::date and ${dayLater(monday, 6)}::date
    ), by_appid as (
      select region_code, day, jsonb_object_agg(appid, payments) as jsapi
      from (
        select region_code, day, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(placed.jsapi) as one
        group by region_code, day, one.key
      ) as each group by region_code, day
    ), sums as (
      select region_code, day, sum(payments) as payments, ${sql.join(otherWays.map(way => sql`sum(${sql.ref(way)}) as ${sql.ref(way)}`))},
        sum(refunds) as refunds, ${partsOf('hours', 24, 'bigint')} as hours, ${partsOf('bands', 6, 'bigint')} as bands
      from placed group by region_code, day
    )
    insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    select ${sp_mchid}, region_code, day, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
    from sums left join by_appid using (region_code, day)`.execute(trx)
}
