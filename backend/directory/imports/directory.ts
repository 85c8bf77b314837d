// Writes checked rows into the directory: only directory fields, an audit entry for each merchant that changed, one item of evidence for each look
// at the console that is new.
import { setImmediate } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { ImportCounts } from '../../database/directory-tables.ts'
import { searchTerms } from '../merchants/search-terms.ts'
import { ascendingIds, auditImport, changeLine, exampleLimit, type LandingTarget } from './landing.ts'
import { landChecks } from './portal-check-landing.ts'
import { directoryDefaults, directoryFields as fields, type DirectoryField } from './merchant-columns.ts'
import type { DirectoryRow, Spelling } from './row.ts'

type Entry = Record<Exclude<DirectoryField, 'store_count'>, string | null> & { store_count: number }

/** some milliseconds of work */
const spelledAtOnce = 100

/** parts the terms of a merchant, which are folded text: there is no control character in it */
const between = '\u001F'

const spelledOf = (entry: Entry) => ({ name: entry.name ?? '', short_name: entry.short_name ?? '', address: entry.address ?? '' })
/** The terms as one text: thousands of rows wait, and as many small texts as they have terms are what the garbage collector would carry. */
function spell(from: Spelling['from']): Spelling['read'] {
  const { terms, ...read } = searchTerms(from)
  return { ...read, joined_terms: terms.join(between) }
}

/**
 * Spells the names of rows that will probably be written, which takes as long as writing them: while the database is busy with the rows before.
 * @param rows of one provider, whose `spelled` is set
 * @param areNew as far as is known: then nobody looks which of them are there
 */
export async function prepareMerchants(
  database: Database,
  sp_mchid: string,
  rows: readonly DirectoryRow[],
  areNew: boolean,
): Promise<void> {
  const changes = changesOf(rows, areNew ? new Map() : await held(database, sp_mchid, rows, false))
  for (const [index, change] of changes.entries()) {
    // batches under way are answered meanwhile
    if (index % spelledAtOnce === spelledAtOnce - 1) await setImmediate()
    const from = spelledOf(change.after)
    change.row.spelled = { from, read: spell(from) }
  }
}

/** What was prepared, unless the merchant changed meanwhile. */
function readingOf({ row: { spelled }, after }: Change): Spelling['read'] {
  const from = spelledOf(after)
  const holds = spelled?.from.name === from.name && spelled.from.short_name === from.short_name && spelled.from.address === from.address
  return holds ? spelled.read : spell(from)
}

export interface DirectoryLanding {
  counts: ImportCounts
  examples: string[]
}

/** @param rows of one provider, no 商户号 twice */
export async function landMerchants(target: LandingTarget, sp_mchid: string, rows: readonly DirectoryRow[]): Promise<DirectoryLanding> {
  const { trx, dryRun } = target
  const seen = changesOf(rows, await held(trx, sp_mchid, rows, false))
  const added = seen.filter(({ before }) => before === null)
  let updated = seen.filter(({ before }) => before !== null)
  if (!dryRun) {
    await insert(target, sp_mchid, added)
    await target.batchBefore()
    if (updated.length > 0) {
      // only what changes is locked, and read again: somebody may have moved it to another member of staff meanwhile
      const again = updated.map(({ row }) => row)
      updated = changesOf(again, await held(trx, sp_mchid, again, true))
    }
    await update(target, sp_mchid, updated)
    await audit(target, sp_mchid, updated)
  }
  const checked = rows.flatMap(({ sub_mchid, check }) => (check ? [{ sub_mchid, ...check }] : []))
  const checks = await landChecks(target, sp_mchid, checked)
  return {
    counts: { added: added.length, updated: updated.length, unchanged: rows.length - added.length - updated.length, checks: checks.count },
    examples: dryRun ? [...[...updated, ...added].slice(0, exampleLimit).map(exampleOf), ...checks.examples] : [],
  }
}

interface Change {
  row: DirectoryRow
  sub_mchid: string
  before: Entry | null
  after: Entry
}

function changesOf(rows: readonly DirectoryRow[], known: ReadonlyMap<string, Entry>): Change[] {
  return rows.flatMap(row => {
    const before = known.get(row.sub_mchid) ?? null
    const changes = before === null || fields.some(field => row[field] !== undefined && row[field] !== before[field])
    return changes ? [{ row, sub_mchid: row.sub_mchid, before, after: merged(before ?? directoryDefaults, row) }] : []
  })
}

/** A column that the file does not have keeps what was there. */
function merged(before: Entry, row: DirectoryRow): Entry {
  const given = fields.filter(field => row[field] !== undefined).map(field => [field, row[field]])
  return { ...before, ...(Object.fromEntries(given) as Partial<Entry>) }
}

