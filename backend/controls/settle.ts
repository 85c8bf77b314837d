// Second transaction of a write: what came of the call becomes ledger, operation, evidence, audit entry and verdict, together or not at all.
import type { Difference } from '../platform/audit/difference.ts'
import { watchMerchant, type MerchantFacts } from '../evidence/watch.ts'
import { tell } from '../company/notices/record.ts'
import { recordAudit, type AuditEntry } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import type { Trx } from '../database/connection.ts'
import type { AttemptPhase, OperationRow } from '../database/control-tables.ts'
import { askSoon } from '../evidence/limitations/queue.ts'
import type { OperationKind } from '../evidence/schema.ts'
import { inEvidence } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { momentOf } from '../evidence/moment.ts'
import { lockMerchant, recordEvidence, type NewEvidence } from '../evidence/record.ts'
import { releaseKey } from '../http/idempotency.ts'
import type { Role } from '../http/schema.ts'
import { problemCopy } from '../http/problems/catalogue.ts'
import type { WechatPayCode } from '../wechatpay/index.ts'
import { tooLate, type Outcome } from './call.ts'
import { finishRequestOf } from './closing/finish.ts'
import { finishItemOf } from './rollouts/finish.ts'

/** An unknown outcome is asked again after these, in milliseconds; then a person settles it (product.md §7.1). */
export const askAgainAfter: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000]

/** Of a failed open: nobody can repeat it away (product.md §7.4). Codes about the provider mark no merchant. */
const blocking: ReadonlySet<WechatPayCode> = new Set(['SUB_MERCHANT_PUNISHED', 'SUB_MERCHANT_NOT_FOUND', 'RELATION_INVALID'])
/** The change was not made and the same may be asked again at once: the key stays unused and nothing was learnt about the merchant. */
const again: ReadonlySet<WechatPayCode> = new Set(['WX_RATE_LIMITED', 'WX_UNAVAILABLE'])

const closesPlan: ReadonlySet<OperationKind> = new Set(['gold_plan.close', 'gold_plan_miniprogram.close'])

type Verdict =
  | { status: 'succeeded' }
  | { status: 'failed'; code: WechatPayCode; learnt: boolean }
  /** next_attempt_at null: no further attempt */
  | { status: 'unknown' }

/**
 * @param call_id of the call that this came of: from now on it is no longer out
 * @returns the operation as it is afterwards. A later answer never overturns an outcome that is already settled; it is kept in the ledger.
 */
export function settle(
  context: Context,
  operation_id: string,
  outcome: Outcome,
  call_id: string,
  turn = `operation ${operation_id}`,
): Promise<OperationRow> {
  // in turn with the writes of staff: many that wait for rows that somebody holds do not take every connection
  return context.lanes.writes.run(turn, () => written(context, operation_id, outcome, call_id))
}

function written(context: Context, operation_id: string, outcome: Outcome, call_id: string): Promise<OperationRow> {
  return context.db.transaction().execute(async trx => {
    // the merchant's row first, as every other writer does
    const { sp_mchid, sub_mchid } = await trx
      .selectFrom('operations')
      .select(['sp_mchid', 'sub_mchid'])
      .where('id', '=', operation_id)
      .executeTakeFirstOrThrow()
    await lockMerchant(trx, { sp_mchid, sub_mchid })
    const operation = await trx.selectFrom('operations').selectAll().where('id', '=', operation_id).forUpdate().executeTakeFirstOrThrow()
    await context.calls.takeAway(trx, call_id)
    if (operation.status === 'unknown' && outcome.reason === tooLate) return askSoonAgain(trx, operation, context.clock.now())
    await recordAttempt(trx, operation, outcome)
    const settled = operation.status !== 'pending' && operation.status !== 'unknown'
    if (settled) return bumpAttempts(trx, operation)
    return writeVerdict(context, trx, operation, outcome, judge(operation, outcome))
  })
}

