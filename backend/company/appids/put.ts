// The one way in which an entry of the register changes, whoever says so: an administrator in the app, a list, or the command on the server.
import { sql, type Selectable } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import type { AppidTable } from '../../database/company-tables.ts'
import { difference } from '../../platform/audit/difference.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record.ts'
import { toInstantOrNull } from '../../platform/instants.ts'
import { holdRegister } from './reading.ts'
import type { AppidKind } from './schema.ts'

export type AppidRow = Selectable<AppidTable>

export interface AppidFacts {
  kind: AppidKind
  name: string | null
  sub_mchid: string | null
  ended_at: Date | null
}

export const factsOf = ({ kind, name, sub_mchid, ended_at }: AppidFacts): AppidFacts => ({ kind, name, sub_mchid, ended_at })

export const appidOf = (db: Database | Trx, sp_mchid: string, appid: string) =>
  db.selectFrom('appids').selectAll().where('sp_mchid', '=', sp_mchid).where('appid', '=', appid)

/**
 * The same again changes nothing. Where its orders are read differently from now on, the verdicts of their shops are derived anew (rederive-by-register.ts).
 * @param sp_mchid the home number
 * @param facts without one of them: what it has stays
 * @returns whether something changed
 */
export async function putAppid(
  trx: Trx,
  sp_mchid: string,
  { appid, ...facts }: { appid: string } & Pick<AppidFacts, 'kind'> & Partial<AppidFacts>,
  { actor, origin }: Pick<AuditEntry, 'actor' | 'origin'>,
  now: Date,
): Promise<boolean> {
  await holdRegister(trx, sp_mchid, 'alone')
  const before = await appidOf(trx, sp_mchid, appid).forUpdate().executeTakeFirst()
  const after = { name: null, sub_mchid: null, ended_at: null, ...(before && factsOf(before)), ...facts }
  const changed = before ? difference(said(factsOf(before)), said(after)) : { before: null, after: said(after) }
  if (changed.after === null) return false
  const isReadAnew = before?.kind !== after.kind || before.ended_at?.getTime() !== after.ended_at?.getTime()
  const anew =
    isReadAnew && (await hasOrders(trx, appid)) ? { rederive_after: '', rederive_done: 0, rederive_total: null, rederive_changed: 0 } : {}
  const values = { ...after, ...anew, version: (before?.version ?? 0) + 1, updated_at: now, updated_by: actor?.staff_id ?? '' }
  await trx
    .insertInto('appids')
    .values({ sp_mchid, appid, ...values })
    .onConflict(conflict => conflict.columns(['sp_mchid', 'appid']).doUpdateSet(values))
    .execute()
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor,
    action: 'appid.enter',
    target: { type: 'provider', id: sp_mchid },
    before: changed.before && { appid, ...changed.before },
    after: { appid, ...changed.after },
    origin,
  })
  return true
}

/** As the trail keeps it. */
const said = ({ kind, name, sub_mchid, ended_at }: AppidFacts) => ({ kind, name, owner: sub_mchid, used_until: toInstantOrNull(ended_at) })

async function hasOrders(trx: Trx, appid: string): Promise<boolean> {
  const { rows } = await sql`select from evidence where kind = 'order_query' and detail ->> 'appid' = ${appid} limit 1`.execute(trx)
  return rows.length > 0
}
