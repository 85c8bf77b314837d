// What 到店计划 asks of the backend.
import type { VisitPlan, VisitPlanPublication, VisitPlanStops, VisitPlanStopsQuery } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

export const createVisitPlanApi = (http: Http) => ({
  /** Of shops in my scope. Throws ApiError ACTION_FORBIDDEN. */
  plan: async (scope?: AbortScope): Promise<VisitPlan> => (await http.get<VisitPlan>('/v1/visit-plan', { scope, has: 'aim' })).body,
  /** In the order in which they are visited. Who does not plan gets their own, once they are published. */
  stops: async (query: VisitPlanStopsQuery, scope?: AbortScope): Promise<VisitPlanStops> =>
    (await http.get<VisitPlanStops>('/v1/visit-plan/stops', { query, scope, has: 'items' })).body,
  /** Those who go there see them from now on; published again it is the same. Throws ApiError ACTION_FORBIDDEN. */
  publish: async (body: VisitPlanPublication, key: string): Promise<VisitPlan> =>
    (await http.write<VisitPlan>('/v1/visit-plan/publication', { method: 'POST', body, key, has: 'aim' })).body,
})
export type VisitPlanApi = ReturnType<typeof createVisitPlanApi>
