// Rows of evidence, and of the nights of the watch, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType } from 'kysely'
import type { EvidenceKind } from '../evidence/schema.ts'

type Json<T> = ColumnType<T, string, string>
/** a day is read as text: a Date would be a moment */
type Day = ColumnType<Date, string, string>

interface EvidenceTable {
  sp_mchid: string
  id: string
  sub_mchid: string
  kind: EvidenceKind
  occurred_at: Date
  recorded_at: Date
  recorded_by: string | null
  source: 'app' | 'backend' | 'portal'
  detail: Json<Record<string, unknown>>
}

interface EvidenceWithdrawalTable {
  sp_mchid: string
  evidence_id: string
  withdrawn_by: string
  withdrawn_at: Date
  reason: string
}

interface WatchNightTable {
  sp_mchid: string
  night: Day
  bills_to: Day
  done_to: string | null
  watched_at: Date
}

export interface EvidenceSchema {
  evidence: EvidenceTable
  evidence_withdrawals: EvidenceWithdrawalTable
  watch_nights: WatchNightTable
}
