// The rows of the offline pack in the phone's storage: chunks of 500, because WeChat keeps at most 1 MB a key. There are two shelves, so that a new pack
// is put together beside the old one, which stays usable until the new one is whole. Whatever is left behind by a kill is found again by its names.
import type { OfflinePackRow } from '../../typings/api'
import type { KeyValues } from '../phone/phone'
import { utf8Length } from '../rules/utf8-length'
import { keptAs } from '../phone/kept-as'

/** more than a pack of 5,000 rows ever has */
const MOST_CHUNKS = 16

type Shelf = 'a' | 'b'

/** The pack that can be searched. */
export interface PackFacts {
  shelf: Shelf
  chunks: number
  rows: number
  bytes: number
  /** of the server */
  as_of: string
  since: string
  /** false: the scope has more shops than a pack */
  complete: boolean
  /** shops of the scope */
  total: number
}
/** A pack on its way. */
export interface Download extends PackFacts {
  /** whether it replaces the pack, or changes it */
  reset: boolean
  removed: string[]
  /** where to go on; null: everything is here */
  cursor: string | null
  /** `since` of the pack that it changes; null: none */
  base: string | null
}

const PACK = keptAs<PackFacts>(1, { chunks: 0, as_of: '' })
const DOWNLOAD = keptAs<Download>(1, { chunks: 0, removed: [''] })
const ROWS = keptAs<readonly OfflinePackRow[]>(1, [{ sub_mchid: '' }])

export class PackChunks {
  constructor(
    private readonly storage: KeyValues,
    private readonly staff_id: string,
  ) {}

  facts(): PackFacts | null {
    return PACK.read(this.storage, this.key('pack'))
  }
  download(): Download | null {
    return DOWNLOAD.read(this.storage, this.key('pack-download'))
  }
  keepDownload(download: Download): void {
    DOWNLOAD.write(this.storage, this.key('pack-download'), download)
  }

  /** Rows of chunk `at`; null where it is missing. */
  read(shelf: Shelf, at: number): readonly OfflinePackRow[] | null {
    return ROWS.read(this.storage, this.chunkKey(shelf, at))
  }
  /** Returns its bytes. */
  write(shelf: Shelf, at: number, rows: readonly OfflinePackRow[]): number {
    ROWS.write(this.storage, this.chunkKey(shelf, at), rows)
    return utf8Length(JSON.stringify(rows))
  }
  /** All rows; null when a chunk is missing: then there is no pack. */
  rows({ shelf, chunks }: PackFacts): OfflinePackRow[] | null {
    const rows: OfflinePackRow[] = []
    for (let at = 0; at < chunks; at += 1) {
      const chunk = this.read(shelf, at)
      if (!chunk) return null
      chunk.forEach(row => rows.push(row))
    }
    return rows
  }

  /** The pack is this now; the download that made it is over. */
  keepPack(facts: PackFacts): void {
    PACK.write(this.storage, this.key('pack'), facts)
    this.dropDownload()
  }

  /** Forgets the download and whatever lies on the shelf that is not in use. */
  dropDownload(): void {
    const inUse = this.facts()?.shelf
    ;(['a', 'b'] as const).filter(shelf => shelf !== inUse).forEach(shelf => this.clear(shelf))
    this.storage.remove(this.key('pack-download'))
  }
  /** Forgets everything. */
  drop(): void {
    this.storage.remove(this.key('pack'))
    this.dropDownload()
  }

  private clear(shelf: Shelf): void {
    for (let at = 0; at < MOST_CHUNKS; at += 1) this.storage.remove(this.chunkKey(shelf, at))
  }
  private key(what: string): string {
    return `staff:${this.staff_id}:${what}`
  }
  private chunkKey(shelf: Shelf, at: number): string {
    return this.key(`pack:${shelf}:${at}`)
  }
}
