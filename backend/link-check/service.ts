// Looks at a receipt link for a member of staff: scope, permission and registered hosts first, then the check, then its entry in the audit trail.
import { idempotentWrite, type Ask } from '../http/write.ts'
import { findMerchant } from '../evidence/find.ts'
import type { Context } from '../platform/context.ts'
import { toInstant } from '../platform/instants.ts'
import { inspectLink } from './inspect.ts'
import { linkToCheck } from './link.ts'
import { realReach } from './reach.ts'
import type { LinkCheckRequest, LinkCheckResult } from './schema.ts'

/**
 * The same key answers the same result; a new key checks the link again.
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, LINK_NOT_GIVEN, LINK_INVALID, LINK_HOST_NOT_REGISTERED, IDEMPOTENCY_KEY_REUSED. Whatever is wrong with the
 * link itself is a finding, not an error.
 */
export const checkReceiptLink = (
  context: Context,
  ask: Ask,
  sub_mchid: string,
  { url, verification_file }: LinkCheckRequest,
): Promise<LinkCheckResult> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    refuse: () => void linkToCheck(url, context.linkCheck),
    replay: async (_, { kept }) => kept.answer as LinkCheckResult,
    async outside() {
      const now = context.clock.now()
      const link = linkToCheck(url, context.linkCheck)
      const seen = await inspectLink(link, {
        sub_mchid,
        verification_file: verification_file ?? context.linkCheck.verificationFile,
        hosts: context.linkCheck.hosts,
        reach: { ...realReach, ...context.linkCheck.reach },
        now,
      })
      return { at: now, result: { sub_mchid, host: link.hostname, checked_at: toInstant(now), ...seen } }
    },
    work: async (_, { found: { sp_mchid }, outside: { at, result } }) => ({
      answer: result,
      keep: { answer: JSON.stringify(result) },
      audit: {
        sp_mchid,
        at,
        action: 'link_check.run',
        target: { type: 'sub_merchant', id: sub_mchid },
        before: null,
        after: {
          host: result.host,
          verdict: result.verdict,
          findings: result.findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code),
        },
      },
    }),
  })
