import type { ReceiptBlock, ReceiptContent } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

const of = (sub_mchid: string) => `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/receipt-content`

export const receiptContentApi = (http: Http) => ({
  /** Version 0 and no blocks where nobody has chosen yet. Throws ApiError NOT_FOUND. */
  getReceiptContent: async (sub_mchid: string, scope?: AbortScope): Promise<ReceiptContent> =>
    (await http.get<ReceiptContent>(of(sub_mchid), { scope })).body,
  /** All blocks, which replace the earlier ones; `version` of the content that the person saw. Throws ApiError VERSION_MISMATCH, VALIDATION_FAILED. */
  putReceiptContent: async (
    sub_mchid: string,
    blocks: readonly ReceiptBlock[],
    { version, key }: { version: number; key: string },
  ): Promise<ReceiptContent> => (await http.write<ReceiptContent>(of(sub_mchid), { method: 'PUT', body: { blocks }, key, version })).body,
})
