// An operation as clients see it, and as a problem when it failed.
import type { Caller } from '../http/caller.ts'
import { findMerchant, switchesOf } from '../evidence/find.ts'
import type { Context } from '../platform/context.ts'
import { toInstant, toInstantOrNull } from '../platform/instants.ts'
import { findOpenOperation, lockedUntil } from '../directory/merchants/shape.ts'
import { AppError, type ProblemExtras } from '../http/problems/app-error.ts'
import type { ProblemCode } from '../http/problems/catalogue.ts'
import type { OperationRow } from '../database/control-tables.ts'
import type { Operation } from './schema.ts'

export function operationShape(row: OperationRow): Operation {
  return {
    key: row.key,
    sub_mchid: row.sub_mchid,
    kind: row.kind,
    status: row.status,
    code: row.code,
    message: row.message,
    wx_request_id: row.wx_request_id,
    wx_message: row.wx_message,
    started_at: toInstant(row.started_at),
    finished_at: toInstantOrNull(row.finished_at),
    next_attempt_at: toInstantOrNull(row.next_attempt_at),
  }
}

/** @param operation failed */
export async function operationProblem(context: Context, caller: Caller, operation: OperationRow): Promise<AppError> {
  const code = (operation.code ?? 'WX_UNCLASSIFIED') as ProblemCode
  const extras: ProblemExtras = { operation_key: operation.key }
  if (operation.wx_message) extras.wx_message = operation.wx_message
  if (code === 'WX_RATE_LIMITED' || code === 'WX_UNAVAILABLE') extras.retry_after = operation.retry_after ?? 10
  if (code === 'REOPEN_LOCKED') {
    // WeChat Pay knows of a close; without one of ours we cannot say since when
    const merchant = await findMerchant(context.db, caller, operation.sub_mchid)
    const open = await findOpenOperation(context.db, merchant)
    const scene = operation.kind === 'gold_plan_miniprogram.open' ? 'miniprogram' : 'jsapi'
    extras.reopen_available_at = toInstantOrNull(lockedUntil(scene, switchesOf(merchant), open, context.clock.now()))
  }
  return new AppError(code, extras)
}
