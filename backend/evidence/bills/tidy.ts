// What bills and loads of receipts left goes away once nothing reads it any more (product.md §5.7): in batches, by whichever process comes first.
import { sql, type RawBuilder } from 'kysely'
import { dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../database/connection.ts'
import { keptFrom, sumsKeptFrom } from './told.ts'

const batch = 5_000
/** of one table, in an hour: two days of a million shops, so that it keeps up with what comes and nobody waits for it */
const mostBatches = 400

/**
 * Any number of processes may run it: what one has taken away, another finds gone.
 * @param goOn asked before each batch
 * @returns how many rows went
 */
export async function dropOldBills(
  { db, clock, log, providers }: Pick<Context, 'db' | 'clock' | 'log' | 'providers'>,
  goOn: () => boolean,
): Promise<number> {
  const today = dayOf(clock.now())
  const [counted, added] = [sql`${keptFrom(today)}::date`, sql`${sumsKeptFrom(today)}::date`]
  const old: Record<string, RawBuilder<boolean>> = {
    payment_days: sql`day < ${counted}`,
    receipt_load_days: sql`day < ${counted}`,
    // one that was put aside stays so, whenever it is paid again
    unlisted_merchants: sql`last_day < ${counted} and dismissed_at is null`,
    payment_region_days: sql`day < ${added}`,
    bill_days: sql`day < ${added}`,
  }
  const dropped: Record<string, number> = {}
  for (const [table, isOld] of Object.entries(old))
    for (const sp_mchid of providers.numbers) {
      const rows = await dropFrom(db, table, sql`sp_mchid = ${sp_mchid} and ${isOld}`, goOn)
      if (rows > 0) dropped[table] = (dropped[table] ?? 0) + rows
    }
  if (Object.keys(dropped).length > 0) log.info({ dropped, before: keptFrom(today) }, 'what old trade bills left is tidied away')
  return Object.values(dropped).reduce((sum, rows) => sum + rows, 0)
}

async function dropFrom(db: Database, table: string, isOld: RawBuilder<unknown>, goOn: () => boolean): Promise<number> {
  let all = 0
  for (let round = 0; round < mostBatches && goOn(); round += 1) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where ${isOld} limit ${batch}))`.execute(
      db,
    )
    all += Number(numAffectedRows ?? 0)
    if (Number(numAffectedRows ?? 0) < batch) break
  }
  return all
}
