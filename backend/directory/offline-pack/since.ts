// What a phone holds and how far one answer of a pack has come, as the opaque texts that it gives back.
import type { Caller } from '../../http/caller.ts'
import { sql } from 'kysely'
import type { Database } from '../../database/connection.ts'
import { decodeCursor, encodeCursor, isTimeKey, type CursorKey } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { packLimit } from './schema.ts'

/** The moment at which a pack began. */
export interface Beginning {
  /** the oldest transaction that was open then: what this one or a later one writes may be missing from the pack */
  written_in: string
  as_of: Date
}

/** Numbers of transactions mean something in one history of one server only: another has a restored copy, or a standby that took over. */
export interface Server {
  history: string
  oldestOpen: string
}

export async function serverNow(db: Database): Promise<Server> {
  const { rows } = await sql<{ history: string; oldest_open: string }>`
    select system_identifier || '.' || left(pg_walfile_name(pg_current_wal_lsn()), 8) as history,
      pg_snapshot_xmin(pg_current_snapshot())::text as oldest_open
    from pg_control_system()`.execute(db)
  return { history: rows[0]!.history, oldestOpen: rows[0]!.oldest_open }
}

/** What shapes a pack besides its shops: with another scope, another pack. */
const question = (caller: Caller, { history }: Server) => [
  'offline-pack',
  caller.numbers,
  caller.staff_id,
  caller.role,
  caller.region_codes,
  caller.assigned_only,
  caller.stale_after_days,
  history,
]

const isTransaction = (part: string | number | undefined) => typeof part === 'string' && /^[0-9]{1,19}$/.test(part)

/** @param complete a pack that was cut cannot be brought up to date: which shops belong to it depends on all the others */
export const encodeSince = (caller: Caller, server: Server, { written_in, as_of }: Beginning, complete: boolean): string =>
  encodeCursor([written_in, as_of.toISOString(), complete ? 1 : 0], [...question(caller, server), 'since'])

/** @returns null where the pack has to be given anew */
export function decodeSince(caller: Caller, server: Server, since: string): Beginning | null {
  const fits = (key: CursorKey) => key.length === 3 && isTransaction(key[0]) && isTimeKey(key[1]) && (key[2] === 0 || key[2] === 1)
  try {
    const [written_in, as_of, complete] = decodeCursor(since, [...question(caller, server), 'since'], fits)
    return complete === 1 ? { written_in: String(written_in), as_of: new Date(as_of!) } : null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** whole: every shop of the scope, by 商户号; own, others: of a scope that is larger than a pack; changes: since a pack that the phone holds */
const parts = ['whole', 'own', 'others', 'changes'] as const
export type Part = (typeof parts)[number]

/** Where the next answer goes on. */
export interface Place {
  part: Part
  /** of the last row; rank only among others. Empty: before the first */
  after: { sub_mchid: string; rank: number }
  /** rows of this pack given so far */
  given: number
  total: number
  began: Beginning
  /** changes: of the pack that the phone holds */
  from: Beginning | null
}

export function encodePlace(caller: Caller, server: Server, { part, after, given, total, began, from }: Place): string {
  const key = [parts.indexOf(part), after.sub_mchid, after.rank, given, total, began.written_in, began.as_of.toISOString()]
  return encodeCursor(from ? [...key, from.written_in, from.as_of.toISOString()] : key, question(caller, server))
}

/** @throws AppError INVALID_CURSOR, also when the scope has changed since: the pack is then begun anew */
export function decodePlace(caller: Caller, server: Server, cursor: string): Place {
  const key = decodeCursor(cursor, question(caller, server), isPlace)
  const [part, sub_mchid, rank, given, total, written_in, as_of, fromTransaction, fromTime] = key
  return {
    part: parts[Number(part)]!,
    after: { sub_mchid: String(sub_mchid), rank: Number(rank) },
    given: Number(given),
    total: Number(total),
    began: { written_in: String(written_in), as_of: new Date(as_of!) },
    from: fromTransaction === undefined ? null : { written_in: String(fromTransaction), as_of: new Date(fromTime!) },
  }
}

function isPlace([part, sub_mchid, rank, given, total, written_in, as_of, ...from]: CursorKey): boolean {
  const isCount = (number: unknown, most: number) => Number.isInteger(number) && Number(number) >= 0 && Number(number) <= most
  if (!isCount(part, parts.length - 1) || typeof sub_mchid !== 'string' || !/^[0-9]{0,10}$/.test(sub_mchid)) return false
  if (!isCount(Number(rank) + 1, 100) || !isCount(given, packLimit) || !isCount(total, 1e9)) return false
  if (!isTransaction(written_in) || !isTimeKey(as_of)) return false
  return parts[Number(part)] === 'changes' ? from.length === 2 && isTransaction(from[0]) && isTimeKey(from[1]) : from.length === 0
}