/** A process ended between the two transactions: what WeChat Pay did is unknown. */
export async function settleAbandoned(context: Context, trx: Trx, operation: OperationRow): Promise<OperationRow> {
  const now = context.clock.now()
  await recordAttempt(trx, operation, { phase: 'process_ended', sent_at: operation.started_at, answered_at: null })
  const row = await writeUnknown(trx, operation, now)
  await writeAudit(trx, operation, row, nothingChanged, now)
  return row
}

export const nothingChanged: Difference<MerchantFacts> = { before: null, after: null }

function judge(operation: OperationRow, { phase, code }: Outcome): Verdict {
  const first = operation.status === 'pending' && operation.attempts === 0
  switch (phase) {
    case 'succeeded':
      return { status: 'succeeded' }
    case 'refused': {
      const refusal = code ?? 'WX_UNCLASSIFIED'
      // asked again after a lost answer: "too often" says nothing about the first time
      if (!first && (again.has(refusal) || refusal === 'WX_CONFIG')) return { status: 'unknown' }
      // and "not open" is what a lost close leaves behind
      if (!first && closesPlan.has(operation.kind) && refusal === 'GOLD_PLAN_NOT_OPEN') return { status: 'succeeded' }
      return { status: 'failed', code: refusal, learnt: !again.has(refusal) }
    }
    case 'not_sent':
      return first ? { status: 'failed', code: 'WX_UNAVAILABLE', learnt: false } : { status: 'unknown' }
    default:
      return { status: 'unknown' }
  }
}

async function writeVerdict(
  context: Context,
  trx: Trx,
  operation: OperationRow,
  outcome: Outcome,
  verdict: Verdict,
): Promise<OperationRow> {
  const now = context.clock.now()
  const at = await momentOf(trx, operation, now)
  const row =
    verdict.status === 'unknown' ? await writeUnknown(trx, operation, now) : await writeOutcome(trx, operation, outcome, verdict, at)
  if (verdict.status === 'failed' && again.has(verdict.code)) await releaseKey(trx, operation.staff_id, operation.key, operation.id)
  const changes = await watchMerchant(trx, operation)
  if (verdict.status === 'succeeded' || (verdict.status === 'failed' && verdict.learnt)) {
    await recordEvidence(trx, operation, [evidenceOf(operation, outcome, verdict, at)], at)
  }
  if (verdict.status === 'failed' && operation.kind === 'gold_plan.open' && blocking.has(verdict.code))
    await askSoon(trx, operation, 'refused', now)
  if (verdict.status === 'failed' && verdict.code === 'SUB_MERCHANT_PUNISHED') await tellOfPunished(trx, operation, at)
  await writeAudit(trx, operation, row, await changes(), at)
  const sameAgain = verdict.status === 'failed' && again.has(verdict.code)
  await finishRequestOf(trx, row, sameAgain, at)
  await finishItemOf(trx, row, sameAgain, at)
  return row
}

/** Whose shop it is; that he asked himself is no reason to be told: he has the answer before him. */
async function tellOfPunished(trx: Trx, { id, sp_mchid, sub_mchid, staff_id }: OperationRow, now: Date): Promise<void> {
  const { name, assigned_to } = await trx
    .selectFrom('sub_merchants')
    .select(['name', 'assigned_to'])
    .where('sp_mchid', '=', sp_mchid)
    .where('sub_mchid', '=', sub_mchid)
    .executeTakeFirstOrThrow()
  if (assigned_to === staff_id) return
  await tell(trx, [{ staff_id: assigned_to, kind: 'shop', about: sub_mchid, subject: name, outcome: 'punished', cause: id }], now)
}

