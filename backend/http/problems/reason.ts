import { REASON_MIN, isReason, writtenReason } from '../../../miniprogram/shared/reason.ts'
import { invalidField } from './app-error.ts'

/**
 * @returns the text as it is kept
 * @throws AppError VALIDATION_FAILED where nothing that can be read is said
 */
export function neededReason(field: string, text: string | undefined): string {
  const said = writtenReason(text ?? '')
  if (isReason(said)) return said
  throw invalidField(field, said === '' ? 'REQUIRED' : 'TOO_SHORT', `needs at least ${REASON_MIN} characters that can be seen`)
}
