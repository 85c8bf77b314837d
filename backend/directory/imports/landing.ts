// What every kind of file gives its landing, and gets back; and the entries that it leaves in the audit trail.
import { sql, type RawBuilder } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Trx } from '../../database/connection.ts'
import type { ImportCounts } from '../../database/directory-tables.ts'
import type { Rejection } from './row.ts'

/** Who lands rows, and how. */
export interface LandingTarget {
  trx: Trx
  now: Date
  /** names this run in the audit trail */
  importId: string
  /** only says what it would do */
  dryRun: boolean
  /** Where the batch before may still be under way: awaited before rows are locked that others see, so that no two batches hold each other up. */
  batchBefore(): Promise<void>
}

export interface Landing {
  /** sp_mchid → what became of its rows */
  counts: Map<string, ImportCounts>
  /** rows that only the directory could judge */
  rejections: Rejection[]
  /** what changes, one line each, for a person; of a dry run only */
  examples: string[]
}

export const noCounts = (): ImportCounts => ({ added: 0, updated: 0, unchanged: 0, checks: 0 })
export const exampleLimit = 20

export interface ImportEntry {
  action: string
  target_id: string
  before: object | null
  after: object
}

/**
 * Ascending ids for the rows of one statement (UUID version 7: time, random bits of the statement, its rows counted), so that all indexes of the trail but
 * one grow at their end.
 */
export function ascendingIds(now: Date): RawBuilder<unknown> {
  const time = now.getTime().toString(16).padStart(12, '0')
  const random = randomBytes(5).toString('hex')
  const beginning = `${time}7${random.slice(0, 3)}8${random.slice(3)}`
  return sql`(${beginning}::text || lpad(to_hex(row_number() over ()), 8, '0'))::uuid`
}

/** The actor is the import itself, the request is the run. */
export async function auditImport(
  { trx, now, importId }: Pick<LandingTarget, 'trx' | 'now' | 'importId'>,
  sp_mchid: string,
  target_type: 'sub_merchant' | 'staff' | 'provider',
  entries: readonly ImportEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into audit_entries (id, sp_mchid, at, actor_id, action, target_type, target_id, before, after, request_id)
    select ${ascendingIds(now)}, ${sp_mchid}, ${now}, 'import', action, ${target_type}, target_id, before, after, ${importId}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(target_id text, action text, before jsonb, after jsonb)`.execute(
    trx,
  )
}

/** Two imports at once may hold the same new row: their batches land one after the other. `kind` is any number, the same in every process. */
export const oneAtATime = async (trx: Trx, kind: number, sp_mchid: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(${kind}, hashtext(${sp_mchid}))`.execute(trx))

/** `name: 旧名 → 新名` */
export const changeLine = (before: Record<string, unknown>, after: Record<string, unknown>): string =>
  Object.keys(after)
    .map(field => `${field}: ${shown(before[field])} → ${shown(after[field])}`)
    .join('，')

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '（空）'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
