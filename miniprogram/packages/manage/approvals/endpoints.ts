// What 关闭申请 asks of the backend.
import type { ChangeRequest, ChangeRequestDecision, ChangeRequestPage, ChangeRequestQuery } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

const requests = '/v1/change-requests'

export const createApprovalsApi = (http: Http) => ({
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
})
export type ApprovalsApi = ReturnType<typeof createApprovalsApi>
