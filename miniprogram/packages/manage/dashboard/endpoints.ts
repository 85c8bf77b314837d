// What the dashboard asks of the backend, beside api/endpoints.ts: the package that everybody waits for does not carry it.
import type { Dashboard } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

export const createDashboardApi = (http: Http) => ({
  /** Of everything that I see, or of one region of it. Throws ApiError VALIDATION_FAILED. */
  getDashboard: async (region_code: string | null, scope?: AbortScope): Promise<Dashboard> =>
    (await http.get<Dashboard>('/v1/metrics/dashboard', { query: region_code === null ? {} : { region_code }, scope, has: 'states' })).body,
})
export type DashboardApi = ReturnType<typeof createDashboardApi>
