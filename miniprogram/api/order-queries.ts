import type { OrderQueryRequest, OrderQueryResult } from '../../typings/api'
import type { Http } from './http'

export const orderQueriesApi = (http: Http) => ({
  /**
   * Asks WeChat Pay for one order of the merchant by its 商户单号. Throws ApiError ORDER_NOT_FOUND, ORDER_OF_ANOTHER_MERCHANT, ORDER_NOT_PAID,
   * ORDER_NUMBER_INVALID, PAYMENT_CODE, ACTION_FORBIDDEN, NOT_FOUND, WX_*; none of them leaves anything behind.
   */
  queryOrder: async (sub_mchid: string, body: OrderQueryRequest, key: string): Promise<OrderQueryResult> => {
    const path = `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/order-queries`
    return (await http.write<OrderQueryResult>(path, { method: 'POST', body, key })).body
  },
})
