// What the plan comes to for a lead or an operator, the next shops of one person, and the tap that shows a plan to those who go there.
import { sql, type RawBuilder } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { dayOf } from '../../http/days.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { toInstantOrNull } from '../../platform/instants.ts'
import { rowShape, type ListedRow } from '../merchants/row.ts'
import { countFresh, isOld, oldBefore } from './fresh.ts'
import { freshShare } from './rule.ts'
import type { VisitPlan, VisitPlanPublication, VisitPlanStops, VisitPlanStopsQuery } from './schema.ts'

const mostStops = 300
/** stops, as v, with their shops in the caller's scope that somebody has still to go to, as s */
const stopsInScope = (caller: Caller, now: Date) => sql`
  visit_stops as v join (select * from sub_merchants where ${inScope(caller)} and ${isOld(oldBefore(caller, now))}) as s
    on s.sp_mchid = v.sp_mchid and s.sub_mchid = v.sub_mchid`

export async function readPlan(context: Context, db: Database | Trx, caller: Caller): Promise<VisitPlan> {
  const now = context.clock.now()
  const counts = await countFresh(db, inScope(caller), oldBefore(caller, now))
  const plan = await db.selectFrom('visit_plans').selectAll().where('sp_mchid', '=', context.sp_mchid).executeTakeFirst()
  const { rows } = await sql<{
    day: string
    staff_id: string
    display_name: string
    region_code: string
    stops: number
    published: number
  }>`
    select to_char(v.day, 'YYYY-MM-DD') as day, v.staff_id, staff.display_name, s.region_code, count(*)::integer as stops, count(v.published_at)::integer as published
    from ${stopsInScope(caller, now)} join staff on staff.id = v.staff_id
    group by v.day, v.staff_id, staff.display_name, s.region_code order by v.day, staff.display_name, v.staff_id, stops desc, s.region_code`.execute(
    db,
  )
  return {
    made_at: toInstantOrNull(plan?.made_at ?? null),
    ...counts,
    aim: Math.round(freshShare * 100),
    needed: plan?.needed ?? null,
    without_anybody: plan?.without_anybody ?? 0,
    days: daysOf(rows),
  }
}

type Row = { day: string; staff_id: string; display_name: string; region_code: string; stops: number; published: number }

function daysOf(rows: readonly Row[]): VisitPlan['days'] {
  const days: VisitPlan['days'] = []
  for (const { day, staff_id, display_name, region_code, stops, published } of rows) {
    const last = days.at(-1)
    const today = last?.day === day ? last : { day, people: [] }
    if (today !== last) days.push(today)
    const held = today.people.at(-1)
    const person = held?.staff_id === staff_id ? held : { staff_id, display_name, stops: 0, published: 0, districts: [] }
    if (person !== held) today.people.push(person)
    person.stops += stops
    person.published += published
    person.districts.push(regionName(region_code))
  }
  return days
}

/** Whoever does not plan sees their own stops, once they are published. */
export async function readStops(
  { db, clock, access }: Context,
  caller: Caller,
  { staff_id, day }: VisitPlanStopsQuery,
): Promise<VisitPlanStops> {
  const now = clock.now()
  const plans = access.mayDo(caller.role, 'visit.review')
  const conditions = [
    ...(plans ? [] : [sql`v.staff_id = ${caller.staff_id}`, sql`v.published_at is not null`]),
    ...(staff_id === undefined ? [] : [sql`v.staff_id = ${staff_id === 'me' ? caller.staff_id : staff_id}`]),
    ...(day === undefined ? [] : [sql`v.day = ${day}::date`]),
  ]
  const { rows } = await sql<ListedRow & { day: string; staff_id: string; published: boolean }>`
    select s.*, to_char(v.day, 'YYYY-MM-DD') as day, v.staff_id, v.published_at is not null as published,
      (select display_name from staff where staff.id = s.assigned_to) as assigned_name
    from ${stopsInScope(caller, now)} where ${conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`}
    order by v.day, v.staff_id, v.place, s.sub_mchid limit ${mostStops}`.execute(db)
  return { items: rows.map(row => ({ ...rowShape(row, now, caller), day: row.day, staff_id: row.staff_id, published: row.published })) }
}

/** In a statement: how many own stops are published and not made yet. */
export const plannedStops = (caller: Caller, now: Date): RawBuilder<number> => sql<number>`(
  select count(*)::integer from ${stopsInScope(caller, now)} where v.staff_id = ${caller.staff_id} and v.published_at is not null)`

/** Again: what is published stays so. @throws AppError ACTION_FORBIDDEN */
export const publishPlan = (context: Context, ask: Ask, asked: VisitPlanPublication): Promise<VisitPlan> =>
  idempotentWrite(context, ask, {
    replay: (db, { caller }) => readPlan(context, db, caller),
    async work(trx, { caller, now }) {
      const { staff_id, day } = asked
      const { rows } = await sql`
        update visit_stops as w set published_at = ${now}, published_by = ${caller.staff_id}
        from (
          select v.sp_mchid, v.sub_mchid from ${stopsInScope(caller, now)}
          where v.published_at is null and (${staff_id ?? null}::text is null or v.staff_id = ${staff_id ?? null}) and v.day >= ${day ?? dayOf(now)}::date
            and (${day ?? null}::date is null or v.day = ${day ?? null}::date)
        ) as chosen
        where ${ofNumbers(caller.numbers, 'w.sp_mchid')} and w.sp_mchid = chosen.sp_mchid and w.sub_mchid = chosen.sub_mchid returning w.sub_mchid`.execute(
        trx,
      )
      return {
        answer: await readPlan(context, trx, caller),
        keep: { answer: '{}' },
        audit:
          rows.length === 0
            ? null
            : {
                sp_mchid: context.sp_mchid,
                action: 'visit_plan.published',
                target: { type: 'provider', id: context.sp_mchid },
                before: null,
                after: { stops: rows.length, ...asked },
              },
      }
    },
  })