/**
 * Each is looked up by its key, in the order of keys, so as not to deadlock with others that lock several. Of a directory that is being filled the planner
 * knows nothing yet, and would read all that is there for each batch.
 */
async function held(trx: Database | Trx, sp_mchid: string, rows: readonly DirectoryRow[], lock: boolean): Promise<Map<string, Entry>> {
  const { rows: found } = await sql<Entry & { sub_mchid: string }>`
    select held.* from (select unnest(${rows.map(row => row.sub_mchid)}::text[]) as sub_mchid order by 1) as wanted
    cross join lateral (
      select sub_mchid, ${fieldList} from sub_merchants
      where sp_mchid = ${sp_mchid} and sub_mchid = wanted.sub_mchid limit 1 ${lock ? sql`for no key update` : sql``}
    ) as held`.execute(trx)
  return new Map(found.map(entry => [entry.sub_mchid, entry]))
}

const readColumns = ['search_name', 'search_short_name', 'search_address', 'pinyin', 'pinyin_initials'] as const
const textColumns = ['sub_mchid', ...fields, ...readColumns] as const
const columns = [...textColumns, 'terms'] as const
const columnList = sql.raw(columns.join(', '))
const fieldList = sql.raw(fields.join(', '))
const fieldPairs = sql.raw(fields.map(name => `'${name}', ${name}`).join(', '))
const assignments = sql.raw(
  columns
    .filter(name => name !== 'sub_mchid')
    .map(name => `${name} = given.${name}`)
    .join(', '),
)
/** The fields with what searching needs of them, as rows: an array for each column, which the server reads twice as fast as JSON. */
function given(changes: readonly Change[]): RawBuilder<unknown> {
  const read = changes.map(readingOf)
  const texts = (values: readonly (string | null)[]) => sql`${values}::text[]`
  const arrays = [
    texts(changes.map(({ sub_mchid }) => sub_mchid)),
    ...fields.map(name =>
      name === 'store_count' ? sql`${changes.map(({ after }) => after[name])}::integer[]` : texts(changes.map(({ after }) => after[name])),
    ),
    ...readColumns.map(name => texts(read.map(one => one[name]))),
  ]
  const terms = texts(read.map(one => one.joined_terms))
  return sql`(
    select ${sql.raw(textColumns.join(', '))}, string_to_array(joined_terms, ${between}) as terms
    from unnest(${sql.join(arrays)}, ${terms}) as given(${sql.raw(textColumns.join(', '))}, joined_terms)
  ) as given`
}

/** With their entries in the trail, which hold what was written: nothing is sent twice. */
async function insert({ trx, now, importId }: LandingTarget, sp_mchid: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    with added as (
      insert into sub_merchants (sp_mchid, ${columnList}, created_at, updated_at, state_moved_on)
      select ${sp_mchid}, ${columnList}, ${now}::timestamptz, ${now}::timestamptz, (select china_day(${now}::timestamptz))
      from ${given(changes)}
      order by sub_mchid
      returning sub_mchid, ${fieldList}
    )
    insert into audit_entries (id, sp_mchid, at, actor_id, action, target_type, target_id, after, request_id)
    select ${ascendingIds(now)}, ${sp_mchid}, ${now}::timestamptz, 'import', 'merchant.added', 'sub_merchant', sub_mchid, jsonb_build_object(${fieldPairs}), ${importId}
    from added`.execute(trx)
}

async function update({ trx, now }: LandingTarget, sp_mchid: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update sub_merchants as held set ${assignments}, updated_at = ${now}
    from ${given(changes)}
    where held.sp_mchid = ${sp_mchid} and held.sub_mchid = given.sub_mchid`.execute(trx)
}

/** Before and after name only what differs. */
async function audit(target: LandingTarget, sp_mchid: string, changes: readonly Change[]): Promise<void> {
  const entries = changes.map(change => {
    const [before, after] = difference(change)
    return { target_id: change.sub_mchid, action: 'merchant.updated', before, after }
  })
  await auditImport(target, sp_mchid, 'sub_merchant', entries)
}

function difference({ before, after }: Change): [object | null, object] {
  if (before === null) return [null, after]
  const changed = fields.filter(field => before[field] !== after[field])
  const only = (entry: Entry) => Object.fromEntries(changed.map(field => [field, entry[field]]))
  return [only(before), only(after)]
}

function exampleOf(change: Change): string {
  if (change.before === null) return `新增 ${change.sub_mchid} ${change.after.name}`
  const [before, after] = difference(change)
  return `更新 ${change.sub_mchid} ${changeLine(before as Record<string, unknown>, after as Record<string, unknown>)}`
}
