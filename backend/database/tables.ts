// Rows as Kysely sees them; the SQL in migrations/ is the truth.
import type { MessageTemplate } from '../company/notices/schema.ts'
import type { Role } from '../http/schema.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { IndustryCode } from '../../miniprogram/shared/industries.ts'
import type { ReceiptLink, Watch } from '../company/provider-settings/schema.ts'
import type { OutsideCheckId, ReadinessAnswerWord, ReadinessItemId, ReadinessResult } from '../readiness/schema.ts'
import type { AppidKind } from '../company/appids/schema.ts'
import type { EvidenceKind, OperationKind } from '../evidence/schema.ts'
import type { Attention, Suspicion, SwitchStatus, Verdict, VerdictState } from '../evidence/verdict/schema.ts'
import type { ChangeRequestStatus } from '../controls/closing/schema.ts'
import type { Switches } from '../evidence/verdict/switches.ts'
import type { GivenClass } from '../observations/schema.ts'
import type { ProviderTroubleCode } from '../company/staff/schema.ts'
import type { ExportSchema } from './export-tables.ts'
import type { FieldWorkSchema } from './field-work-tables.ts'
import type { BillSchema } from './bill-tables.ts'
import type { LimitationSchema } from './limitation-tables.ts'
import type { ListSchema } from './list-tables.ts'
import type { RebateSchema } from './rebate-tables.ts'
import type { ReceiptSchema } from './receipt-tables.ts'
import type { NoticeSchema } from './notice-tables.ts'
import type { RolloutSchema } from './rollout-tables.ts'

type ReadOnly<T> = ColumnType<T, never, never>
type Json<T> = ColumnType<T, string, string>

export interface ProviderTable {
  sp_mchid: string
  name: string
  /** another number of the same company, under which staff, checklist and photos stand; null: its own */
  home_sp_mchid: ColumnType<string | null, string | null | undefined, string | null>
  default_open_since: Date | null
  receipt_link_configured: Generated<boolean>
  stale_after_days: Generated<number>
  /** what WeChat Pay last said against the provider itself; with since and last seen, or all three null */
  trouble_code: ColumnType<ProviderTroubleCode | null, ProviderTroubleCode | null | undefined, ProviderTroubleCode | null>
  trouble_since: ColumnType<Date | null, Date | null | undefined, Date | null>
  trouble_last_seen_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** of the settings, for If-Match */
  version: Generated<number>
  /** see migrations/0023_provider_desk.sql */
  rederiving: ColumnType<'to_split' | 'in_parts' | null, never, 'to_split' | 'in_parts' | null>
  /** null until it is known */
  rederive_total: ColumnType<number | null, never, number | null>
  receipt_links: ColumnType<ReceiptLink[], string | undefined, string>
  rollout_rate_per_minute: Generated<number>
  watch: ColumnType<Watch, string | undefined, string>
  message_templates: ColumnType<MessageTemplate[], string | undefined, string>
  /** staff id, or `command` */
  changed_by: ColumnType<string | null, never, string | null>
  changed_at: ColumnType<Date | null, never, Date | null>
  updated_at: Date
}

interface RederivePartTable {
  sp_mchid: string
  part: number
  after: string
  upto: string | null
  done: number
  finished: boolean
}

interface ReadinessAnswerTable {
  sp_mchid: string
  item: ReadinessItemId
  answer: ReadinessAnswerWord
  note: string
  answered_by: string
  answered_at: Date
  version: number
}

