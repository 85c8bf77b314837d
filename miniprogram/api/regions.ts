import type { RegionTree } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const regionsApi = (http: Http) => ({
  /** Provinces, cities and districts within the caller's scope. */
  listRegions: async (scope?: AbortScope): Promise<RegionTree> => (await http.get<RegionTree>('/v1/regions', { scope })).body,
})
