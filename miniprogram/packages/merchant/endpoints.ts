// What only pages of this package ask of the backend: not in api/endpoints.ts, so that the package that everybody waits for does not carry it.
import type {
  Evidence,
  EvidencePage,
  LimitationState,
  LinkCheckRequest,
  LinkCheckResult,
  Payments,
  ReceiptHealth,
  ReceiptMetrics,
  ReceiptMetricsQuery,
} from '../../../typings/api'
import type { AbortScope } from '../../api/abort-scope'
import type { Http } from '../../api/http'

const of = (sub_mchid: string, what: string) => `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/${what}`

export const createMerchantApi = (http: Http) => ({
  /** Days are YYYY-MM-DD in Shanghai, both included; without them the last 7. Throws ApiError NOT_FOUND. */
  getReceiptHealth: async (sub_mchid: string, query: { from?: string; to?: string }, scope?: AbortScope): Promise<ReceiptHealth> =>
    (await http.get<ReceiptHealth>(of(sub_mchid, 'receipt-health'), { query, scope, has: 'check_code' })).body,
  /** From trade bills; days are YYYY-MM-DD in Shanghai, both included. Throws ApiError NOT_FOUND. */
  /** the newest thirty days that may be told */
  getPayments: async (sub_mchid: string, scope?: AbortScope): Promise<Payments> =>
    (await http.get<Payments>(of(sub_mchid, 'payments'), { scope, has: 'days_known' })).body,
  /** Of all merchants in my scope. Throws ApiError ACTION_FORBIDDEN without metrics.read. */
  getReceiptMetrics: async (query: ReceiptMetricsQuery, scope?: AbortScope): Promise<ReceiptMetrics> =>
    (await http.get<ReceiptMetrics>('/v1/metrics/receipts', { query: { ...query }, scope, has: 'check_code' })).body,
  /** Looks at a receipt link from outside. Throws ApiError LINK_NOT_GIVEN, LINK_INVALID, LINK_HOST_NOT_REGISTERED; what is wrong with the link is a finding. */
  checkLink: async (sub_mchid: string, body: LinkCheckRequest, key: string): Promise<LinkCheckResult> =>
    (await http.write<LinkCheckResult>(of(sub_mchid, 'link-checks'), { method: 'POST', body, key, has: 'findings' })).body,
  /** Limitations and their ends, newest first; the last twenty. Throws ApiError NOT_FOUND. */
  listLimitations: async (sub_mchid: string, scope?: AbortScope): Promise<Extract<Evidence, { kind: 'limitation' }>[]> => {
    const { items } = (
      await http.get<EvidencePage>(of(sub_mchid, 'evidence'), { query: { kind: 'limitation', limit: 20 }, scope, has: 'items' })
    ).body
    return items.filter(item => item.kind === 'limitation')
  },
  /** Asks WeChat Pay at once. Throws ApiError WX_RATE_LIMITED, WX_UNAVAILABLE, WX_REJECTED, NOT_FOUND, ACTION_FORBIDDEN. */
  refreshLimitations: async (sub_mchid: string, key: string): Promise<LimitationState> =>
    (await http.write<LimitationState>(of(sub_mchid, 'limitations/refresh'), { method: 'POST', body: {}, key, has: 'limited' })).body,
})
export type MerchantApi = ReturnType<typeof createMerchantApi>