/** the newest finding of each check that asks outside */
interface ReadinessFindingTable {
  sp_mchid: string
  check: OutsideCheckId
  result: ReadinessResult
  code: string
  values: Json<Record<string, string | number>>
  checked_at: Date
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

interface ProviderDefaultOpenChangeTable {
  id: Generated<string>
  sp_mchid: string
  enabled: boolean
  effective_at: Date
  recorded_at: Date
  recorded_by: string | null
}

export interface StaffTable {
  id: string
  sp_mchid: string
  display_name: string
  role: Role
  region_codes: Generated<string[]>
  assigned_only: Generated<boolean>
  status: 'invited' | 'active' | 'disabled'
  last_seen_at: Date | null
  /** when role, regions or assigned_only last changed: whoever changes them says it */
  scope_since: ColumnType<Date | null, Date | null | undefined, Date>
  created_at: Date
  /** the transaction that last wrote display_name */
  named_in: ReadOnly<string>
  version: Generated<number>
}

interface StaffBindingTable {
  sp_mchid: string
  openid: string
  staff_id: string
  bound_at: Date
}

interface InviteTable {
  code_hash: string
  sp_mchid: string
  staff_id: string
  created_at: Date
  created_by: string | null
  expires_at: Date
  used_at: Date | null
  /** of the first six characters; null: made before there were any */
  finder_hash: Generated<string | null>
  wrong_tries: Generated<number>
  /** a newer one took its place, or the person was disabled */
  revoked_at: Generated<Date | null>
}

interface InviteTriesTable {
  sp_mchid: string
  openid: string
  wrong_tries: number
  since: Date
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

interface BindTicketTable {
  ticket_hash: string
  sp_mchid: string
  openid: string
  created_at: Date
  expires_at: Date
  tries: Generated<number>
  used_at: Date | null
}

interface SessionTable {
  token_hash: string
  sp_mchid: string
  staff_id: string
  created_at: Date
  expires_at: Date
}

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
  open_request_id: string | null
  version: Generated<number>
  created_at: Date
  updated_at: Date
  /** the transaction that last wrote this row (migrations/0015_offline_pack.sql) */
  written_in: ReadOnly<string>
}

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

export type OperationStatus = 'pending' | 'succeeded' | 'failed' | 'unknown' | 'unresolved'

export interface OperationTable {
  id: string
  sp_mchid: string
  sub_mchid: string
  key: string
  staff_id: string
  kind: OperationKind
  parameters: Json<{ industries?: IndustryCode[] }>
  reason: string | null
  status: OperationStatus
  code: string | null
  message: string | null
  wx_request_id: string | null
  wx_code: string | null
  wx_message: string | null
  retry_after: number | null
  attempts: Generated<number>
  started_at: Date
  finished_at: Date | null
  next_attempt_at: Date | null
  settled_at: Date | null
  request_id: string
  client: string | null
}

/** Closing with four eyes; what moves it from state to state is guarded in migrations/0021_change_requests.sql. */
export interface ChangeRequestTable {
  sp_mchid: string
  id: string
  sub_mchid: string
  kind: 'gold_plan.close'
  scene: 'jsapi'
  reason: string
  requested_by: string
  requested_openid: string | null
  requested_at: Date
  expires_at: Date
  status: ChangeRequestStatus
  decided_by: string | null
  decided_at: Date | null
  comment: string | null
  operation_id: string | null
  try_at: Date | null
  code: string | null
  ended_at: Date | null
}

export type AttemptPhase = 'succeeded' | 'not_sent' | 'unknown' | 'refused' | 'not_authentic' | 'process_ended'

interface OperationAttemptTable {
  operation_id: string
  attempt: number
  sent_at: Date
  answered_at: Date | null
  phase: AttemptPhase
  http_status: number | null
  wx_code: string | null
  wx_message: string | null
  wx_request_id: string | null
}

interface CallUnderWayTable {
  id: string
  sp_mchid: string
  sub_mchid: string
  operation_id: string
  process: number
  began_at: Date
}

export interface IdempotencyKeyTable {
  staff_id: string
  key: string
  method: string
  path: string
  body_sha256: string
  operation_id: string | null
  evidence_id: string | null
  /** of a write that is neither */
  answer: ColumnType<object | null, string | null | undefined, string | null>
  created_at: Date
  expires_at: Date
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

export interface AppidTable {
  sp_mchid: string
  appid: string
  kind: AppidKind
  name: string | null
  /** whose it is; null: the provider's own */
  sub_mchid: ColumnType<string | null, string | null | undefined, string | null>
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  version: Generated<number>
  updated_at: Date
  /** staff id, or `command` */
  updated_by: string
  /** see migrations/0029_appid_register.sql */
  rederive_after: ColumnType<string | null, string | null | undefined, string | null>
  rederive_done: ColumnType<number | null, number | null | undefined, number | null>
  rederive_total: ColumnType<number | null, number | null | undefined, number | null>
  rederive_changed: ColumnType<number | null, number | null | undefined, number | null>
}

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

/** observations/classes.ts */
export interface WxTextClassTable {
  sp_mchid: string
  id: string
  http_status: number
  wx_code: string
  text: string
  /** null: taken back */
  code: GivenClass | null
  version: number
  changed_by: string
  changed_at: Date
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

export interface Schema
  extends
    BillSchema,
    ExportSchema,
    FieldWorkSchema,
    LimitationSchema,
    ListSchema,
    NoticeSchema,
    RebateSchema,
    ReceiptSchema,
    RolloutSchema {
  provider: ProviderTable
  provider_default_open_changes: ProviderDefaultOpenChangeTable
  rederive_parts: RederivePartTable
  readiness_answers: ReadinessAnswerTable
  readiness_findings: ReadinessFindingTable
  staff: StaffTable
  staff_bindings: StaffBindingTable
  invites: InviteTable
  invite_tries: InviteTriesTable
  assignment_runs: AssignmentRunTable
  bind_tickets: BindTicketTable
  sessions: SessionTable
  sub_merchants: SubMerchantTable
  store_codes: StoreCodeTable
  evidence: EvidenceTable
  evidence_withdrawals: EvidenceWithdrawalTable
  operations: OperationTable
  operation_attempts: OperationAttemptTable
  calls_under_way: CallUnderWayTable
  change_requests: ChangeRequestTable
  idempotency_keys: IdempotencyKeyTable
  appids: AppidTable
  audit_entries: AuditEntryTable
  audit_seals: AuditSealTable
  wx_text_classes: WxTextClassTable
  import_runs: ImportRunTable
}
