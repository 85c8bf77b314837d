// What WeChat Pay says against the provider itself stands on the provider's row: every merchant meets it, none is marked with it (product.md §7.4).
import { recordAudit } from '../../platform/audit/record.ts'
import { clockSlackMs } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { ofNumbers } from '../staff/scope.ts'
import { ProviderTroubleCode } from '../staff/schema.ts'
import { toldOperators } from './read.ts'

interface Answer {
  /** the number that the call was made for */
  sp_mchid: string
  phase: string
  /** why refused */
  code: string | null
  /** what our client saw, e.g. TIMEOUT; of an answer that is not authentic: why it is not */
  reason: string | null
  /** our clock */
  sent_at: Date
  wx_code: string | null
  wx_message: string | null
  wx_request_id: string | null
}

/** A key that we do not have, and a time that is not ours, come from this provider's settings: later answers will fail in the same way. */
const surely = new Set(['UNKNOWN_SERIAL', 'STALE'])
/** One of the others may be a network fault; so many in a row, with no authentic answer between them, mean a wrong key. */
const mostInARow = 2

function troubleIn({ notAuthentic }: Context, { sp_mchid, phase, code, reason }: Answer): ProviderTroubleCode | null {
  if (phase === 'succeeded') notAuthentic.delete(sp_mchid)
  if (phase === 'refused') return ProviderTroubleCode.anyOf.find(one => one.const === code)?.const ?? null
  // WeChat Pay sometimes sends a wrong signature to test whether we verify
  if (phase !== 'not_authentic' || reason === 'PROBE') return null
  const inARow = (notAuthentic.get(sp_mchid) ?? 0) + 1
  notAuthentic.set(sp_mchid, inARow)
  return surely.has(reason ?? '') || inARow >= mostInARow ? 'WX_CONFIG' : null
}

/**
 * Called with the end of every call: records a trouble, clears it at the first success of a call that was sent after it was last seen.
 * Never rejects: the outcome of the merchant's own operation matters more.
 * @param forget what is done after a success; whoever makes many calls does it once for several
 */
export async function noteProvider(context: Context, answer: Answer, operation_id: string, forget = forgetTrouble): Promise<void> {
  const code = troubleIn(context, answer)
  if (!code && answer.phase !== 'succeeded') return
  try {
    if (code) await context.db.transaction().execute(trx => remember(context, trx, code, answer, operation_id))
    else await forget(context, answer)
  } catch (error) {
    context.log.error({ err: error, code }, 'what WeChat Pay said about the provider could not be written')
  }
}

async function remember(context: Context, trx: Trx, code: ProviderTroubleCode, answer: Answer, operation_id: string): Promise<void> {
  const { clock, log, payCalls } = context
  const { sp_mchid } = answer
  const now = clock.now()
  const { trouble_code: before, trouble_since } = await trx
    .selectFrom('provider')
    .select(['trouble_code', 'trouble_since'])
    .where('sp_mchid', '=', sp_mchid)
    .forUpdate()
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('provider')
    .set({ trouble_code: code, trouble_last_seen_at: now, ...(before === code ? {} : { trouble_since: now }) })
    .where('sp_mchid', '=', sp_mchid)
    .execute()
  payCalls.providerTrouble(sp_mchid, code)
  if (before === code) return
  const { phase, reason, wx_code, wx_message, wx_request_id } = answer
  const told = await toldOperators(trx, context.providers.numbers)
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor: null,
    action: 'provider.trouble',
    target: { type: 'provider', id: sp_mchid },
    before: before ? { code: before, since: trouble_since } : null,
    after: { code, since: now, told, operation_id, reason, wx_code, wx_message, wx_request_id },
    origin: null,
  })
  log.error(
    { sp_mchid, code, told, operation_id, reason, wx_code, wx_message, wx_request_id },
    phase === 'refused'
      ? 'WeChat Pay refuses the provider itself: no merchant can be changed'
      : "WeChat Pay's answers cannot be verified: check WECHATPAY_PUBLIC_KEY and its id, or the platform certificate, and this machine's clock",
  )
}

/** After a success of a call of that moment. Nearly always there is nothing to forget: then it is one statement. */
export async function forgetTrouble(
  context: Context,
  { sp_mchid, sent_at, wx_request_id }: Pick<Answer, 'sp_mchid' | 'sent_at' | 'wx_request_id'>,
): Promise<void> {
  const standing = await context.db
    .selectFrom('provider')
    .select(['trouble_code', 'trouble_since'])
    .where('sp_mchid', '=', sp_mchid)
    .executeTakeFirst()
  const { trouble_code: code, trouble_since: since } = standing ?? {}
  if (!code) return
  await context.db.transaction().execute(trx => clear(context, trx, { sp_mchid, sent_at, wx_request_id, code, since: since ?? null }))
}

async function clear(
  { clock, log, payCalls }: Context,
  trx: Trx,
  {
    sp_mchid,
    sent_at,
    wx_request_id,
    code,
    since,
  }: Pick<Answer, 'sp_mchid' | 'sent_at' | 'wx_request_id'> & { code: ProviderTroubleCode; since: Date | null },
): Promise<void> {
  const now = clock.now()
  const cleared = await trx
    .updateTable('provider')
    .set({ trouble_code: null, trouble_since: null, trouble_last_seen_at: null })
    .where('sp_mchid', '=', sp_mchid)
    .where('trouble_code', '=', code)
    // an answer to a call from before says nothing about now; a time still to come was seen by a clock that was put back since
    .where(eb =>
      eb.or([eb('trouble_last_seen_at', '<=', sent_at), eb('trouble_last_seen_at', '>', new Date(now.getTime() + clockSlackMs))]),
    )
    .executeTakeFirst()
  if (cleared.numUpdatedRows === 0n) return
  payCalls.providerTrouble(sp_mchid, null)
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor: null,
    action: 'provider.trouble_over',
    target: { type: 'provider', id: sp_mchid },
    before: { code, since },
    after: { code: null, since: null, wx_request_id },
    origin: null,
  })
  log.warn({ sp_mchid, code, wx_request_id }, 'WeChat Pay no longer refuses the provider')
}

/** Any process may have seen it: the row is what the metric shows. */
export async function measureProvider({ db, providers, payCalls }: Context): Promise<void> {
  const rows = await db.selectFrom('provider').select(['sp_mchid', 'trouble_code']).where(ofNumbers(providers.numbers)).execute()
  for (const { sp_mchid, trouble_code } of rows) payCalls.providerTrouble(sp_mchid, trouble_code)
}
