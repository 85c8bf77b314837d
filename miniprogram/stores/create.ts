// The stores that every page may need, one of each, over whatever phone and server they are given: index.ts brings WeChat's, a test its own.
import { createHttp } from '../api/core'
import { createApi } from '../api/endpoints'
import type { Transport } from '../api/transport'
import type { EnglishWords } from '../words/speak'
import type { Camera } from '../phone/camera'
import type { Phone, Updates } from '../phone/phone'
import { sameDay } from '../rules/relative-time'
import type { Timers } from '../rules/timers'
import type { StoreContext } from './context'
import { noting, type RequestSeen } from './last-requests'
import { forAccount, late, lateCache, lateData, withLate } from './late'
import { MinuteStore } from './minute'
import { NetworkStore } from './network'
import type { PackDownload } from './pack'
import type { Parts } from './parts'
import type { ScanPart } from './scan'
import { PreferencesStore } from './preferences'
import { SessionStore } from './session'
import { StorageQuota } from './storage-quota'
import { UpdateStore } from './update'
import { wireStores } from './wiring'

export interface Device {
  phone: Phone
  camera: Camera
  updates: Updates
  /** the English words of the main package, from where they are */
  english(): Promise<EnglishWords>
  /** rejects with ApiError where the package that has it was never downloaded */
  packDownload(): Promise<PackDownload>
  /** as packDownload */
  scanPart(): Promise<ScanPart>
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

/**
 * What the first page asks for is made at once; every other store when somebody asks for it first (late.ts), from a script that is run then.
 *
 * @param parts runs the scripts of those
 */
export function createStores(
  device: Device,
  server: Server,
  timers: Timers,
  parts: Parts,
  { random = Math.random, mostBytes }: CreateOptions = {},
) {
  const { camera } = device
  /** Caches make room for what cannot be read again. */
  const quota = new StorageQuota(device.phone, mostBytes)
  const phone: Phone = { ...device.phone, storage: quota.storage }
  const preferences = new PreferencesStore(phone.storage, { version: server.version, load: device.english })
  const network = new NetworkStore(timers)
  const update = new UpdateStore(device.updates, server.version)
  const minute = new MinuteStore(timers)
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
  const problemOf: StoreContext['problemOf'] = error => parts.problemView()(error, preferences.say)
  const context: StoreContext = { api: createApi(http), phone, timers, random, network, preferences, problemOf }
  const serverNow = () => session.serverNow()
  const staff = () => session.staff?.id ?? null
  const tidy = () => quota.tidy()
  const keys = () => phone.storedKeys()

  const recents = late(() => forAccount(new (parts.recents())(phone.storage), session))
  const details = late(() => forAccount(new (parts.details())(phone.storage, () => timers.now(), keys, tidy), session))
  const pack = late(() => forAccount(new (parts.pack())(context, serverNow, tidy, device.packDownload), session))
  const rows = late(() => forAccount(new (parts.rows())(phone.storage, timers, serverNow), session))
  /** every shop that can be named without a network */
  const known = late(() => new (parts.known())(pack(), rows()))
  const home = late(() => forAccount(new (parts.home())(context, session), session))
  const keptVisits = late(() => forAccount(new (parts.keptVisits())(phone.storage), session))
  const outbox = late(() =>
    forAccount(
      new (parts.outbox())({
        context,
        keys,
        files: camera,
        sender: () => session.sender,
        serverNow,
        measure: () => session.measure(),
        photosAllowed: () => network.wifi || !preferences.photos_wifi_only,
      }),
      session,
    ),
  )
  const photos = late(() => new (parts.photos())({ context, camera, staff, serverNow, hasRoom: tidy }))
  const checklist = late(() => new (parts.checklist())(context))
  // The outbox before the drafts: it tells which of them were submitted.
  const drafts = late(() =>
    forAccount(
      new (parts.drafts())({ context, keys, photos: photos(), outbox: outbox(), serverNow, newest: () => checklist().current }),
      session,
    ),
  )
  ;[details, pack, rows].forEach(cache => quota.register(lateCache(cache)))
  const session: SessionStore = new SessionStore(context, [
    ...[recents, details, pack, rows, home, keptVisits].map(one => lateData(one, true)),
    ...[outbox, drafts].map(one => lateData(one, false)),
  ])

  /** shops of visits of today that were submitted and are still on the phone: somebody was there */
  const waitingVisits = () =>
    outbox().items.flatMap(({ kind, parcel_id, shop }) => {
      const parcel = kind === 'visit' ? outbox().parcel(parcel_id) : null
      return parcel?.kind === 'visit' && sameDay(Date.parse(parcel.request.ended_at), serverNow()) ? [shop.sub_mchid] : []
    })
  const lateStores = {
    home,
    pack,
    details,
    rows,
    recents,
    outbox,
    drafts,
    photos,
    merchants: late(() => new (parts.merchants())(context, recents(), known())),
    // 拜访 lists shops by its own filters, without touching the ones that the person set under 商户.
    visits: late(() => {
      const placeOf = parts.placeOf()
      return new (parts.merchants())(context, recents(), known(), row => placeOf(row.address, row.region_name))
    }),
    scan: late(() => new (parts.scan())(() => device.scanPart().then(({ ScanStore }) => new ScanStore(context, server.scanHosts)))),
    regions: late(() => new (parts.regions())(context)),
    checklist,
    today: late(() => new (parts.today())(context, session, known(), waitingVisits)),
    keptVisits,
    visitLists: late(() => new (parts.visitLists())(context, session, keptVisits())),
  }
  const stores = withLate({ session, network, preferences, update, minute }, lateStores)
  const hideListeners: (() => void)[] = []

  return {
    context,
    http,
    quota,
    get known() {
      return known()
    },
    stores,
    late: lateStores,
    /** Where a path of the server's is loaded from, for pictures. */
    baseUrl: server.baseUrl,
    /** newest first */
    lastRequests,
    /** What one store's change means to the others. Returns how to cut the wires. */
    wire: () => wireStores(stores, lateStores),
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
        const needed = parts.neededPhotos()(phone.storage, keys())
        // what could not be read may need any of them: another start looks again
        if (!phone.misread()) parts.sweepPhotos()({ kept: () => files, forget: path => camera.forget(path) }, needed)
      }, AFTER_OPENING_MS)
    },
    /** When the app comes back to the screen: what was tried in vain is tried again. */
    show(): void {
      update.shown()
      minute.start()
      void network.ask().then(() => {
        if (session.status !== 'ready') return
        void session.confirm()
        void pack().tend()
        void outbox().flush()
      })
    },
    /** When the app leaves the screen. */
    hide(): void {
      minute.stop()
      hideListeners.forEach(listener => listener())
    },
  }
}

/** What a sub-package makes its own stores from. */
export type App = ReturnType<typeof createStores>
