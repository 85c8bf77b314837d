import type { Operation } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const operationsApi = (http: Http) => ({
  /** What came of a write of mine. Throws ApiError NOT_FOUND when it never arrived: then it may be sent again with the same key. */
  getOperation: async (key: string, scope?: AbortScope): Promise<Operation> =>
    (await http.get<Operation>(`/v1/operations/${encodeURIComponent(key)}`, { scope })).body,
})
