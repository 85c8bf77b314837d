// Looks at a receipt link for a member of staff: scope, permission and registered hosts first, then the look itself, then the trail.
import { recordAudit, type Origin } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../http/idempotency.ts'
import { toInstant } from '../platform/instants.ts'
import { findMerchant } from '../directory/merchants/one.ts'
import { AppError } from '../http/problems/app-error.ts'
import { assertMayDo } from '../company/staff/permissions.ts'
import type { Caller } from '../company/staff/scope.ts'
import { writeAs } from '../http/write-as.ts'
import { inspectLink } from './inspect.ts'
import { linkToCheck } from './link.ts'
import { realReach } from './reach.ts'
import type { LinkCheckRequest, LinkCheckResult } from './schema.ts'

export interface LinkCheck extends LinkCheckRequest {
  sub_mchid: string
  idempotent: IdempotentRequest
  origin: Origin
}

/**
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, LINK_NOT_GIVEN, LINK_INVALID, LINK_HOST_NOT_REGISTERED, IDEMPOTENCY_KEY_REUSED. Whatever is wrong with the
 * link itself is a finding, not an error.
 */
export async function checkReceiptLink(
  context: Context,
  asked: Caller,
  { sub_mchid, url, verification_file, idempotent, origin }: LinkCheck,
): Promise<{ result: LinkCheckResult; replayed: boolean }> {
  await findMerchant(context.db, asked, sub_mchid)
  assertMayDo(asked, 'evidence.write')
  const link = linkToCheck(url, context.linkCheck)
  const before = await replayOf(context, idempotent)
  if (before) return before

  const checked_at = context.clock.now()
  const reach = { ...realReach, ...context.linkCheck.reach }
  const seen = await inspectLink(link, {
    sub_mchid,
    verification_file: verification_file ?? context.linkCheck.verificationFile,
    hosts: context.linkCheck.hosts,
    reach,
    now: checked_at,
  })
  const result: LinkCheckResult = { sub_mchid, host: link.hostname, checked_at: toInstant(checked_at), ...seen }
  const kept = await writeAs(context, asked, async (trx, caller) => {
    const merchant = await findMerchant(trx, caller, sub_mchid)
    assertMayDo(caller, 'evidence.write')
    if (!(await keepKey(trx, idempotent, { answer: JSON.stringify(result) }, checked_at))) return false
    await recordAudit(trx, {
      sp_mchid: merchant.sp_mchid,
      at: checked_at,
      actor: caller,
      action: 'link_check.run',
      target: { type: 'sub_merchant', id: sub_mchid },
      before: null,
      after: {
        host: result.host,
        verdict: result.verdict,
        findings: result.findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code),
      },
      origin,
    })
    return true
  })
  if (kept) return { result, replayed: false }
  // the same key arrived twice at once and the other was first
  const other = await replayOf(context, idempotent)
  if (!other) throw new AppError('IDEMPOTENCY_KEY_REUSED')
  return other
}

/** A link is looked at again with a new key: what was seen then stays what it was. */
async function replayOf(context: Context, idempotent: IdempotentRequest): Promise<{ result: LinkCheckResult; replayed: true } | undefined> {
  const kept = await keptKey(context.db, idempotent, context.clock.now())
  return kept?.answer ? { result: kept.answer as LinkCheckResult, replayed: true } : undefined
}
