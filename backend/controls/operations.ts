// What each operation is at WeChat Pay, and what must be true before it is sent (product.md §7.3). The only caller of wechatpay/gold-plan.
import type { Selectable } from 'kysely'
import { hasGoldPlan } from '../../miniprogram/packages/merchant/shared/gold-plan.ts'
import type { OperationKind } from '../../miniprogram/packages/merchant/shared/controls.ts'
import type { ProviderTable } from '../database/company-tables.ts'
import type { OperationTable } from '../database/control-tables.ts'
import { lockedUntil, receiptLink } from '../directory/merchants/shape.ts'
import { switchesOf, type MerchantRow } from '../evidence/find.ts'
import { AppError } from '../http/problems/app-error.ts'
import { toInstant } from '../platform/instants.ts'
import type { GoldPlan } from '../wechatpay/index.ts'

type Asked = Pick<Selectable<OperationTable>, 'sub_mchid' | 'parameters'>

/** The shop, with its row locked, at the moment when a change is asked for. */
export interface Standing {
  merchant: Pick<MerchantRow, 'switches' | 'gold_plan_status' | 'migration_state' | 'receipt_link'>
  provider: Selectable<ProviderTable>
  /** its write without an outcome */
  open: Selectable<OperationTable> | undefined
  now: Date
}

interface OperationOf {
  call(goldPlan: GoldPlan, asked: Asked, signal?: AbortSignal): Promise<{ wx_request_id: string | null; http_status: number }>
  /** @throws AppError that says why not now */
  before?(standing: Standing): void
}

export const operations: Readonly<Record<OperationKind, OperationOf>> = {
  'gold_plan.open': {
    call: (goldPlan, { sub_mchid }, signal) =>
      goldPlan.changeStatus({ sub_mchid, operation_type: 'OPEN', operation_pay_scene: 'JSAPI' }, signal),
    before: standing => assertNotLocked('jsapi', standing),
  },
  'gold_plan.close': {
    call: (goldPlan, { sub_mchid }, signal) =>
      goldPlan.changeStatus({ sub_mchid, operation_type: 'CLOSE', operation_pay_scene: 'JSAPI' }, signal),
  },
  'gold_plan_miniprogram.open': {
    call: (goldPlan, { sub_mchid }, signal) =>
      goldPlan.changeStatus({ sub_mchid, operation_type: 'OPEN', operation_pay_scene: 'MINIPROGRAM' }, signal),
    before: standing => assertNotLocked('miniprogram', standing),
  },
  'gold_plan_miniprogram.close': {
    call: (goldPlan, { sub_mchid }, signal) =>
      goldPlan.changeStatus({ sub_mchid, operation_type: 'CLOSE', operation_pay_scene: 'MINIPROGRAM' }, signal),
    before({ merchant, provider }) {
      if (switchesOf(merchant).gold_plan.miniprogram.status === 'closed') throw new AppError('NOT_OPEN')
      // the guide says that a single shop cannot be closed then, and does not tell scenes apart (facts.md §1.8)
      if (provider.default_open_since) throw new AppError('DEFAULT_OPEN_ACTIVE')
    },
  },
  'receipt.open': {
    call: (goldPlan, { sub_mchid }, signal) => goldPlan.changeCustomPageStatus({ sub_mchid, operation_type: 'OPEN' }, signal),
    before({ merchant, provider }) {
      if (receiptLink(merchant, provider) === 'none') throw new AppError('RECEIPT_LINK_MISSING')
    },
  },
  'receipt.close': {
    call: (goldPlan, { sub_mchid }, signal) => goldPlan.changeCustomPageStatus({ sub_mchid, operation_type: 'CLOSE' }, signal),
  },
  'advertising.open': {
    call: (goldPlan, { sub_mchid }, signal) => goldPlan.openAdvertisingShow({ sub_mchid }, signal),
    before: assertHasGoldPlan,
  },
  'advertising.close': {
    call: (goldPlan, { sub_mchid }, signal) => goldPlan.closeAdvertisingShow({ sub_mchid }, signal),
    before: assertHasGoldPlan,
  },
  'ad_filter.set': {
    call: (goldPlan, { sub_mchid, parameters }, signal) =>
      goldPlan.setAdvertisingIndustryFilter({ sub_mchid, advertising_industry_filters: parameters.industries ?? [] }, signal),
    before: assertHasGoldPlan,
  },
}

function assertNotLocked(scene: 'jsapi' | 'miniprogram', { merchant, open, now }: Standing): void {
  const until = lockedUntil(scene, switchesOf(merchant), open, now)
  if (until) throw new AppError('REOPEN_LOCKED', { reopen_available_at: toInstant(until) })
}

function assertHasGoldPlan({ merchant }: Standing): void {
  if (!hasGoldPlan({ status: merchant.gold_plan_status, state: merchant.migration_state })) throw new AppError('GOLD_PLAN_NOT_OPEN')
}
