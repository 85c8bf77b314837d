// The HTTP contract as types for the app. The schemas in backend/*/schema.ts are the one source; only types cross this line.
export type { FieldError, Problem, Action, Role } from '../backend/http/schema.ts'
export type { Me, ProviderTrouble, ProviderTroubleCode, Staff } from '../backend/company/staff/schema.ts'
export type { BindingRequired, Session, SessionRequest, StaffBindingRequest } from '../backend/company/sessions/schema.ts'
export type { Attention, Migration, MigrationState, SwitchStatus } from '../backend/evidence/verdict/schema.ts'
export type {
  AfterPage,
  Evidence,
  EvidenceKind,
  EvidencePage,
  EvidenceRequest,
  EvidenceResult,
  OperationKind,
  PaymentEntry,
  WithdrawalRequest,
} from '../backend/evidence/schema.ts'
export type { AssignmentFilter, AssignmentRequest, AssignmentResult } from '../backend/directory/assignments/schema.ts'
export type { SubMerchant, SubMerchantPage, SubMerchantQuery, SubMerchantRow } from '../backend/directory/merchants/schema.ts'
export type { AdFilterRequest, AdvertisingRequest, GoldPlanRequest, Operation, ReceiptRequest } from '../backend/controls/schema.ts'
export type { OfflinePack, OfflinePackQuery, OfflinePackRow } from '../backend/directory/offline-pack/schema.ts'
export type { Industry, IndustryList } from '../backend/company/industries/schema.ts'
export type { Region, RegionTree } from '../backend/company/regions/schema.ts'
export type { ScanResolution, ScanResolutionRequest } from '../backend/directory/scan-resolutions/schema.ts'
export type { HandledRow, Summary, SummaryQuery } from '../backend/directory/summary/schema.ts'
export type { ChecklistFact, ChecklistItem, ChecklistTemplate, ChecklistTemplateRequest } from '../backend/field-work/checklists/schema.ts'
export type {
  ReviewRequest,
  Visit,
  VisitPage,
  VisitQuery,
  VisitRequest,
  VisitResult,
  VisitRow,
  VisitStatus,
} from '../backend/field-work/visits/schema.ts'
export type { PhotoLink, PhotoUploaded } from '../backend/field-work/photos/schema.ts'
export type {
  ReceiptBlock,
  ReceiptContent,
  ReceiptContentRequest,
  ReceiptHealth,
  ReceiptMetrics,
  ReceiptMetricsQuery,
} from '../backend/receipts/schema.ts'
export type { OrderQueryRequest, OrderQueryResult, OrderScene } from '../backend/evidence/orders/schema.ts'
export type { AppidEntry, AppidKind, AppidList, AppidRequest } from '../backend/company/appids/schema.ts'
export type {
  LinkCheckPart,
  LinkCheckRequest,
  LinkCheckResult,
  LinkFinding,
  LinkFindingCode,
  LinkSeverity,
} from '../backend/link-check/schema.ts'
