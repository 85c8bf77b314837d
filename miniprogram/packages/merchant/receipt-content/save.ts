// One save of a receipt's content: what the server took, or what somebody else made of it first.
import type { ReceiptBlock, ReceiptContent } from '../../../../typings/api'
import { ApiError, asApiError } from '../../../api/errors'
import type { StoreContext } from '../../../stores/context'

export interface SaveRequest {
  sub_mchid: string
  blocks: ReceiptBlock[]
  /** of the content that they were made from */
  version: number
}
export interface Saved {
  content: ReceiptContent
  /** somebody else changed it first: `content` is theirs */
  overtaken: boolean
}

/** Throws ApiError. Where only the reading of theirs is lost, it is `offline`: nothing was saved. */
export async function saveContent(api: StoreContext['api'], { sub_mchid, blocks, version }: SaveRequest, key: string): Promise<Saved> {
  try {
    return { content: await api.putReceiptContent(sub_mchid, blocks, { version, key }), overtaken: false }
  } catch (thrown) {
    if (asApiError(thrown).code !== 'VERSION_MISMATCH') throw thrown
  }
  try {
    return { content: await api.getReceiptContent(sub_mchid), overtaken: true }
  } catch (thrown) {
    const error = asApiError(thrown)
    throw error.kind === 'problem' ? error : new ApiError({ ...error, kind: 'offline' })
  }
}
