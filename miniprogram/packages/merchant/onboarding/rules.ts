// 接入向导: which steps of a new merchant are done and which one is next (product.md B13, F4b). Read from the merchant's record and evidence; a person's
// word is kept only for what no record says: that this is the shop, that it wants no receipt or filter, that the owner has heard it.
import type { ReceiptContent, SubMerchant } from '../../../../typings/api'
import { hasGoldPlan } from '../rules/control-rows'

const ONBOARDING_STEPS = ['identify', 'jsapi', 'receipt', 'opening', 'filter', 'test_payment', 'explain'] as const
export type OnboardingStepId = (typeof ONBOARDING_STEPS)[number]
export type Skippable = Extract<OnboardingStepId, 'receipt' | 'filter'>

/** What a person said about one shop. */
export interface OnboardingWord {
  /** ISO 8601 */
  identified_at?: string
  explained_at?: string
  /** the shop does not want it */
  skipped?: Skippable[]
}

/**
 * done: the record says so · skipped: not wanted here · barred: not possible until somebody else acts, the way goes on without it ·
 * next: the one to do · ahead: later
 */
export type OnboardingStatus = 'done' | 'skipped' | 'barred' | 'next' | 'ahead'
interface OnboardingStep {
  id: OnboardingStepId
  status: OnboardingStatus
}
export interface OnboardingProgress {
  /** the shop takes no payments on web pages: nothing to migrate */
  not_applicable: boolean
  steps: OnboardingStep[]
  /** null: nothing is left */
  next: OnboardingStepId | null
  /** 1 … 7, of `next`; the number of steps at the end */
  number: number
}

/** @param content null: not read, so nobody knows what was chosen; only a receipt that a customer has seen counts then */
export function onboardingProgress(merchant: SubMerchant, content: ReceiptContent | null, word: OnboardingWord): OnboardingProgress {
  const settled = ONBOARDING_STEPS.map(id => ({ id, status: settledStatus(id, merchant, content, word) }))
  const at = settled.findIndex(({ status }) => status === null)
  const not_applicable = merchant.migration.state === 'not_applicable'
  return {
    not_applicable,
    steps: settled.map(({ id, status }, index) => ({ id, status: status ?? (index === at && !not_applicable ? 'next' : 'ahead') })),
    next: not_applicable || at < 0 ? null : ONBOARDING_STEPS[at]!,
    number: at < 0 ? ONBOARDING_STEPS.length : at + 1,
  }
}

/** null: still to do */
function settledStatus(
  id: OnboardingStepId,
  merchant: SubMerchant,
  content: ReceiptContent | null,
  { identified_at, explained_at, skipped = [] }: OnboardingWord,
): 'done' | 'skipped' | 'barred' | null {
  const { flow, migration, receipt, ad_filter, recent_evidence } = merchant
  const done = (is: boolean) => (is ? 'done' : null)
  switch (id) {
    case 'identify':
      return done(
        identified_at !== undefined ||
          migration.steps.page_seen !== null ||
          recent_evidence.some(item => item.kind === 'test_payment' && item.withdrawn === null && item.detail.payee_matches === 'yes'),
      )
    case 'jsapi':
      return done(flow.conclusion === 'jsapi' || migration.steps.flow_confirmed !== null)
    case 'receipt':
      if ((content !== null && content.blocks.length > 0) || receipt.effective === 'shown') return 'done'
      if (receipt.link === 'none') return 'barred'
      return skipped.includes('receipt') ? 'skipped' : null
    case 'opening':
      return done(hasGoldPlan(merchant) && (receipt.status === 'open' || receipt.link === 'none' || skipped.includes('receipt')))
    case 'filter':
      if (ad_filter.industries.length > 0) return 'done'
      return skipped.includes('filter') ? 'skipped' : null
    case 'test_payment':
      return done(migration.state === 'verified')
    case 'explain':
      return done(explained_at !== undefined)
  }
}

/** Whether the wizard is offered: a shop whose page was seen needs none. */
export const needsOnboarding = ({ migration, allowed_actions, status }: SubMerchant): boolean =>
  status === 'active' &&
  migration.state !== 'verified' &&
  migration.state !== 'not_applicable' &&
  (allowed_actions.includes('evidence.write') || allowed_actions.includes('gold_plan.open'))
