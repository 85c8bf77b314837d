// After 412: what to do when somebody else changed the merchant first (product.md M15). Only my own field counts.
import type { SubMerchant } from '../../../../typings/api'
import { featureOfIntent, fieldOf, statusOf, type Intent } from './controls'

/**
 * retry: my field is as I saw it, send again with the new version · already: somebody else did what I wanted · ask: my field was changed, a person decides
 */
export type ConflictDecision = 'retry' | 'already' | 'ask'

/** `seen` is the merchant as it was when the person decided, `current` as the server has it now. */
export function decideConflict(intent: Intent, seen: SubMerchant, current: SubMerchant): ConflictDecision {
  const feature = featureOfIntent(intent)
  const same =
    valueOf(seen, intent) === valueOf(current, intent) && fieldOf(seen, feature).changed_at === fieldOf(current, feature).changed_at
  if (same) return 'retry'
  return valueOf(current, intent) === wanted(intent) ? 'already' : 'ask'
}

/** Tags are a set: the order in which they were chosen says nothing. */
const tags = (industries: readonly string[]) => [...industries].sort().join(',')
const valueOf = (merchant: SubMerchant, intent: Intent) =>
  intent.kind === 'ad_filter.set' ? tags(merchant.ad_filter.industries) : statusOf(merchant, featureOfIntent(intent))
const wanted = (intent: Intent) =>
  intent.kind === 'ad_filter.set' ? tags(intent.industries) : intent.kind.endsWith('.close') ? 'closed' : 'open'
