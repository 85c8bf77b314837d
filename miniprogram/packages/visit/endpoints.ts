// What only pages of this package ask of the backend: not in api/endpoints.ts, so that the package that everybody waits for does not carry it.
import type { ChecklistContent, ChecklistDraft, ChecklistTemplate, ReviewRequest, Visit } from '../../../typings/api'
import type { AbortScope } from '../../api/abort-scope'
import type { Http } from '../../api/http'

export const createVisitApi = (http: Http) => ({
  /** The checklist that a visit was made by; a version that was published never changes. */
  getChecklistVersion: async (version: number, scope?: AbortScope): Promise<ChecklistTemplate> =>
    (await http.get<ChecklistTemplate>(`/v1/checklist-templates/${version}`, { scope, has: 'sections' })).body,
  /** The next version as it is written now. Throws ApiError ACTION_FORBIDDEN. */
  getDraftContent: async (scope?: AbortScope): Promise<ChecklistContent> =>
    (await http.get<ChecklistDraft>('/v1/checklist-templates/draft', { scope, has: 'content' })).body.content,
  /** Throws ApiError VISIT_REVIEWED, SELF_REVIEW, ACTION_FORBIDDEN. */
  reviewVisit: async (visit_id: string, body: ReviewRequest, key: string): Promise<Visit> =>
    (await http.write<Visit>(`/v1/visits/${encodeURIComponent(visit_id)}/review`, { method: 'POST', body, key, has: 'photo_count' })).body,
})
export type VisitApi = ReturnType<typeof createVisitApi>
