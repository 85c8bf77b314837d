import type { OfflinePack, OfflinePackQuery } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const offlinePackApi = (http: Http) => ({
  /** One answer of a pack, whole or of what changed `since`. Throws ApiError INVALID_CURSOR when the pack must be begun anew. */
  getOfflinePack: async (query: OfflinePackQuery, scope?: AbortScope): Promise<OfflinePack> =>
    (await http.get<OfflinePack>('/v1/offline-pack', { query, scope })).body,
})
