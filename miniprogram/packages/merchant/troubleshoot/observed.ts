// What a test payment has answered already of the questions of 排查, so that nobody is asked for it again.
import type { SubMerchant } from '../../../../typings/api'
import type { Answers } from './rules'

export interface Observed {
  answers: Answers
  /** when it was seen, ISO 8601 */
  at: string
}

/** entries at which the questions go on; at the others they would end at once, and another entry may be the one that is asked about */
const JSAPI_ENTRIES: readonly string[] = ['table_sticker', 'counter_stand', 'official_account', 'h5_link', 'other']
/** pages with a cause to look for; a page that is right, or that nobody saw, is looked at anew */
const WRONG_PAGES: readonly string[] = ['official_receipt', 'receipt_missing', 'receipt_error', 'legacy_page', 'closed']

/**
 * The newest test payment that still holds, as answers up to the first that would end the questions; null without one. What was seen before the
 * plan or the receipt was last changed is no answer any more.
 */
export function observedBefore({
  recent_evidence,
  gold_plan,
  receipt,
}: Pick<SubMerchant, 'recent_evidence' | 'gold_plan' | 'receipt'>): Observed | null {
  const changed = Math.max(...[gold_plan.jsapi.changed_at, receipt.changed_at].map(at => (at === null ? 0 : Date.parse(at))))
  const [newest] = recent_evidence
    .filter(item => item.kind === 'test_payment' && item.withdrawn === null)
    .sort((one, other) => Date.parse(other.occurred_at) - Date.parse(one.occurred_at))
  if (newest?.kind !== 'test_payment' || Date.parse(newest.occurred_at) < changed) return null
  const { entry, web_page_opened, payee_matches, after_page } = newest.detail
  const answers: Answers = {}
  if (!JSAPI_ENTRIES.includes(entry)) return null
  answers.entry = entry
  if (web_page_opened === true) answers.web_page = 'yes'
  if (answers.web_page && payee_matches === 'yes') answers.payee = 'yes'
  if (answers.payee && WRONG_PAGES.includes(after_page)) answers.page = after_page
  return { answers, at: newest.occurred_at }
}
