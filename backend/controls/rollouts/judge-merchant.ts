// Whether a rollout has something to do at a merchant, and what comes next. Asked in the dry run and again when its turn comes.
import type { Selectable } from 'kysely'
import type { ProviderTable } from '../../database/company-tables.ts'
import type { OperationTable } from '../../database/control-tables.ts'
import type { RolloutReason, RolloutTable } from '../../database/rollout-tables.ts'
import { switchesOf, type MerchantRow } from '../../evidence/find.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { ProblemCode } from '../../http/problems/catalogue.ts'
import { assertAllowedNow, filterControl, switchControl, type Control } from '../preconditions.ts'

export type Plan = Pick<Selectable<RolloutTable>, 'action' | 'with_receipt' | 'industries'>

/** What is judged of a merchant's row. */
export type Judged = Pick<
  MerchantRow,
  'status' | 'gold_plan_status' | 'receipt_status' | 'receipt_link' | 'migration_state' | 'switches' | 'open_request_id'
>

const opened: Control = { kind: 'gold_plan.open', parameters: {}, reason: null }

/** In this order, those left out that are as they should be. */
export function controlsFor({ action, with_receipt, industries }: Plan, merchant: Judged): Control[] {
  const receipt = merchant.receipt_status === 'open' ? [] : [switchControl('receipt', 'open', undefined)]
  if (action === 'receipt.open') return receipt
  if (action === 'ad_filter.set') {
    const wanted = filterControl(industries)
    const now = switchesOf(merchant).ad_filter.industries
    return [...now].sort().join() === [...(wanted.parameters.industries ?? [])].sort().join() ? [] : [wanted]
  }
  const plan = merchant.gold_plan_status === 'open' ? [] : [opened]
  return [...(with_receipt ? receipt : []), ...plan]
}

/** The switches that a rollout looked at: somebody who changes one of them meanwhile meant it. */
export const seenOf = (merchant: Judged): string =>
  [merchant.gold_plan_status, merchant.receipt_status, [...switchesOf(merchant).ad_filter.industries].sort().join('+')].join(' ')

/**
 * @param open the merchant's write without an outcome
 * @returns the code of why nothing is done here; null: `controlsFor` says what is
 */
export function whyNot(
  plan: Plan,
  merchant: Judged,
  provider: Selectable<ProviderTable>,
  open: Selectable<OperationTable> | undefined,
  now: Date,
): RolloutReason | ProblemCode | null {
  if (merchant.status !== 'active') return merchant.status === 'terminated' ? 'MERCHANT_TERMINATED' : 'MERCHANT_SUSPENDED'
  const controls = controlsFor(plan, merchant)
  if (controls.length === 0) return 'ALREADY'
  if (merchant.open_request_id && plan.action === 'gold_plan.open') return 'CLOSING_REQUESTED'
  if (open) return open.status === 'unresolved' ? 'UNRESOLVED' : 'OPERATION_PENDING'
  for (const control of controls) {
    try {
      assertAllowedNow(control, { merchant, provider, open, now })
    } catch (error) {
      if (error instanceof AppError) return error.code
      throw error
    }
  }
  return null
}
