// Every shop that the phone can name without a network: those of the offline pack, and those that lists and pages showed.
import type { OfflinePackRow } from '../../typings/api'
import type { KeptRow } from '../rules/kept-row'
import { indexPack, type PackIndex } from '../shared/pack-search'
import type { PackStore } from './pack'
import type { RowsCache } from './rows-cache'

export interface KnownIndex {
  index: PackIndex
  /** of the pack, else of the newest row (server time, ms) */
  as_of: number
  /** pack: everything of the scope, or as much as a pack holds · seen: only what was looked at on this phone */
  of: 'pack' | 'seen'
}

export class KnownShops {
  private made: { from: string; known: KnownIndex; places: Map<string, KeptRow> } | null = null

  constructor(
    private readonly pack: Pick<PackStore, 'index' | 'as_of' | 'facts'>,
    private readonly rows: RowsCache,
  ) {}

  /** the pack holds not all shops of the scope */
  get isPart(): boolean {
    return this.pack.facts !== null && !this.pack.facts.complete
  }
  /** Ready to be searched; null where nothing is known. */
  index(): KnownIndex | null {
    return this.make()?.known ?? null
  }
  find(sub_mchid: string): KeptRow | null {
    return this.make()?.places.get(sub_mchid) ?? null
  }
  keep(...given: Parameters<RowsCache['keep']>): void {
    this.rows.keep(...given)
  }
  /** Not mine to see (any more). The pack learns it by itself. */
  remove(sub_mchid: string): void {
    this.rows.remove(sub_mchid)
  }

  private make() {
    const packed = this.pack.index()
    const as_of = packed ? this.pack.as_of : null
    const from = `${this.pack.facts?.since ?? ''} ${this.rows.version}`
    if (this.made?.from === from) return this.made
    const seen = this.rows.rows()
    if (as_of === null && seen.length === 0) return (this.made = null)
    const places = new Map<string, KeptRow>()
    if (packed && as_of !== null) packed.entries.forEach(({ row }) => places.set(row.sub_mchid, { row, as_of }))
    const whole = packed !== null && !this.isPart
    /** seen in a list, and not in a pack that holds the whole scope: it has ended, or is not mine any more. Its page opens, nobody finds it by searching */
    const ended = new Set<string>()
    let changed = false
    seen.forEach(one => {
      const before = places.get(one.row.sub_mchid)
      if (before && before.as_of >= one.as_of) return
      places.set(one.row.sub_mchid, before ? { row: withReadings(one.row, before.row), as_of: one.as_of } : one)
      if (before || !whole) changed = true
      else ended.add(one.row.sub_mchid)
    })
    const found = () => [...places.values()].flatMap(({ row }) => (ended.has(row.sub_mchid) ? [] : row))
    const index = packed && !changed ? packed : indexPack(found())
    const known: KnownIndex = { index, as_of: as_of ?? Math.max(...seen.map(one => one.as_of)), of: as_of === null ? 'seen' : 'pack' }
    return (this.made = { from, known, places })
  }
}

/** A newer row of a list says nothing of how the pack finds it. */
const withReadings = (newer: OfflinePackRow, packed: OfflinePackRow): OfflinePackRow => ({
  ...packed,
  ...newer,
  assigned_to_me: newer.assigned_to_me || packed.assigned_to_me,
  pinyin: packed.pinyin,
  pinyin_initials: packed.pinyin_initials,
  other_pinyin: packed.other_pinyin,
  other_initials: packed.other_initials,
})
