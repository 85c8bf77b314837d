// The stores of the running app, one of each. Pages bind to these and call nothing of api/ themselves.
import { createApi } from '../api/index'
import { phone } from '../api/platform'
import { http, useSession } from '../api/request'
import { scanHosts } from '../config'
import { AdsStore } from './ads'
import { EvidenceStore } from './evidence'
import { FieldTestStore } from './field-test'
import { HomeStore } from './home'
import { MerchantStore } from './merchant'
import { MerchantsStore } from './merchants'
import { NetworkStore } from './network'
import { PortalCheckStore } from './portal-check'
import { PreferencesStore } from './preferences'
import { RecentsStore } from './recents'
import { RegionsStore } from './regions'
import { ScanStore } from './scan'
import { SessionStore } from './session'
import { phoneTimers } from './phone-timers'
import { TroubleshootingStore } from './troubleshooting'
import { WithdrawalStore } from './withdrawal'
import { wireStores } from './wiring'

const preferences = new PreferencesStore(phone.storage)
const network = new NetworkStore(phoneTimers)
const recents = new RecentsStore(phone.storage)

const context = { api: createApi(http), phone, timers: phoneTimers, random: Math.random, network, preferences }

const session = new SessionStore(context, recents)
const merchants = new MerchantsStore(context, recents)
// 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
const visits = new MerchantsStore(context, recents)
const regions = new RegionsStore(context)
const scan = new ScanStore(context, scanHosts)
const home = new HomeStore(context, session)
const evidence = new EvidenceStore(context)
const merchant = new MerchantStore(context, session, recents, changed => [merchants, visits].forEach(list => list.follow(changed)))
const ads = new AdsStore(merchant, preferences)
const fieldTest = new FieldTestStore(context, session, merchant)
const troubleshooting = new TroubleshootingStore(context, session, merchant)
const portalCheck = new PortalCheckStore(context, session, merchant)
const withdrawal = new WithdrawalStore(context, withdrawn => evidence.replace(withdrawn))

export const stores = {
  session,
  merchants,
  visits,
  merchant,
  evidence,
  home,
  recents,
  network,
  preferences,
  fieldTest,
  troubleshooting,
  portalCheck,
  withdrawal,
  ads,
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

wireStores({
  session,
  network,
  merchant,
  evidence,
  home,
  regions,
  lists: [merchants, visits],
  begun: [fieldTest, troubleshooting, portalCheck, withdrawal],
})

/** At app launch. */
export function startStores(): void {
  preferences.watch(phone)
  network.watch(phone)
  void session.start()
}
