// The stores of the running app that every page may need, one of each; a sub-package adds its own (packages/merchant/stores). Pages bind to these and call
// nothing of api/ themselves.
import { reaction } from 'mobx-miniprogram'
import { createApi } from '../api/index'
import { phone } from '../api/platform'
import { http, useSession } from '../api/request'
import { scanHosts } from '../config'
import { ChecklistStore } from './checklist'
import type { Belongings } from './belongings'
import type { StoreContext } from './context'
import { DetailsCache } from './details-cache'
import { HomeStore } from './home'
import { MerchantsStore } from './merchants'
import { MinuteStore } from './minute'
import { NetworkStore } from './network'
import { PackStore } from './pack'
import { PreferencesStore } from './preferences'
import { RecentsStore } from './recents'
import { RegionsStore } from './regions'
import { ScanStore } from './scan'
import { SessionStore } from './session'
import { StorageRoom } from './storage-room'
import { phoneTimers } from './phone-timers'
import { wireStores } from './wiring'

/** Caches make room for what cannot be read again. */
export const room = new StorageRoom(phone)
const preferences = new PreferencesStore(room.storage)
const network = new NetworkStore(phoneTimers)
const recents = new RecentsStore(room.storage)

/** What a sub-package makes its own stores from. */
export const context: StoreContext = {
  api: createApi(http),
  phone: { ...phone, storage: room.storage },
  timers: phoneTimers,
  random: Math.random,
  network,
  preferences,
}

/** for the stores of the merchant package */
export const details = new DetailsCache(room.storage, phoneTimers.now, () => room.tidy())
const pack: PackStore = new PackStore(
  context,
  () => session.serverNow(),
  () => room.tidy(),
)
room.register(details)
room.register(pack)
const belongings: Belongings[] = [recents, details, pack]
const session: SessionStore = new SessionStore(context, belongings)
const home = new HomeStore(context, session)
belongings.push(home)
const merchants = new MerchantsStore(context, recents, pack)
// 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
const visits = new MerchantsStore(context, recents, pack)
const regions = new RegionsStore(context)
const minute = new MinuteStore(phoneTimers)
const scan = new ScanStore(context, scanHosts)
const checklist = new ChecklistStore(context)

export const stores = {
  session,
  merchants,
  visits,
  home,
  pack,
  details,
  recents,
  minute,
  network,
  preferences,
  scan,
  regions,
  checklist,
}

useSession({
  token: () => session.currentToken(),
  renew: () => session.renew(),
  shutOut: error => session.shutOut(error),
  online: () => network.online,
  language: () => preferences.language,
})

/** every list of merchants: they follow what is changed on one */
export const lists = [merchants, visits]

wireStores({ session, network, pack, home, regions, lists })
// A visit may begin in a basement: its checklist is on the phone before.
reaction(
  () => session.status === 'ready' && network.online,
  ready => ready && void checklist.refresh(),
)

const hideListeners: (() => void)[] = []
/** For the stores of a sub-package: what must not wait for somebody to come back (product.md §6.2). */
export const onAppHide = (listener: () => void): void => void hideListeners.push(listener)
/** When the app leaves the screen. */
export const hideStores = (): void => {
  minute.stop()
  hideListeners.forEach(listener => listener())
}

/** At app launch. */
export function startStores(): void {
  preferences.watch(phone)
  network.watch(phone)
  room.tidy()
  void session.start()
}

/** When the app comes back to the screen: what was tried in vain is tried again. */
export function showStores(): void {
  minute.start()
  if (session.status !== 'ready') return
  void session.confirm()
  void pack.tend()
}
