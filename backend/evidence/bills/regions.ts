// What each district was paid in a day, added up when its bill lands: a page of a lead does not add up a million shops (product.md B30).
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { otherWays, partsOf } from './ways.ts'

/** In the transaction that lands the bill of a day, of the shops that are in the directory then; in place of what stood there. */
export async function addUpRegions(trx: Trx, sp_mchid: string, day: string): Promise<void> {
  await sql`delete from payment_region_days where sp_mchid = ${sp_mchid} and day = ${day}::date`.execute(trx)
  await sql`
    with placed as (
      select s.region_code, p.* from payment_days as p join sub_merchants as s using (sp_mchid, sub_mchid)
      where p.sp_mchid = ${sp_mchid} and p.day = ${day}::date
    ), by_appid as (
      select region_code, jsonb_object_agg(appid, payments) as jsapi
      from (
        select region_code, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(placed.jsapi) as one
        group by region_code, one.key
      ) as each group by region_code
    ), sums as (
      select region_code, sum(payments) as payments, ${sql.join(otherWays.map(way => sql`sum(${sql.ref(way)}) as ${sql.ref(way)}`))},
        sum(refunds) as refunds, ${partsOf('hours', 24, 'bigint')} as hours, ${partsOf('bands', 6, 'bigint')} as bands
      from placed group by region_code
    )
    insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
    select ${sp_mchid}, region_code, ${day}::date, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
    from sums left join by_appid using (region_code)`.execute(trx)
}
