// The stores of the running app that every page may need, one of each; a sub-package adds its own (packages/merchant/stores). Pages bind to these and call
// nothing of api/ themselves.
import { reaction } from 'mobx-miniprogram'
import { createApi } from '../api/endpoints'
import { phone } from '../phone/platform'
import { camera } from '../phone/platform-camera'
import { http, useSession } from '../api/request'
import { updates } from '../phone/updates'
import { releaseVersion, scanHosts } from '../config'
import { placeOf } from '../rules/region'
import { sameDay } from '../rules/relative-time'
import { ChecklistStore } from './checklist'
import type { Belongings } from './belongings'
import type { StoreContext } from './context'
import { DetailsCache } from './details-cache'
import { DraftsStore } from './drafts'
import { HomeStore } from '../pages/home/store'
import { KnownShops } from './known-shops'
import { MerchantsStore } from './merchants'
import { MinuteStore } from './minute'
import { NetworkStore } from './network'
import { OutboxStore } from './outbox'
import { PackStore } from './pack'
import { PhotosStore } from './photos'
import { PreferencesStore } from './preferences'
import { RecentsStore } from './recents'
import { RegionsStore } from './regions'
import { RowsCache } from './rows-cache'
import { ScanStore } from './scan'
import { SessionStore } from './session'
import { StorageRoom } from './storage-room'
import { phoneTimers } from '../phone/phone-timers'
import { TodayStore } from '../pages/visits/today'
import { UpdateStore } from './update'
import { VisitListsStore } from '../pages/visits/store'
import { neededPhotos, sweepPhotos } from './work-shelf'
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
const rows = new RowsCache(room.storage, phoneTimers, () => session.serverNow())
/** every shop that can be named without a network; also for the stores of the sub-packages */
export const known = new KnownShops(pack, rows)
room.register(details)
room.register(pack)
room.register(rows)
const belongings: Belongings[] = [recents, details, pack, rows]
const session: SessionStore = new SessionStore(context, belongings)
const home = new HomeStore(context, session)
belongings.push(home)
const merchants = new MerchantsStore(context, recents, known)
// 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
const visits = new MerchantsStore(context, recents, known, row => placeOf(row.address, row.region_name))
const regions = new RegionsStore(context)
const minute = new MinuteStore(phoneTimers)
const scan = new ScanStore(context, scanHosts)
const checklist = new ChecklistStore(context)

const keys = () => phone.storedKeys()
const serverNow = () => session.serverNow()
const outbox = new OutboxStore({
  context,
  keys,
  files: camera,
  sender: () => session.sender,
  serverNow,
  measure: () => session.measure(),
  photosAllowed: () => network.wifi || !preferences.photos_wifi_only,
})
const photos = new PhotosStore({ context, camera, staff: () => session.staff?.id ?? null, serverNow, hasRoom: () => room.tidy() })
const drafts = new DraftsStore({ context, keys, photos, outbox, serverNow })
// The outbox first: it tells which drafts were submitted.
belongings.push(outbox, drafts)

/** shops of visits of today that were submitted and are still on the phone: somebody was there */
const waitingVisits = () =>
  outbox.items.flatMap(({ kind, parcel_id, shop }) => {
    const parcel = kind === 'visit' ? outbox.parcel(parcel_id) : null
    return parcel?.kind === 'visit' && sameDay(Date.parse(parcel.request.ended_at), serverNow()) ? [shop.sub_mchid] : []
  })
const today = new TodayStore(context, session, known, waitingVisits)
const visitLists = new VisitListsStore(context, session)

const update = new UpdateStore(updates, releaseVersion())

export const stores = {
  session,
  merchants,
  visits,
  home,
  pack,
  details,
  rows,
  recents,
  minute,
  network,
  preferences,
  scan,
  regions,
  checklist,
  outbox,
  drafts,
  photos,
  today,
  visitLists,
  update,
}

useSession(
  {
    token: () => session.currentToken(),
    account: () => session.staff?.id ?? null,
    renew: () => session.renew(),
    shutOut: error => session.shutOut(error),
    heard: update.heard,
    language: () => preferences.language,
  },
  network,
)

/** every list of merchants: they follow what is changed on one */
export const lists = [merchants, visits]

wireStores({ session, network, preferences, pack, home, regions, lists, outbox })
// A visit may begin in a basement: its checklist is on the phone before.
reaction(
  () => session.status === 'ready' && network.online,
  ready => ready && void checklist.refresh(),
)
reaction(
  () => session.staff?.id ?? null,
  (_staff, before) => {
    if (before === null || before === undefined) return
    today.reset()
    visitLists.reset()
  },
)

reaction(
  () => session.locked,
  locked => {
    if (locked) today.reset()
    if (locked) visitLists.reset()
  },
)
reaction(
  () => minute.now,
  () => session.watchLock(),
)
reaction(
  () => session.me?.min_client_version ?? null,
  least => least !== null && update.told(least),
)

const hideListeners: (() => void)[] = []
/** For the stores of a sub-package: what must not wait for somebody to come back (product.md §6.2). */
export const onAppHide = (listener: () => void): void => void hideListeners.push(listener)
/** When the app leaves the screen. */
export const hideStores = (): void => {
  minute.stop()
  hideListeners.forEach(listener => listener())
}

/** What nobody waits for is done when the first page is there. */
const AFTER_OPENING_MS = 2_000

/** At app launch. */
export function startStores(): void {
  preferences.watch(phone)
  update.watch()
  network.watch(phone)
  // Files of this moment only: one that comes from now on is somebody's before its name is written down.
  const files = camera.kept()
  void session.start()
  phoneTimers.set(() => {
    room.tidy()
    sweepPhotos({ kept: () => files, forget: camera.forget }, neededPhotos(phone.storage, keys()))
  }, AFTER_OPENING_MS)
}

/** When the app comes back to the screen: what was tried in vain is tried again. */
export function showStores(): void {
  update.shown()
  minute.start()
  void network.ask().then(tryAgain)
}
function tryAgain(): void {
  if (session.status !== 'ready') return
  void session.confirm()
  void pack.tend()
  void outbox.flush()
}
