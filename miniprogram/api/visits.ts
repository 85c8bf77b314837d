import type { ReviewRequest, Visit, VisitPage, VisitQuery, VisitRequest, VisitResult } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

const one = (visit_id: string) => `/v1/visits/${encodeURIComponent(visit_id)}`

export const visitsApi = (http: Http) => ({
  /** Newest first by when they ended; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR. */
  listVisits: async (query: VisitQuery, scope?: AbortScope): Promise<VisitPage> =>
    (await http.get<VisitPage>('/v1/visits', { query, scope })).body,
  /** Throws ApiError NOT_FOUND, also for one of a shop that the caller does not see. */
  getVisit: async (visit_id: string, scope?: AbortScope): Promise<Visit> => (await http.get<Visit>(one(visit_id), { scope })).body,
  /**
   * The whole visit. The same id again is the same visit, with another `key` where its content changed. Throws ApiError VALIDATION_FAILED
   * (`errors[].field` = answers.<item>), TEMPLATE_OUTDATED, VISIT_EXISTS, VISIT_REVIEWED, NOT_FOUND.
   */
  putVisit: async (visit_id: string, request: VisitRequest, key: string): Promise<VisitResult> =>
    (await http.write<VisitResult>(one(visit_id), { method: 'PUT', body: request, key })).body,
  /** `key` is made once per decision. Throws ApiError VISIT_REVIEWED, SELF_REVIEW, ACTION_FORBIDDEN. */
  reviewVisit: async (visit_id: string, request: ReviewRequest, key: string): Promise<Visit> =>
    (await http.write<Visit>(`${one(visit_id)}/review`, { method: 'POST', body: request, key })).body,
})
