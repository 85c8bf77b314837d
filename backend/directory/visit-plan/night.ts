// Each night the plan is made anew from what is old then; stops that a lead has published stay until somebody was there, or their day is long past.
import { sql } from 'kysely'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import type { Numbers } from '../../http/caller.ts'
import { dayLater, dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { countFresh, isOld, oldBefore } from './fresh.ts'
import {
  aheadDays,
  loadedWithin,
  overdueAfter,
  planDays,
  planVisits,
  visitsNeeded,
  type OldShop,
  type Visitor,
  type VisitPlanOf,
} from './rule.ts'

/** of the day, in China: after the watch has looked at every merchant */
const nightlyHour = 4
/** days after which a published stop that nobody made is planned anew */
const missedAfter = 3
/** old shops that are looked at: more than that nobody visits in two weeks */
const mostOld = 200_000
const visitsPerDay = 8

/**
 * Any number of processes may run it: the plan of a night is made once, and a night that was missed is made up for.
 * @returns whether it made one
 */
export async function planNightly({
  db,
  clock,
  sp_mchid: home,
  numbers,
}: Pick<Context, 'db' | 'clock' | 'sp_mchid'> & { numbers: Numbers }): Promise<boolean> {
  const now = clock.now()
  const night = dayOf(new Date(now.getTime() - nightlyHour * 3_600_000))
  const { rows: done } = await sql`select from visit_plans where sp_mchid = ${home} and night >= ${night}::date`.execute(db)
  if (done.length > 0) return false
  return db.transaction().execute(async trx => {
    const { rows: claimed } = await sql<{ stale_after_days: number; per_day: number | null }>`
      with claim as (
        insert into visit_plans as p (sp_mchid, night, made_at, needed, planned, without_anybody) values (${home}, ${night}::date, ${now}, 0, 0, 0)
        on conflict (sp_mchid) do update set night = excluded.night, made_at = excluded.made_at where p.night < excluded.night returning sp_mchid
      ) select stale_after_days, (watch ->> 'visits_per_day')::integer as per_day from provider join claim using (sp_mchid)`.execute(trx)
    const [settings] = claimed
    if (!settings) return false
    const before = oldBefore(settings, now)
    await tidy(trx, numbers, before, dayOf(now))
    const { needed, stops, without_anybody } = await planned(trx, numbers, {
      before,
      today: dayOf(now),
      perDay: settings.per_day ?? visitsPerDay,
    })
    await insertStops(trx, numbers, stops, dayOf(now))
    await trx.updateTable('visit_plans').set({ needed, planned: stops.length, without_anybody }).where('sp_mchid', '=', home).execute()
    return true
  })
}

/** What is not published, what is fresh again, what nobody made, and what is its person's no more. */
async function tidy(trx: Trx, numbers: Numbers, before: Date, today: string): Promise<void> {
  await sql`
    delete from visit_stops as v where ${ofNumbers(numbers, 'v.sp_mchid')} and (v.published_at is null or v.day < ${dayLater(today, -missedAfter)}::date
      or not exists (select from staff where staff.id = v.staff_id and staff.status = 'active')
      or not exists (select from sub_merchants as s where s.sp_mchid = v.sp_mchid and s.sub_mchid = v.sub_mchid and ${isOld(before)}))`.execute(
    trx,
  )
}

async function planned(
  trx: Trx,
  numbers: Numbers,
  { before, today, perDay }: { before: Date; today: string; perDay: number },
): Promise<VisitPlanOf> {
  const counts = await countFresh(trx, ofNumbers(numbers), later(before, aheadDays))
  const { rows: published } = await sql<{ staff_id: string; day: number }>`
    select staff_id, greatest(0, day - ${today}::date) as day from visit_stops where ${ofNumbers(numbers)}`.execute(trx)
  const needed = visitsNeeded({ ...counts, planned: published.length })
  if (needed === 0) return { needed, stops: [], without_anybody: 0 }
  return planVisits(needed, await oldShops(trx, numbers, before, today), await visitors(trx, numbers), {
    perDay,
    taken: takenBy(published),
  })
}

function takenBy(published: readonly { staff_id: string; day: number }[]): Map<string, number[]> {
  const taken = new Map<string, number[]>()
  for (const { staff_id, day } of published) {
    const days = taken.get(staff_id) ?? Array<number>(planDays).fill(0)
    if (day < planDays) days[day]! += 1
    taken.set(staff_id, days)
  }
  return taken
}

const later = (moment: Date, days: number): Date => new Date(moment.getTime() + days * 86_400_000)

async function oldShops(trx: Trx, numbers: Numbers, before: Date, today: string): Promise<OldShop[]> {
  const { rows } = await sql<OldShop>`
    select sub_mchid, region_code, assigned_to as staff_id, suspected_at is not null as suspected, extract(epoch from migration_since)::float8 * 1000 as since,
      migration_since < ${later(before, -overdueAfter)} as overdue,
      receipt_status = 'open' and exists (
        select from receipt_load_days as l where l.sp_mchid = s.sp_mchid and l.sub_mchid = s.sub_mchid and l.day > ${dayLater(today, -loadedWithin)}::date
          and l.result = 'valid') as loaded
    from sub_merchants as s where ${ofNumbers(numbers, 's.sp_mchid')} and ${isOld(before)}
      -- where WeChat Pay limits the shop nobody can pay
      and not migration_attention @> '{OPERATION_BLOCKED}'
      and not exists (select from visit_stops as v where v.sp_mchid = s.sp_mchid and v.sub_mchid = s.sub_mchid)
    order by suspected_at is null, migration_since, sub_mchid limit ${mostOld}`.execute(trx)
  return rows
}

/** Who visits shops: active agents, and leads for shops that are assigned to them. */
async function visitors(trx: Trx, numbers: Numbers): Promise<Visitor[]> {
  const rows = await trx
    .selectFrom('staff')
    .select(['id', 'role', 'region_codes', 'assigned_only'])
    .where(ofNumbers(numbers))
    .where('status', '=', 'active')
    .where('role', 'in', ['field_agent', 'region_lead'])
    .orderBy('id')
    .execute()
  return rows.map(({ id, role, region_codes, assigned_only }) => {
    const prefixes = region_codes.flatMap(regionPrefixesOf)
    const takesOthers = role === 'field_agent' && !assigned_only
    return { staff_id: id, covers: code => takesOthers && prefixes.some(prefix => code.startsWith(prefix)) }
  })
}

async function insertStops(trx: Trx, numbers: Numbers, stops: VisitPlanOf['stops'], today: string): Promise<void> {
  if (stops.length === 0) return
  const rows = stops.map(({ day, ...stop }) => ({ ...stop, day: dayLater(today, day) }))
  await sql`
    insert into visit_stops (sp_mchid, sub_mchid, staff_id, day, place)
    select s.sp_mchid, s.sub_mchid, given.staff_id, given.day, given.place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(sub_mchid text, staff_id text, day date, place integer)
    join sub_merchants as s on ${ofNumbers(numbers, 's.sp_mchid')} and s.sub_mchid = given.sub_mchid
    on conflict do nothing`.execute(trx)
}
