// Rows of field work as Kysely sees them; the SQL in migrations/0007_visits.sql is the truth.
import type { Role } from '../http/schema.ts'
import type { ColumnType, Generated } from 'kysely'
import type { Answer } from '../../miniprogram/shared/checklist.ts'
import type { ChecklistContent, ChecklistTemplate } from '../field-work/checklists/schema.ts'
import type { VisitLocation, VisitStatus } from '../field-work/visits/schema.ts'

type Json<T> = ColumnType<T, string, string>

interface ChecklistTemplateTable {
  sp_mchid: string
  version: number
  body: Json<Omit<ChecklistTemplate, 'version' | 'published_at'>>
  published_at: Date
  published_by: string | null
  comment: ColumnType<string | null, string | null | undefined, never>
}

/** migrations/0030_checklist_drafts.sql */
interface ChecklistDraftTable {
  sp_mchid: string
  version: number
  body: ColumnType<ChecklistContent | null, string | null, string | null>
  updated_at: Date
  updated_by: string
}

export interface VisitTable {
  sp_mchid: string
  id: string
  sub_mchid: string
  staff_id: string
  /** whose checklist */
  template_sp_mchid: string
  template_version: number
  started_at: Date
  ended_at: Date
  answers: Json<Record<string, Answer>>
  other_photo_ids: Generated<string[]>
  location: ColumnType<VisitLocation | null, string | null, string | null>
  status: VisitStatus
  received_at: Date
  updated_at: Date
}

interface VisitReviewTable {
  id: Generated<string>
  sp_mchid: string
  visit_id: string
  result: 'accepted' | 'returned'
  comment: string | null
  reviewed_by: string
  reviewed_at: Date
}

interface VisitEvidenceTable {
  sp_mchid: string
  visit_id: string
  kind: 'flow_conclusion' | 'test_payment'
  evidence_id: string
}

interface PhotoTable {
  sp_mchid: string
  id: string
  uploaded_by: string
  sha256: string
  width: number
  height: number
  bytes: number
  taken_at: Date
  uploaded_at: Date
  stored_at: Date | null
}

interface PhotoAttachmentTable {
  id: Generated<string>
  sp_mchid: string
  photo_id: string
  /** under which the photo stands: its uploader's */
  photo_sp_mchid: string
  visit_id: string | null
  evidence_id: string | null
}

interface PhotoLinkKeyTable {
  sp_mchid: string
  key: string
  created_at: Date
}

/** Where a merchant was, and whose, until then. */
interface SubMerchantPlaceTable {
  id: Generated<string>
  sp_mchid: string
  sub_mchid: string
  region_code: string
  assigned_to: string | null
  until: Date
  /** the transaction that wrote this row */
  written_in: ColumnType<string, never, never>
}

/** What a member of staff could see until then. */
interface StaffScopeTable {
  id: Generated<string>
  staff_id: string
  role: Role
  region_codes: string[]
  assigned_only: boolean
  until: Date
}

export interface FieldWorkSchema {
  checklist_templates: ChecklistTemplateTable
  checklist_drafts: ChecklistDraftTable
  visits: VisitTable
  visit_reviews: VisitReviewTable
  visit_evidence: VisitEvidenceTable
  photos: PhotoTable
  photo_attachments: PhotoAttachmentTable
  photo_link_keys: PhotoLinkKeyTable
  sub_merchant_places: SubMerchantPlaceTable
  staff_scopes: StaffScopeTable
}
