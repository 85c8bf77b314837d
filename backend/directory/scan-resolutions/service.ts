import type { Caller } from '../../http/caller.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { resolveScan } from '../../../miniprogram/shared/scan.ts'
import type { Context } from '../../platform/context.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import { inScope, ofNumbers } from '../../company/staff/scope.ts'
import { lookUpForms } from './code.ts'
import type { ScanResolution } from './schema.ts'

/**
 * Looks a scanned text up among the imported store codes. Reads only.
 * @throws AppError VALIDATION_FAILED (content, PAYMENT_CODE) for a customer's payment code, without repeating it
 */
export async function resolveCode(context: Context, caller: Caller, content: string): Promise<ScanResolution> {
  if (holdsPaymentCode(content)) {
    throw invalidField('content', 'PAYMENT_CODE', "is or holds a customer's payment code: do not scan, keep or send it")
  }
  const forms = lookUpForms(content)
  const found = await context.db
    .selectFrom('store_codes')
    .select(['content', 'sub_mchid', 'store_name'])
    .where(ofNumbers(caller.numbers))
    .where('content', 'in', forms)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('store_codes.sp_mchid', 'store_codes.sub_mchid'),
        'in',
        selectFrom('sub_merchants').select(['sp_mchid', 'sub_mchid']).where(inScope(caller)).$asTuple('sp_mchid', 'sub_mchid'),
      ),
    )
    .execute()
  const best = forms.map(form => found.find(row => row.content === form)).find(row => row !== undefined)
  if (best) return { type: 'sub_merchant', sub_mchid: best.sub_mchid, ...(best.store_name ? { store_name: best.store_name } : {}) }
  const seen = resolveScan({ result: content }).type
  return { type: seen === 'foreign' || seen === 'personal_code' ? 'foreign' : 'unknown' }
}
