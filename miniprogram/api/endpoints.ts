// The backend as functions, over any Http: the phone's (request.ts) or a test's. GETs take the scope of the page that waits for them; a write's `key` is
// its Idempotency-Key, made once per decision.
import type {
  AdFilterRequest,
  BindingRequired,
  ChangeRequest,
  ChecklistTemplate,
  EvidencePage,
  EvidenceRequest,
  EvidenceResult,
  Me,
  NewChangeRequest,
  OfflinePack,
  OfflinePackQuery,
  Operation,
  OrderQueryRequest,
  OrderQueryResult,
  PhotoLink,
  PhotoUploaded,
  ReceiptBlock,
  ReceiptContent,
  RegionTree,
  ScanResolution,
  Session,
  SessionRequest,
  StaffBindingRequest,
  SubMerchant,
  SubMerchantPage,
  SubMerchantQuery,
  Summary,
  SummaryQuery,
  SwitchRequest,
  Visit,
  VisitPage,
  VisitQuery,
  VisitRequest,
  VisitResult,
  WithdrawalRequest,
} from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http, Query } from './http'

/** `version` of the merchant that the person saw; `key` of this one decision. */
export interface ControlOptions {
  version: number
  key: string
}
/** The tags of a filter overwrite the earlier ones. */
export type ControlBody = SwitchRequest | AdFilterRequest
/** Done, or taken by the server without an answer of WeChat Pay yet (202). */
export type ControlResult = { done: true; merchant: SubMerchant } | { done: false; operation: Operation }

export interface PhotoFile {
  path: string
  /** lower-case hex */
  sha256: string
  /** ISO 8601 */
  taken_at: string
}

export interface TaggedTemplate {
  template: ChecklistTemplate
  etag: string | null
}

const path = (...parts: (string | number)[]) => `/v1/${parts.map(encodeURIComponent).join('/')}`
const merchant = (sub_mchid: string, ...parts: string[]) => path('sub-merchants', sub_mchid, ...parts)

