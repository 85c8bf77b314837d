import type { FieldError, Problem } from '../schema.ts'
import { CATALOGUE, type ProblemCode } from './catalogue.ts'

/** What a problem may carry beyond its code. `detail` replaces the catalogue's copy. */
export type ProblemExtras = Pick<
  Partial<Problem>,
  | 'detail'
  | 'errors'
  | 'retry_after'
  | 'required_action'
  | 'reopen_available_at'
  | 'operation_key'
  | 'current'
  | 'current_version'
  | 'wx_message'
  | 'min_client_version'
>

/** An answer that is not a success, as a value: the error handler turns it into application/problem+json. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ProblemCode,
    readonly extras: ProblemExtras = {},
  ) {
    super(code)
  }

  get status(): number {
    return CATALOGUE[this.code].status
  }
}

/** 422 for one field. */
export const invalidField = (field: string, code: string, message: string): AppError =>
  new AppError('VALIDATION_FAILED', { errors: [{ field, code, message } satisfies FieldError] })
