import type { ScanResolution } from '../../typings/api'
import type { Http } from './http'

export const scanResolutionsApi = (http: Http) => ({
  /**
   * Whose code this is, among the imported store codes. `content`: at most 512 characters and never a customer's payment code (domain/scan decides
   * before). It takes no Idempotency-Key and nothing of it is kept. Throws ApiError VALIDATION_FAILED, RATE_LIMITED.
   */
  resolveScan: async (content: string): Promise<ScanResolution> =>
    (await http.write<ScanResolution>('/v1/scan-resolutions', { method: 'POST', body: { content }, key: null })).body,
})
