// What 服务商设置 asks of the backend.
import type { ProviderNumberList, ProviderSettings, ProviderSettingsRequest } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

export const createProviderApi = (http: Http) => ({
  /** Every number of the company, its home first. Throws ApiError ACTION_FORBIDDEN. */
  getProvider: async (scope?: AbortScope): Promise<ProviderNumberList> =>
    (await http.get<ProviderNumberList>('/v1/provider', { scope, has: 'numbers' })).body,
  /** All of what may be set; `version` of the settings that the person saw. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  putProvider: async (sp_mchid: string, body: ProviderSettingsRequest, options: ControlOptions): Promise<ProviderSettings> =>
    (await http.write<ProviderSettings>(`/v1/provider/${sp_mchid}`, { method: 'PUT', body, ...options, has: 'sp_mchid' })).body,
})
export type ProviderApi = ReturnType<typeof createProviderApi>
