// The rows of a pack, read from the directory.
import type { Caller } from '../../http/caller.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../database/connection.ts'
import type { Condition } from '../merchants/tier.ts'
import { rowShape, type ListedRow } from '../merchants/row.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import type { OfflinePackRow } from './schema.ts'
import type { Beginning, Part, Place } from './since.ts'

interface PackedRow extends ListedRow {
  pinyin: string
  pinyin_initials: string
  migration_rank: number
  is_mine: boolean
  readings: string[]
}

/** Terminated shops stay in the directory and can be found online; nobody has to visit one. */
const kept = sql<boolean>`status <> 'terminated'`

const columns = sql`sub_mchid, name, short_name, region_code, industry, migration_state, migration_reason, migration_since, migration_proof,
  migration_attention, receipt_error, suspected_at, suspected, settling_until, receipt_status, advertising_status, address, pinyin, pinyin_initials, migration_rank,
  assigned_to is not distinct from`

/** How many shops the caller's scope has, counted up to `limit`. */
export async function countScope(db: Database, caller: Caller, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from (select from sub_merchants where ${inScope(caller)} and ${kept} limit ${limit}) as counted`.execute(db)
  return rows[0]!.count
}

/** Of one part, in its order, after its place. */
export async function readRows(db: Database, caller: Caller, place: Place, limit: number): Promise<PackedRow[]> {
  const { part, after } = place
  const conditions: Condition[] = [inScope(caller), kept, afterPlace(part, after)]
  if (part === 'own') conditions.push(sql<boolean>`assigned_to = ${caller.staff_id}`)
  if (part === 'others') conditions.push(sql<boolean>`assigned_to is distinct from ${caller.staff_id}`)
  if (place.from) conditions.push(changedSince(caller, place.from, place.began.as_of))
  const order = part === 'others' ? sql`migration_rank, sub_mchid` : sql`sub_mchid`
  const { rows } = await sql<PackedRow>`
    select ${columns} ${caller.staff_id} as is_mine, display_name as assigned_name,
      array(select term from unnest(terms) as term where term collate "C" ~ '^[\\^~]') as readings
    from (select * from sub_merchants where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit}) as sub_merchants
    left join staff on staff.id = assigned_to
    order by ${order}`.execute(db)
  return rows
}

const afterPlace = (part: Part, { sub_mchid, rank }: Place['after']): Condition =>
  part === 'others' ? sql<boolean>`(migration_rank, sub_mchid) > (${rank}, ${sub_mchid})` : sql<boolean>`sub_mchid > ${sub_mchid}`

/**
 * By a transaction of this server: rows of a restored copy may carry greater numbers of another one, and were there before any phone asked this one.
 * @param column of the transaction
 */
const writtenSince = (column: string, { written_in }: Beginning): Condition =>
  sql<boolean>`(${sql.ref(column)} >= ${written_in}::xid8 and ${sql.ref(column)} < pg_snapshot_xmax(pg_current_snapshot()))`

/** Written, renamed, or changed by time alone: a proof grows old, a change of the plan settles. */
function changedSince({ numbers, stale_after_days }: Caller, from: Beginning, now: Date): Condition {
  const oldFrom = (time: Date) => new Date(time.getTime() - stale_after_days * 86_400_000)
  return sql<boolean>`(${writtenSince('written_in', from)}
    or assigned_to in (select id from staff where ${ofNumbers(numbers, 'staff.sp_mchid')} and ${writtenSince('named_in', from)})
    or (migration_state = 'verified' and migration_since >= ${oldFrom(from.as_of)} and migration_since < ${oldFrom(now)})
    or (settling_until > ${from.as_of} and settling_until <= ${now}))`
}

/**
 * Shops that a pack of then may hold and one of now does not: they were where the caller sees shops, or they ended. Never one that he could not
 * see. At most `limit`.
 */
export async function readRemoved(db: Database, caller: Caller, from: Beginning, limit: number): Promise<string[]> {
  const scope: RawBuilder<boolean> = inScope(caller)
  const { rows } = await sql<{ sub_mchid: string }>`
    select sub_mchid from (
      select distinct sub_mchid from sub_merchant_places where ${scope} and ${writtenSince('written_in', from)}
    ) as left_place
    where not exists (select from sub_merchants where sub_merchants.sub_mchid = left_place.sub_mchid and ${scope} and ${kept})
    union
    select sub_mchid from sub_merchants where ${scope} and not ${kept} and ${writtenSince('written_in', from)}
    order by sub_mchid limit ${limit}`.execute(db)
  return rows.map(({ sub_mchid }) => sub_mchid)
}

/** @param now what marks that time brings are judged by */
export function packRow(row: PackedRow, now: Date, caller: Caller): OfflinePackRow {
  return {
    ...rowShape(row, now, caller),
    assigned_to_me: row.is_mine,
    pinyin: row.pinyin,
    pinyin_initials: row.pinyin_initials,
    other_pinyin: wholeReadings(row.readings, '^'),
    other_initials: wholeReadings(row.readings, '~'),
  }
}

/** Terms hold readings and their beginnings (directory/merchants/search-terms.ts); whoever has the whole has its beginnings. */
function wholeReadings(terms: readonly string[], mark: '^' | '~'): string[] {
  const readings = terms.filter(term => term.startsWith(mark)).map(term => term.slice(1))
  return readings.filter(one => !readings.some(other => other !== one && other.startsWith(one)))
}
