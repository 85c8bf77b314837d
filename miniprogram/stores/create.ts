// The stores that every page may need, one of each, over whatever phone and server they are given: index.ts brings WeChat's, a test its own.
import { createHttp } from '../api/core'
import { createApi } from '../api/endpoints'
import type { Transport } from '../api/transport'
import { HomeStore } from '../pages/home/store'
import { KeptLists } from '../pages/visits/kept-lists'
import { VisitListsStore } from '../pages/visits/store'
import { TodayStore } from '../pages/visits/today'
import type { Camera } from '../phone/camera'
import type { Phone, Updates } from '../phone/phone'
import { placeOf } from '../rules/region'
import { sameDay } from '../rules/relative-time'
import type { Timers } from '../rules/timers'
import type { AccountData } from './account-data'
import { ChecklistStore } from './checklist'
import type { StoreContext } from './context'
import { DetailsCache } from './details-cache'
import { DraftsStore } from './drafts'
import { KnownShops } from './known-shops'
import { noting, type RequestSeen } from './last-requests'
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
import { StorageQuota } from './storage-quota'
import { UpdateStore } from './update'
import { wireStores } from './wiring'
import { neededPhotos, sweepPhotos } from './unsent-work'

export interface Device {
  phone: Phone
  camera: Camera
  updates: Updates
}
export interface Server {
  transport: Transport
  baseUrl(): string
  /** x.y.z of this app; '' where it was not released */
  version: string
  /** hosts whose links carry a 商户号 of this provider */
  scanHosts(): readonly string[]
}
export interface CreateOptions {
  random?: () => number
  /** bytes from which on caches go */
  mostBytes?: number
}

/** What nobody waits for is done when the first page is there. */
const AFTER_OPENING_MS = 2_000

export function createStores(device: Device, server: Server, timers: Timers, { random = Math.random, mostBytes }: CreateOptions = {}) {
  const { camera } = device
  /** Caches make room for what cannot be read again. */
  const quota = new StorageQuota(device.phone, mostBytes)
  const phone: Phone = { ...device.phone, storage: quota.storage }
  const preferences = new PreferencesStore(phone.storage)
  const network = new NetworkStore(timers)
  const recents = new RecentsStore(phone.storage)
  const update = new UpdateStore(device.updates, server.version)
  const lastRequests: RequestSeen[] = []
  const http = createHttp({
    transport: noting(server.transport, lastRequests, () => timers.now()),
    baseUrl: server.baseUrl,
    clientVersion: server.version || '0.0.0',
    session: {
      token: () => session.currentToken(),
      account: () => session.staff?.id ?? null,
      renew: () => session.renew(),
      shutOut: error => session.shutOut(error),
      heard: update.heard,
      language: () => preferences.language,
    },
    network,
    timers,
    random,
  })
  const context: StoreContext = { api: createApi(http), phone, timers, random, network, preferences }
  const serverNow = () => session.serverNow()
  const tidy = () => quota.tidy()

  const details = new DetailsCache(phone.storage, () => timers.now(), tidy)
  const pack: PackStore = new PackStore(context, serverNow, tidy)
  const rows = new RowsCache(phone.storage, timers, serverNow)
  /** every shop that can be named without a network */
  const known = new KnownShops(pack, rows)
  for (const cache of [details, pack, rows]) quota.register(cache)
  const accountData: AccountData[] = [recents, details, pack, rows]
  const session: SessionStore = new SessionStore(context, accountData)
  const home = new HomeStore(context, session)
  const keptVisits = new KeptLists(phone.storage)

  const keys = () => phone.storedKeys()
  const outbox = new OutboxStore({
    context,
    keys,
    files: camera,
    sender: () => session.sender,
    serverNow,
    measure: () => session.measure(),
    photosAllowed: () => network.wifi || !preferences.photos_wifi_only,
  })
  const photos = new PhotosStore({ context, camera, staff: () => session.staff?.id ?? null, serverNow, hasRoom: tidy })
  const drafts = new DraftsStore({ context, keys, photos, outbox, serverNow })
  // The outbox before the drafts: it tells which of them were submitted.
  accountData.push(home, keptVisits, outbox, drafts)

  /** shops of visits of today that were submitted and are still on the phone: somebody was there */
  const waitingVisits = () =>
    outbox.items.flatMap(({ kind, parcel_id, shop }) => {
      const parcel = kind === 'visit' ? outbox.parcel(parcel_id) : null
      return parcel?.kind === 'visit' && sameDay(Date.parse(parcel.request.ended_at), serverNow()) ? [shop.sub_mchid] : []
    })
  const stores = {
    session,
    home,
    pack,
    details,
    rows,
    recents,
    network,
    preferences,
    outbox,
    drafts,
    photos,
    update,
    merchants: new MerchantsStore(context, recents, known),
    // 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
    visits: new MerchantsStore(context, recents, known, row => placeOf(row.address, row.region_name)),
    minute: new MinuteStore(timers),
    scan: new ScanStore(context, server.scanHosts),
    regions: new RegionsStore(context),
    checklist: new ChecklistStore(context),
    today: new TodayStore(context, session, known, waitingVisits),
    keptVisits,
    visitLists: new VisitListsStore(context, session, keptVisits),
  }
  const hideListeners: (() => void)[] = []

  return {
    context,
    http,
    quota,
    known,
    stores,
    /** Where a path of the server's is loaded from, for pictures. */
    baseUrl: server.baseUrl,
    /** newest first */
    lastRequests,
    /** What one store's change means to the others. Returns how to cut the wires. */
    wire: () => wireStores(stores),
    /** For the stores of a sub-package: what must not wait for somebody to come back (product.md §6.2). */
    onHide: (listener: () => void): void => void hideListeners.push(listener),

    /** At app launch. */
    start(): void {
      preferences.watch(phone)
      update.watch()
      network.watch(phone)
      // Files of this moment only: one that comes from now on is somebody's before its name is written down.
      const files = camera.kept()
      void session.start()
      timers.set(() => {
        quota.tidy()
        sweepPhotos({ kept: () => files, forget: camera.forget }, neededPhotos(phone.storage, keys()))
      }, AFTER_OPENING_MS)
    },
    /** When the app comes back to the screen: what was tried in vain is tried again. */
    show(): void {
      update.shown()
      stores.minute.start()
      void network.ask().then(() => {
        if (session.status !== 'ready') return
        void session.confirm()
        void pack.tend()
        void outbox.flush()
      })
    },
    /** When the app leaves the screen. */
    hide(): void {
      stores.minute.stop()
      hideListeners.forEach(listener => listener())
    },
  }
}

/** What a sub-package makes its own stores from. */
export type App = ReturnType<typeof createStores>
export type AppStores = App['stores']
