// What only pages of this package ask of the backend: not in api/endpoints.ts, so that the package that everybody waits for does not carry it.
import type {
  AppidEntry,
  AppidList,
  AppidListResult,
  AppidQuery,
  AppidRequest,
  AssigneePage,
  AssigneeQuery,
  AssignmentCount,
  AssignmentRequest,
  AssignmentRun,
  AuditPage,
  AuditQuery,
  BillHealth,
  ChangeRequest,
  ChangeRequestDecision,
  ChangeRequestPage,
  ChangeRequestQuery,
  ChecklistContent,
  ChecklistDraft,
  ChecklistTemplate,
  ChecklistVersionList,
  GivenClass,
  Observations,
  SeenText,
  NewStaff,
  PaymentTotals,
  Rebate,
  RebateMonths,
  RebateQuery,
  StaffInvite,
  StaffMember,
  StaffPage,
  StaffQuery,
  StaffRequest,
  ProviderNumberList,
  ProviderSettings,
  ProviderSettingsRequest,
  Readiness,
  ReadinessAnswer,
  ReadinessItem,
  ReadinessItemId,
} from '../../../typings/api'
import type { AbortScope } from '../../api/abort-scope'
import type { ControlOptions } from '../../api/endpoints'
import type { Http } from '../../api/http'

const draft = '/v1/checklist-templates/draft'
const requests = '/v1/change-requests'
const observations = '/v1/observations'

const staffMember = (id: string): string => `/v1/staff/${encodeURIComponent(id)}`
const assignments = '/v1/sub-merchants/assignments'

