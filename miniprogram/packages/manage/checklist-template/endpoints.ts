// What 检查表 asks of the backend.
import type { ChecklistContent, ChecklistDraft, ChecklistTemplate, ChecklistVersionList } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

const draft = '/v1/checklist-templates/draft'

export const createChecklistTemplateApi = (http: Http) => ({
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
})
export type ChecklistTemplateApi = ReturnType<typeof createChecklistTemplateApi>
