// What must be true before a write goes to WeChat Pay (product.md §7.3). Checked with the merchant's row locked.
import { switchesOf, type MerchantRow } from '../evidence/find.ts'
import type { Selectable } from 'kysely'
import { INDUSTRIES, type IndustryCode } from '../../miniprogram/shared/industries.ts'
import { neededReason } from '../http/problems/reason.ts'
import { writtenReason } from '../../miniprogram/shared/reason.ts'
import type { ProviderTable } from '../database/company-tables.ts'
import type { OperationTable } from '../database/control-tables.ts'
import type { OperationKind } from '../evidence/schema.ts'
import { toInstant } from '../platform/instants.ts'
import { lockedUntil, receiptLink } from '../directory/merchants/shape.ts'
import { AppError } from '../http/problems/app-error.ts'
import { hasGoldPlan } from '../../miniprogram/packages/merchant/shared/gold-plan.ts'

/** A write as asked for. */
export interface Control {
  kind: OperationKind
  parameters: { industries?: IndustryCode[] }
  reason: string | null
}

const knownIndustry = (code: string): code is IndustryCode => INDUSTRIES.some(industry => industry.code === code)

/** @throws AppError EMPTY_NOT_SUPPORTED, TOO_MANY, UNKNOWN_INDUSTRY */
export function filterControl(industries: readonly string[]): Control {
  const field = 'industries'
  if (industries.length === 0)
    throw new AppError('EMPTY_NOT_SUPPORTED', { errors: [{ field, code: 'EMPTY_NOT_SUPPORTED', message: 'needs 1 to 3 tags' }] })
  if (industries.length > 3) throw new AppError('TOO_MANY', { errors: [{ field, code: 'TOO_MANY', message: 'takes at most 3 tags' }] })
  const known = industries.filter(knownIndustry)
  if (known.length !== industries.length || new Set(known).size !== known.length) {
    const unknown = industries.find(code => !knownIndustry(code))
    throw new AppError('UNKNOWN_INDUSTRY', {
      errors: [{ field, code: 'UNKNOWN_INDUSTRY', message: `${unknown ?? 'a tag twice'} is not allowed` }],
    })
  }
  return { kind: 'ad_filter.set', parameters: { industries: known }, reason: null }
}

/** Closing what customers see needs words for the trail. @throws AppError VALIDATION_FAILED */
export function switchControl(feature: 'receipt' | 'advertising', status: 'open' | 'closed', reason: string | undefined): Control {
  const kind: OperationKind = `${feature}.${status === 'open' ? 'open' : 'close'}`
  if (feature === 'receipt' && status === 'closed') return { kind, parameters: {}, reason: neededReason('reason', reason) }
  return { kind, parameters: {}, reason: writtenReason(reason ?? '') || null }
}

/** Closing needs words for the trail. @throws AppError VALIDATION_FAILED */
export function miniprogramControl(status: 'open' | 'closed', reason: string | undefined): Control {
  if (status === 'closed') return { kind: 'gold_plan_miniprogram.close', parameters: {}, reason: neededReason('reason', reason) }
  return { kind: 'gold_plan_miniprogram.open', parameters: {}, reason: writtenReason(reason ?? '') || null }
}

/** @throws AppError REOPEN_LOCKED, NOT_OPEN, DEFAULT_OPEN_ACTIVE, RECEIPT_LINK_MISSING, GOLD_PLAN_NOT_OPEN */
export function assertAllowedNow(
  control: Control,
  merchant: Pick<MerchantRow, 'switches' | 'gold_plan_status' | 'migration_state' | 'receipt_link'>,
  provider: Selectable<ProviderTable>,
  open: Selectable<OperationTable> | undefined,
  now: Date,
): void {
  switch (control.kind) {
    case 'gold_plan.open':
      return assertNotLocked(lockedUntil('jsapi', switchesOf(merchant), open, now))
    case 'gold_plan_miniprogram.open':
      return assertNotLocked(lockedUntil('miniprogram', switchesOf(merchant), open, now))
    case 'gold_plan_miniprogram.close':
      if (switchesOf(merchant).gold_plan.miniprogram.status === 'closed') throw new AppError('NOT_OPEN')
      // the guide says that a single shop cannot be closed then, and does not tell scenes apart (facts.md §1.8)
      if (provider.default_open_since) throw new AppError('DEFAULT_OPEN_ACTIVE')
      return
    case 'receipt.open':
      if (receiptLink(merchant, provider) === 'none') throw new AppError('RECEIPT_LINK_MISSING')
      return
    case 'advertising.open':
    case 'advertising.close':
    case 'ad_filter.set':
      if (!hasGoldPlan({ status: merchant.gold_plan_status, state: merchant.migration_state })) throw new AppError('GOLD_PLAN_NOT_OPEN')
      return
    default:
  }
}

function assertNotLocked(until: Date | null): void {
  if (until) throw new AppError('REOPEN_LOCKED', { reopen_available_at: toInstant(until) })
}