async function writeOutcome(
  trx: Trx,
  operation: OperationRow,
  { wx_request_id, wx_code, wx_message, retry_after }: Outcome,
  verdict: Exclude<Verdict, { status: 'unknown' }>,
  now: Date,
): Promise<OperationRow> {
  const code = verdict.status === 'failed' ? verdict.code : null
  const said = {
    code,
    message: code && problemCopy(code, 'zh-CN', { retry_after, wx_message }).detail,
    wx_request_id,
    wx_code,
    wx_message,
    retry_after,
  }
  return trx
    .updateTable('operations')
    .set({ ...said, status: verdict.status, attempts: operation.attempts + 1, finished_at: now, next_attempt_at: null })
    .where('id', '=', operation.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function writeUnknown(trx: Trx, operation: OperationRow, now: Date): Promise<OperationRow> {
  const wait = askAgainAfter[operation.attempts]
  return trx
    .updateTable('operations')
    .set({
      status: wait === undefined ? 'unresolved' : 'unknown',
      attempts: operation.attempts + 1,
      next_attempt_at: wait === undefined ? null : new Date(now.getTime() + wait),
      finished_at: wait === undefined ? now : null,
    })
    .where('id', '=', operation.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A process stood still and asked nothing: that is none of the few times after which a person has to look. */
const askSoonAgain = (trx: Trx, operation: OperationRow, now: Date): Promise<OperationRow> =>
  trx
    .updateTable('operations')
    .set({ next_attempt_at: new Date(now.getTime() + askAgainAfter[0]!) })
    .where('id', '=', operation.id)
    .returningAll()
    .executeTakeFirstOrThrow()

const bumpAttempts = (trx: Trx, operation: OperationRow): Promise<OperationRow> =>
  trx
    .updateTable('operations')
    .set({ attempts: operation.attempts + 1 })
    .where('id', '=', operation.id)
    .returningAll()
    .executeTakeFirstOrThrow()

interface Attempt {
  phase: AttemptPhase
  sent_at: Date
  answered_at: Date | null
  http_status?: number | null
  wx_code?: string | null
  wx_message?: string | null
  wx_request_id?: string | null
}

async function recordAttempt(trx: Trx, operation: OperationRow, attempt: Attempt): Promise<void> {
  const { phase, sent_at, answered_at, http_status = null, wx_code = null, wx_message = null, wx_request_id = null } = attempt
  await trx
    .insertInto('operation_attempts')
    .values({
      operation_id: operation.id,
      attempt: operation.attempts + 1,
      phase,
      sent_at,
      answered_at,
      http_status,
      wx_code,
      wx_message,
      wx_request_id,
    })
    .execute()
}

export function evidenceOf(
  operation: OperationRow,
  outcome: Outcome,
  verdict: Exclude<Verdict, { status: 'unknown' }>,
  now: Date,
): NewEvidence {
  const failed = verdict.status === 'failed' ? verdict.code : null
  const message = outcome.wx_message
  return {
    kind: 'api_operation',
    source: 'backend',
    recorded_by: operation.staff_id,
    occurred_at: now,
    recorded_at: now,
    detail: {
      ...inEvidence(operation.kind),
      result: verdict.status,
      ...(failed ? { code: failed, blocking: operation.kind === 'gold_plan.open' && blocking.has(failed) } : {}),
      ...(failed && message ? { message } : {}),
      ...(operation.reason ? { reason: operation.reason } : {}),
      ...(!failed && operation.parameters.industries ? { industries: operation.parameters.industries } : {}),
      operation_key: operation.key,
    },
  }
}

async function writeAudit(
  trx: Trx,
  { status }: OperationRow,
  operation: OperationRow,
  changes: Difference<MerchantFacts>,
  now: Date,
): Promise<void> {
  const { role } = await trx.selectFrom('staff').select('role').where('id', '=', operation.staff_id).executeTakeFirstOrThrow()
  await recordAudit(trx, auditEntryOf(status, operation, role, changes, now))
}

/** @param statusBefore the operation's, which stands beside the fields of the merchant that it changed */
export function auditEntryOf(
  statusBefore: OperationRow['status'],
  operation: OperationRow,
  role: Role,
  { before, after }: Difference<MerchantFacts>,
  at: Date,
): AuditEntry {
  const { status, code, wx_code, wx_message, wx_request_id, attempts, key, parameters } = operation
  return {
    sp_mchid: operation.sp_mchid,
    at,
    actor: { staff_id: operation.staff_id, role },
    action: operation.kind,
    target: { type: 'sub_merchant', id: operation.sub_mchid },
    before: { ...before, status: statusBefore },
    after: { ...after, status, key, code, wx_code, wx_message, wx_request_id, attempts, ...parameters },
    reason: operation.reason,
    origin: { request_id: operation.request_id, client: operation.client },
  }
}
