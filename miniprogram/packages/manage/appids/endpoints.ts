// What AppID 登记 asks of the backend.
import type { AppidEntry, AppidList, AppidListResult, AppidQuery, AppidRequest } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ControlOptions } from '../../../api/endpoints'
import type { Http } from '../../../api/http'

export const createAppidApi = (http: Http) => ({
  /** In the order of appids; `query.cursor` from the page before. Throws ApiError INVALID_CURSOR. */
  listAppids: async (query: AppidQuery, scope?: AbortScope): Promise<AppidList> =>
    (await http.get<AppidList>('/v1/appids', { query, scope, has: 'register_version' })).body,
  /** All of one entry; `version` 0 for one that is not there. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED, ACTION_FORBIDDEN. */
  putAppid: async (appid: string, body: AppidRequest, options: ControlOptions): Promise<AppidEntry> =>
    (await http.write<AppidEntry>(`/v1/appids/${encodeURIComponent(appid)}`, { method: 'PUT', body, ...options, has: 'appid' })).body,
  /** What a pasted list would do; nothing is written. Throws ApiError VALIDATION_FAILED, ACTION_FORBIDDEN. */
  previewAppids: async (text: string): Promise<AppidListResult> =>
    (await http.write<AppidListResult>('/v1/appid-lists/preview', { method: 'POST', body: { text }, key: null, has: 'register_version' }))
      .body,
  /** `version`: that of the register, from the preview. Throws ApiError VERSION_MISMATCH where it changed since. */
  applyAppids: async (text: string, options: ControlOptions): Promise<AppidListResult> =>
    (await http.write<AppidListResult>('/v1/appid-lists', { method: 'POST', body: { text }, ...options, has: 'register_version' })).body,
})
export type AppidApi = ReturnType<typeof createAppidApi>
