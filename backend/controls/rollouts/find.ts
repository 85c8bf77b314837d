// Reads rollouts and their items. Whoever may read rollouts sees all of them; of the items those of merchants in the caller's scope, named.
import { type Selectable, sql } from 'kysely'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { CountedItems, RolloutItemStatus, RolloutTable } from '../../database/rollout-tables.ts'
import { namedItems, type RolloutItemRow } from '../../directory/rollout-items.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor, isIntegerKey, isTimeKey, isUuid } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { rateNow } from './rate.ts'
import {
  MOST_UNDER_WAY,
  STAGES,
  type Rollout,
  type RolloutItemPage,
  type RolloutItemQuery,
  type RolloutPage,
  type RolloutQuery,
} from './schema.ts'

export type RolloutRow = Selectable<RolloutTable>

/** @throws AppError NOT_FOUND */
export async function findRollout(db: Database | Trx, caller: Caller, id: string, lock = false): Promise<RolloutRow> {
  const query = db.selectFrom('rollouts').selectAll().where('id', '=', id).where(ofNumbers(caller.numbers))
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** @throws AppError NOT_FOUND */
export const readRollout = async (context: Context, db: Database | Trx, caller: Caller, id: string): Promise<Rollout> =>
  shapeOf(context, db, await findRollout(db, caller, id))

/** Operations a minute: the setting of the company's number. */
export async function allowedRate(db: Database | Trx, sp_mchid: string): Promise<number> {
  const { rollout_rate_per_minute } = await db
    .selectFrom('provider')
    .select('rollout_rate_per_minute')
    .where('sp_mchid', '=', sp_mchid)
    .executeTakeFirstOrThrow()
  return rollout_rate_per_minute
}

/** What has come of its items: as they are, or as they were when they were tidied away. */
export async function countItems(db: Database | Trx, { id, counts }: Pick<RolloutRow, 'id' | 'counts'>): Promise<CountedItems[]> {
  if (counts !== null) return counts
  const { rows } = await sql<CountedItems>`
    select stage, status, code, count(*)::integer as items from rollout_items where rollout_id = ${id} group by stage, status, code
    order by items desc, code`.execute(db)
  return rows
}

async function shapeOf({ clock }: Context, db: Database | Trx, row: RolloutRow): Promise<Rollout> {
  const counted = await countItems(db, row)
  const { display_name } = await db.selectFrom('staff').select('display_name').where('id', '=', row.created_by).executeTakeFirstOrThrow()
  const sum = (which: (one: CountedItems) => boolean) => counted.filter(which).reduce((total, one) => total + one.items, 0)
  const of = (status: RolloutItemStatus) => sum(one => one.status === status)
  const allowed = await allowedRate(db, row.sp_mchid)
  const { perMinute, awaySince } = await rateNow(db, allowed, clock.now())
  const now = Math.round(perMinute)
  const left = of('pending') + of('working')
  const ended = (one: CountedItems) => one.status !== 'pending' && one.status !== 'working'
  const operationsEach = row.with_receipt ? 2 : 1
  const reasons = byCode(counted.filter(one => one.status === 'excluded'))
  return {
    id: row.id,
    name: row.name,
    action: row.action,
    with_receipt: row.with_receipt,
    industries: row.industries,
    filter: row.filter,
    status: row.status,
    preview: {
      will_change: sum(one => one.stage !== null),
      excluded: [...reasons, ...row.refused],
    },
    stage: row.stage,
    stages: [1, 2, STAGES.length + 1].map(stage => ({
      items: sum(one => one.stage === stage),
      ended: sum(one => one.stage === stage && ended(one)),
    })),
    progress: {
      pending: of('pending'),
      working: of('working'),
      succeeded: of('succeeded'),
      failed: of('failed'),
      skipped: of('skipped'),
      causes: (['failed', 'skipped'] as const).flatMap(status =>
        byCode(counted.filter(one => one.status === status)).map(one => ({ status, ...one })),
      ),
    },
    rate: { allowed, now },
    away_since: row.status === 'running' ? toInstantOrNull(awaySince) : null,
    seconds_left: row.status === 'running' && awaySince === null ? Math.ceil((left * operationsEach * 60) / Math.max(1, now)) : null,
    stop_code: row.stop_code,
    created_by: { id: row.created_by, display_name },
    created_at: toInstant(row.created_at),
    started_at: toInstantOrNull(row.started_at),
    ended_at: toInstantOrNull(row.ended_at),
    reduced_at: toInstantOrNull(row.reduced_at),
    version: row.version,
  }
}

function byCode(counted: readonly CountedItems[]): { code: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { code, items } of counted) counts.set(code ?? '', (counts.get(code ?? '') ?? 0) + items)
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || a.code.localeCompare(b.code))
}

