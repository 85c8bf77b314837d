// Writes checked rows into the directory: one transaction a batch, only directory fields, an audit entry for each merchant that changed.
import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Trx } from '../database/connection.ts'
import { searchTerms } from '../merchants/search-terms.ts'
import type { DirectoryRow } from './row.ts'

export interface BatchResult {
  added: number
  updated: number
  unchanged: number
}

const fields = ['name', 'short_name', 'industry', 'region_code', 'address', 'assigned_to', 'status'] as const
type Field = (typeof fields)[number]
type Entry = Record<Field, string | null>

/** What a new merchant has where the file has no such column. */
const defaults: Entry = { name: '', short_name: '', industry: null, region_code: '', address: '', assigned_to: null, status: 'active' }

/** any number, the same in every process */
const lockNumber = 401_247_379

/**
 * @param rows of one provider, no 商户号 twice
 * @param importId names this run in the audit trail
 */
export async function landBatch(
  database: Database,
  clock: Clock,
  sp_mchid: string,
  importId: string,
  rows: readonly DirectoryRow[],
): Promise<BatchResult> {
  if (rows.length === 0) return { added: 0, updated: 0, unchanged: 0 }
  return database.transaction().execute(async trx => {
    // two imports at once may hold the same new merchant: their batches land one after the other
    await sql`select pg_advisory_xact_lock(${lockNumber}, hashtext(${sp_mchid}))`.execute(trx)
    const known = await lockKnown(trx, sp_mchid, rows)
    const added: Change[] = []
    const updated: Change[] = []
    for (const row of rows) {
      const before = known.get(row.sub_mchid)
      const after = merged(before ?? defaults, row)
      if (before === undefined) added.push({ sub_mchid: row.sub_mchid, before: null, after })
      else if (fields.some(field => before[field] !== after[field])) updated.push({ sub_mchid: row.sub_mchid, before, after })
    }
    const now = clock.now()
    await insert(trx, sp_mchid, now, added)
    await update(trx, sp_mchid, now, updated)
    await audit(trx, sp_mchid, now, importId, [...added, ...updated])
    return { added: added.length, updated: updated.length, unchanged: rows.length - added.length - updated.length }
  })
}

interface Change {
  sub_mchid: string
  before: Entry | null
  after: Entry
}

/** A column that the file does not have keeps what was there. */
function merged(before: Entry, row: DirectoryRow): Entry {
  const after = { ...before }
  for (const field of fields) {
    const given = row[field]
    if (given !== undefined) after[field] = given
  }
  return after
}

/** In the order of the primary key, so as not to deadlock with others that lock several. */
async function lockKnown(trx: Trx, sp_mchid: string, rows: readonly DirectoryRow[]): Promise<Map<string, Entry>> {
  const found = await trx
    .selectFrom('sub_merchants')
    .select(['sub_mchid', ...fields])
    .where('sp_mchid', '=', sp_mchid)
    .where(sql<boolean>`sub_mchid = any(${rows.map(row => row.sub_mchid)}::text[])`)
    .orderBy('sub_mchid')
    .forNoKeyUpdate()
    .execute()
  return new Map(found.map(({ sub_mchid, ...entry }) => [sub_mchid, entry]))
}

/** The fields with what searching needs of them, as JSON for jsonb_to_recordset. */
const records = (changes: readonly Change[]): string =>
  JSON.stringify(
    changes.map(({ sub_mchid, after }) => ({
      sub_mchid,
      ...after,
      ...searchTerms({ name: after.name ?? '', short_name: after.short_name ?? '', address: after.address ?? '' }),
    })),
  )

const textColumns = ['sub_mchid', ...fields, 'search_name', 'search_short_name', 'search_address', 'pinyin', 'pinyin_initials'] as const
const columns = [...textColumns, 'terms'] as const
const columnList = sql.raw(columns.join(', '))
const recordColumns = sql.raw([...textColumns.map(name => `${name} text`), 'terms text[]'].join(', '))
const assignments = sql.raw(
  columns
    .filter(name => name !== 'sub_mchid')
    .map(name => `${name} = given.${name}`)
    .join(', '),
)

async function insert(trx: Trx, sp_mchid: string, now: Date, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into sub_merchants (sp_mchid, ${columnList}, created_at, updated_at)
    select ${sp_mchid}, ${columnList}, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${records(changes)}::jsonb) as given(${recordColumns})
    order by sub_mchid`.execute(trx)
}

async function update(trx: Trx, sp_mchid: string, now: Date, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update sub_merchants as held set ${assignments}, updated_at = ${now}
    from jsonb_to_recordset(${records(changes)}::jsonb) as given(${recordColumns})
    where held.sp_mchid = ${sp_mchid} and held.sub_mchid = given.sub_mchid`.execute(trx)
}

/** Before and after name only what differs; a new merchant has no before. */
async function audit(trx: Trx, sp_mchid: string, now: Date, importId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const entries = changes.map(({ sub_mchid, before, after }) => {
    const changed = before === null ? fields : fields.filter(field => before[field] !== after[field])
    const only = (entry: Entry) => Object.fromEntries(changed.map(field => [field, entry[field]]))
    return {
      sub_mchid,
      action: before === null ? 'merchant.added' : 'merchant.updated',
      before: before === null ? null : only(before),
      after: only(after),
    }
  })
  await sql`
    insert into audit_entries (sp_mchid, at, actor_id, action, target_type, target_id, before, after, request_id)
    select ${sp_mchid}, ${now}, 'import', action, 'sub_merchant', sub_mchid, before, after, ${importId}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(sub_mchid text, action text, before jsonb, after jsonb)`.execute(
    trx,
  )
}
