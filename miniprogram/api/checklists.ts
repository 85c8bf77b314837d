import type { ChecklistTemplate } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export interface TaggedTemplate {
  template: ChecklistTemplate
  etag: string | null
}

export const checklistsApi = (http: Http) => ({
  /** The checklist to begin a visit with; null: the one with this `etag` is still it. */
  getChecklist: async (etag: string | null, scope?: AbortScope): Promise<TaggedTemplate | null> => {
    const answer = await http.get<ChecklistTemplate>('/v1/checklist-templates/current', { etag, scope })
    return answer.status === 304 ? null : { template: answer.body, etag: answer.etag ?? null }
  },
  /** The checklist that a visit was made by; a version that was published never changes. */
  getChecklistVersion: async (version: number, scope?: AbortScope): Promise<ChecklistTemplate> =>
    (await http.get<ChecklistTemplate>(`/v1/checklist-templates/${version}`, { scope })).body,
})
