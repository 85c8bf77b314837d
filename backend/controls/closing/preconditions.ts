// What stands in the way of closing a gold plan: asked when it is requested, when it is decided, and when it is carried out.
import type { MerchantRow } from '../../evidence/find.ts'
import type { Selectable } from 'kysely'
import type { ProviderTable } from '../../database/company-tables.ts'
import { hasGoldPlanToClose } from '../../../miniprogram/packages/merchant/shared/gold-plan.ts'

/**
 * @returns null: nothing. Where the provider opens every merchant by default, closing a single one would be undone without a trace
 *          (facts.md §1).
 */
export function whyNotClosable(
  merchant: Pick<MerchantRow, 'gold_plan_status' | 'migration_state'>,
  provider: Pick<Selectable<ProviderTable>, 'default_open_since'>,
): 'DEFAULT_OPEN_ACTIVE' | 'NOT_OPEN' | null {
  if (provider.default_open_since !== null) return 'DEFAULT_OPEN_ACTIVE'
  return hasGoldPlanToClose({ status: merchant.gold_plan_status, state: merchant.migration_state }) ? null : 'NOT_OPEN'
}
