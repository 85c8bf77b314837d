// Every table, by the files of their rooms, as Kysely sees them; the SQL in migrations/ is the truth.
import type { ColumnType } from 'kysely'
import type { GivenClass } from '../observations/schema.ts'
import type { AuditSchema } from './audit-tables.ts'
import type { BillSchema } from './bill-tables.ts'
import type { CompanySchema } from './company-tables.ts'
import type { ControlSchema } from './control-tables.ts'
import type { DirectorySchema } from './directory-tables.ts'
import type { EvidenceSchema } from './evidence-tables.ts'
import type { ExportSchema } from './export-tables.ts'
import type { FieldWorkSchema } from './field-work-tables.ts'
import type { LimitationSchema } from './limitation-tables.ts'
import type { ListSchema } from './list-tables.ts'
import type { NoticeSchema } from './notice-tables.ts'
import type { ReadinessSchema } from './readiness-tables.ts'
import type { RebateSchema } from './rebate-tables.ts'
import type { ReceiptSchema } from './receipt-tables.ts'
import type { RolloutSchema } from './rollout-tables.ts'
import type { VisitPlanSchema } from './visit-plan-tables.ts'

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

export interface Schema
  extends
    AuditSchema,
    BillSchema,
    CompanySchema,
    ControlSchema,
    DirectorySchema,
    EvidenceSchema,
    ExportSchema,
    FieldWorkSchema,
    LimitationSchema,
    ListSchema,
    NoticeSchema,
    ReadinessSchema,
    RebateSchema,
    ReceiptSchema,
    RolloutSchema,
    VisitPlanSchema {
  idempotency_keys: IdempotencyKeyTable
  wx_text_classes: WxTextClassTable
}
