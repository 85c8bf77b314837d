// A write as asked for, and whether it may go to WeChat Pay now (product.md §7.3).
import { INDUSTRIES, type IndustryCode } from '../../miniprogram/shared/industries.ts'
import { neededReason } from '../http/problems/reason.ts'
import { writtenReason } from '../../miniprogram/shared/reason.ts'
import { controlOf, type OperationKind, type OrdinaryControl } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { AppError } from '../http/problems/app-error.ts'
import { operations, type Standing } from './operations.ts'

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

/** @param reason asked for where closing needs words for the trail. @throws AppError VALIDATION_FAILED */
export function switchControl(control: OrdinaryControl, status: 'open' | 'closed', reason: string | undefined): Control {
  const kind: OperationKind = `${control}.${status === 'open' ? 'open' : 'close'}`
  const needed = status === 'closed' && controlOf(control).reasonToClose
  return { kind, parameters: {}, reason: needed ? neededReason('reason', reason) : writtenReason(reason ?? '') || null }
}

/** @throws AppError REOPEN_LOCKED, NOT_OPEN, DEFAULT_OPEN_ACTIVE, RECEIPT_LINK_MISSING, GOLD_PLAN_NOT_OPEN */
export const assertAllowedNow = (control: Control, standing: Standing): void => operations[control.kind].before?.(standing)
