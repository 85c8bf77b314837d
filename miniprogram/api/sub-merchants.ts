import type { SubMerchant, SubMerchantPage, SubMerchantQuery } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const subMerchantsApi = (http: Http) => ({
  /** One page of the list; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR when the list must be begun again. */
  listSubMerchants: async (query: SubMerchantQuery, scope?: AbortScope): Promise<SubMerchantPage> =>
    (await http.get<SubMerchantPage>('/v1/sub-merchants', { query, scope })).body,
  /** Throws ApiError NOT_FOUND, also for a merchant out of scope. */
  getSubMerchant: async (sub_mchid: string, scope?: AbortScope): Promise<SubMerchant> =>
    (await http.get<SubMerchant>(`/v1/sub-merchants/${encodeURIComponent(sub_mchid)}`, { scope })).body,
})
