// After a change of the default-open switch every verdict of that number is derived anew: in batches, so that nobody waits for more than one of them, and
// from where it stopped when a process ends in between. Whatever arrives meanwhile is derived by the new setting already.
import type { Numbers } from '../http/caller.ts'
import { sql } from 'kysely'
import { difference } from '../platform/audit/difference.ts'
import { merchantFacts } from './watch.ts'
import type { Context, Log } from '../platform/context.ts'
import type { Trx } from '../database/connection.ts'
import { lockMerchants, rederive } from './record.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import type { ProviderRow } from '../company/provider-settings/change.ts'

const batch = 500

export interface Rederiving extends Pick<Context, 'db' | 'clock'> {
  log: Pick<Log, 'info'>
  numbers: Numbers
}

/**
 * Any number of processes may run it: a number is claimed for each batch.
 * @param goOn asked before each batch
 * @returns how many merchants it looked at
 */
export async function rederiveChanged({ db, clock, numbers, log }: Rederiving, goOn: () => boolean = () => true): Promise<number> {
  let looked = 0
  while (goOn()) {
    const done = await db.transaction().execute(async trx => {
      const row = await trx
        .selectFrom('provider')
        .selectAll()
        .where(ofNumbers(numbers))
        .where('rederive_after', 'is not', null)
        .orderBy('sp_mchid')
        .limit(1)
        .forNoKeyUpdate()
        .skipLocked()
        .executeTakeFirst()
      return row ? nextBatch(trx, row, clock.now()) : null
    })
    if (done === null) return looked
    looked += done
    if (done === 0) log.info({}, 'every verdict is derived by the default-open setting that holds now')
  }
  return looked
}

/** A merchant without evidence keeps its verdict whatever the switch says. */
const withEvidence = sql<boolean>`exists (select from evidence as e where e.sp_mchid = sub_merchants.sp_mchid and e.sub_mchid = sub_merchants.sub_mchid)`

/** @returns how many merchants; 0: that was all */
async function nextBatch(trx: Trx, { sp_mchid, rederive_after, rederive_done, rederive_total }: ProviderRow, now: Date): Promise<number> {
  const merchants = trx.selectFrom('sub_merchants').where('sp_mchid', '=', sp_mchid).where(withEvidence)
  const found = await merchants.select('sub_mchid').where('sub_mchid', '>', rederive_after!).orderBy('sub_mchid').limit(batch).execute()
  const sub_mchids = found.map(({ sub_mchid }) => sub_mchid)
  const last = sub_mchids.at(-1)
  if (last === undefined) {
    await remember(trx, sp_mchid, { rederive_after: null, rederive_done: null, rederive_total: null })
    return 0
  }
  await lockMerchants(trx, sp_mchid, sub_mchids)
  const before = await merchantFacts(trx, sp_mchid, sub_mchids)
  const changed = await rederive(trx, sp_mchid, sub_mchids, now)
  await auditRederived(trx, sp_mchid, before, changed, now)
  const total = rederive_total ?? (await merchants.select(eb => eb.fn.countAll<string>().as('count')).executeTakeFirstOrThrow()).count
  await remember(trx, sp_mchid, {
    rederive_after: last,
    rederive_done: (rederive_done ?? 0) + sub_mchids.length,
    rederive_total: Number(total),
  })
  return sub_mchids.length
}

const remember = (trx: Trx, sp_mchid: string, progress: Pick<ProviderRow, 'rederive_after' | 'rederive_done' | 'rederive_total'>) =>
  trx.updateTable('provider').set(progress).where('sp_mchid', '=', sp_mchid).execute()

type Facts = Awaited<ReturnType<typeof merchantFacts>>

export async function auditRederived(trx: Trx, sp_mchid: string, before: Facts, changed: readonly string[], now: Date): Promise<void> {
  if (changed.length === 0) return
  const after = await merchantFacts(trx, sp_mchid, changed)
  const entries = changed.flatMap(target_id => {
    const change = difference(before.get(target_id)!, after.get(target_id)!)
    return change.after === null ? [] : [{ target_id, ...change }]
  })
  await sql`
    insert into audit_entries (sp_mchid, at, action, target_type, target_id, before, after)
    select ${sp_mchid}, ${now}, 'merchant.rederived', 'sub_merchant', target_id, before, after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(target_id text, before jsonb, after jsonb)`.execute(trx)
}
