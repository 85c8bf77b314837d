// After 412: what to do when somebody else changed the merchant first (product.md M15). Only my own field counts.
import type { SubMerchant } from '../../typings/api'
import { featureOfIntent, statusOf, type Intent } from './controls'

/**
 * retry: my field is as I saw it, send again with the new version · already: somebody else did what I wanted · ask: my field was changed, a person decides
 */
export type ConflictDecision = 'retry' | 'already' | 'ask'

const wanted = (intent: Intent) => (intent.kind === 'receipt.close' ? 'closed' : 'open')

/** `seen` is the merchant as it was when the person decided, `current` as the server has it now. */
export function decideConflict(intent: Intent, seen: SubMerchant, current: SubMerchant): ConflictDecision {
  const feature = featureOfIntent(intent)
  const field = (merchant: SubMerchant) => (feature === 'gold_plan' ? merchant.gold_plan.jsapi : merchant.receipt)
  const before = field(seen)
  const after = field(current)
  if (before.status === after.status && before.changed_at === after.changed_at) return 'retry'
  return statusOf(current, feature) === wanted(intent) ? 'already' : 'ask'
}
