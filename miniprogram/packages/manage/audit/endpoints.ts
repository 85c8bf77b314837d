// What 变更记录 asks of the backend.
import type { AuditPage, AuditQuery } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

export const createAuditApi = (http: Http) => ({
  /** Newest first; `query.cursor` from the page before. Throws ApiError NOT_FOUND for a shop out of scope, INVALID_CURSOR when the list must be begun again. */
  listAuditEntries: async (query: AuditQuery, scope?: AbortScope): Promise<AuditPage> =>
    (await http.get<AuditPage>('/v1/audit-entries', { query, scope, has: 'items' })).body,
})
export type AuditApi = ReturnType<typeof createAuditApi>
