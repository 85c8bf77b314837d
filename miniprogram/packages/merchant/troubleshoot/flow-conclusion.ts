// 无需迁移: when a visitor may say that a shop takes no JSAPI payments (product.md §5.3): every entry was looked at, none opened a web page, one store.
import type { EvidenceRequest, PaymentEntry, SubMerchant } from '../../../../typings/api'

export type FlowConclusionDetail = Extract<EvidenceRequest, { kind: 'flow_conclusion' }>['detail']
export type NoConclusion = 'MORE_STORES' | 'WEB_PAGE_SEEN'

/** Why a visitor may not conclude "no JSAPI" here; null when they may, once they said that every entry was looked at. */
export function mayNotConclude(
  merchant: Pick<SubMerchant, 'store_count' | 'flow'>,
  { entry, web_page }: { entry?: string; web_page?: string },
): NoConclusion | null {
  if (merchant.store_count > 1) return 'MORE_STORES'
  if (web_page === 'yes') return 'WEB_PAGE_SEEN'
  // the entry looked at just now speaks for itself
  return merchant.flow.entries.some(seen => seen.web_page_opened === true && seen.entry !== entry) ? 'WEB_PAGE_SEEN' : null
}

/** @param entry the one looked at just now, without a web page */
export function notJsapi(merchant: Pick<SubMerchant, 'flow'>, entry: PaymentEntry): FlowConclusionDetail {
  const before = merchant.flow.entries.filter(seen => seen.entry !== entry)
  return {
    conclusion: 'not_jsapi',
    basis: 'visit',
    entries: [...before.map(({ entry: known, web_page_opened }) => ({ entry: known, web_page_opened })), { entry, web_page_opened: false }],
    all_entries_checked: true,
  }
}
