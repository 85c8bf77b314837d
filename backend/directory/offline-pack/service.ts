// GET /offline-pack (product.md §7.2, §8): a scope's shops for a phone without signal, the first time whole, then what changed.
//
// Nothing that is written while a phone pages is lost. A pack is walked by 商户号, which never changes, so a row that moves within the scope is
// neither skipped nor twice. What a later page already shows and an earlier one does not yet is in the next pack again, because that one begins at
// the oldest transaction that was open when the first page of this one was read (migrations/0015_offline_pack.sql). The server counts transactions
// of all its databases, so a long one elsewhere makes packs larger than they need be, never smaller.
import type { Caller } from '../../http/caller.ts'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../database/connection.ts'
import { toInstant } from '../../platform/instants.ts'
import { countScope, packRow, readRemoved, readRows } from './rows.ts'
import { chunkLimit, packLimit, type OfflinePack, type OfflinePackQuery } from './schema.ts'
import { decodePlace, decodeSince, encodePlace, encodeSince, serverNow, type Beginning, type Place, type Server } from './since.ts'

/** A total of so many means: so many or more. */
const countedUpTo = 100_000
/** A phone that was away for longer starts anew. Places that shops left are kept for longer (evidence/past-scope.ts). */
const bringsUpToDate = 30 * 86_400_000

/** @throws AppError INVALID_CURSOR */
export async function readPack(context: Context, caller: Caller, query: OfflinePackQuery): Promise<OfflinePack> {
  const { db, clock } = context
  // before anything else is read: what is written from here on belongs to the next pack
  const server = await serverNow(db)
  const begins = query.cursor === undefined
  const { place, removed } = begins
    ? await begin(db, caller, server, query.since, clock.now())
    : { place: decodePlace(caller, server, query.cursor!), removed: [] }
  return answer(db, caller, server, place, { removed, reset: begins && place.from === null, limit: query.limit ?? chunkLimit })
}

/** Whole or changes, from the first row. */
async function begin(
  db: Database,
  caller: Caller,
  server: Server,
  since: string | undefined,
  now: Date,
): Promise<{ place: Place; removed: string[] }> {
  const began: Beginning = { written_in: server.oldestOpen, as_of: now }
  const start = { after: { sub_mchid: '', rank: -1 }, given: 0, began, from: null }
  const total = await countScope(db, caller, packLimit + 1)
  if (total > packLimit) {
    return { place: { ...start, part: 'own', total: await countScope(db, caller, countedUpTo) }, removed: [] }
  }
  const from = since === undefined ? null : decodeSince(caller, server, since)
  if (from && Math.abs(now.getTime() - from.as_of.getTime()) <= bringsUpToDate) {
    const removed = await readRemoved(db, caller, from, packLimit + 1)
    if (removed.length <= packLimit) return { place: { ...start, part: 'changes', total, from }, removed }
  }
  return { place: { ...start, part: 'whole', total }, removed: [] }
}

async function answer(
  db: Database,
  caller: Caller,
  server: Server,
  place: Place,
  { removed, reset, limit }: { removed: string[]; reset: boolean; limit: number },
): Promise<OfflinePack> {
  const { began, total } = place
  const room = Math.min(limit, packLimit - place.given)
  const found = await readPart(db, caller, place, room)
  const items = found.rows.map(row => packRow(row, began.as_of, caller))
  const given = place.given + items.length
  const full = given >= packLimit
  // a scope that grew beyond a pack while it was read is a cut one
  const complete = total <= packLimit && !(full && found.more)
  const next = found.more && !full ? { ...place, ...found.place, given } : null
  return {
    reset,
    removed,
    items,
    next_cursor: next && encodePlace(caller, server, next),
    complete,
    total,
    as_of: toInstant(began.as_of),
    since: encodeSince(caller, server, began, complete),
  }
}

type Rows = Awaited<ReturnType<typeof readRows>>
interface Found {
  rows: Rows
  more: boolean
  place: Pick<Place, 'part' | 'after'>
}

/** At most `room` rows from a place on; a pack that is cut goes on from the caller's own to the others. */
async function readPart(db: Database, caller: Caller, place: Place, room: number): Promise<Found> {
  const read = await readRows(db, caller, place, room + 1)
  const rows = read.slice(0, room)
  const last = rows.at(-1)
  const after = last ? { sub_mchid: last.sub_mchid, rank: last.migration_rank } : place.after
  if (read.length > room) return { rows, more: true, place: { part: place.part, after } }
  if (place.part !== 'own') return { rows, more: false, place: { part: place.part, after } }
  const others = { ...place, part: 'others' as const, after: { sub_mchid: '', rank: -1 } }
  if (rows.length === room) return { rows, more: true, place: others }
  const rest = await readPart(db, caller, others, room - rows.length)
  return { ...rest, rows: [...rows, ...rest.rows] }
}
