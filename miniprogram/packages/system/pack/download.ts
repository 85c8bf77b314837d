// Downloading the offline pack (product.md §8): whole the first time, then what changed; each part is kept as it comes, so that a download that was cut off
// goes on where it was. Loaded by stores/pack when it downloads.
import type { OfflinePack, OfflinePackQuery, OfflinePackRow } from '../../../../typings/api'
import { ApiError } from '../../../api/errors'
import { utf8Length } from '../../../rules/utf8-length'
import type { PackWanted } from '../../../stores/pack'
import type { Download, PackChunks, PackFacts } from '../../../stores/pack-chunks'

/** rows of one value of the storage */
const CHUNK_ROWS = 500

/**
 * @returns the new pack; null: a chunk of the old one is missing; over: nobody waits any more
 * @throws ApiError; what had come is kept
 */
export async function downloadPack(wanted: PackWanted): Promise<PackFacts | null | 'over'> {
  const { context, chunks, facts, scope, came, isOver } = wanted
  let begun = chunks.download()
  // the pack that these changes belong to is gone
  if (begun && !begun.reset && begun.base !== (facts?.since ?? null)) {
    chunks.dropDownload()
    begun = null
  }
  let anew = false
  while (begun === null || begun.cursor !== null) {
    const query: OfflinePackQuery = begun ? { cursor: begun.cursor! } : facts ? { since: facts.since } : {}
    try {
      const answer = await context.api.getOfflinePack(query, scope)
      if (isOver()) return 'over'
      begun = keep(wanted, begun, answer)
    } catch (thrown) {
      // My scope is another one now, or this half is too old: from the start, once.
      if (!(thrown instanceof ApiError) || thrown.code !== 'INVALID_CURSOR' || anew || begun === null) throw thrown
      anew = true
      chunks.dropDownload()
      begun = null
    }
    if (begun) came(begun)
  }
  return takeOver(chunks, begun, facts)
}

/** Everything is here: the new pack, or what changed, takes its place. Where that finds no room it is done again next time. */
function takeOver(chunks: PackChunks, begun: Download, facts: PackFacts | null): PackFacts | null {
  try {
    return begun.reset || !facts ? replace(chunks, begun) : apply(chunks, begun, facts)
  } catch {
    throw storageFull()
  }
}

/** Chunk first, then what says how far it goes: a kill in between asks for that chunk again. */
function keep({ chunks, facts, tidy }: PackWanted, begun: Download | null, answer: OfflinePack): Download {
  const { reset, removed, items, next_cursor, complete, total, as_of, since } = answer
  const before = begun ?? {
    shelf: facts?.shelf === 'a' ? ('b' as const) : ('a' as const),
    chunks: 0,
    rows: 0,
    bytes: 0,
    reset: reset || !facts,
    removed,
    base: facts?.since ?? null,
  }
  try {
    const bytes = items.length === 0 ? 0 : chunks.write(before.shelf, before.chunks, items)
    const download: Download = {
      ...before,
      chunks: before.chunks + (items.length === 0 ? 0 : 1),
      rows: before.rows + items.length,
      bytes: before.bytes + bytes,
      cursor: next_cursor,
      complete,
      total,
      as_of,
      since,
    }
    chunks.keepDownload(download)
    if (tidy()) return download
  } catch {
    // said below
  }
  chunks.dropDownload()
  throw storageFull()
}

/** A whole download takes the place of the pack. */
function replace(whole: PackChunks, { shelf, chunks, rows, bytes, as_of, since, complete, total }: Download): PackFacts {
  const facts = { shelf, chunks, rows, bytes, as_of, since, complete, total }
  whole.keepPack(facts)
  return facts
}

/**
 * A whole download changes the pack, chunk by chunk; after a kill in the middle it is done again from the start, with the same end. Returns null when a
 * chunk is missing.
 */
function apply(pack: PackChunks, download: Download, facts: PackFacts): PackFacts | null {
  const incoming = pack.rows(download)
  if (!incoming) return null
  const removed = new Set(download.removed)
  const changed = new Map(incoming.map(row => [row.sub_mchid, row]))
  const chunks: { rows: OfflinePackRow[]; touched: boolean }[] = []
  for (let at = 0; at < facts.chunks; at += 1) {
    const before = pack.read(facts.shelf, at)
    if (!before) return null
    let touched = false
    const rows: OfflinePackRow[] = []
    for (const row of before) {
      const now = changed.get(row.sub_mchid)
      if (now || removed.has(row.sub_mchid)) touched = true
      if (now) rows.push(now)
      else if (!removed.has(row.sub_mchid)) rows.push(row)
      changed.delete(row.sub_mchid)
    }
    chunks.push({ rows, touched })
  }
  for (const row of changed.values()) {
    let room = chunks.find(({ rows }) => rows.length < CHUNK_ROWS)
    if (!room) chunks.push((room = { rows: [], touched: true }))
    room.rows.push(row)
    room.touched = true
  }
  let bytes = 0
  chunks.forEach(({ rows, touched }, at) => {
    bytes += touched ? pack.write(facts.shelf, at, rows) : utf8Length(JSON.stringify(rows))
  })
  const { as_of, since, complete, total } = download
  const count = chunks.reduce((sum, { rows }) => sum + rows.length, 0)
  const after = { shelf: facts.shelf, chunks: chunks.length, rows: count, bytes, as_of, since, complete, total }
  pack.keepPack(after)
  return after
}

const storageFull = () => new ApiError({ kind: 'offline', code: 'STORAGE_FULL' })
