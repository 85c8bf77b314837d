// Visits as clients see them: one's own always, others' where their shop is in scope.
import type { Caller, Numbers } from '../../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { decodeCursor, encodeCursor, isTimeKey } from '../../http/cursor.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { toInstant } from '../../platform/instants.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { regionName } from '../../company/regions/divisions.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import type { Visit, VisitPage, VisitQuery, VisitRow } from './schema.ts'

/** Inside the sub-query, unqualified columns are those of sub_merchants. */
const shopInScope = (caller: Caller) =>
  sql<boolean>`exists (select 1 from sub_merchants where sub_merchants.sp_mchid = v.sp_mchid and sub_merchants.sub_mchid = v.sub_mchid and ${inScope(caller)})`

const selectVisits = (db: Database | Trx, caller: Caller) =>
  db
    .selectFrom('visits as v')
    .innerJoin('sub_merchants as m', join => join.onRef('m.sp_mchid', '=', 'v.sp_mchid').onRef('m.sub_mchid', '=', 'v.sub_mchid'))
    .innerJoin('staff as s', 's.id', 'v.staff_id')
    .selectAll('v')
    .select(['s.display_name as staff_name', 'm.name', 'm.short_name', 'm.region_code'])
    .select(shopInScope(caller).as('shop_seen'))
    .select(eb =>
      eb
        .selectFrom('photo_attachments as p')
        .select(inner => inner.fn.countAll<string>().as('count'))
        .whereRef('p.sp_mchid', '=', 'v.sp_mchid')
        .whereRef('p.visit_id', '=', 'v.id')
        .as('photo_count'),
    )
    .where(ofNumbers(caller.numbers, 'v.sp_mchid'))

type Row = Awaited<ReturnType<ReturnType<typeof selectVisits>['execute']>>[number]

/** @throws AppError INVALID_CURSOR */
export async function listVisits(context: Context, caller: Caller, { cursor, limit = 20, ...filter }: VisitQuery): Promise<VisitPage> {
  const question = [caller.staff_id, 'visits', filter.mine ?? null, filter.status ?? null, filter.sub_mchid ?? null]
  let query = selectVisits(context.db, caller)
  for (const condition of conditionsOf(caller, filter)) query = query.where(condition)
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, question, key => key.length === 2 && isTimeKey(key[0]) && isUuid(key[1]))
    query = query.where(sql<boolean>`(v.ended_at, v.id) < (${at}, ${id})`)
  }
  const rows = await query
    .orderBy('v.ended_at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const reviews = await reviewsOf(
    context.db,
    caller.numbers,
    shown.map(({ id }) => id),
  )
  const last = rows[limit - 1]
  const more = rows.length > limit
  return {
    items: shown.map(row => rowShape(row, reviews.get(row.id) ?? [], caller)),
    next_cursor: more && last ? encodeCursor([last.ended_at.toISOString(), last.id], question) : null,
    ...(cursor === undefined ? { total_estimate: more ? await countVisits(context.db, caller, filter, countedUpTo) : rows.length } : {}),
  }
}

/** a total of so many means: so many or more */
const countedUpTo = 1_000

type Filter = Pick<VisitQuery, 'mine' | 'status' | 'sub_mchid'>

/** On visits as `v`: the whole question, so that a page is full and no page is empty before the last. */
function conditionsOf(caller: Caller, { mine, status, sub_mchid }: Filter): RawBuilder<boolean>[] {
  const own = sql<boolean>`v.staff_id = ${caller.staff_id}`
  const whose = {
    true: own,
    false: sql<boolean>`(not ${own} and ${shopInScope(caller)})`,
    both: sql<boolean>`(${own} or ${shopInScope(caller)})`,
  }
  return [
    ofNumbers(caller.numbers, 'v.sp_mchid'),
    whose[mine ?? 'both'],
    ...(status ? [sql<boolean>`v.status = ${status}`] : []),
    ...(sub_mchid ? [sql<boolean>`v.sub_mchid = ${sub_mchid}`] : []),
  ]
}

/** In a statement: as many as the list has. @param limit counts no further; null: all */
const visitsOf = (caller: Caller, filter: Filter, limit: number | null): RawBuilder<number> => sql<number>`(
  select count(*)::integer from (select from visits as v where ${sql.join(conditionsOf(caller, filter), sql` and `)} limit ${limit}) as counted)`

