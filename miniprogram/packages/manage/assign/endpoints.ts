// What 分配商户 asks of the backend.
import type { AssigneePage, AssigneeQuery, AssignmentCount, AssignmentRequest, AssignmentRun } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

const assignments = '/v1/sub-merchants/assignments'

export const createAssignApi = (http: Http) => ({
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
export type AssignApi = ReturnType<typeof createAssignApi>
