// The first rows of each list of visits, as the server gave them last: shown after a restart without a network, with their time (product.md §8).
import type { VisitRow } from '../../../typings/api'
import { keptAs } from '../../phone/kept-as'
import type { KeyValues } from '../../phone/phone'
import type { AccountData } from '../../stores/account-data'

export interface KeptList {
  rows: VisitRow[]
  /** how many there are, as PagedList.total */
  total: number | null
  /** server time, ms */
  as_of: number
}
const LISTS = keptAs<Record<string, KeptList>>(1, {})
const keyOf = (staff_id: string) => `staff:${staff_id}:visit-lists`

export class KeptLists implements AccountData {
  readonly lockable = true
  private staff_id: string | null = null
  private lists: Record<string, KeptList> = {}

  constructor(private readonly storage: KeyValues) {}

  use(staff_id: string | null): void {
    this.staff_id = staff_id
    this.lists = staff_id === null ? {} : (LISTS.read(this.storage, keyOf(staff_id)) ?? {})
  }
  wipe(staff_id: string): void {
    this.storage.remove(keyOf(staff_id))
    if (staff_id === this.staff_id) this.use(null)
  }
  /** 清除缓存 */
  clear(): void {
    if (this.staff_id !== null) this.storage.remove(keyOf(this.staff_id))
    this.lists = {}
  }

  get(name: string): KeptList | null {
    const list = this.lists[name]
    return Array.isArray(list?.rows) ? list : null
  }
  put(name: string, list: KeptList): void {
    if (this.staff_id === null) return
    this.lists = { ...this.lists, [name]: list }
    LISTS.writeIfRoom(this.storage, keyOf(this.staff_id), this.lists)
  }
}
