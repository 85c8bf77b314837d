// The rows of shops that lists showed last: what the first screens show, and the search looks through, where there is no network and no offline pack.
// One value of the storage, written when what was
// read is on screen.
import type { SubMerchantRow } from '../../typings/api'
import type { KeyValues } from '../phone/phone'
import { asPackRow, type KeptRow } from '../rules/kept-row'
import { DAY } from '../rules/relative-time'
import type { Timers } from '../rules/timers'
import type { AccountData } from './account-data'
import type { Droppable } from './storage-quota'
import { keptAs } from '../phone/kept-as'

/** about 150 KB */
const MOST_ROWS = 300
const ROW_AGE_MS = 30 * DAY

interface Entry {
  row: SubMerchantRow
  /** of the server (ms) */
  as_of: number
  mine: boolean
}

const ROWS = keptAs<Entry[]>(1, [{ row: { sub_mchid: '' }, as_of: 0 }])

export class RowsCache implements AccountData, Droppable {
  readonly lockable = true
  /** rises with each change: what was made of the rows is to be made anew */
  version = 0
  private staff_id: string | null = null
  private entries = new Map<string, Entry>()
  private writing: unknown = null

  constructor(
    private readonly storage: KeyValues,
    private readonly timers: Timers,
    /** server time (ms) */
    private readonly serverNow: () => number,
  ) {}

  use(staff_id: string | null): void {
    this.timers.clear(this.writing)
    this.staff_id = staff_id
    const all = staff_id === null ? [] : (ROWS.read(this.storage, keyOf(staff_id)) ?? [])
    const kept = all.filter(({ as_of }) => this.serverNow() - as_of <= ROW_AGE_MS)
    this.entries = new Map(kept.map(entry => [entry.row.sub_mchid, entry]))
    this.version += 1
  }
  wipe(staff_id: string): void {
    this.timers.clear(this.writing)
    this.storage.remove(keyOf(staff_id))
    if (staff_id === this.staff_id) this.use(null)
  }
  /** 清除缓存 */
  clear(): void {
    this.timers.clear(this.writing)
    if (this.staff_id !== null) this.storage.remove(keyOf(this.staff_id))
    this.entries.clear()
    this.version += 1
  }

  /** Rows as the server just gave them. `mine`: assigned to me; null: the list does not say, what was known stays. */
  keep(rows: readonly SubMerchantRow[], mine: boolean | null = null): void {
    if (this.staff_id === null || rows.length === 0) return
    const as_of = this.serverNow()
    rows.forEach(row => {
      const before = this.entries.get(row.sub_mchid)
      // last seen is last
      this.entries.delete(row.sub_mchid)
      this.entries.set(row.sub_mchid, { row, as_of, mine: mine ?? before?.mine ?? false })
    })
    const tooMany = Math.max(0, this.entries.size - MOST_ROWS)
    Array.from(this.entries.keys())
      .slice(0, tooMany)
      .forEach(sub_mchid => this.entries.delete(sub_mchid))
    this.version += 1
    this.timers.clear(this.writing)
    this.writing = this.timers.set(() => this.write(), 0)
  }
  /** The server says that this one is not mine to see (any more). */
  remove(sub_mchid: string): void {
    if (!this.entries.delete(sub_mchid)) return
    this.version += 1
    this.write()
  }
  rows(): KeptRow[] {
    return [...this.entries.values()].map(({ row, as_of, mine }) => ({ row: asPackRow(row, mine), as_of }))
  }

  oldest(): number | null {
    return this.entries.size === 0 ? null : Math.min(...[...this.entries.values()].map(({ as_of }) => as_of))
  }
  /** They lie in one value: all of them. */
  dropOldest(): void {
    this.clear()
  }

  private write(): void {
    if (this.staff_id !== null) ROWS.writeIfRoom(this.storage, keyOf(this.staff_id), [...this.entries.values()])
  }
}

const keyOf = (staff_id: string) => `staff:${staff_id}:rows`
