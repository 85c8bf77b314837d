// Proves the audit trail: every sealed entry is as it was, every seal follows from the one before, and nothing stands among sealed entries that was not
// sealed. Whoever owns the database can make all seals anew; that a root kept elsewhere stands in the chain is what shows this.
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { leafHash } from './leaf.ts'
import { beginning, chainedRoot, hashLength, rootOf, type Seal } from './merkle.ts'

/**
 * changed, removed: an entry that was sealed. slipped_in: an entry among sealed ones that no seal holds. late: written more than an hour after its own time,
 * which is also what a clock that was wrong leaves. seal_changed, seal_missing: of the seals themselves. root_unknown: the root that was kept is not in the chain.
 */
export type FaultKind = 'changed' | 'removed' | 'slipped_in' | 'late' | 'seal_changed' | 'seal_missing' | 'root_unknown'

export interface Fault {
  what: FaultKind
  /** of the seal that shows it; null: none does */
  seal: number | null
  /** null: it is no entry that fails */
  entry: string | null
  /** when the entry says that it was written; of one that is gone, and of a seal, when it was sealed */
  at: Date | null
}

export interface Verified {
  /** the first of them, at most; `faultCount` is all */
  faults: Fault[]
  faultCount: number
  seals: number
  /** entries that seals hold */
  entries: number
  /** written since the newest seal */
  waiting: number
  /** the newest; null: nothing is sealed yet */
  root: Buffer | null
}

interface SealRow extends Seal {
  root: Buffer
  upto_xid: string | null
  upto_id: string | null
}

const namedFaults = 20
const sealsAtOnce = 20
const lateAfter = 3_600_000

/**
 * Reads the whole trail as it is at one moment, in bounded memory.
 * @param kept a root that this printed earlier: entries that came late before it were looked at when it was kept
 */
export function verifyAudit(db: Database, kept: Buffer | null = null): Promise<Verified> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(trx => verifyIn(trx, kept))
}

async function verifyIn(trx: Trx, kept: Buffer | null): Promise<Verified> {
  const result: Verified = { faults: [], faultCount: 0, seals: 0, entries: 0, waiting: 0, root: null }
  const fault = (one: Fault) => {
    result.faultCount += 1
    if (result.faults.length < namedFaults) result.faults.push(one)
  }
  const keptNumber = kept === null ? 0 : await numberOf(trx, kept)
  let last: SealRow | null = null
  for (let seals = await sealsAfter(trx, 0); seals.length > 0; seals = await sealsAfter(trx, last!.number)) {
    for (const seal of seals) {
      faultsOfSeal(seal, last).forEach(fault)
      const lateBefore = last !== null && seal.number > (keptNumber ?? 0) ? last.sealed_at.getTime() - lateAfter : -Infinity
      ;(await faultsOfEntries(trx, seal, lateBefore)).forEach(fault)
      result.seals += 1
      result.entries += seal.entries.length
      last = seal
    }
  }
  result.root = last?.root ?? null
  for (const { what, entry, at, of_kind, first } of await unsealed(trx, last)) {
    if (what !== null) fault({ what, seal: null, entry, at })
    // only the first few of each kind are read
    if (first && what === null) result.waiting = of_kind
    if (first && what !== null) result.faultCount += Math.max(0, of_kind - namedFaults)
  }
  if (keptNumber === null) fault({ what: 'root_unknown', seal: null, entry: null, at: null })
  return result
}

/** @returns null: no seal has this root */
async function numberOf(trx: Trx, root: Buffer): Promise<number | null> {
  const { rows } = await sql<{ number: string }>`select number from audit_seals where root = ${root}`.execute(trx)
  return rows[0] ? Number(rows[0].number) : null
}

async function sealsAfter(trx: Trx, number: number): Promise<SealRow[]> {
  const { rows } = await sql<Omit<SealRow, 'number'> & { number: string }>`
    select number, sealed_at, upto_xid::text, upto_id, entries::text[] as entries, leaves, entries_root, previous, root
    from audit_seals where number > ${number} order by number limit ${sealsAtOnce}`.execute(trx)
  return rows.map(row => ({ ...row, number: Number(row.number) }))
}

function faultsOfSeal(seal: SealRow, last: SealRow | null): Fault[] {
  const expected = (last?.number ?? 0) + 1
  const faults: Fault[] = []
  if (seal.number !== expected) faults.push({ what: 'seal_missing', seal: expected, entry: null, at: null })
  const follows = seal.number !== expected || seal.previous.equals(last?.root ?? beginning)
  const whole = seal.leaves.length === hashLength * seal.entries.length && rootOf(seal.leaves).equals(seal.entries_root)
  if (!follows || !whole || !chainedRoot(seal).equals(seal.root))
    faults.push({ what: 'seal_changed', seal: seal.number, entry: null, at: seal.sealed_at })
  return faults
}

/** @param lateBefore ms: an entry of this seal that says that it was written before then came late */
async function faultsOfEntries(trx: Trx, seal: SealRow, lateBefore: number): Promise<Fault[]> {
  const { rows } = await sql<{ id: string; at: Date; leaf: Buffer }>`
    select e.id, e.at, ${leafHash} as leaf from audit_entries as e where e.id = any(${seal.entries}::uuid[])`.execute(trx)
  const found = new Map(rows.map(row => [row.id, row]))
  return seal.entries.flatMap((entry, index): Fault[] => {
    const now = found.get(entry)
    if (!now) return [{ what: 'removed', seal: seal.number, entry, at: seal.sealed_at }]
    const sealed = seal.leaves.subarray(index * hashLength, (index + 1) * hashLength)
    if (!now.leaf.equals(sealed)) return [{ what: 'changed', seal: seal.number, entry, at: now.at }]
    return now.at.getTime() < lateBefore ? [{ what: 'late', seal: seal.number, entry, at: now.at }] : []
  })
}

interface Unsealed {
  /** null: it waits for the next seal */
  what: 'slipped_in' | 'late' | null
  entry: string
  at: Date
  /** how many there are of this `what` */
  of_kind: number
  /** the oldest of them */
  first: boolean
}

/** The first few of each kind, oldest first. */
async function unsealed(trx: Trx, last: SealRow | null): Promise<Unsealed[]> {
  const passed = last?.upto_xid
    ? sql<boolean>`(e.written_in, e.id) <= (${last.upto_xid}::xid8, ${last.upto_id}::uuid)
        and ${last.upto_xid}::xid8 <= pg_snapshot_xmin(pg_current_snapshot())`
    : sql<boolean>`false`
  const lateBefore = last === null ? null : new Date(last.sealed_at.getTime() - lateAfter)
  const { rows } = await sql<Unsealed>`
    with loose as (
      select e.id as entry, e.at, case when ${passed} then 'slipped_in' when e.at < ${lateBefore}::timestamptz then 'late' end as what
      from audit_entries as e
      where not exists (select from audit_seals as s, unnest(s.entries) as held(id) where held.id = e.id)
    ), ranked as (
      select *, (count(*) over (partition by what))::integer as of_kind, row_number() over (partition by what order by at, entry) as place from loose
    )
    select what, entry, at, of_kind, place = 1 as first from ranked where place <= ${namedFaults} order by at, entry`.execute(trx)
  return rows
}
