// What 未登记商户 asks of the backend.
import type { UnlistedAdded, UnlistedDismissal, UnlistedPage, UnlistedQuery } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

const unlisted = '/v1/unlisted-merchants'

export const createUnlistedApi = (http: Http) => ({
  /** Who paid last first; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR, ACTION_FORBIDDEN. */
  list: async (query: UnlistedQuery, scope?: AbortScope): Promise<UnlistedPage> =>
    (await http.get<UnlistedPage>(unlisted, { query, scope, has: 'items' })).body,
  /** Into the directory, with name and region pending. Throws ApiError NOT_FOUND where it is there already. */
  add: async (sub_mchid: string, key: string): Promise<UnlistedAdded> =>
    (await http.write<UnlistedAdded>(`${unlisted}/${encodeURIComponent(sub_mchid)}`, { method: 'POST', body: {}, key, has: 'sub_mchid' }))
      .body,
  /** Puts it aside, or back. Throws ApiError NOT_FOUND where it is in the directory. */
  dismiss: async (sub_mchid: string, dismissed: boolean, key: string): Promise<UnlistedDismissal> =>
    (
      await http.write<UnlistedDismissal>(`${unlisted}/${encodeURIComponent(sub_mchid)}/dismissal`, {
        method: 'PUT',
        body: { dismissed },
        key,
        has: 'dismissed',
      })
    ).body,
})
export type UnlistedApi = ReturnType<typeof createUnlistedApi>
