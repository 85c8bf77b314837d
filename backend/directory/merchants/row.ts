// One merchant as lists show it.
import { toInstantOrNull } from '../../platform/instants.ts'
import { regionName } from '../../company/regions/divisions.ts'
import { attentionNow, suspicionNow } from '../../evidence/verdict/attention.ts'
import type { PageRow } from './page.ts'
import type { SubMerchantRow } from './schema.ts'

export type ListedRow = Pick<
  PageRow,
  | 'sub_mchid'
  | 'name'
  | 'short_name'
  | 'region_code'
  | 'address'
  | 'industry'
  | 'migration_state'
  | 'migration_reason'
  | 'migration_since'
  | 'migration_proof'
  | 'migration_attention'
  | 'receipt_error'
  | 'suspected_at'
  | 'suspected'
  | 'settling_until'
  | 'receipt_status'
  | 'advertising_status'
  | 'assigned_name'
>

export function rowShape(row: ListedRow, now: Date, { stale_after_days }: { stale_after_days: number }): SubMerchantRow {
  const suspected = suspicionNow(row)
  return {
    sub_mchid: row.sub_mchid,
    name: row.name,
    short_name: row.short_name,
    region_code: row.region_code,
    region_name: regionName(row.region_code),
    address: row.address,
    industry: row.industry,
    migration: {
      state: row.migration_state,
      reason: row.migration_reason,
      since: toInstantOrNull(row.migration_since),
      proof: row.migration_proof,
      attention: attentionNow(row, { now, staleAfterDays: stale_after_days }),
    },
    receipt_status: row.receipt_status,
    advertising_status: row.advertising_status,
    assigned_to: row.assigned_name,
    ...(suspected && { suspected }),
  }
}
