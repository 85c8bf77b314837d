// The merchants that were read last, whole, for when there is no network (product.md §8: 50, 30 days, least recently used first out). They say as of when
// they are; whoever shows one says so too.
import type { SubMerchant } from '../../typings/api'
import type { KeyValues } from '../phone/phone'
import { DAY } from '../rules/relative-time'
import type { AccountData } from './account-data'
import type { Droppable } from './storage-quota'
import { keptAs, type KeptAs } from '../phone/kept-as'

export const MOST_DETAILS = 50
export const DETAIL_AGE_MS = 30 * DAY

export interface CachedMerchant {
  merchant: SubMerchant
  /** when the server gave it (ms of the phone) */
  as_of: number
}
/** in the order of use, last used first */
interface Entry {
  sub_mchid: string
  as_of: number
}

const INDEX = keptAs<Entry[]>(1, [{ sub_mchid: '', as_of: 0 }])
const DETAIL = keptAs<CachedMerchant>(1, { merchant: { sub_mchid: '' }, as_of: 0 })
/** what its receipt is made of, how it is paid */
const PARTS = ['receipt', 'payments'] as const
type Part = (typeof PARTS)[number]

export class DetailsCache implements AccountData, Droppable {
  readonly lockable = true
  private staff_id: string | null = null
  private entries: Entry[] = []

  constructor(
    private readonly storage: KeyValues,
    private readonly now: () => number,
    /** names of all kept values */
    private readonly keys: () => readonly string[],
    /** after each write: whoever looks after the storage */
    private readonly wrote: () => void = () => {},
  ) {}

  use(staff_id: string | null): void {
    this.staff_id = staff_id
    this.entries = staff_id === null ? [] : (INDEX.read(this.storage, indexKey(staff_id)) ?? [])
    const old = this.entries.filter(({ as_of }) => this.tooOld(as_of))
    if (old.length > 0) this.forget(old)
  }

  /** A merchant as the server just gave it. What does not fit is not kept: the page shows it all the same. */
  put(merchant: SubMerchant): void {
    if (this.staff_id === null) return
    const { sub_mchid } = merchant
    const as_of = this.now()
    const key = detailKey(this.staff_id, sub_mchid)
    try {
      // the index first: nothing is kept that a wipe would not find
      this.toFront({ sub_mchid, as_of })
      DETAIL.write(this.storage, key, { merchant, as_of })
      this.forget(this.entries.slice(MOST_DETAILS))
    } catch {
      this.remove(sub_mchid)
    }
    if (!this.entries.some(one => one.sub_mchid === sub_mchid)) this.storage.remove(key)
    this.wrote()
  }

  /** What was read of this merchant last, not more than 30 days ago; null for nothing. */
  get(sub_mchid: string): CachedMerchant | null {
    const entry = this.freshOf(sub_mchid)
    if (!entry) return null
    const cached = DETAIL.read(this.storage, detailKey(this.staff_id!, sub_mchid))
    if (cached) this.noteUse(entry)
    return cached
  }

  /** What belongs to it, kept and given up with the merchant. */
  putPart<T>(part: Part, kept: KeptAs<T>, sub_mchid: string, value: T): void {
    if (this.staff_id === null) return
    const key = partKey(this.staff_id, sub_mchid, part)
    try {
      const as_of = this.entries.find(one => one.sub_mchid === sub_mchid)?.as_of ?? this.now()
      this.toFront({ sub_mchid, as_of })
      kept.write(this.storage, key, value)
      this.forget(this.entries.slice(MOST_DETAILS))
    } catch {
      this.storage.remove(key)
    }
    this.wrote()
  }
  getPart<T>(part: Part, kept: KeptAs<T>, sub_mchid: string): T | null {
    return this.freshOf(sub_mchid) ? kept.read(this.storage, partKey(this.staff_id!, sub_mchid, part)) : null
  }

  /** The server says that this one is not mine to see (any more). */
  remove(sub_mchid: string): void {
    this.forget(this.entries.filter(one => one.sub_mchid === sub_mchid))
  }
  clear(): void {
    this.forget(this.entries)
  }
  wipe(staff_id: string): void {
    const entries = INDEX.read(this.storage, indexKey(staff_id)) ?? []
    entries.forEach(({ sub_mchid }) => removeAll(this.storage, staff_id, sub_mchid))
    // also those that a damaged index does not name
    const all = detailKey(staff_id, '')
    this.keys()
      .filter(key => key.startsWith(all))
      .forEach(key => this.storage.remove(key))
    this.storage.remove(indexKey(staff_id))
    if (staff_id === this.staff_id) this.use(null)
  }

  oldest(): number | null {
    return this.entries.length === 0 ? null : Math.min(...this.entries.map(({ as_of }) => as_of))
  }
  dropOldest(): void {
    const at = this.oldest()
    this.forget(this.entries.filter(({ as_of }) => as_of === at).slice(0, 1))
  }

  /** Nobody has one without an account: use(null) empties the list. */
  private freshOf(sub_mchid: string): Entry | undefined {
    return this.entries.find(one => one.sub_mchid === sub_mchid && !this.tooOld(one.as_of))
  }
  private tooOld(as_of: number): boolean {
    return this.now() - as_of > DETAIL_AGE_MS
  }
  /** Reading needs no room: a phone full of drafts still shows what it has. */
  private noteUse(entry: Entry): void {
    try {
      this.toFront(entry)
    } catch {
      // in the order of this session only
    }
  }
  private toFront(entry: Entry): void {
    this.entries = [entry, ...this.entries.filter(({ sub_mchid }) => sub_mchid !== entry.sub_mchid)]
    if (this.staff_id !== null) INDEX.write(this.storage, indexKey(this.staff_id), this.entries)
  }
  private forget(gone: readonly { sub_mchid: string }[]): void {
    const { staff_id, storage } = this
    if (staff_id === null || gone.length === 0) return
    const names = new Set(gone.map(({ sub_mchid }) => sub_mchid))
    names.forEach(sub_mchid => removeAll(storage, staff_id, sub_mchid))
    this.entries = this.entries.filter(({ sub_mchid }) => !names.has(sub_mchid))
    INDEX.writeIfRoom(storage, indexKey(staff_id), this.entries)
  }
}

const indexKey = (staff_id: string) => `staff:${staff_id}:details`
const detailKey = (staff_id: string, sub_mchid: string) => `staff:${staff_id}:detail:${sub_mchid}`
const partKey = (staff_id: string, sub_mchid: string, part: Part) => `${detailKey(staff_id, sub_mchid)}:${part}`
function removeAll(storage: KeyValues, staff_id: string, sub_mchid: string): void {
  storage.remove(detailKey(staff_id, sub_mchid))
  PARTS.forEach(part => storage.remove(partKey(staff_id, sub_mchid, part)))
}
