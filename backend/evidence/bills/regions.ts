// What is told of each district's payments, added up when a bill lands: a page of a lead does not add up a million shops (product.md B30, §5.7).
import { setTimeout } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { dayLater } from '../../http/days.ts'
import { leastPayments, weekOf } from './told.ts'
import { otherWays, partsOf } from './ways.ts'

/** between two looks whether a week is free */
const againAfterMs = 100

/**
 * To the end of the transaction: days of one week land one after the other, so that the last sees all. To be held before any row of bill_days: a day that lands
 * writes the newest day, too, which another may be replacing. Asked for again and again: a bill takes longer to land than a statement may wait.
 */
export async function holdWeek(trx: Trx, sp_mchid: string, day: string): Promise<void> {
  for (;;) {
    const { rows } = await sql<{
      held: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('payment_region_days'), hashtext(${`${sp_mchid} ${weekOf(day)}`})) as held`.execute(trx)
    if (rows[0]!.held) return
    await setTimeout(againAfterMs)
  }
}

/** shops that are added up by one statement: a million in one would take longer than a statement may */
const batch = 20_000

type Sums = Record<(typeof otherWays)[number] | 'payments' | 'refunds', number>
interface Part extends Sums {
  region_code: string
  jsapi: Record<string, number> | null
  hours: number[]
  bands: number[]
}

/**
 * In the transaction that lands the bill of a day and holds its week, of the shops that are in the directory then; in place of what stood there. Of the day count
 * shops that were paid twenty times on it. Small days of a shop count in one row of their week (`together`, on its Monday), once all its days are known and where
 * the shop has twenty on them: what is told of a district is then no more than what is told of its shops.
 * @param most shops of a week by one statement
 */
export async function addUpRegions(trx: Trx, sp_mchid: string, day: string, most = batch): Promise<void> {
  const monday = weekOf(day)
  const ofWeek = sql<boolean>`sp_mchid = ${sp_mchid} and day between ${monday}::date and ${dayLater(monday, 6)}::date`
  await sql`
    delete from payment_region_days where sp_mchid = ${sp_mchid} and ((day = ${day}::date and not together) or (day = ${monday}::date and together))`.execute(
    trx,
  )
  const large = (shops: RawBuilder<boolean>) =>
    sql`select * from payment_days where sp_mchid = ${sp_mchid} and day = ${day}::date and ${shops} and payments >= ${leastPayments}`
  // a shop has one row of the day and seven of the week
  await write(trx, sp_mchid, day, false, await sumsOf(trx, sp_mchid, most * 7, large))
  const { rows } = await sql<{
    days: number
  }>`select count(*)::integer as days from bill_days where ${ofWeek} and state in ('landed', 'empty')`.execute(trx)
  if (rows[0]!.days < 7) return
  const small = (shops: RawBuilder<boolean>) => sql`
    select * from (
      select *, sum(payments) over (partition by sub_mchid) as of_week from payment_days where ${ofWeek} and ${shops} and payments < ${leastPayments}
    ) as paid where of_week >= ${leastPayments}`
  await write(trx, sp_mchid, monday, true, await sumsOf(trx, sp_mchid, most, small))
}

/** By district. @param most shops at a time @param toldOf what is told of such shops: rows of payment_days */
async function sumsOf(
  trx: Trx,
  sp_mchid: string,
  most: number,
  toldOf: (shops: RawBuilder<boolean>) => RawBuilder<unknown>,
): Promise<Part[]> {
  const sums = new Map<string, Part>()
  let after: string | null = ''
  while (after !== null) {
    const upTo = await lastOf(trx, sp_mchid, after, most)
    const shops = sql<boolean>`sub_mchid > ${after} and (${upTo}::text is null or sub_mchid <= ${upTo})`
    for (const part of await partsOfDistricts(trx, toldOf(shops), sql<boolean>`sp_mchid = ${sp_mchid} and ${shops}`)) {
      const held = sums.get(part.region_code)
      sums.set(part.region_code, held ? bothOf(held, part) : part)
    }
    after = upTo
  }
  return [...sums.values()]
}

/** null: there are no more than these */
async function lastOf(trx: Trx, sp_mchid: string, after: string, most: number): Promise<string | null> {
  const { rows } = await sql<{ sub_mchid: string }>`
    select sub_mchid from sub_merchants where sp_mchid = ${sp_mchid} and sub_mchid > ${after}
    order by sub_mchid offset ${most - 1} limit 1`.execute(trx)
  return rows[0]?.sub_mchid ?? null
}

/** @param told rows of payment_days @param placed the shops that they are of */
async function partsOfDistricts(trx: Trx, told: RawBuilder<unknown>, placed: RawBuilder<boolean>): Promise<Part[]> {
  const summed = (column: string) => sql`sum(${sql.ref(column)})::double precision as ${sql.ref(column)}`
  const { rows } = await sql<Part>`
    with told as materialized (${told}), placed as materialized (
      select s.region_code, told.* from told join (select sub_mchid, region_code from sub_merchants where ${placed}) as s using (sub_mchid)
    ), by_appid as (
      select region_code, jsonb_object_agg(appid, payments) as jsapi
      from (
        select region_code, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(placed.jsapi) as one
        group by region_code, one.key
      ) as each group by region_code
    ), sums as (
      select region_code, ${summed('payments')}, ${sql.join(otherWays.map(summed))}, ${summed('refunds')},
        ${partsOf('hours', 24, 'double precision')} as hours, ${partsOf('bands', 6, 'double precision')} as bands
      from placed group by region_code
    )
    select sums.*, jsapi from sums left join by_appid using (region_code)`.execute(trx)
  return rows
}

function bothOf(one: Part, other: Part): Part {
  const added = (places: readonly number[], more: readonly number[]) => places.map((count, at) => count + more[at]!)
  const jsapi: Record<string, number> = { ...one.jsapi }
  for (const [appid, payments] of Object.entries(other.jsapi ?? {})) jsapi[appid] = (jsapi[appid] ?? 0) + payments
  const sums = Object.fromEntries((['payments', 'refunds', ...otherWays] as const).map(name => [name, one[name] + other[name]])) as Sums
  return { ...one, ...sums, jsapi, hours: added(one.hours, other.hours), bands: added(one.bands, other.bands) }
}

const written = 2_000

async function write(trx: Trx, sp_mchid: string, day: string, together: boolean, parts: readonly Part[]): Promise<void> {
  for (let from = 0; from < parts.length; from += written)
    await sql`
      insert into payment_region_days
        (sp_mchid, region_code, day, together, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
      select ${sp_mchid}, region_code, ${day}::date, ${together}, payments, coalesce(jsapi, '{}'),
        native, micropay, app, h5, facepay, other, refunds, hours, bands
      from jsonb_to_recordset(${JSON.stringify(parts.slice(from, from + written))}::jsonb) as given(region_code text, payments bigint, jsapi jsonb,
        native bigint, micropay bigint, app bigint, h5 bigint, facepay bigint, other bigint, refunds bigint, hours bigint[], bands bigint[])`.execute(
      trx,
    )
}
