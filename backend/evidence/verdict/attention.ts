// Marks of a verdict at this moment: the stored ones, and those that only time brings or takes (product.md §5.3).
import type { Selectable } from 'kysely'
import type { SubMerchantTable } from '../../database/directory-tables.ts'
import type { Attention, Suspicion } from './schema.ts'

type Marked = Pick<
  Selectable<SubMerchantTable>,
  | 'migration_state'
  | 'migration_since'
  | 'migration_attention'
  | 'settling_until'
  | 'receipt_error'
  | 'receipt_status'
  | 'suspected_at'
  | 'suspected'
>

export function attentionNow(row: Marked, { now, staleAfterDays }: { now: Date; staleAfterDays: number }): Attention[] {
  const attention = [...row.migration_attention]
  if (row.receipt_error) attention.push('RECEIPT_ERROR')
  if (row.settling_until && row.settling_until > now) attention.push('SETTLING')
  const age = row.migration_since ? now.getTime() - row.migration_since.getTime() : 0
  if (row.migration_state === 'verified' && age > staleAfterDays * 86_400_000) attention.push('STALE')
  if (suspicionNow(row)) attention.push('SUSPECTED')
  return attention
}

/** What was suspected is over with a newer proof, another verdict or a closed receipt, before the watch looks again. */
export function suspicionNow(row: Omit<Marked, 'migration_attention'>): Suspicion | null {
  const { suspected, suspected_at, migration_state, migration_since, receipt_status } = row
  const stands = migration_state === 'verified' && receipt_status === 'open' && migration_since !== null && suspected_at !== null
  return stands && migration_since < suspected_at ? suspected : null
}
