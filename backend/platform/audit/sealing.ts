// Seals the audit trail: about once a minute, everything that was written since and is closed. A write pays nothing for it. What is sealed is chained, so that
// whoever kept one root can tell whether anything before it was changed, removed, added or sealed anew (verify.ts).
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import type { Context } from '../context.ts'
import { leafHash } from './leaf.ts'
import { beginning, chainedRoot, rootOf, type Seal } from './merkle.ts'

/** entries in one seal at most: what a process holds in memory of them */
const mostEntries = 10_000
const minute = 60_000
const sealingLock = 4_012_473_789

/**
 * Any number of processes may run it: one seals, the others find nothing to do.
 * @param goOn asked before each further seal
 * @returns how many entries it sealed
 */
export async function sealAudit(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  goOn: () => boolean = () => true,
  most = mostEntries,
): Promise<number> {
  let sealed = 0
  for (let first = true; goOn(); first = false) {
    const now = clock.now()
    const done = await db.transaction().execute(async trx => {
      const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${sealingLock}) as held`.execute(trx)
      return rows[0]!.held ? sealNext(trx, now, first, most) : null
    })
    sealed += done?.count ?? 0
    if (!done?.more) return sealed
  }
  return sealed
}

interface Last {
  number: string
  sealed_at: Date
  root: Buffer
  upto_xid: string | null
  upto_id: string | null
  /** numbers of transactions come from another server, whose were higher (pg_dump), or are not there (a backup) */
  elsewhere: boolean
}

const lastSeal = async (trx: Trx): Promise<Last | undefined> =>
  (
    await sql<Last>`
      select number, sealed_at, root, upto_xid::text, upto_id,
        upto_xid is null or upto_xid > pg_snapshot_xmin(pg_current_snapshot()) as elsewhere
      from audit_seals order by number desc limit 1`.execute(trx)
  ).rows[0]

/** @param first of this round: a minute has one seal, and further ones only while entries are left over */
async function sealNext(trx: Trx, now: Date, first: boolean, most: number): Promise<{ count: number; more: boolean } | null> {
  const last = await lastSeal(trx)
  // equal, not later: a clock that went back stops nothing
  if (first && last && Math.floor(last.sealed_at.getTime() / minute) === Math.floor(now.getTime() / minute)) return null
  const closed = await closedEntries(trx, last, most)
  const more = closed.ids.length === most
  // after a restore the place from which to go on has to be written down
  if (closed.ids.length === 0 && !last?.elsewhere) return null
  const upto = !more ? { xid: closed.xmin, id: nil } : last?.elsewhere ? { xid: null, id: null } : closed.last!
  const leaves = Buffer.concat(closed.leaves)
  const seal: Seal = {
    number: Number(last?.number ?? 0) + 1,
    sealed_at: now,
    entries: closed.ids,
    leaves,
    entries_root: rootOf(leaves),
    previous: last?.root ?? beginning,
  }
  await trx
    .insertInto('audit_seals')
    .values({ ...seal, entries: [...seal.entries], root: chainedRoot(seal), upto_xid: upto.xid, upto_id: upto.id })
    .execute()
  return { count: closed.ids.length, more }
}

/** before every id */
const nil = '00000000-0000-0000-0000-000000000000'

interface Closed {
  ids: string[]
  leaves: Buffer[]
  last: { xid: string; id: string } | null
  /** no transaction before it is open */
  xmin: string
}

/**
 * An entry is closed when no transaction that could write one before it is open: in the order of their numbers, those below the oldest open one. Those that
 * another server numbered are below it, or are numbers that this one has not come to.
 * @returns the first of those that no seal holds
 */
async function closedEntries(trx: Trx, last: Last | undefined, most: number): Promise<Closed> {
  const unsealed = last?.elsewhere
    ? sql`(e.written_in < now_open.xmin or e.written_in >= now_open.xmax)
        and not exists (select from audit_seals as s, unnest(s.entries) as held(id) where held.id = e.id) order by e.id`
    : sql`e.written_in < now_open.xmin
        and (e.written_in, e.id) > (${last?.upto_xid ?? '0'}::xid8, ${last?.upto_id ?? nil}::uuid) order by e.written_in, e.id`
  // one statement, so that the oldest open transaction is the one of the moment at which entries are read
  const { rows } = await sql<{ xmin: string; id: string | null; xid: string; leaf: Buffer }>`
    select now_open.xmin::text, found.id, found.written_in::text as xid, found.leaf
    from (select pg_snapshot_xmin(now) as xmin, pg_snapshot_xmax(now) as xmax from pg_current_snapshot() as now) as now_open
    left join lateral (
      select e.id, e.written_in, ${leafHash} as leaf from audit_entries as e
      where ${unsealed} limit ${most}
    ) as found on true`.execute(trx)
  const found = rows.flatMap(row => (row.id === null ? [] : [{ ...row, id: row.id }]))
  const end = found.at(-1)
  return {
    ids: found.map(({ id }) => id),
    leaves: found.map(({ leaf }) => leaf),
    last: end ? { xid: end.xid, id: end.id } : null,
    xmin: rows[0]!.xmin,
  }
}
