import type { AdFilterRequest, AdvertisingRequest, GoldPlanRequest, Operation, ReceiptRequest, SubMerchant } from '../../typings/api'
import type { Http } from './http'

/** `version` of the merchant that the person saw; `key` of this one decision. */
export interface ControlOptions {
  version: number
  key: string
}
/** Done, or taken by the server without an answer of WeChat Pay yet (202). */
export type ControlResult = { done: true; merchant: SubMerchant } | { done: false; operation: Operation }

export const controlsApi = (http: Http) => {
  type Body = GoldPlanRequest | ReceiptRequest | AdvertisingRequest | AdFilterRequest
  const put = async (sub_mchid: string, what: string, body: Body, { version, key }: ControlOptions): Promise<ControlResult> => {
    const path = `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/${what}`
    const answer = await http.write<SubMerchant | Operation>(path, { method: 'PUT', body, key, version })
    if (answer.status === 202) return { done: false, operation: answer.body as Operation }
    return { done: true, merchant: answer.body as SubMerchant }
  }
  return {
    openGoldPlan: (sub_mchid: string, options: ControlOptions) => put(sub_mchid, 'gold-plan/jsapi', { status: 'open' }, options),
    setReceipt: (sub_mchid: string, request: ReceiptRequest, options: ControlOptions) => put(sub_mchid, 'receipt', request, options),
    setAdvertising: (sub_mchid: string, request: AdvertisingRequest, options: ControlOptions) =>
      put(sub_mchid, 'advertising', request, options),
    /** 1 to 3 tags, which overwrite the earlier ones. */
    setAdFilter: (sub_mchid: string, request: AdFilterRequest, options: ControlOptions) => put(sub_mchid, 'ad-filter', request, options),
  }
}
