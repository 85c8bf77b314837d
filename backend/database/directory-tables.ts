// Rows of merchants, of what finds them, and of how they come into the directory and change hands, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Attention, Suspicion, SwitchStatus, Verdict, VerdictState } from '../evidence/verdict/schema.ts'
import type { Switches } from '../evidence/verdict/switches.ts'

type ReadOnly<T> = ColumnType<T, never, never>

export interface SubMerchantTable {
  sp_mchid: string
  sub_mchid: string
  sub_mchid_reversed: ReadOnly<string>
  name: string
  short_name: string
  search_name: string
  search_short_name: string
  search_address: string
  pinyin: string
  pinyin_initials: string
  terms: string[]
  industry: string | null
  region_code: string
  address: string
  store_count: Generated<number>
  assigned_to: string | null
  status: Generated<'active' | 'suspended' | 'terminated'>
  receipt_link: Generated<'provider' | 'sub_merchant'>
  gold_plan_status: Generated<SwitchStatus>
  receipt_status: Generated<SwitchStatus>
  advertising_status: Generated<SwitchStatus>
  switches: ColumnType<Switches | Record<string, never>, string | undefined, string>
  migration_state: Generated<VerdictState>
  migration_reason: Generated<string>
  migration_since: Date | null
  migration_evidence_id: string | null
  migration_attention: Generated<Attention[]>
  migration_proof: string | null
  migration_steps: ColumnType<Verdict['steps'], string | undefined, string>
  settling_until: Date | null
  receipt_error: Generated<boolean>
  /** at the newest look that measured them */
  receipt_ready_ms: ColumnType<number | null, number | null | undefined, number | null>
  /** see migrations/0046_watch.sql: both or neither */
  suspected_at: Date | null
  suspected: ColumnType<Suspicion | null, string | null | undefined, string | null>
  migration_rank: ReadOnly<number>
  /** the day in China of the newest move, or on which it was added; empty: before that was kept (migrations/0053_past_days.sql) */
  state_moved_on: ReadOnly<string>
  open_request_id: string | null
  version: Generated<number>
  created_at: Date
  updated_at: Date
  /** the transaction that last wrote this row (migrations/0015_offline_pack.sql) */
  written_in: ReadOnly<string>
}

/** What hangs on a counter, in the form that scan-resolutions/code.ts gives it, and whose it is. */
interface StoreCodeTable {
  sp_mchid: string
  content: string
  sub_mchid: string
  store_name: string | null
  created_at: Date
  updated_at: Date
}

interface RefusedShops {
  reason: string
  count: number
  sub_mchids: string[]
}

export interface AssignmentRunTable {
  sp_mchid: string
  id: string
  asked_by: string
  asked_at: Date
  /** null: nobody gets the shops */
  staff_id: string | null
  filter: JSONColumnType<object> | null
  sub_mchids: string[] | null
  status: 'running' | 'finished' | 'stopped'
  code: string | null
  total: number
  done: Generated<number>
  changed: Generated<number>
  same: Generated<number>
  refused: JSONColumnType<RefusedShops[]>
  after_sp_mchid: string | null
  after_sub_mchid: string | null
  request_id: string
  client: string | null
  ended_at: Date | null
}

export type ImportKind = 'merchants' | 'codes' | 'staff' | 'assignments'

/** How far an import of one file has come. */
interface ImportRunTable {
  id: string
  sp_mchid: string
  kind: ImportKind
  file_sha256: string
  settings: string
  started_at: Date
  updated_at: Date
  finished_at: Date | null
  records: Generated<number>
  rejected: Generated<number>
  counts: ColumnType<Record<string, ImportCounts>, string | undefined, string>
  /** bigint: node-postgres gives a string */
  rejects_bytes: ColumnType<string, number | undefined, number>
}

export interface ImportCounts {
  added: number
  updated: number
  unchanged: number
  /** looks at the console that were recorded */
  checks: number
}

export interface DirectorySchema {
  sub_merchants: SubMerchantTable
  store_codes: StoreCodeTable
  assignment_runs: AssignmentRunTable
  import_runs: ImportRunTable
}
