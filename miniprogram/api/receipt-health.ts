import type { ReceiptHealth, ReceiptMetrics, ReceiptMetricsQuery } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const receiptHealthApi = (http: Http) => ({
  /** Days are YYYY-MM-DD in Shanghai, both included; without them the last 7. Throws ApiError NOT_FOUND. */
  getReceiptHealth: async (sub_mchid: string, query: { from?: string; to?: string }, scope?: AbortScope): Promise<ReceiptHealth> =>
    (await http.get<ReceiptHealth>(`/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/receipt-health`, { query, scope })).body,
  /** Of all merchants in my scope. Throws ApiError ACTION_FORBIDDEN without metrics.read. */
  getReceiptMetrics: async (query: ReceiptMetricsQuery, scope?: AbortScope): Promise<ReceiptMetrics> =>
    (await http.get<ReceiptMetrics>('/v1/metrics/receipts', { query: { ...query }, scope })).body,
})
