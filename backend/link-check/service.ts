// Looks at a receipt link for a member of staff: scope, permission and registered hosts first, then the check, then its entry in the audit trail.
import { idempotentWrite, type Ask } from '../http/write.ts'
import { hostsWith, receiptLinksOf, urlOf } from '../company/provider-settings/receipt-hosts.ts'
import { findMerchant } from '../evidence/find.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { Context } from '../platform/context.ts'
import { toInstant } from '../platform/instants.ts'
import { inspectLink } from './inspect.ts'
import { linkToCheck } from './link.ts'
import { realReach } from './reach.ts'
import type { LinkCheckSettings } from './settings.ts'
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
    refuse: async (db, { found }) => void linkToCheck(url, await linksOf(context, db, found)),
    replay: async (_, { kept }) => kept.answer as LinkCheckResult,
    async outside(found) {
      const now = context.clock.now()
      const settings = await linksOf(context, context.db, found)
      const link = linkToCheck(url, settings)
      const seen = await inspectLink(link, {
        sub_mchid,
        verification_file: verification_file ?? settings.verificationFile,
        hosts: settings.hosts,
        reach: { ...realReach, ...settings.reach },
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

/** The server's settings with the links of the shop's own provider number: the first of these where the server names none. */
async function linksOf({ linkCheck }: Context, db: Database | Trx, { sp_mchid }: { sp_mchid: string }): Promise<LinkCheckSettings> {
  const links = await receiptLinksOf(db, sp_mchid)
  const [first] = links
  const link = linkCheck.link ?? (first ? urlOf(first, linkCheck.reach?.ports?.[0]) : null)
  return { ...linkCheck, link, hosts: hostsWith(linkCheck.hosts, links) }
}
