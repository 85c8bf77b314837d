// WeChat's access_token, one for all processes: it is kept in a row, and whoever renews it holds that row, so that the others wait and find the new one.
import { TokenError, type WechatMessages } from '../../wechat/messages.ts'
import type { Context } from '../../platform/context.ts'

/** milliseconds before its end from which on it is renewed */
const renewBefore = 300_000
/** milliseconds between two that are forced: WeChat makes 20 a day */
const forcedApart = 1_800_000

/**
 * @param refused one that WeChat did not take just now
 * @returns null: WeChat gives none at this time
 */
export async function accessToken(
  { db, clock, log }: Pick<Context, 'db' | 'clock' | 'log'>,
  messages: WechatMessages,
  refused: string | null,
): Promise<string | null> {
  const { appid } = messages
  const usable = (row: { token: string; expires_at: Date } | undefined) =>
    row !== undefined && row.token !== '' && row.token !== refused && row.expires_at.getTime() - renewBefore > clock.now().getTime()
  const kept = await db.selectFrom('wechat_tokens').selectAll().where('appid', '=', appid).executeTakeFirst()
  if (usable(kept)) return kept!.token
  const long = new Date(0)
  await db
    .insertInto('wechat_tokens')
    .values({ appid, token: '', expires_at: long, forced_at: null })
    .onConflict(conflict => conflict.column('appid').doNothing())
    .execute()
  try {
    return await db.transaction().execute(async trx => {
      const row = await trx.selectFrom('wechat_tokens').selectAll().where('appid', '=', appid).forUpdate().executeTakeFirstOrThrow()
      // another process was first
      if (usable(row)) return row.token
      const now = clock.now()
      let given = await messages.stableToken(false)
      // the stable interface gives the same one as long as it believes in it
      const mayForce = row.forced_at === null || now.getTime() - row.forced_at.getTime() > forcedApart
      const force = given.token === refused && mayForce
      if (force) given = await messages.stableToken(true)
      await trx
        .updateTable('wechat_tokens')
        .set({ token: given.token, expires_at: new Date(now.getTime() + given.expires_in * 1_000), ...(force && { forced_at: now }) })
        .where('appid', '=', appid)
        .execute()
      return given.token
    })
  } catch (error) {
    // WeChat says why; the database waits for the process that renews it
    log.warn(
      { reason: error instanceof TokenError ? error.reason : (error as { code?: unknown }).code },
      'there is no access_token of WeChat',
    )
    return null
  }
}
