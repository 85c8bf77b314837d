// The nightly watch: the rule of rule.ts over every merchant of a number, range by range, so that nobody waits for more than one of them (product.md §5.5).
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { isOfAnOrder } from '../bills/loads.ts'
import { isRegistered } from '../bills/ways.ts'
import type { WatchRule } from './rule.ts'

/** of the day, in China */
const nightlyHour = 3
/** verified merchants whose payments one statement reads */
const batch = 20_000

/** What is looked at in one night, or on the day on which a newer bill lands. */
interface Turn {
  sp_mchid: string
  /** the number under which the register of appids stands */
  home: string
  from: string
  to: string
  after: string
}

/**
 * Any number of processes may run it: a range is claimed for each batch, and a night that was missed is made up for as soon as one runs.
 * @param goOn asked before each batch
 * @returns how many merchants it looked at
 */
export async function watchMerchants(
  context: Pick<Context, 'db' | 'clock' | 'sp_mchid'> & { numbers: readonly string[] },
  goOn: () => boolean = () => true,
): Promise<number> {
  const { db, clock, sp_mchid: home, numbers } = context
  let looked = 0
  for (const sp_mchid of numbers) {
    await begin(db, sp_mchid, clock.now())
    while (goOn()) {
      const done = await db.transaction().execute(async trx => {
        const claimed = await claim(trx, sp_mchid)
        return claimed && watchRange(trx, { ...claimed.turn, home }, claimed.rule, clock.now())
      })
      looked += done ?? 0
      if (done === null || done === 0) break
    }
  }
  return looked
}

/** A night begins once, and once more on the day on which a newer bill lands: whichever process comes first. */
async function begin(db: Context['db'], sp_mchid: string, now: Date): Promise<void> {
  const night = dayOf(new Date(now.getTime() - nightlyHour * 3_600_000))
  await sql`
    insert into watch_nights as w (sp_mchid, night, bills_to, done_to, watched_at)
    select sp_mchid, ${night}::date, max(day), '', ${now} from bill_days where sp_mchid = ${sp_mchid} and state = 'landed' group by sp_mchid
    on conflict (sp_mchid) do update set night = excluded.night, bills_to = excluded.bills_to, done_to = '', watched_at = excluded.watched_at
      where w.night < excluded.night or w.bills_to < excluded.bills_to`.execute(db)
}

async function claim(trx: Trx, sp_mchid: string): Promise<{ turn: Omit<Turn, 'home'>; rule: WatchRule } | null> {
  const { rows } = await sql<{ to: string; after: string; watch: WatchRule }>`
    select to_char(w.bills_to, 'YYYY-MM-DD') as to, w.done_to as after, p.watch
    from watch_nights as w join provider as p on p.sp_mchid = w.sp_mchid
    where w.sp_mchid = ${sp_mchid} and w.done_to is not null for update of w skip locked`.execute(trx)
  const [row] = rows
  if (!row) return null
  const { to, after, watch } = row
  return { turn: { sp_mchid, from: dayLater(to, 1 - watch.days), to, after }, rule: watch }
}

/** @returns how many merchants; 0: that was all */
async function watchRange(trx: Trx, turn: Turn, rule: WatchRule, now: Date): Promise<number> {
  const { sp_mchid, after } = turn
  const { rows } = await sql<{ upto: string | null; count: number }>`
    select max(sub_mchid) as upto, count(*)::integer as count from (
      select sub_mchid from sub_merchants where sp_mchid = ${sp_mchid} and sub_mchid > ${after} and (migration_state = 'verified' or suspected_at is not null)
      order by sub_mchid limit ${batch}
    ) as part`.execute(trx)
  const { upto, count } = rows[0]!
  if (upto === null) {
    await sql`update watch_nights set done_to = null where sp_mchid = ${sp_mchid}`.execute(trx)
    return 0
  }
  await mark(trx, turn, upto, rule, now)
  await sql`update watch_nights set done_to = ${upto} where sp_mchid = ${sp_mchid}`.execute(trx)
  return count
}

/** In one statement what rule.ts says of one merchant; a test holds both against each other. Only rows that are different now are written. */
async function mark(
  trx: Trx,
  { sp_mchid, home, from, to, after }: Turn,
  upto: string,
  { enabled, min_payments }: WatchRule,
  now: Date,
): Promise<void> {
  await sql`
    with candidates as (
      select sub_mchid, (migration_since at time zone 'Asia/Shanghai')::date as proved_on,
        ((switches -> 'receipt' ->> 'changed_at')::timestamptz at time zone 'Asia/Shanghai')::date as receipt_since
      from sub_merchants as s
      where sp_mchid = ${sp_mchid} and sub_mchid > ${after} and sub_mchid <= ${upto} and migration_state = 'verified' and receipt_status = 'open'
        and ${enabled} and exists (select from receipt_load_days as l where l.sp_mchid = ${sp_mchid} and l.day >= ${from}::date and ${isOfAnOrder})
        and not exists (select from receipt_load_days as l where l.sp_mchid = s.sp_mchid and l.sub_mchid = s.sub_mchid and l.day >= ${from}::date
          and ${isOfAnOrder})
    ), hinted as (
      select c.sub_mchid, sum(one.value::integer)::integer as payments
      from candidates as c
      join payment_days as p on p.sp_mchid = ${sp_mchid} and p.sub_mchid = c.sub_mchid and p.day between ${from}::date and ${to}::date
        and p.day > c.proved_on and (c.receipt_since is null or p.day > c.receipt_since)
      cross join lateral jsonb_each_text(p.jsapi) as one
      join appids as a on ${isRegistered(home)} and a.kind = 'official_account'
      group by c.sub_mchid having sum(one.value::integer) >= ${min_payments}
    ), found as (
      select s.sub_mchid, case when h.sub_mchid is not null then jsonb_build_object('payments', h.payments, 'from', ${from}::text, 'to', ${to}::text) end as suspected
      from sub_merchants as s left join hinted as h using (sub_mchid)
      where s.sp_mchid = ${sp_mchid} and s.sub_mchid > ${after} and s.sub_mchid <= ${upto} and (s.suspected_at is not null or h.sub_mchid is not null)
    ), held as materialized (
      -- in the order in which everybody locks several merchants
      select s.sub_mchid, f.suspected from sub_merchants as s join found as f using (sub_mchid)
      where s.sp_mchid = ${sp_mchid} and (s.suspected is distinct from f.suspected or s.suspected_at <= s.migration_since)
      order by s.sub_mchid for update of s
    )
    update sub_merchants as s set suspected = held.suspected,
      suspected_at = case when held.suspected is not null then ${now}::timestamptz end
    from held where s.sp_mchid = ${sp_mchid} and s.sub_mchid = held.sub_mchid`.execute(trx)
}

/** Somebody saw the receipt: what was suspected there is over at once. */
export const clearSuspicions = (trx: Trx, loaded: readonly { sp_mchid: string; sub_mchid: string }[]) =>
  sql`
    with held as materialized (
      -- in the order in which everybody locks several merchants
      select s.sp_mchid, s.sub_mchid from sub_merchants as s
      join jsonb_to_recordset(${JSON.stringify(loaded)}::jsonb) as given(sp_mchid text, sub_mchid text) using (sp_mchid, sub_mchid)
      where s.suspected_at is not null order by s.sp_mchid, s.sub_mchid for update of s
    )
    update sub_merchants as s set suspected = null, suspected_at = null
    from held where s.sp_mchid = held.sp_mchid and s.sub_mchid = held.sub_mchid`.execute(trx)
