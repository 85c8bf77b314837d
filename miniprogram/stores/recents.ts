import { makeAutoObservable, observable } from 'mobx-miniprogram'
import type { KeyValues } from '../phone/phone'
import type { AccountData } from './account-data'
import { holdsPaymentCode } from '../shared/payment-code'
import { keptAs, type KeptAs } from '../phone/kept-as'

export interface RecentMerchant {
  sub_mchid: string
  name: string
  region_name: string
}
const MOST = 10
const SEARCHES = keptAs<string[]>(1, [''])
const MERCHANTS = keptAs<RecentMerchant[]>(1, [{ sub_mchid: '' }])

/** Last 10 searches and merchants of the account that is logged in, newest first; wiped on logout (product.md M05). */
export class RecentsStore implements AccountData {
  readonly lockable = true
  searches: string[] = []
  merchants: RecentMerchant[] = []
  private staff_id: string | null = null

  constructor(private readonly storage: KeyValues) {
    makeAutoObservable<this, 'storage' | 'staff_id'>(
      this,
      { storage: false, staff_id: false, searches: observable.ref, merchants: observable.ref },
      { autoBind: true },
    )
  }

  /** Shows the recents of this account, null for none. */
  use(staff_id: string | null): void {
    this.staff_id = staff_id
    this.searches = this.read('searches', SEARCHES)
    this.merchants = this.read('merchants', MERCHANTS)
  }

  addSearch(text: string): void {
    const search = text.trim()
    if (search === '' || holdsPaymentCode(search)) return
    this.searches = [search, ...this.searches.filter(other => other !== search)].slice(0, MOST)
    this.write('searches', SEARCHES, this.searches)
  }
  addMerchant({ sub_mchid, name, region_name }: RecentMerchant): void {
    const others = this.merchants.filter(other => other.sub_mchid !== sub_mchid)
    this.merchants = [{ sub_mchid, name, region_name }, ...others].slice(0, MOST)
    this.write('merchants', MERCHANTS, this.merchants)
  }
  clearSearches(): void {
    this.searches = []
    this.write('searches', SEARCHES, [])
  }
  clearMerchants(): void {
    this.merchants = []
    this.write('merchants', MERCHANTS, [])
  }
  /** Nothing of an account stays on the phone after it leaves. */
  wipe(staff_id: string): void {
    this.storage.remove(keyOf(staff_id, 'searches'))
    this.storage.remove(keyOf(staff_id, 'merchants'))
    if (staff_id === this.staff_id) this.use(null)
  }

  private read<T>(what: string, as: KeptAs<T[]>): T[] {
    return this.staff_id === null ? [] : (as.read(this.storage, keyOf(this.staff_id, what)) ?? [])
  }
  private write<T>(what: string, as: KeptAs<T[]>, value: T[]): void {
    if (this.staff_id !== null) as.writeIfRoom(this.storage, keyOf(this.staff_id, what), value)
  }
}

const keyOf = (staff_id: string, what: string) => `staff:${staff_id}:recent-${what}`
