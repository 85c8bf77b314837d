// Who shops can be given to, for whoever gives them: a lead sees those who work where the lead does.
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { Caller, Numbers } from '../../http/caller.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { Role } from '../../http/schema.ts'
import type { Context } from '../../platform/context.ts'
import { asTyped, typed } from '../../platform/typed.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { regionName } from '../../company/regions/divisions.ts'
import { ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import { seesRegion } from './responsible.ts'
import type { AssigneePage, AssigneeQuery } from './schema.ts'

interface Row {
  id: string
  display_name: string
  role: Role
  region_codes: string[]
  status: 'active'
}

/** @throws AppError ACTION_FORBIDDEN, INVALID_CURSOR */
export async function listAssignees({ db }: Context, caller: Caller, query: AssigneeQuery): Promise<AssigneePage> {
  // an administrator hands over what a leaver had
  if (!mayDo(caller.role, 'merchant.assign') && !mayDo(caller.role, 'staff.manage'))
    throw new AppError('ACTION_FORBIDDEN', { required_action: 'merchant.assign' })
  const { q = '', takes_from, limit = 20, cursor } = query
  const question = [caller.staff_id, 'assignees', q, takes_from ?? null]
  const conditions: RawBuilder<boolean>[] = [
    ofNumbers(caller.numbers),
    sql`status = 'active'`,
    sql`role in ('field_agent', 'region_lead', 'operator')`,
  ]
  const text = typed(q)
  if (text !== '') conditions.push(sql`strpos(${asTyped('display_name')}, ${text}) > 0`)
  if (takes_from !== undefined) conditions.push(sql`id <> ${takes_from}`)
  if (cursor !== undefined) {
    const [name, id] = decodeCursor(cursor, question, key => key.length === 2 && key.every(part => typeof part === 'string'))
    conditions.push(sql`(display_name collate "C", id collate "C") > (${name}, ${id})`)
  }
  const { rows } = await sql<Row>`
    select id, display_name, role, region_codes, status from staff
    where ${sql.join(conditions, sql` and `)} order by display_name collate "C", id collate "C"`.execute(db)
  const districts = takes_from === undefined ? [] : await districtsOf(db, caller, takes_from)
  const fitting = rows.filter(row => isNear(caller, row) && districts.every(code => seesRegion(row, code)))
  const shown = fitting.slice(0, limit)
  const last = shown.at(-1)
  const held = await shopsOf(
    db,
    caller.numbers,
    shown.map(({ id }) => id),
  )
  return {
    items: shown.map(({ id, display_name, role, region_codes }) => ({
      id,
      display_name,
      role,
      region_names: region_codes.map(regionName),
      shops: held.get(id) ?? 0,
    })),
    next_cursor: last && fitting.length > limit ? encodeCursor([last.display_name, last.id], question) : null,
  }
}

/** Whether they work where the caller does; who has no scope is near everybody. */
function isNear(caller: Caller, person: Pick<Row, 'role' | 'region_codes'>): boolean {
  const [mine, theirs] = [regionPrefixes(caller), regionPrefixes(person)]
  if (mine === null || theirs === null) return true
  return mine.some(one => theirs.some(other => one.startsWith(other) || other.startsWith(one)))
}

async function districtsOf(db: Context['db'], caller: Caller, staff_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sub_merchants')
    .select('region_code')
    .distinct()
    .where(ofNumbers(caller.numbers))
    .where('assigned_to', '=', staff_id)
    .execute()
  return rows.map(({ region_code }) => region_code)
}

/** How many shops each of these people has; nobody who has none is in it. */
async function shopsOf(db: Database | Trx, numbers: Numbers, staff_ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; shops: number }>`
    select assigned_to as id, count(*)::integer as shops from sub_merchants
    where assigned_to = any(${[...staff_ids]}::text[]) and ${ofNumbers(numbers)} group by assigned_to`.execute(db)
  return new Map(rows.map(({ id, shops }) => [id, shops]))
}
