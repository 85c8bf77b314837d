// Staff with what each has to do, in the order of their state, then of their names.
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { mostWrongTries } from '../../company/sessions/invites.ts'
import { regionPrefixesOf } from '../../company/regions/divisions.ts'
import { staffShape } from '../../company/staff/shape.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import type { StaffTable } from '../../database/company-tables.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor, isIntegerKey } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { asTyped, typed } from '../../platform/typed.ts'
import { assertRegion } from '../merchants/filters.ts'
import type { StaffMember, StaffPage, StaffQuery } from './schema.ts'

export type StaffRow = Selectable<StaffTable>

const order = sql<number>`array_position(array['active', 'invited', 'disabled'], status)`

/** @throws AppError INVALID_CURSOR, VALIDATION_FAILED for a region that does not exist */
export async function listStaff({ db, clock }: Context, caller: Caller, query: StaffQuery): Promise<StaffPage> {
  const { cursor, limit = 20, ...filter } = query
  const question = [caller.staff_id, 'staff', filter.q ?? '', filter.role ?? null, filter.region_code ?? null, filter.status ?? null]
  const conditions = conditionsOf(caller, filter)
  const counted = sql.join(conditions, sql` and `)
  if (cursor !== undefined) {
    const [place, name, id] = decodeCursor(cursor, question, fits)
    conditions.push(sql`(${order}, display_name collate "C", id collate "C") > (${place}, ${name}, ${id})`)
  }
  const { rows } = await sql<StaffRow & { place: number }>`
    select *, ${order} as place from staff where ${sql.join(conditions, sql` and `)}
    order by place, display_name collate "C", id collate "C" limit ${limit + 1}`.execute(db)
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::integer as total from (select from staff where ${counted} limit 1000) as found`.execute(db)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : null
  return {
    items: await membersOf(db, caller, shown, clock.now()),
    next_cursor: last && encodeCursor([last.place, last.display_name, last.id], question),
    total_estimate: totals[0]!.total,
  }
}

const fits = (key: (string | number)[]): boolean =>
  key.length === 3 && isIntegerKey(key[0]) && typeof key[1] === 'string' && typeof key[2] === 'string'

function conditionsOf(caller: Caller, { q = '', role, region_code, status }: Omit<StaffQuery, 'cursor' | 'limit'>): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = [ofNumbers(caller.numbers)]
  const text = typed(q)
  if (text !== '') conditions.push(sql`(strpos(${asTyped('display_name')}, ${text}) > 0 or starts_with(lower(id), ${text}))`)
  if (role !== undefined) conditions.push(sql`role = ${role}`)
  if (status !== undefined) conditions.push(sql`status = ${status}`)
  if (region_code !== undefined) {
    assertRegion(region_code)
    const within = regionPrefixesOf(region_code)
    conditions.push(sql`exists (select 1 from unnest(region_codes) as theirs, unnest(${within}::text[]) as prefix
      where starts_with(theirs, prefix) or starts_with(prefix, regexp_replace(theirs, '(00){1,2}$', '')))`)
    conditions.push(sql`role in ('field_agent', 'region_lead')`)
  }
  return conditions
}

/** @throws AppError NOT_FOUND */
export async function findStaff(db: Database | Trx, { numbers }: Caller, id: string): Promise<StaffRow> {
  const row = await db.selectFrom('staff').selectAll().where('id', '=', id).where(ofNumbers(numbers)).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

export const memberOf = async (db: Database | Trx, caller: Caller, row: StaffRow, now: Date): Promise<StaffMember> =>
  (await membersOf(db, caller, [row], now))[0]!

async function membersOf(db: Database | Trx, caller: Caller, rows: readonly StaffRow[], now: Date): Promise<StaffMember[]> {
  const ids = rows.map(({ id }) => id)
  const [bound, invites, shops, visits] = await Promise.all([
    db.selectFrom('staff_bindings').select('staff_id').where(among('staff_id', ids)).execute(),
    openInvites(db, ids, now),
    shopsAndStale(db, caller, ids, now),
    ownVisits(db, caller, ids),
  ])
  const isBound = new Set(bound.map(({ staff_id }) => staff_id))
  return rows.map(row => ({
    ...staffShape(row),
    last_seen_at: toInstantOrNull(row.last_seen_at),
    bound: isBound.has(row.id),
    invite: invites.get(row.id) ?? null,
    workload: { shops: 0, stale: 0, submitted: 0, returned: 0, ...shops.get(row.id), ...visits.get(row.id) },
    version: row.version,
  }))
}

const among = (column: string, ids: readonly string[]) => sql<boolean>`${sql.ref(column)} = any(${[...ids]}::text[])`

async function openInvites(db: Database | Trx, ids: readonly string[], now: Date): Promise<Map<string, StaffMember['invite']>> {
  const rows = await db
    .selectFrom('invites')
    .select(['staff_id', 'expires_at', 'wrong_tries'])
    .where(among('staff_id', ids))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
  return new Map(
    rows.map(one => [one.staff_id, { expires_at: toInstant(one.expires_at), locked: one.wrong_tries >= mostWrongTries }] as const),
  )
}

/** From the index on whoever is responsible: a million shops need not be read. */
async function shopsAndStale(db: Database | Trx, caller: Caller, ids: readonly string[], now: Date) {
  const before = new Date(now.getTime() - caller.stale_after_days * 86_400_000)
  const { rows } = await sql<{ id: string; shops: number; stale: number }>`
    select assigned_to as id, count(*)::integer as shops,
      (count(*) filter (where migration_state = 'verified' and migration_since < ${before}))::integer as stale
    from sub_merchants where ${among('assigned_to', ids)} and ${ofNumbers(caller.numbers)} group by assigned_to`.execute(db)
  return new Map(rows.map(({ id, shops, stale }) => [id, { shops, stale }]))
}

async function ownVisits(db: Database | Trx, caller: Caller, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; submitted: number; returned: number }>`
    select staff_id as id, (count(*) filter (where status = 'submitted'))::integer as submitted,
      (count(*) filter (where status = 'returned'))::integer as returned
    from visits where ${ofNumbers(caller.numbers)} and status in ('submitted', 'returned') and ${among('staff_id', ids)}
    group by staff_id`.execute(db)
  return new Map(rows.map(({ id, submitted, returned }) => [id, { submitted, returned }]))
}
