// What the register says of an order by the appid that it was paid with.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { AppidKind } from './schema.ts'

/** unknown: not in the register, or no longer when the order was paid */
export type SceneByAppid = 'jsapi' | 'miniprogram' | 'unknown'

interface ReadingEntry {
  kind: AppidKind
  ended_at: Date | null
}

function sceneBy(entry: ReadingEntry | undefined, paid_at: Date): SceneByAppid {
  if (!entry || (entry.ended_at !== null && paid_at >= entry.ended_at)) return 'unknown'
  if (entry.kind === 'official_account') return 'jsapi'
  return entry.kind === 'mini_program' ? 'miniprogram' : 'unknown'
}

/** The register is the company's: it stands under the home number. @param sp_mchid any of its numbers */
export async function scenesOf(
  db: Database | Trx,
  sp_mchid: string,
  appids: ReadonlySet<string>,
): Promise<(appid: string, paid_at: Date) => SceneByAppid> {
  const rows = await db
    .selectFrom('appids as a')
    .innerJoin('provider as p', join => join.on(sql<boolean>`coalesce(p.home_sp_mchid, p.sp_mchid) = a.sp_mchid`))
    .select(['a.appid', 'a.kind', 'a.ended_at'])
    .where('p.sp_mchid', '=', sp_mchid)
    .where('a.appid', 'in', [...appids])
    .execute()
  const entries = new Map(rows.map(({ appid, ...entry }) => [appid, entry]))
  return (appid, paid_at) => sceneBy(entries.get(appid), paid_at)
}

/**
 * Whoever writes the register holds it alone; whoever keeps an order shares it, so that no order is read by a register that is being replaced. To be taken
 * before a shop is locked: a job that derives verdicts anew holds an entry and waits for shops.
 */
export const holdRegister = (trx: Trx, sp_mchid: string, how: 'alone' | 'shared') =>
  how === 'alone'
    ? sql`select pg_advisory_xact_lock(hashtext('appids'), hashtext(${sp_mchid}))`.execute(trx)
    : sql`select pg_advisory_xact_lock_shared(hashtext('appids'), hashtext(${sp_mchid}))`.execute(trx)
