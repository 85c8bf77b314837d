// From an operation to the call at WeChat Pay, and from its end to an outcome by phase.
import type { Context } from '../platform/context.ts'
import type { AttemptPhase, OperationRow } from '../database/control-tables.ts'
import type { Call } from './calls.ts'
import { operations } from './operations.ts'
import { noteProvider, type forgetTrouble } from '../company/provider-trouble/note.ts'
import { WechatPayError, type WechatPayCode } from '../wechatpay/index.ts'

export interface Outcome {
  phase: Exclude<AttemptPhase, 'process_ended'>
  sent_at: Date
  answered_at: Date
  http_status: number | null
  /** why refused */
  code: WechatPayCode | null
  /** what our client saw, e.g. TIMEOUT */
  reason: string | null
  wx_code: string | null
  wx_message: string | null
  wx_request_id: string | null
  /** seconds */
  retry_after: number | null
}

/** `reason` of a call that this process kept back: it had stood still for too long */
export const tooLate = 'TOO_LATE'

export interface CallOptions {
  /** gives the call up; what it did is unknown then */
  signal?: AbortSignal
  /** what is done after a success about trouble that WeChat Pay had with the provider */
  forget?: typeof forgetTrouble
}

/**
 * Never rejects: a failure that is no WechatPayError came after we do not know what, so its phase is unknown.
 * @param call written down for this operation
 */
export async function callWechatPay(
  context: Context,
  operation: Pick<OperationRow, 'id' | 'sp_mchid' | 'kind' | 'sub_mchid' | 'parameters'>,
  call: Call,
  { signal, forget }: CallOptions = {},
): Promise<Outcome> {
  const sent_at = context.clock.now()
  // the process was suspended since: another process may have asked meanwhile, and somebody may have changed the shop
  if (context.calls.isTooLate(call)) return { ...silent, phase: 'not_sent', reason: tooLate, sent_at, answered_at: sent_at }
  const outcome = await send(context, operation, signal).then(
    ({ wx_request_id, http_status }) => ({ ...silent, phase: 'succeeded' as const, wx_request_id, http_status }),
    (error: unknown) => failure(context, operation.id, error),
  )
  context.payCalls.count(operation.kind, outcome.phase, outcome.code)
  await noteProvider(context, { ...outcome, sp_mchid: operation.sp_mchid, sent_at }, operation.id, forget)
  return { ...outcome, sent_at, answered_at: context.clock.now() }
}

const silent = { http_status: null, code: null, reason: null, wx_code: null, wx_message: null, wx_request_id: null, retry_after: null }

/** By the client of the merchant's own number. */
const send = (
  context: Context,
  { sp_mchid, kind, ...asked }: Pick<OperationRow, 'sp_mchid' | 'kind' | 'sub_mchid' | 'parameters'>,
  signal?: AbortSignal,
) => operations[kind].call(context.providers.of(sp_mchid).wechatPay.goldPlan, asked, signal)

function failure(context: Context, operation_id: string, error: unknown): Omit<Outcome, 'sent_at' | 'answered_at'> {
  if (!(error instanceof WechatPayError)) {
    context.log.error({ err: error, operation_id }, 'a call to WeChat Pay failed in a way that we do not know')
    return { ...silent, phase: 'unknown' }
  }
  const { phase, http_status, wx_code, wx_message, wx_request_id, retry_after } = error
  const code = phase === 'refused' ? (error.code ?? 'WX_UNCLASSIFIED') : null
  context.log.warn(
    { operation_id, phase, reason: error.reason, code, wx_code, wx_message, wx_request_id },
    phase === 'refused' || phase === 'not_sent'
      ? 'WeChat Pay did not carry out an operation'
      : 'whether WeChat Pay carried out an operation is not known',
  )
  return {
    phase,
    code,
    reason: error.reason,
    http_status: http_status ?? null,
    wx_code: wx_code ?? null,
    wx_message: wx_message ?? null,
    wx_request_id: wx_request_id ?? null,
    retry_after: retry_after ?? null,
  }
}
