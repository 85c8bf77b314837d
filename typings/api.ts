// The HTTP contract as types for the app. The schemas in backend/*/schema.ts are the one source; only types cross this line.
export type { FieldError, Problem, Action } from '../backend/http/schema.ts'
export type { Me, ProviderTrouble, Staff } from '../backend/company/staff/schema.ts'
export type { BindingRequired, Session, SessionRequest, StaffBindingRequest } from '../backend/company/sessions/schema.ts'
export type { Attention, SwitchStatus, Verdict, VerdictState } from '../backend/evidence/verdict/schema.ts'
export type {
  AfterPage,
  Evidence,
  EvidencePage,
  EvidenceRequest,
  EvidenceResult,
  OperationKind,
  PaymentEntry,
  WithdrawalRequest,
} from '../backend/evidence/schema.ts'
export type { SubMerchant, SubMerchantPage, SubMerchantQuery, SubMerchantRow } from '../backend/directory/merchants/schema.ts'
export type {
  ChangeRequest,
  ChangeRequestDecision,
  ChangeRequestPage,
  ChangeRequestQuery,
  ChangeRequestStatus,
  NewChangeRequest,
} from '../backend/controls/closing/schema.ts'
export type { AdFilterRequest, Operation, SwitchRequest } from '../backend/controls/schema.ts'
export type {
  NewRollout,
  Rollout,
  RolloutItem,
  RolloutItemPage,
  RolloutItemQuery,
  RolloutPage,
  RolloutQuery,
  RolloutStep,
} from '../backend/controls/rollouts/schema.ts'
export type { BillHealth } from '../backend/evidence/bills/schema.ts'
export type { LimitationState } from '../backend/evidence/limitations/schema.ts'
export type {
  UnlistedAdded,
  UnlistedDismissal,
  UnlistedMerchant,
  UnlistedPage,
  UnlistedQuery,
} from '../backend/directory/unlisted/schema.ts'
export type { VisitPlan, VisitPlanPublication, VisitPlanStops, VisitPlanStopsQuery } from '../backend/directory/visit-plan/schema.ts'
export type { GivenClass, Observations, SeenText } from '../backend/observations/schema.ts'
export type {
  Assignee,
  AssigneePage,
  AssigneeQuery,
  AssignmentCount,
  AssignmentRequest,
  AssignmentRun,
  RefusedShops,
} from '../backend/directory/assignments/schema.ts'
export type { NewStaff, StaffInvite, StaffMember, StaffPage, StaffQuery, StaffRequest } from '../backend/directory/staff/schema.ts'
export type {
  MessageSubscriptions,
  Notice,
  NoticeKind,
  NoticePage,
  NoticesUnread,
  SubscriptionAnswer,
} from '../backend/company/notices/schema.ts'
export type { ProviderSettings, ProviderSettingsRequest, ReceiptLink } from '../backend/company/provider-settings/schema.ts'
export type {
  ProviderNumberList,
  Readiness,
  ReadinessAnswer,
  ReadinessAnswerWord,
  ReadinessCheck,
  ReadinessItem,
  ReadinessItemId,
} from '../backend/readiness/schema.ts'
export type { Export, ExportList, NewExport } from '../backend/directory/exports/schema.ts'
export type { Dashboard, Mark, MarkFilter } from '../backend/directory/dashboard/schema.ts'
export type { AuditEntry, AuditPage, AuditQuery } from '../backend/directory/audit-trail/schema.ts'
export type { OfflinePack, OfflinePackQuery, OfflinePackRow } from '../backend/directory/offline-pack/schema.ts'
export type { RegionTree } from '../backend/company/regions/schema.ts'
export type { ScanResolution } from '../backend/directory/scan-resolutions/schema.ts'
export type { HandledRow, Summary, SummaryQuery } from '../backend/workbench/schema.ts'
export type { AppidEntry, AppidKind, AppidList, AppidListResult, AppidQuery, AppidRequest } from '../backend/company/appids/schema.ts'
export type {
  ChecklistChanges,
  ChecklistContent,
  ChecklistDraft,
  ChecklistFact,
  ChecklistItem,
  ChecklistTemplate,
  ChecklistVersionList,
} from '../backend/field-work/checklists/schema.ts'
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
export type { Payments, PaymentTotals, PaymentWays } from '../backend/evidence/bills/schema.ts'
export type { Rebate, RebateMonth, RebateMonths, RebateQuery, RebateRow } from '../backend/directory/rebates/schema.ts'
export type { ReceiptBlock, ReceiptContent, ReceiptHealth, ReceiptMetrics, ReceiptMetricsQuery } from '../backend/receipts/schema.ts'
export type { OrderQueryRequest, OrderQueryResult } from '../backend/evidence/orders/schema.ts'
export type { LinkCheckRequest, LinkCheckResult, LinkFinding, LinkSeverity } from '../backend/link-check/schema.ts'
export type {
  PortalCheckList,
  PortalCheckListGroup,
  PortalCheckListRow,
  PortalCheckListRowPage,
  PortalCheckListRowQuery,
  PortalCheckListText,
  PortalCheckRefusal,
  SeenField,
} from '../backend/directory/portal-lists/schema.ts'
