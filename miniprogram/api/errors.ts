// Every failure of a call as one value: whoever made it, it has a stable code, and a request id where a request left.
import type { FieldError, Problem } from '../../typings/api'
import { isRefusedBeforehand } from '../rules/refused-beforehand'
import { becomeError } from './become-error'

/** offline: nothing was done, for want of a network · network: sent, no usable answer · aborted: nobody waits any more · problem: the server said no · shape: not our API */
export type ApiErrorKind = 'offline' | 'network' | 'aborted' | 'problem' | 'shape'

export interface ApiErrorFields {
  kind: ApiErrorKind
  code: string
  /** HTTP status, 0 without an answer */
  status: number
  detail: string
  errors: FieldError[]
  request_id: string | null
  /** seconds */
  retry_after: number | null
  required_action: string | null
  reopen_available_at: string | null
  operation_key: string | null
  /** VERSION_MISMATCH and others: the thing as it is now, by the code */
  current: unknown
  wx_message: string | null
  min_client_version: string | null
}

export class ApiError implements ApiErrorFields, Error {
  readonly name = 'ApiError'
  readonly message!: string
  readonly kind: ApiErrorKind
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly errors: FieldError[]
  readonly request_id: string | null
  readonly retry_after: number | null
  readonly required_action: string | null
  readonly reopen_available_at: string | null
  readonly operation_key: string | null
  readonly current: unknown
  readonly wx_message: string | null
  readonly min_client_version: string | null

  constructor(fields: Partial<ApiErrorFields> & Pick<ApiErrorFields, 'kind' | 'code'>) {
    becomeError(this, `${fields.code} ${fields.request_id ?? ''}`.trim())
    this.kind = fields.kind
    this.code = fields.code
    this.status = fields.status ?? 0
    this.detail = fields.detail ?? ''
    this.errors = fields.errors ?? []
    this.request_id = fields.request_id ?? null
    this.retry_after = fields.retry_after ?? null
    this.required_action = fields.required_action ?? null
    this.reopen_available_at = fields.reopen_available_at ?? null
    this.operation_key = fields.operation_key ?? null
    this.current = fields.current ?? null
    this.wx_message = fields.wx_message ?? null
    this.min_client_version = fields.min_client_version ?? null
  }

  /** Whether the change may have been made although no answer came: the write is then asked for, never repeated with another key. */
  get outcomeUnknown(): boolean {
    if (this.kind === 'problem')
      return this.code === 'OPERATION_IN_PROGRESS' || (this.status === 500 && this.code !== 'WX_CONFIG') || this.status === 504
    return (this.kind === 'shape' || this.kind === 'network') && !isRefusedBeforehand(this.code)
  }
}

Object.setPrototypeOf(ApiError.prototype, Error.prototype)

/** Any thrown value as an ApiError, so that screens have one case. */
export const asApiError = (thrown: unknown): ApiError =>
  thrown instanceof ApiError
    ? thrown
    : new ApiError({ kind: 'shape', code: 'UNKNOWN', detail: thrown instanceof Error ? thrown.message : String(thrown) })

/** From application/problem+json. */
export function fromProblem(problem: Problem, status: number, retryAfter: number | null): ApiError {
  return new ApiError({
    kind: 'problem',
    code: problem.code,
    status,
    detail: problem.detail,
    errors: problem.errors ?? [],
    request_id: problem.request_id,
    retry_after: problem.retry_after ?? retryAfter,
    required_action: problem.required_action ?? null,
    reopen_available_at: problem.reopen_available_at ?? null,
    operation_key: problem.operation_key ?? null,
    current: problem.current ?? null,
    wx_message: problem.wx_message ?? null,
    min_client_version: problem.min_client_version ?? null,
  })
}
