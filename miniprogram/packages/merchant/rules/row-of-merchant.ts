import type { SubMerchant, SubMerchantRow } from '../../../../typings/api'
import { proofOf } from '../../../rules/evidence-copy'

/** The row that a list would have of this shop, as far as its page says. */
export function rowOfMerchant(merchant: SubMerchant): SubMerchantRow {
  const { sub_mchid, name, short_name, region_code, region_name, address, industry, migration, recent_evidence, receipt, advertising } =
    merchant
  const deciding = recent_evidence.find(evidence => evidence.id === migration.evidence_id)
  const { state, reason, since, attention } = migration
  return {
    sub_mchid,
    name,
    short_name,
    region_code,
    region_name,
    address,
    industry,
    migration: { state, reason, since, attention, proof: deciding ? proofOf(deciding) : null },
    receipt_status: receipt.status,
    advertising_status: advertising.status,
    assigned_to: merchant.assigned_to?.display_name ?? null,
    ...(merchant.suspected && { suspected: merchant.suspected }),
  }
}
