// A shop's past as evidence to be recorded: relative times become instants, roles become people.
import type { NewEvidence, Withdrawal } from '../../backend/evidence/record.ts'
import type { PastEvidence } from './history.ts'
import { byRole } from './organisation.ts'
import { uuid, type Random } from './random.ts'

/** kind and detail belong together; the rest is the same for every kind */
type KindAndDetail = NewEvidence extends infer One ? (One extends NewEvidence ? Pick<One, 'kind' | 'detail'> : never) : never

/** @param now when the histories end */
export function itemsOfPast(now: Date, random: Random, past: readonly PastEvidence[]): { items: NewEvidence[]; withdrawals: Withdrawal[] } {
  const items: NewEvidence[] = []
  const withdrawals: Withdrawal[] = []
  const before = (ago: number) => new Date(now.getTime() - ago)
  for (const item of past) {
    const id = uuid(random)
    const at = before(item.ago)
    items.push({
      id,
      occurred_at: at,
      recorded_at: at,
      recorded_by: item.by === null ? null : byRole(item.by).id,
      source: sourceOf(item),
      ...kindAndDetail(item, at),
    })
    if (item.withdrawn !== undefined) {
      const { ago, by, reason } = item.withdrawn
      withdrawals.push({ evidence_id: id, withdrawn_by: byRole(by).id, withdrawn_at: before(ago), reason })
    }
  }
  return { items, withdrawals }
}

function sourceOf({ kind, by }: PastEvidence): NewEvidence['source'] {
  if (kind === 'portal_check') return 'portal'
  return by === null || kind === 'api_operation' || kind === 'order_query' ? 'backend' : 'app'
}

function kindAndDetail(item: PastEvidence, at: Date): KindAndDetail {
  const detail =
    item.kind === 'receipt_beacon'
      ? { ...item.detail, order_paid_at: new Date(at.getTime() - (item.paidBefore ?? 0)).toISOString() }
      : item.detail
  return { kind: item.kind, detail } as KindAndDetail
}
