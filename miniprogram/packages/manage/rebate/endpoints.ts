// What 返佣 asks of the backend.
import type { Rebate, RebateMonths, RebateQuery } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

export const createRebateApi = (http: Http) => ({
  /** Newest month first. Throws ApiError ACTION_FORBIDDEN. */
  getRebateMonths: async (scope?: AbortScope): Promise<RebateMonths> =>
    (await http.get<RebateMonths>('/v1/rebates', { scope, has: 'items' })).body,
  /** One month of a number; `query.cursor` from the page before. Throws ApiError NOT_FOUND where no file told it, INVALID_CURSOR. */
  getRebate: async (sp_mchid: string, month: string, query: RebateQuery, scope?: AbortScope): Promise<Rebate> =>
    (await http.get<Rebate>(`/v1/rebates/${sp_mchid}/${month}`, { query: { ...query }, scope, has: 'sp_mchid' })).body,
})
export type RebateApi = ReturnType<typeof createRebateApi>
