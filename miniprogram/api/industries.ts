import type { IndustryList } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const industriesApi = (http: Http) => ({
  listIndustries: async (scope?: AbortScope): Promise<IndustryList> => (await http.get<IndustryList>('/v1/industries', { scope })).body,
})