async function countVisits(db: Database | Trx, caller: Caller, filter: Filter, limit: number | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ${visitsOf(caller, filter, limit)} as count`.execute(db)
  return rows[0]!.count
}

const isUuid = (part: unknown): boolean => typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part)

/** @throws AppError NOT_FOUND, the same for a visit that does not exist and one that the caller does not see */
export async function readVisit(db: Database | Trx, caller: Caller, visit_id: string): Promise<Visit> {
  const row = await selectVisits(db, caller).where('v.id', '=', visit_id).executeTakeFirst()
  if (!row || !(row.shop_seen || row.staff_id === caller.staff_id)) throw new AppError('NOT_FOUND')
  const reviews = (await reviewsOf(db, [row.sp_mchid], [visit_id])).get(visit_id) ?? []
  const photos = await db
    .selectFrom('photo_attachments as a')
    .innerJoin('photos as p', join => join.onRef('p.sp_mchid', '=', 'a.photo_sp_mchid').onRef('p.id', '=', 'a.photo_id'))
    .select(['p.id', 'p.width', 'p.height', 'p.taken_at'])
    .where('a.sp_mchid', '=', row.sp_mchid)
    .where('a.visit_id', '=', visit_id)
    .orderBy('p.taken_at')
    .orderBy('p.id')
    .execute()
  const evidence = await db
    .selectFrom('visit_evidence')
    .select(['kind', 'evidence_id'])
    .where('sp_mchid', '=', row.sp_mchid)
    .where('visit_id', '=', visit_id)
    .orderBy('kind')
    .execute()
  const { answers } = row
  const itemOf = (photo_id: string) =>
    Object.keys(answers).find(item_id => {
      const answer = answers[item_id]
      return Array.isArray(answer) && answer.includes(photo_id)
    })
  return {
    ...rowShape(row, reviews, caller),
    answers: answers as Visit['answers'],
    other_photo_ids: row.other_photo_ids,
    photos: photos.map(({ taken_at, ...photo }) => ({ ...photo, item_id: itemOf(photo.id) ?? null, taken_at: toInstant(taken_at) })),
    location: row.location,
    evidence,
    reviews,
  }
}

type Review = Visit['reviews'][number]

/** Newest first, by visit. */
async function reviewsOf(db: Database | Trx, numbers: Numbers, visit_ids: readonly string[]): Promise<Map<string, Review[]>> {
  const reviews = new Map<string, Review[]>()
  if (visit_ids.length === 0) return reviews
  const rows = await db
    .selectFrom('visit_reviews as r')
    .innerJoin('staff as s', 's.id', 'r.reviewed_by')
    .select(['r.visit_id', 'r.result', 'r.comment', 'r.reviewed_by', 'r.reviewed_at', 's.display_name'])
    .where(ofNumbers(numbers, 'r.sp_mchid'))
    .where('r.visit_id', 'in', visit_ids)
    .orderBy('r.reviewed_at', 'desc')
    .orderBy('r.id')
    .execute()
  for (const { visit_id, result, comment, reviewed_by, display_name, reviewed_at } of rows) {
    const review = { result, comment, by: { id: reviewed_by, display_name }, at: toInstant(reviewed_at) }
    reviews.set(visit_id, [...(reviews.get(visit_id) ?? []), review])
  }
  return reviews
}

function rowShape(row: Row, reviews: readonly Review[], caller: Caller): VisitRow {
  const { name, short_name, region_code } = row
  return {
    id: row.id,
    sub_mchid: row.sub_mchid,
    merchant: row.shop_seen ? { name, short_name, region_code, region_name: regionName(region_code) } : null,
    staff: { id: row.staff_id, display_name: row.staff_name },
    status: row.status,
    template_version: row.template_version,
    started_at: toInstant(row.started_at),
    ended_at: toInstant(row.ended_at),
    received_at: toInstant(row.received_at),
    photo_count: Number(row.photo_count),
    review: reviews[0] ?? null,
    can_review: row.status === 'submitted' && row.shop_seen && row.staff_id !== caller.staff_id && mayDo(caller.role, 'visit.review'),
  }
}

/** In a statement: how many of the caller's own were returned: GET /visits?mine=true&status=returned. */
export const returnedVisits = (caller: Caller): RawBuilder<number> => visitsOf(caller, { mine: 'true', status: 'returned' }, null)

/** In a statement: how many wait for the caller: GET /visits?mine=false&status=submitted; none for who reviews none. */
export const visitsToReview = (caller: Caller): RawBuilder<number> =>
  mayDo(caller.role, 'visit.review') ? visitsOf(caller, { mine: 'false', status: 'submitted' }, null) : sql<number>`0`
