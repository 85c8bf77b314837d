// What each district was paid in a week, day by day, added up when the last of its bills lands: a page of a lead does not add up a million shops (product.md B30).
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
  day: string
  jsapi: Record<string, number> | null
  hours: number[]
  bands: number[]
}

/**
 * In the transaction that lands the bill of a day and holds its week, of the shops that are in the directory then; in place of what stood there. A week counts once
 * all its days are known, and with it the shops that were paid twenty times in it: what is told of a district is then no more than what is told of its shops.
 * @param most shops by one statement
 */
export async function addUpRegions(trx: Trx, sp_mchid: string, day: string, most = batch): Promise<void> {
  const monday = weekOf(day)
  const ofWeek = sql<boolean>`sp_mchid = ${sp_mchid} and day between ${monday}::date and ${dayLater(monday, 6)}::date`
  await sql`delete from payment_region_days where ${ofWeek}`.execute(trx)
  const { rows } = await sql<{
    days: number
  }>`select count(*)::integer as days from bill_days where ${ofWeek} and state in ('landed', 'empty')`.execute(trx)
  if (rows[0]!.days < 7) return
  const sums = new Map<string, Part>()
  let after: string | null = ''
  while (after !== null) {
    const upTo = await lastOf(trx, sp_mchid, after, most)
    const shops = sql<boolean>`sub_mchid > ${after} and (${upTo}::text is null or sub_mchid <= ${upTo})`
    for (const part of await partsOfDistricts(
      trx,
      sql<boolean>`${ofWeek} and ${shops}`,
      sql<boolean>`sp_mchid = ${sp_mchid} and ${shops}`,
    )) {
      const key = `${part.region_code} ${part.day}`
      const held = sums.get(key)
      sums.set(key, held ? together(held, part) : part)
    }
    after = upTo
  }
  await write(trx, sp_mchid, [...sums.values()])
}

/** null: there are no more than these */
async function lastOf(trx: Trx, sp_mchid: string, after: string, most: number): Promise<string | null> {
  const { rows } = await sql<{ sub_mchid: string }>`
    select sub_mchid from sub_merchants where sp_mchid = ${sp_mchid} and sub_mchid > ${after}
    order by sub_mchid offset ${most - 1} limit 1`.execute(trx)
  return rows[0]?.sub_mchid ?? null
}

async function partsOfDistricts(trx: Trx, paid: RawBuilder<boolean>, placed: RawBuilder<boolean>): Promise<Part[]> {
  const summed = (column: string) => sql`sum(${sql.ref(column)})::double precision as ${sql.ref(column)}`
  const { rows } = await sql<Part>`
    with paid as materialized (select * from payment_days where ${paid}),
    told as (select sub_mchid from paid group by sub_mchid having sum(payments) >= ${leastPayments}),
    placed as materialized (
      select s.region_code, paid.* from paid join told using (sub_mchid)
        join (select sub_mchid, region_code from sub_merchants where ${placed}) as s using (sub_mchid)
    ), by_appid as (
      select region_code, day, jsonb_object_agg(appid, payments) as jsapi
      from (
        select region_code, day, one.key as appid, sum(one.value::bigint) as payments from placed, jsonb_each_text(placed.jsapi) as one
        group by region_code, day, one.key
      ) as each group by region_code, day
    ), sums as (
      select region_code, day, ${summed('payments')}, ${sql.join(otherWays.map(summed))}, ${summed('refunds')},
        ${partsOf('hours', 24, 'double precision')} as hours, ${partsOf('bands', 6, 'double precision')} as bands
      from placed group by region_code, day
    )
    select sums.*, to_char(day, 'YYYY-MM-DD') as day, jsapi from sums left join by_appid using (region_code, day)`.execute(trx)
  return rows
}

function together(one: Part, other: Part): Part {
  const added = (places: readonly number[], more: readonly number[]) => places.map((count, at) => count + more[at]!)
  const jsapi: Record<string, number> = { ...one.jsapi }
  for (const [appid, payments] of Object.entries(other.jsapi ?? {})) jsapi[appid] = (jsapi[appid] ?? 0) + payments
  const sums = Object.fromEntries((['payments', 'refunds', ...otherWays] as const).map(name => [name, one[name] + other[name]])) as Sums
  return { ...one, ...sums, jsapi, hours: added(one.hours, other.hours), bands: added(one.bands, other.bands) }
}

const written = 2_000

async function write(trx: Trx, sp_mchid: string, parts: readonly Part[]): Promise<void> {
  for (let from = 0; from < parts.length; from += written)
    await sql`
      insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
      select ${sp_mchid}, region_code, day, payments, coalesce(jsapi, '{}'), native, micropay, app, h5, facepay, other, refunds, hours, bands
      from jsonb_to_recordset(${JSON.stringify(parts.slice(from, from + written))}::jsonb) as given(region_code text, day date, payments bigint, jsapi jsonb,
        native bigint, micropay bigint, app bigint, h5 bigint, facepay bigint, other bigint, refunds bigint, hours bigint[], bands bigint[])`.execute(
      trx,
    )
}
