// What was counted of a bill becomes the day's rows: all or nothing, and in place of what stood there.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { MerchantCounts } from './counts.ts'
import type { Bill } from './reader.ts'
import { BillRefused } from './refused.ts'
import { addUpRegions, holdWeek } from './regions.ts'
import { keptFrom } from './told.ts'

export interface BillToLand {
  sp_mchid: string
  /** 2026-11-28 */
  day: string
  bill: Bill
  sha1: string
  source: 'wechatpay' | 'file'
}

/** same: this very file had landed */
export type Landed = 'new' | 'replaced' | 'same'

/** days that a conclusion about the flow looks at (product.md §5.3) */
export const windowDays = 30
const batch = 1_000

/** @throws BillRefused when it is not the bill of that number and day */
export function assertIsOf(bill: Bill, { sp_mchid, day }: { sp_mchid: string; day: string }, now: Date): void {
  if (bill.sp_mchid !== null && bill.sp_mchid !== sp_mchid) throw new BillRefused('BILL_OF_ANOTHER_PROVIDER')
  if (bill.day !== null && bill.day !== day) throw new BillRefused('BILL_OF_ANOTHER_DAY')
  if (day >= dayOf(now)) throw new BillRefused('BILL_OF_THE_FUTURE')
  if (day < keptFrom(dayOf(now))) throw new BillRefused('BILL_TOO_OLD')
}

/** Any number of processes may land the same day: the second waits, and finds what the first wrote. */
export async function landBill(db: Database, { sp_mchid, day, bill, sha1, source }: BillToLand, now: Date): Promise<Landed> {
  return db.transaction().execute(async trx => {
    // a day of many merchants takes longer than what somebody waits for; its statements keep their own limit
    await sql`select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'`.execute(trx)
    await holdWeek(trx, sp_mchid, day)
    const before = await holdDay(trx, sp_mchid, day)
    if (before.state === 'landed' && before.sha1 === sha1) {
      await setDay(trx, sp_mchid, day, { reason: null, tried_at: now, try_at: null })
      return 'same'
    }
    const isReplaced = before.state === 'landed'
    if (isReplaced) await trx.deleteFrom('payment_days').where('sp_mchid', '=', sp_mchid).where('day', '=', dayColumn(day)).execute()
    await insertCounts(trx, sp_mchid, day, bill)
    await noteUnlisted(trx, sp_mchid, day, isReplaced)
    const facts = { sha1, rows: bill.rows, payments: bill.payments, merchants: bill.counts.merchants }
    await setDay(trx, sp_mchid, day, { ...facts, state: 'landed', source, reason: null, tried_at: now, landed_at: now, try_at: null })
    await addUpRegions(trx, sp_mchid, day)
    await concludeAnew(trx, sp_mchid, day)
    const past = isReplaced ? { sha1: before.sha1, rows: Number(before.rows), payments: Number(before.payments) } : null
    await recordAudit(trx, {
      sp_mchid,
      at: now,
      actor: null,
      action: 'bill.landed',
      target: { type: 'provider', id: sp_mchid },
      before: past && { day, ...past },
      after: { day, source, ...facts },
      origin: null,
    })
    return isReplaced ? 'replaced' : 'new'
  })
}

/** Kysely's column is a Date when it is read; compared and written it is text. */
const dayColumn = (day: string) => sql<Date>`${day}::date`

/** The row of a day, locked to the end of the transaction; made where there is none. */
export async function holdDay(trx: Trx, sp_mchid: string, day: string) {
  await trx
    .insertInto('bill_days')
    .values({ sp_mchid, day, state: 'waiting' })
    .onConflict(conflict => conflict.columns(['sp_mchid', 'day']).doNothing())
    .execute()
  return trx
    .selectFrom('bill_days')
    .selectAll()
    .where('sp_mchid', '=', sp_mchid)
    .where('day', '=', dayColumn(day))
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export type DayChange = Partial<{
  state: 'waiting' | 'landed' | 'empty' | 'refused'
  reason: string | null
  source: 'wechatpay' | 'file' | null
  sha1: string
  rows: number
  payments: number
  merchants: number
  tries: number
  tried_at: Date
  landed_at: Date
  try_at: Date | null
  conclude_after: string | null
}>

export const setDay = (trx: Trx, sp_mchid: string, day: string, change: DayChange) =>
  trx.updateTable('bill_days').set(change).where('sp_mchid', '=', sp_mchid).where('day', '=', dayColumn(day)).execute()

async function insertCounts(trx: Trx, sp_mchid: string, day: string, { counts }: Bill): Promise<void> {
  let rows: MerchantCounts[] = []
  const flush = async () => {
    await sql`
      insert into payment_days (sp_mchid, day, sub_mchid, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
      select ${sp_mchid}, ${day}::date, * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(sub_mchid text, payments integer, jsapi jsonb,
        native integer, micropay integer, app integer, h5 integer, facepay integer, other integer, refunds integer, hours integer[], bands integer[])`.execute(
      trx,
    )
    rows = []
  }
  for (const one of counts.all()) {
    rows.push(one)
    if (rows.length === batch) await flush()
  }
  if (rows.length > 0) await flush()
}

/** @param isReplaced the bill before may have named others */
async function noteUnlisted(trx: Trx, sp_mchid: string, day: string, isReplaced: boolean): Promise<void> {
  if (isReplaced)
    await sql`
      delete from unlisted_merchants as u where sp_mchid = ${sp_mchid}
        and not exists (select from payment_days as p where p.sp_mchid = u.sp_mchid and p.sub_mchid = u.sub_mchid)`.execute(trx)
  await sql`
    insert into unlisted_merchants as u (sp_mchid, sub_mchid, first_day, last_day)
    select p.sp_mchid, p.sub_mchid, p.day, p.day from payment_days as p
    where p.sp_mchid = ${sp_mchid} and p.day = ${day}::date and p.payments > 0
      and not exists (select from sub_merchants as s where s.sp_mchid = p.sp_mchid and s.sub_mchid = p.sub_mchid)
    on conflict (sp_mchid, sub_mchid) do update
      set first_day = least(u.first_day, excluded.first_day), last_day = greatest(u.last_day, excluded.last_day)`.execute(trx)
}

/** Conclusions are drawn at the newest day, of the window that ends there: also when a day inside it came later. */
async function concludeAnew(trx: Trx, sp_mchid: string, day: string): Promise<void> {
  await sql`
    update bill_days set conclude_after = '' where sp_mchid = ${sp_mchid} and day < ${dayLater(day, windowDays)}::date
      and day = (select max(day) from bill_days where sp_mchid = ${sp_mchid} and state = 'landed')`.execute(trx)
}
