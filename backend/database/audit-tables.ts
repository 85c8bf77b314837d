// Rows of the audit trail, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Role } from '../http/schema.ts'

export interface AuditEntryTable {
  id: Generated<string>
  sp_mchid: string
  at: Date
  actor_id: string | null
  actor_role: Role | null
  action: string
  target_type: string
  target_id: string
  before: JSONColumnType<object> | null
  after: JSONColumnType<object> | null
  reason: string | null
  request_id: string | null
  client: string | null
  /** the transaction that wrote it; the database gives it */
  written_in: ColumnType<string, never, never>
}

/** platform/audit/sealing.ts */
interface AuditSealTable {
  number: ColumnType<string, number, never>
  sealed_at: Date
  upto_xid: string | null
  upto_id: string | null
  entries: string[]
  leaves: Buffer
  entries_root: Buffer
  previous: Buffer
  root: Buffer
}

export interface AuditSchema {
  audit_entries: AuditEntryTable
  audit_seals: AuditSealTable
}
