// The verdict of a shop as answers give it.
import type { Verdict } from './schema.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import type { MerchantRow } from '../find.ts'
import { attentionNow } from './attention.ts'

export function verdictShape(row: MerchantRow, moment: { now: Date; staleAfterDays: number }): Verdict {
  const { flow_confirmed, gold_plan_opened, page_seen } = row.migration_steps
  const step = (one: { at: string; kind: string } | null) => (one ? { at: toInstant(one.at), kind: one.kind } : null)
  return {
    state: row.migration_state,
    reason: row.migration_reason,
    since: toInstantOrNull(row.migration_since),
    evidence_id: row.migration_evidence_id,
    attention: attentionNow(row, moment),
    steps: { flow_confirmed: step(flow_confirmed), gold_plan_opened: step(gold_plan_opened), page_seen: step(page_seen) },
  }
}
