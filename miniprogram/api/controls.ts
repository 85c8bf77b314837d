import type { GoldPlanRequest, Operation, ReceiptRequest, SubMerchant } from '../../typings/api'
import type { Http } from './http'

/** `version` of the merchant that the person saw; `key` of this one decision. */
export interface ControlOptions {
  version: number
  key: string
}
/** Done, or taken by the server without an answer of WeChat Pay yet (202). */
export type ControlResult = { done: true; merchant: SubMerchant } | { done: false; operation: Operation }

export const controlsApi = (http: Http) => {
  const put = async (path: string, body: GoldPlanRequest | ReceiptRequest, { version, key }: ControlOptions): Promise<ControlResult> => {
    const answer = await http.write<SubMerchant | Operation>(path, { method: 'PUT', body, key, version })
    if (answer.status === 202) return { done: false, operation: answer.body as Operation }
    return { done: true, merchant: answer.body as SubMerchant }
  }
  return {
    openGoldPlan: (sub_mchid: string, options: ControlOptions) =>
      put(`/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/gold-plan/jsapi`, { status: 'open' }, options),
    setReceipt: (sub_mchid: string, request: ReceiptRequest, options: ControlOptions) =>
      put(`/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/receipt`, request, options),
  }
}
