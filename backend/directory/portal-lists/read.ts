// A list as its page shows it, and its rows by group.
import type { Selectable } from 'kysely'
import type { Caller } from '../../http/caller.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { merchantsWith } from '../../database/keyed.ts'
import type { PortalCheckListRowTable, PortalCheckListTable } from '../../database/list-tables.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import type { PortalCheckList, PortalCheckListRow, PortalCheckListRowPage, PortalCheckListRowQuery } from './schema.ts'

export type ListRow = Selectable<PortalCheckListTable>

/** how many of those that differ stand in the list itself */
const firstOnes = 50

const hours = 3_600_000
/** A preview that nobody applied, and a list that has ended, are kept for so long, milliseconds. */
export const keptFor = { preview: 24 * hours, ended: 30 * 24 * hours } as const

/** @throws AppError NOT_FOUND, also for one of another provider company */
export async function findList(db: Database | Trx, { numbers }: Pick<Caller, 'numbers'>, id: string, lock = false): Promise<ListRow> {
  const query = db.selectFrom('portal_check_lists').selectAll().where('id', '=', id).where(ofNumbers(numbers))
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** @throws AppError NOT_FOUND */
export async function readPortalCheckList(db: Database | Trx, caller: Caller, id: string): Promise<PortalCheckList> {
  const list = await findList(db, caller, id)
  const people = await db
    .selectFrom('staff')
    .select(['id', 'display_name'])
    .where('id', 'in', [list.created_by, list.applied_by ?? list.created_by])
    .execute()
  const person = (staff_id: string) => ({ id: staff_id, display_name: people.find(one => one.id === staff_id)?.display_name ?? '' })
  const { same, differ, unknown, refused, newer, recorded, known, gone, changed, done } = list
  return {
    id,
    status: list.status,
    name: list.name,
    encoding: list.encoding,
    checked_at: toInstant(list.checked_at),
    created_at: toInstant(list.created_at),
    created_by: person(list.created_by),
    expires_at: toInstant(expiryOf(list)),
    rows: list.rows,
    counts: { same, differ, unknown, refused, newer },
    differ: await selectRows(db, caller, id, { group: 'differ', after: 0, limit: firstOnes }),
    progress: { done, total: same + differ + unknown },
    results: { recorded, known, gone, changed },
    applied_by: list.applied_by === null ? null : person(list.applied_by),
    applied_at: toInstantOrNull(list.applied_at),
    finished_at: toInstantOrNull(list.finished_at),
    stop_code: list.stop_code,
  }
}

/** Of one that is being recorded: counted from when that began. */
const expiryOf = ({ created_at, applied_at, finished_at, status }: ListRow): Date =>
  status === 'preview'
    ? new Date(created_at.getTime() + keptFor.preview)
    : new Date((finished_at ?? applied_at ?? created_at).getTime() + keptFor.ended)

/** In the order of the file. @throws AppError NOT_FOUND, INVALID_CURSOR */
export async function listPortalCheckListRows(
  db: Database,
  caller: Caller,
  id: string,
  { group, cursor, limit = 20 }: PortalCheckListRowQuery,
): Promise<PortalCheckListRowPage> {
  await findList(db, caller, id)
  const question = ['portal-check-list', id, group]
  const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, question, ([line, ...rest]) => rest.length === 0 && isLine(line))[0])
  const rows = await selectRows(db, caller, id, { group, after, limit: limit + 1 })
  const last = rows[limit - 1]
  return { items: rows.slice(0, limit), next_cursor: rows.length > limit && last ? encodeCursor([String(last.line)], question) : null }
}

const isLine = (part: unknown): boolean => typeof part === 'string' && /^\d{1,9}$/.test(part)

async function selectRows(
  db: Database | Trx,
  caller: Caller,
  id: string,
  { group, after, limit }: { group: PortalCheckListRowQuery['group']; after: number; limit: number },
): Promise<PortalCheckListRow[]> {
  const rows = await db
    .selectFrom('portal_check_list_rows')
    .selectAll()
    .where('list_id', '=', id)
    .where('line', '>', after)
    .$if(group === 'changed', query => query.where('changed', '=', true))
    .$if(group !== 'changed', query => query.where('verdict', '=', group as PortalCheckListRowTable['verdict']))
    .orderBy('line')
    .limit(limit)
    .execute()
  const names = await namesOf(
    db,
    caller,
    rows.flatMap(({ sub_mchid }) => sub_mchid ?? []),
  )
  return rows.map(row => ({
    line: row.line,
    group: row.verdict,
    sub_mchid: row.sub_mchid,
    name: names.get(row.sub_mchid ?? '') ?? null,
    checked_at: toInstantOrNull(row.checked_at),
    seen: row.detail,
    differences: row.differences,
    refused: row.code === null ? null : { field: row.field ?? '', code: row.code, other_line: row.other_line },
    outcome: row.outcome,
    changed: row.changed,
  }))
}

async function namesOf(db: Database | Trx, caller: Caller, sub_mchids: readonly string[]): Promise<Map<string, string>> {
  if (sub_mchids.length === 0) return new Map()
  const rows = await db.selectFrom(merchantsWith(caller.numbers, sub_mchids)).select(['sub_mchid', 'name']).where(inScope(caller)).execute()
  return new Map(rows.map(({ sub_mchid, name }) => [sub_mchid, name]))
}
