// What 地区收款 asks of the backend.
import type { PaymentTotals } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { Http } from '../../../api/http'

export const createPaymentTotalsApi = (http: Http) => ({
  /** Of my scope, the newest thirty days. Throws ApiError ACTION_FORBIDDEN. */
  getPaymentTotals: async (scope?: AbortScope): Promise<PaymentTotals> =>
    (await http.get<PaymentTotals>('/v1/metrics/payments', { scope, has: 'regions' })).body,
})
export type PaymentTotalsApi = ReturnType<typeof createPaymentTotalsApi>
