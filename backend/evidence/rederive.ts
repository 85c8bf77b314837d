// After a change of the default-open switch every verdict of that number is derived anew: in batches, so that nobody waits for more than one of them, several
// ranges of merchants at once, and from where it stopped when a process ends in between. Whatever arrives meanwhile is derived by the new setting already.
import type { Numbers } from '../http/caller.ts'
import { sql } from 'kysely'
import { difference } from '../platform/audit/difference.ts'
import { factsOf } from './watch.ts'
import type { Context } from '../platform/context.ts'
import type { Log } from '../platform/log.ts'
import type { Trx } from '../database/connection.ts'
import { findProvider } from './find.ts'
import { heldColumns, rederiveHeld } from './derived.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import { withEvidence } from '../company/provider-settings/judged.ts'

/** merchants whose rows are held at once: a write to one of them waits for a fraction of a second */
const batch = 1_000
/** ranges that the merchants of a number are split into; fewer where they are few */
const mostParts = 8
/** transactions of one process at once: one derives while others wait for the database */
const lanes = 3

export interface Rederiving extends Pick<Context, 'db' | 'clock'> {
  log: Pick<Log, 'info'>
  numbers: Numbers
}

/**
 * Any number of processes may run it: a range is claimed for each batch.
 * @param goOn asked before each batch
 * @returns how many merchants it looked at
 */
export async function rederiveChanged(job: Rederiving, goOn: () => boolean = () => true): Promise<number> {
  let looked = 0
  while (goOn() && (await split(job))) {
    const done = await Promise.all(Array.from({ length: lanes }, () => followParts(job, goOn)))
    looked += done.reduce((sum, one) => sum + one, 0)
    if (await finish(job)) job.log.info({}, 'every verdict is derived by the default-open setting that holds now')
    // others are still at their ranges
    else break
  }
  return looked
}

/** @returns whether there are ranges to follow */
const split = ({ db, numbers }: Rederiving): Promise<boolean> =>
  db.transaction().execute(async trx => {
    const underWay = trx.selectFrom('provider').select(['sp_mchid', 'rederiving']).where(ofNumbers(numbers))
    const begun = await underWay.where('rederiving', '=', 'to_split').orderBy('sp_mchid').forNoKeyUpdate().skipLocked().execute()
    for (const { sp_mchid } of begun) await splitNumber(trx, sp_mchid)
    return begun.length > 0 || (await underWay.where('rederiving', 'is not', null).limit(1).execute()).length > 0
  })

async function splitNumber(trx: Trx, sp_mchid: string): Promise<void> {
  // of an earlier change: who is at one of them ends its batch first
  await trx.deleteFrom('rederive_parts').where('sp_mchid', '=', sp_mchid).execute()
  const shares = Array.from({ length: mostParts - 1 }, (_, index) => (index + 1) / mostParts)
  const { rows } = await sql<{ total: number; bounds: string[] | null }>`
    select count(*)::integer as total, percentile_disc(${shares}::float8[]) within group (order by sub_mchid) as bounds
    from sub_merchants where sp_mchid = ${sp_mchid} and ${withEvidence}`.execute(trx)
  const { total, bounds } = rows[0]!
  const between = total > mostParts * batch ? bounds! : []
  const parts = [...between, null].map((upto, part) => ({ sp_mchid, part, after: between[part - 1] ?? '', upto, done: 0, finished: false }))
  await trx.insertInto('rederive_parts').values(parts).execute()
  await trx.updateTable('provider').set({ rederiving: 'in_parts', rederive_total: total }).where('sp_mchid', '=', sp_mchid).execute()
}

/** Batch after batch of whatever range nobody else is at. @returns how many merchants */
async function followParts({ db, clock, numbers }: Rederiving, goOn: () => boolean): Promise<number> {
  let looked = 0
  while (goOn()) {
    const done = await db.transaction().execute(async trx => {
      // a crash that loses the last batches loses their progress with them
      await sql`set local synchronous_commit to off`.execute(trx)
      const part = await trx
        .selectFrom('rederive_parts')
        .selectAll()
        .where(ofNumbers(numbers))
        .where('finished', '=', false)
        .orderBy('sp_mchid')
        .orderBy('part')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      return part ? nextBatch(trx, part, clock.now()) : null
    })
    if (done === null) return looked
    looked += done
  }
  return looked
}

type Part = { sp_mchid: string; part: number; after: string; upto: string | null; done: number }

/** @returns how many merchants; 0: that was all of the range */
async function nextBatch(trx: Trx, { sp_mchid, part, after, upto, done }: Part, now: Date): Promise<number> {
  const held = await trx
    .selectFrom('sub_merchants')
    .select(heldColumns)
    .where('sp_mchid', '=', sp_mchid)
    .where(withEvidence)
    .where('sub_mchid', '>', after)
    .$if(upto !== null, query => query.where('sub_mchid', '<=', upto!))
    .orderBy('sub_mchid')
    .limit(batch)
    .forUpdate()
    .execute()
  const changed = await rederiveHeld(trx, await findProvider(trx, sp_mchid), held, now)
  await auditRederived(trx, sp_mchid, changed, now)
  await trx
    .updateTable('rederive_parts')
    .set({ after: held.at(-1)?.sub_mchid ?? after, done: done + held.length, finished: held.length < batch })
    .where('sp_mchid', '=', sp_mchid)
    .where('part', '=', part)
    .execute()
  return held.length
}

/** @returns whether that was the last of every number */
const finish = ({ db, numbers }: Rederiving): Promise<boolean> =>
  db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('provider')
      .select('sp_mchid')
      .where(ofNumbers(numbers))
      .where('rederiving', '=', 'in_parts')
      .forNoKeyUpdate()
      .skipLocked()
      .execute()
    for (const { sp_mchid } of rows) {
      const left = trx.selectFrom('rederive_parts').select('part').where('sp_mchid', '=', sp_mchid)
      if ((await left.where('finished', '=', false).limit(1).execute()).length > 0) continue
      await trx.deleteFrom('rederive_parts').where('sp_mchid', '=', sp_mchid).execute()
      await trx.updateTable('provider').set({ rederiving: null, rederive_total: null }).where('sp_mchid', '=', sp_mchid).execute()
    }
    const still = await trx
      .selectFrom('provider')
      .select('rederiving')
      .where(ofNumbers(numbers))
      .where('rederiving', 'is not', null)
      .execute()
    return still.length === 0
  })

/** Each whose words of the trail changed gets an entry. */
export async function auditRederived(
  trx: Trx,
  sp_mchid: string,
  changed: Awaited<ReturnType<typeof rederiveHeld>>,
  now: Date,
): Promise<void> {
  const entries = changed.flatMap(({ before, after }) => {
    const change = difference(factsOf(before), factsOf(after))
    return change.after === null ? [] : [{ target_id: after.sub_mchid, ...change }]
  })
  if (entries.length === 0) return
  await sql`
    insert into audit_entries (sp_mchid, at, action, target_type, target_id, before, after)
    select ${sp_mchid}, ${now}, 'merchant.rederived', 'sub_merchant', target_id, before, after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(target_id text, before jsonb, after jsonb)`.execute(trx)
}
