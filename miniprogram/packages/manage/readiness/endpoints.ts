// What 报名及配置 asks of the backend.
import type { BillHealth, Readiness, ReadinessAnswer, ReadinessItem, ReadinessItemId } from '../../../../typings/api'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

export const createReadinessApi = (http: Http) => ({
  /** `version` of the answer that the person saw, 0 for none. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  answerReadiness: async (
    sp_mchid: string,
    item: ReadinessItemId,
    body: ReadinessAnswer,
    options: ControlOptions,
  ): Promise<ReadinessItem> =>
    (await http.write<ReadinessItem>(`/v1/provider/${sp_mchid}/readiness/${item}`, { method: 'PUT', body, ...options, has: 'checks' }))
      .body,
  /** Runs the checks that ask outside, at most ten seconds. Throws ApiError ACTION_FORBIDDEN, RATE_LIMITED; what is wrong is a finding. */
  checkReadiness: async (sp_mchid: string, key: string): Promise<Readiness> =>
    (await http.write<Readiness>(`/v1/provider/${sp_mchid}/readiness-checks`, { method: 'POST', body: {}, key, has: 'sp_mchid' })).body,
  /** Bills that are missing are asked for at once. Throws ApiError ACTION_FORBIDDEN, NOT_FOUND. */
  askForBills: async (sp_mchid: string, key: string): Promise<BillHealth> =>
    (await http.write<BillHealth>(`/v1/provider/${sp_mchid}/bill-requests`, { method: 'POST', body: {}, key, has: 'missing_count' })).body,
})
export type ReadinessApi = ReturnType<typeof createReadinessApi>