export const createApi = (http: Http) => {
  const bodyOf = <T>(answer: Promise<{ body: T }>): Promise<T> => answer.then(({ body }) => body)
  const get = <T>(of: string, scope?: AbortScope, query?: Query, has?: keyof T): Promise<T> =>
    bodyOf(http.get<T>(of, { query, scope, has }))
  const post = <T>(of: string, body: unknown, key: string | null, has: keyof T): Promise<T> =>
    bodyOf(http.write<T>(of, { method: 'POST', body, key, has }))
  const put = <T>(of: string, body: unknown, options: { key: string; version?: number }, has: keyof T): Promise<T> =>
    bodyOf(http.write<T>(of, { method: 'PUT', body, ...options, has }))
  return {
    // ---- session

    /** Logs in by the code of wx.login. Throws ApiError STAFF_DISABLED, INVALID_LOGIN_CODE, WECHAT_UNAVAILABLE. */
    createSession: (body: SessionRequest): Promise<Session | BindingRequired> =>
      bodyOf(http.open<Session | BindingRequired>(path('sessions'), { method: 'POST', body, key: null, has: 'expires_at' })),
    /** Binds this WeChat user to the member of staff that was invited. Throws ApiError INVITE_INVALID, INVITE_EXPIRED, ALREADY_BOUND, BIND_TICKET_INVALID. */
    bindStaff: (body: StaffBindingRequest): Promise<Session> =>
      bodyOf(http.open<Session>(path('staff-bindings'), { method: 'POST', body, key: null, has: 'token' })),
    deleteSession: (): Promise<unknown> =>
      http.write(path('sessions', 'current'), { method: 'DELETE', key: null, renew: false, has: null }),
    getMe: (scope?: AbortScope): Promise<Me> => get(path('me'), scope),

    // ---- merchants

    /** One page of the list; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR when the list must be begun again. */
    listSubMerchants: (query: SubMerchantQuery, scope?: AbortScope): Promise<SubMerchantPage> => get(path('sub-merchants'), scope, query),
    /** Throws ApiError NOT_FOUND, also for a merchant out of scope. */
    getSubMerchant: (sub_mchid: string, scope?: AbortScope): Promise<SubMerchant> => get(merchant(sub_mchid), scope),
    /** Counts of my scope, each the total of the list with the same filter, and what to handle first. */
    getSummary: (query: SummaryQuery, scope?: AbortScope): Promise<Summary> => get(path('summary'), scope, query, 'total'),
    /** Provinces, cities and districts within the caller's scope. */
    listRegions: (scope?: AbortScope): Promise<RegionTree> => get(path('regions'), scope),
    /** One answer of a pack, whole or of what changed `since`. Throws ApiError INVALID_CURSOR when the pack must be begun anew. */
    getOfflinePack: (query: OfflinePackQuery, scope?: AbortScope): Promise<OfflinePack> => get(path('offline-pack'), scope, query),
    /**
     * Whose code this is, among the imported store codes. `content`: at most 512 characters and never a customer's payment code (shared/scan decides
     * before). It takes no Idempotency-Key and nothing of it is kept. Throws ApiError VALIDATION_FAILED, RATE_LIMITED.
     */
    resolveScan: (content: string): Promise<ScanResolution> => post(path('scan-resolutions'), { content }, null, 'type'),

    // ---- controls

    /**
     * Switches something at a merchant. @param of its path below the merchant. Throws ApiError VERSION_MISMATCH, ACTION_FORBIDDEN, what comes before a change
     * (docs/product.md §7.3), and what WeChat Pay refuses.
     */
    control: (sub_mchid: string, of: readonly string[], body: ControlBody, { version, key }: ControlOptions): Promise<ControlResult> =>
      http
        .write<SubMerchant | Operation>(merchant(sub_mchid, ...of), { method: 'PUT', body, key, version, has: 'sub_mchid' })
        .then(answer =>
          answer.status === 202
            ? { done: false, operation: answer.body as Operation }
            : { done: true, merchant: answer.body as SubMerchant },
        ),
    /** What came of a write of mine. Throws ApiError NOT_FOUND when it never arrived: then it may be sent again with the same key. */
    getOperation: (key: string, scope?: AbortScope): Promise<Operation> => get(path('operations', key), scope),

    // ---- closing with four eyes

    /** Throws ApiError NOT_FOUND, also for one of a shop out of scope. */
    getChangeRequest: (id: string, scope?: AbortScope): Promise<ChangeRequest> => get(path('change-requests', id), scope),
    /** `reason`: at least 5 characters. Throws ApiError REQUEST_EXISTS, DEFAULT_OPEN_ACTIVE, NOT_OPEN, ACTION_FORBIDDEN, VALIDATION_FAILED. */
    requestClosing: (body: NewChangeRequest, key: string): Promise<ChangeRequest> => post(path('change-requests'), body, key, 'id'),

    // ---- evidence

    /** Newest first, withdrawn ones included. */
    listEvidence: (sub_mchid: string, query: { cursor?: string; limit?: number }, scope?: AbortScope): Promise<EvidencePage> =>
      get(merchant(sub_mchid, 'evidence'), scope, query),
    /** Adds an item; `body.id` is made by the caller, once: sent again it is the same item. Throws ApiError ACTION_FORBIDDEN, VALIDATION_FAILED, NOT_FOUND. */
    recordEvidence: (sub_mchid: string, body: EvidenceRequest, key: string = body.id): Promise<EvidenceResult> =>
      post(merchant(sub_mchid, 'evidence'), body, key, 'evidence'),
    /** 撤回: the item stays, marked, and counts no more. Throws ApiError ALREADY_WITHDRAWN, ACTION_FORBIDDEN. */
    withdrawEvidence: (sub_mchid: string, evidence_id: string, body: WithdrawalRequest, key: string): Promise<EvidenceResult> =>
      post(merchant(sub_mchid, 'evidence', evidence_id, 'withdrawal'), body, key, 'evidence'),
    /**
     * Asks WeChat Pay for one order of the merchant by its 商户单号. Throws ApiError ORDER_NOT_FOUND, ORDER_OF_ANOTHER_MERCHANT, ORDER_NOT_PAID,
     * ORDER_NUMBER_INVALID, PAYMENT_CODE, ACTION_FORBIDDEN, NOT_FOUND, WX_*; none of them leaves anything behind.
     */
    queryOrder: (sub_mchid: string, body: OrderQueryRequest, key: string): Promise<OrderQueryResult> =>
      post(merchant(sub_mchid, 'order-queries'), body, key, 'found'),

    // ---- receipts

    /** Version 0 and no blocks where nobody has chosen yet. Throws ApiError NOT_FOUND. */
    getReceiptContent: (sub_mchid: string, scope?: AbortScope): Promise<ReceiptContent> =>
      get(merchant(sub_mchid, 'receipt-content'), scope),
    /** All blocks, which replace the earlier ones; `version` of the content that the person saw. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED. */
    putReceiptContent: (sub_mchid: string, blocks: readonly ReceiptBlock[], options: ControlOptions): Promise<ReceiptContent> =>
      put(merchant(sub_mchid, 'receipt-content'), { blocks }, options, 'blocks'),

    // ---- visits

    /** The checklist to begin a visit with; null: the one with this `etag` is still it. */
    getChecklist: (etag: string | null, scope?: AbortScope): Promise<TaggedTemplate | null> =>
      http
        .get<ChecklistTemplate>(path('checklist-templates', 'current'), { etag, scope })
        .then(answer => (answer.status === 304 ? null : { template: answer.body, etag: answer.etag ?? null })),
    /** Newest first by when they ended; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR. */
    listVisits: (query: VisitQuery, scope?: AbortScope): Promise<VisitPage> => get(path('visits'), scope, query),
    /** Throws ApiError NOT_FOUND, also for one of a shop that the caller does not see. */
    getVisit: (visit_id: string, scope?: AbortScope): Promise<Visit> => get(path('visits', visit_id), scope),
    /**
     * The whole visit. The same id again is the same visit, with another `key` where its content changed. Throws ApiError VALIDATION_FAILED
     * (`errors[].field` = answers.<item>), TEMPLATE_OUTDATED, VISIT_EXISTS, VISIT_REVIEWED, NOT_FOUND.
     */
    putVisit: (visit_id: string, body: VisitRequest, key: string): Promise<VisitResult> =>
      put(path('visits', visit_id), body, { key }, 'visit'),
    /** The same file of the same person is the same photo. Throws ApiError VALIDATION_FAILED (MISMATCH: changed on the way), PHOTO_TOO_LARGE, PHOTO_UNREADABLE. */
    uploadPhoto: ({ path: file, sha256, taken_at }: PhotoFile, key: string): Promise<PhotoUploaded> =>
      bodyOf(http.upload<PhotoUploaded>(path('photos'), { path: file, name: 'file', form: { sha256, taken_at }, key, has: 'id' })),
    /** A link that an <image> can load for 15 minutes; `url` is a path on the backend. Throws ApiError NOT_FOUND. */
    getPhotoLink: (photo_id: string, scope?: AbortScope): Promise<PhotoLink> => get(path('photos', photo_id, 'url'), scope),
  }
}
export type Api = ReturnType<typeof createApi>
