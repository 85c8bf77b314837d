// How common a search term is, as PostgreSQL's own statistics know it: decides from which end a list of matches is read.
import { sql } from 'kysely'
import type { Database } from '../../database/connection.ts'

interface Frequencies {
  /** merchants of all providers */
  merchants: number
  /** term → share of the merchants that have it; what is absent is rare */
  shares: ReadonlyMap<string, number>
}

const known = new WeakMap<Database, { read: Promise<Frequencies>; at: number }>()
/** milliseconds of real time: statistics change when a table has grown by some per cent */
const worthFor = 5 * 60_000

/** Read again after a while; after a failed reading the next search tries again. */
export async function termFrequencies(db: Database): Promise<Frequencies> {
  const held = known.get(db)
  if (held && performance.now() - held.at < worthFor) return held.read
  const read = readFrequencies(db)
  known.set(db, { read, at: performance.now() })
  read.catch(() => known.delete(db))
  return read
}

async function readFrequencies(db: Database): Promise<Frequencies> {
  const { rows } = await sql<{ merchants: number; terms: string[] | null; shares: number[] | null }>`
    select greatest(reltuples, 0)::float8 as merchants, most_common_elems::text::text[] as terms, most_common_elem_freqs::float8[] as shares
    from pg_class left join pg_stats on schemaname = current_schema() and tablename = relname and attname = 'terms'
    where pg_class.oid = 'sub_merchants'::regclass`.execute(db)
  const { merchants, terms, shares } = rows[0]!
  return { merchants, shares: new Map((terms ?? []).map((term, index) => [term, shares?.[index] ?? 0])) }
}

/** of a row that is found by its term and then fetched, and of an entry of the index sub_merchants_pkey: what they cost, relative to one another */
const fetchedRow = 12
const walkedEntry = 1

/**
 * Whether the matches come sooner by walking all merchants in order until there are enough, than by fetching all that have the term.
 * @param among merchants that the other conditions leave
 * @param inPlaces the index knows the region beside the term: only what is in both is fetched
 */
export function walkIsShorter({ merchants, shares }: Frequencies, term: string, among: number, wanted: number, inPlaces: boolean): boolean {
  const matching = (shares.get(term) ?? 0) * merchants
  if (matching === 0 || among === 0) return false
  const left = matching * (among / merchants)
  const walked = Math.min(merchants, (wanted * merchants) / left)
  return walked * walkedEntry < (inPlaces ? left : matching) * fetchedRow
}

/** Entries of the index sub_merchants_pkey that are read at most where it is not known how many names have the text: some milliseconds. */
export const walkedAtMost = 16_000

/**
 * Whether a page of names with a text of several terms is probably there before half of `walkedAtMost` merchants are read, and all that have the terms are more
 * to fetch. A text is at most as common as the rarest of its terms, and mostly as common: the terms overlap.
 */
export function isWorthBeginning({ merchants, shares }: Frequencies, terms: readonly string[], among: number, wanted: number): boolean {
  const share = Math.min(...terms.map(term => shares.get(term) ?? 0))
  const left = share * among
  if (left === 0) return false
  const walked = (wanted * merchants) / left
  return walked <= walkedAtMost / 2 && walked * walkedEntry < share * merchants * fetchedRow
}
