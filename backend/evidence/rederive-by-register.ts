// After a change of the register of appids the verdicts of the shops whose orders it reads are derived anew: in batches, from where it stopped when a process
// ends in between. What is recorded meanwhile is read by the new register already.
import { sql } from 'kysely'
import type { AppidRow } from '../company/appids/put.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import type { Trx } from '../database/connection.ts'
import { merchantsWith } from '../database/keyed.ts'
import { findProvider } from './find.ts'
import { heldColumns, rederiveHeld } from './derived.ts'
import { auditRederived, type Rederiving } from './rederive.ts'

const batch = 500

/**
 * Any number of processes may run it: an entry is claimed for each batch.
 * @param goOn asked before each batch
 * @returns how many shops it looked at
 */
export async function rederiveByRegister({ db, clock, numbers, log }: Rederiving, goOn: () => boolean = () => true): Promise<number> {
  let looked = 0
  while (goOn()) {
    const done = await db.transaction().execute(async trx => {
      const row = await trx
        .selectFrom('appids')
        .selectAll()
        .where(ofNumbers(numbers))
        .where('rederive_after', 'is not', null)
        .orderBy('appid')
        .limit(1)
        .forNoKeyUpdate()
        .skipLocked()
        .executeTakeFirst()
      return row ? nextBatch(trx, row, numbers, clock.now()) : null
    })
    if (done === null) return looked
    looked += done
    if (done === 0) log.info({}, 'every order is read by the register of appids that holds now')
  }
  return looked
}

interface Shop {
  sp_mchid: string
  sub_mchid: string
}

async function nextBatch(trx: Trx, row: AppidRow, numbers: Rederiving['numbers'], now: Date): Promise<number> {
  const ofOrders = sql`from evidence where kind = 'order_query' and detail ->> 'appid' = ${row.appid} and ${ofNumbers(numbers)}`
  const [after_sp = '', after_sub = ''] = row.rederive_after!.split('/')
  const { rows: shops } = await sql<Shop>`
    select distinct sp_mchid, sub_mchid ${ofOrders} and (sp_mchid, sub_mchid) > (${after_sp}, ${after_sub})
    order by sp_mchid, sub_mchid limit ${batch}`.execute(trx)
  const last = shops.at(-1)
  const { rows: counted } = await sql<{ count: string }>`select count(distinct (sp_mchid, sub_mchid)) as count ${ofOrders}`.execute(trx)
  const total = row.rederive_total ?? Number(counted[0]!.count)
  if (!last) {
    await remember(trx, row, { rederive_after: null, rederive_done: total, rederive_total: total })
    return 0
  }
  let changed = 0
  for (const sp_mchid of new Set(shops.map(shop => shop.sp_mchid))) {
    const sub_mchids = shops.flatMap(shop => (shop.sp_mchid === sp_mchid ? [shop.sub_mchid] : []))
    const held = await trx
      .selectFrom(merchantsWith([sp_mchid], sub_mchids, 'for update'))
      .select(heldColumns)
      .execute()
    const different = await rederiveHeld(trx, await findProvider(trx, sp_mchid), held, now)
    await auditRederived(trx, sp_mchid, different, now)
    changed += different.length
  }
  await remember(trx, row, {
    rederive_after: `${last.sp_mchid}/${last.sub_mchid}`,
    rederive_done: (row.rederive_done ?? 0) + shops.length,
    rederive_total: total,
    rederive_changed: (row.rederive_changed ?? 0) + changed,
  })
  return shops.length
}

type Progress = Partial<Pick<AppidRow, 'rederive_after' | 'rederive_done' | 'rederive_total' | 'rederive_changed'>>

const remember = (trx: Trx, { sp_mchid, appid }: AppidRow, progress: Progress) =>
  trx.updateTable('appids').set(progress).where('sp_mchid', '=', sp_mchid).where('appid', '=', appid).execute()