/** What somebody may have to look at: those that stopped, that wait, and that run. */
export async function rolloutsUnderWay(
  db: Database | Trx,
  caller: Caller,
): Promise<{ id: string; name: string; status: 'stopped' | 'waiting' | 'running'; left: number }[]> {
  return db
    .selectFrom('rollouts as r')
    .select(['r.id', 'r.name', sql<'stopped' | 'waiting' | 'running'>`r.status`.as('status')])
    .select(
      sql<number>`(select count(*)::integer from rollout_items as i where i.rollout_id = r.id and i.status in ('pending', 'working'))`.as(
        'left',
      ),
    )
    .where(ofNumbers(caller.numbers, 'r.sp_mchid'))
    .where('r.status', 'in', ['stopped', 'waiting', 'running'])
    .orderBy(sql`array_position(array['stopped', 'waiting', 'running'], r.status)`)
    .orderBy('r.started_at', 'desc')
    .limit(MOST_UNDER_WAY)
    .execute()
}

/** Newest first. @throws AppError INVALID_CURSOR */
export async function listRollouts(context: Context, caller: Caller, { status, cursor, limit = 20 }: RolloutQuery): Promise<RolloutPage> {
  const { db } = context
  const question = [caller.staff_id, 'rollouts', status ?? null]
  const after = cursor === undefined ? null : decodeCursor(cursor, question, key => key.length === 2 && isTimeKey(key[0]) && isUuid(key[1]))
  const rows = await db
    .selectFrom('rollouts')
    .selectAll()
    .where(ofNumbers(caller.numbers))
    .$if(status !== undefined, query => query.where('status', '=', status!))
    .$if(after !== null, query => query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items: Rollout[] = []
  for (const row of shown) items.push(await shapeOf(context, db, row))
  return { items, next_cursor: rows.length > limit && last ? encodeCursor([last.created_at.toISOString(), last.id], question) : null }
}

/**
 * In the order in which they are done. Whoever has a scope sees those of merchants in it.
 * @throws AppError NOT_FOUND, INVALID_CURSOR
 */
export async function listItems(context: Context, caller: Caller, id: string, query: RolloutItemQuery): Promise<RolloutItemPage> {
  const { db } = context
  await findRollout(db, caller, id)
  const { status, code, cursor, limit = 20 } = query
  const question = [caller.staff_id, 'rollout-items', id, status ?? null, code ?? null]
  const after = cursor === undefined ? null : decodeCursor(cursor, question, key => key.length === 1 && isIntegerKey(key[0]))
  const seesAll = ['operator', 'auditor', 'admin'].includes(caller.role)
  const { rows } = await sql<RolloutItemRow>`
    ${namedItems(caller)}
    where i.rollout_id = ${id} ${status === undefined ? sql`` : sql`and i.status = ${status}`}
      ${code === undefined ? sql`` : sql`and i.code = ${code}`} ${after === null ? sql`` : sql`and i.position > ${after[0]!}`}
      ${seesAll ? sql`` : sql`and m.name is not null`}
    order by i.position limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ position: _, changed_at, ...row }) => ({ ...row, changed_at: toInstant(changed_at) })),
    next_cursor: rows.length > limit ? encodeCursor([shown.at(-1)!.position], question) : null,
  }
}