export const createManageApi = (http: Http) => ({
  // ---- closing with four eyes

  /** Of shops in my scope, newest first. Throws ApiError INVALID_CURSOR. */
  listChangeRequests: async (query: ChangeRequestQuery, scope?: AbortScope): Promise<ChangeRequestPage> =>
    (await http.get<ChangeRequestPage>(requests, { query, scope, has: 'items' })).body,
  /** A rejection says why. Throws ApiError ALREADY_DECIDED, SELF_APPROVAL, DEFAULT_OPEN_ACTIVE, NOT_OPEN, ACTION_FORBIDDEN, NOT_FOUND. */
  decideChangeRequest: async (id: string, body: ChangeRequestDecision, key: string): Promise<ChangeRequest> =>
    (await http.write<ChangeRequest>(`${requests}/${encodeURIComponent(id)}/decision`, { method: 'POST', body, key, has: 'sub_mchid' }))
      .body,
  /** By who asked, while nobody has decided. Throws ApiError ALREADY_DECIDED, ACTION_FORBIDDEN. */
  cancelChangeRequest: async (id: string, key: string): Promise<ChangeRequest> =>
    (
      await http.write<ChangeRequest>(`${requests}/${encodeURIComponent(id)}/cancellation`, {
        method: 'POST',
        body: {},
        key,
        has: 'sub_mchid',
      })
    ).body,

  // ---- audit trail

  /** Newest first; `query.cursor` from the page before. Throws ApiError NOT_FOUND for a shop out of scope, INVALID_CURSOR when the list must be begun again. */
  listAuditEntries: async (query: AuditQuery, scope?: AbortScope): Promise<AuditPage> =>
    (await http.get<AuditPage>('/v1/audit-entries', { query, scope, has: 'items' })).body,

  // ---- what WeChat Pay was seen to do

  /** About its open questions, in the language of the moment. */
  getObservations: async (scope?: AbortScope): Promise<Observations> =>
    (await http.get<Observations>(observations, { scope, has: 'texts' })).body,
  /** What a text means from now on; code null: nobody knows any more. Throws ApiError NOT_FOUND, VERSION_MISMATCH, ACTION_FORBIDDEN. */
  setTextClass: async (id: string, code: GivenClass | null, options: ControlOptions): Promise<SeenText> => {
    const what = code === null ? { method: 'DELETE' as const } : { method: 'PUT' as const, body: { code } }
    return (await http.write<SeenText>(`${observations}/texts/${encodeURIComponent(id)}/class`, { ...what, ...options, has: 'kinds' })).body
  },

  // ---- what trade bills say of districts

  /** Of my scope; days are YYYY-MM-DD in Shanghai, both included. Throws ApiError ACTION_FORBIDDEN. */
  /** the newest thirty days */
  getPaymentTotals: async (scope?: AbortScope): Promise<PaymentTotals> =>
    (await http.get<PaymentTotals>('/v1/metrics/payments', { scope, has: 'regions' })).body,

  // ---- rebate figures as they were imported

  /** Newest month first. Throws ApiError ACTION_FORBIDDEN. */
  getRebateMonths: async (scope?: AbortScope): Promise<RebateMonths> =>
    (await http.get<RebateMonths>('/v1/rebates', { scope, has: 'items' })).body,
  /** One month of a number; `query.cursor` from the page before. Throws ApiError NOT_FOUND where no file told it, INVALID_CURSOR. */
  getRebate: async (sp_mchid: string, month: string, query: RebateQuery, scope?: AbortScope): Promise<Rebate> =>
    (await http.get<Rebate>(`/v1/rebates/${sp_mchid}/${month}`, { query: { ...query }, scope, has: 'sp_mchid' })).body,

  // ---- the provider's own settings

  /** Every number of the company, its home first. Throws ApiError ACTION_FORBIDDEN. */
  getProvider: async (scope?: AbortScope): Promise<ProviderNumberList> =>
    (await http.get<ProviderNumberList>('/v1/provider', { scope, has: 'numbers' })).body,
  /** All of what may be set; `version` of the settings that the person saw. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  putProvider: async (sp_mchid: string, body: ProviderSettingsRequest, options: ControlOptions): Promise<ProviderSettings> =>
    (await http.write<ProviderSettings>(`/v1/provider/${sp_mchid}`, { method: 'PUT', body, ...options, has: 'sp_mchid' })).body,
  /** `version` of the answer that the person saw, 0 for none. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  answerReadiness: async (
    sp_mchid: string,
    item: ReadinessItemId,
    body: ReadinessAnswer,
    options: ControlOptions,
  ): Promise<ReadinessItem> =>
    (await http.write<ReadinessItem>(`/v1/provider/${sp_mchid}/readiness/${item}`, { method: 'PUT', body, ...options, has: 'checks' }))
      .body,
  /** Runs the checks that ask outside, at most ten seconds. Throws ApiError ACTION_FORBIDDEN, RATE_LIMITED; what is wrong is a finding. */
  checkReadiness: async (sp_mchid: string, key: string): Promise<Readiness> =>
    (await http.write<Readiness>(`/v1/provider/${sp_mchid}/readiness-checks`, { method: 'POST', body: {}, key, has: 'sp_mchid' })).body,

  /** Bills that are missing are asked for at once. Throws ApiError ACTION_FORBIDDEN, NOT_FOUND. */
  askForBills: async (sp_mchid: string, key: string): Promise<BillHealth> =>
    (await http.write<BillHealth>(`/v1/provider/${sp_mchid}/bill-requests`, { method: 'POST', body: {}, key, has: 'missing_count' })).body,

  // ---- register of appids

  /** In the order of appids; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR. */
  listAppids: async (query: AppidQuery, scope?: AbortScope): Promise<AppidList> =>
    (await http.get<AppidList>('/v1/appids', { query, scope, has: 'register_version' })).body,
  /** All of one entry; `version` 0 for one that is not there. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  putAppid: async (appid: string, body: AppidRequest, options: ControlOptions): Promise<AppidEntry> =>
    (await http.write<AppidEntry>(`/v1/appids/${encodeURIComponent(appid)}`, { method: 'PUT', body, ...options, has: 'appid' })).body,
  /** What a pasted list would do; nothing is written. Throws ApiError VALIDATION_FAILED, ACTION_FORBIDDEN. */
  previewAppids: async (text: string): Promise<AppidListResult> =>
    (await http.write<AppidListResult>('/v1/appid-lists/preview', { method: 'POST', body: { text }, key: null, has: 'register_version' }))
      .body,
  /** `version`: that of the register, from the preview. Throws ApiError VERSION_MISMATCH where it changed since. */
  applyAppids: async (text: string, options: ControlOptions): Promise<AppidListResult> =>
    (await http.write<AppidListResult>('/v1/appid-lists', { method: 'POST', body: { text }, ...options, has: 'register_version' })).body,

  // ---- checklist

  /** Newest first. Throws ApiError ACTION_FORBIDDEN. */
  listChecklistVersions: async (scope?: AbortScope): Promise<ChecklistVersionList> =>
    (await http.get<ChecklistVersionList>('/v1/checklist-templates', { scope, has: 'items' })).body,
  /** The next version as it is written now. Throws ApiError ACTION_FORBIDDEN. */
  getChecklistDraft: async (scope?: AbortScope): Promise<ChecklistDraft> =>
    (await http.get<ChecklistDraft>(draft, { scope, has: 'content' })).body,
  /** The whole of it. Throws ApiError VERSION_MISMATCH where somebody else saved meanwhile, VALIDATION_FAILED. */
  putChecklistDraft: async (body: ChecklistContent, options: ControlOptions): Promise<ChecklistDraft> =>
    (await http.write<ChecklistDraft>(draft, { method: 'PUT', body, ...options, has: 'content' })).body,
  discardChecklistDraft: async (options: ControlOptions): Promise<ChecklistDraft> =>
    (await http.write<ChecklistDraft>(draft, { method: 'DELETE', ...options, has: 'content' })).body,
  /** The draft becomes the next version. Throws ApiError VALIDATION_FAILED (faults of the draft), VERSION_MISMATCH. */
  publishChecklist: async (comment: string, options: ControlOptions): Promise<ChecklistTemplate> =>
    (await http.write<ChecklistTemplate>('/v1/checklist-templates', { method: 'POST', body: { comment }, ...options, has: 'sections' }))
      .body,

  // ---- staff and who has which shops

  /** In the order of their state, then of their names. Throws ApiError INVALID_CURSOR. */
  listStaff: async (query: StaffQuery, scope?: AbortScope): Promise<StaffPage> =>
    (await http.get<StaffPage>('/v1/staff', { query, scope, has: 'items' })).body,
  /** Throws ApiError NOT_FOUND. */
  getStaff: async (id: string, scope?: AbortScope): Promise<StaffMember> =>
    (await http.get<StaffMember>(staffMember(id), { scope, has: 'display_name' })).body,
  /** Throws ApiError VALIDATION_FAILED. */
  addStaff: async (body: NewStaff, key: string): Promise<StaffMember> =>
    (await http.write<StaffMember>('/v1/staff', { method: 'POST', body, key, has: 'display_name' })).body,
  /** All of what may be set. Throws ApiError VERSION_MISMATCH, OWN_ROLE, LAST_ADMIN, SHOPS_LEFT, VALIDATION_FAILED. */
  putStaff: async (id: string, body: StaffRequest, options: ControlOptions): Promise<StaffMember> =>
    (await http.write<StaffMember>(staffMember(id), { method: 'PUT', body, ...options, has: 'display_name' })).body,
  /** A code that is shown this once; an earlier one is void. Throws ApiError PERSON_DISABLED. */
  inviteStaff: async (id: string, key: string): Promise<StaffInvite> =>
    (await http.write<StaffInvite>(`${staffMember(id)}/invite`, { method: 'POST', body: {}, key, has: 'expires_at' })).body,
  /** Who can be made responsible for shops. */
  listAssignees: async (query: AssigneeQuery, scope?: AbortScope): Promise<AssigneePage> =>
    (await http.get<AssigneePage>('/v1/assignees', { query, scope, has: 'items' })).body,
  /** What an assignment would do; nothing is done. Throws ApiError VALIDATION_FAILED. */
  countAssignment: async (body: AssignmentRequest): Promise<AssignmentCount> =>
    (await http.write<AssignmentCount>(`${assignments}/count`, { method: 'POST', body, key: null, has: 'changing' })).body,
  /** `running`: the rest goes on by itself. Throws ApiError VALIDATION_FAILED, ACTION_FORBIDDEN. */
  assignShops: async (body: AssignmentRequest, key: string): Promise<AssignmentRun> =>
    (await http.write<AssignmentRun>(assignments, { method: 'PUT', body, key, has: 'changed' })).body,
  /** How far it is. */
  getAssignment: async (id: string, scope?: AbortScope): Promise<AssignmentRun> =>
    (await http.get<AssignmentRun>(`${assignments}/${id}`, { scope, has: 'changed' })).body,
})
export type ManageApi = ReturnType<typeof createManageApi>
