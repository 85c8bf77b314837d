// Rows of the company: its numbers, staff, sessions and register of appids, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType, Generated } from 'kysely'
import type { AppidKind } from '../company/appids/schema.ts'
import type { MessageTemplate } from '../company/notices/schema.ts'
import type { ReceiptLink, Watch } from '../company/provider-settings/schema.ts'
import type { ProviderTroubleCode } from '../company/staff/schema.ts'
import type { Role } from '../http/schema.ts'

type ReadOnly<T> = ColumnType<T, never, never>

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

export interface CompanySchema {
  provider: ProviderTable
  provider_default_open_changes: ProviderDefaultOpenChangeTable
  rederive_parts: RederivePartTable
  staff: StaffTable
  staff_bindings: StaffBindingTable
  invites: InviteTable
  invite_tries: InviteTriesTable
  bind_tickets: BindTicketTable
  sessions: SessionTable
  appids: AppidTable
}
