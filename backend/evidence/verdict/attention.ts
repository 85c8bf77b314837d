// Marks of a verdict at this moment: the stored ones, and those that only time brings or takes (product.md §5.3).
import type { Selectable } from 'kysely'
import type { SubMerchantTable } from '../../database/tables.ts'
import type { Attention } from './schema.ts'

type Marked = Pick<
  Selectable<SubMerchantTable>,
  'migration_state' | 'migration_since' | 'migration_attention' | 'settling_until' | 'receipt_error'
>

export function attentionNow(row: Marked, { now, staleAfterDays }: { now: Date; staleAfterDays: number }): Attention[] {
  const attention = [...row.migration_attention]
  if (row.receipt_error) attention.push('RECEIPT_ERROR')
  if (row.settling_until && row.settling_until > now) attention.push('SETTLING')
  const age = row.migration_since ? now.getTime() - row.migration_since.getTime() : 0
  if (row.migration_state === 'verified' && age > staleAfterDays * 86_400_000) attention.push('STALE')
  return attention
}
