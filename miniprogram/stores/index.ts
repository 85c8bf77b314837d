// The stores of the running app that every page may need, one of each; a sub-package adds its own (packages/merchant/stores). Pages bind to these and call
// nothing of api/ themselves.
import { createApi } from '../api/index'
import { phone } from '../api/platform'
import { http, useSession } from '../api/request'
import { scanHosts } from '../config'
import { HomeStore } from './home'
import { MerchantsStore } from './merchants'
import { NetworkStore } from './network'
import { PreferencesStore } from './preferences'
import { RecentsStore } from './recents'
import { RegionsStore } from './regions'
import { ScanStore } from './scan'
import type { StoreContext } from './context'
import { SessionStore } from './session'
import { phoneTimers } from './phone-timers'
import { wireStores } from './wiring'

const preferences = new PreferencesStore(phone.storage)
const network = new NetworkStore(phoneTimers)
const recents = new RecentsStore(phone.storage)

/** What a sub-package makes its own stores from. */
export const context: StoreContext = { api: createApi(http), phone, timers: phoneTimers, random: Math.random, network, preferences }

const session = new SessionStore(context, recents)
const merchants = new MerchantsStore(context, recents)
// 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
const visits = new MerchantsStore(context, recents)
const regions = new RegionsStore(context)
const scan = new ScanStore(context, scanHosts)
const home = new HomeStore(context, session)

export const stores = {
  session,
  merchants,
  visits,
  home,
  recents,
  network,
  preferences,
  scan,
  regions,
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

wireStores({ session, home, regions, lists })

const hideListeners: (() => void)[] = []
/** For the stores of a sub-package: what must not wait for somebody to come back (product.md §6.2). */
export const onAppHide = (listener: () => void): void => void hideListeners.push(listener)
/** When the app leaves the screen. */
export const hideStores = (): void => hideListeners.forEach(listener => listener())

/** At app launch. */
export function startStores(): void {
  preferences.watch(phone)
  network.watch(phone)
  void session.start()
}
