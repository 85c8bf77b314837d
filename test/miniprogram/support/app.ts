// The stores as stores/index makes them, over node's HTTP instead of wx.request.
import { createHttp } from '../../../miniprogram/api/core.ts'
import { createApi } from '../../../miniprogram/api/endpoints.ts'
import type { NetworkFacts, Phone, Scan } from '../../../miniprogram/phone/phone.ts'
import { AdsStore } from '../../../miniprogram/packages/merchant/ad-filter/store.ts'
import { EvidenceStore } from '../../../miniprogram/packages/merchant/evidence/store.ts'
import { FieldTestStore } from '../../../miniprogram/packages/merchant/test-payment/store.ts'
import { DetailsCache } from '../../../miniprogram/stores/details-cache.ts'
import { HomeStore } from '../../../miniprogram/pages/home/store.ts'
import { MerchantStore } from '../../../miniprogram/packages/merchant/stores/merchant.ts'
import { MerchantsStore } from '../../../miniprogram/stores/merchants.ts'
import type { Timers } from '../../../miniprogram/rules/timers.ts'
import type { Transport } from '../../../miniprogram/api/transport.ts'
import { KnownShops } from '../../../miniprogram/stores/known-shops.ts'
import { NetworkStore } from '../../../miniprogram/stores/network.ts'
import type { Belongings } from '../../../miniprogram/stores/belongings.ts'
import { DraftsStore } from '../../../miniprogram/stores/drafts.ts'
import { OutboxStore } from '../../../miniprogram/stores/outbox.ts'
import { PhotosStore } from '../../../miniprogram/stores/photos.ts'
import { MemoryCamera } from './memory-camera.ts'
import { PackStore } from '../../../miniprogram/stores/pack.ts'
import { StorageRoom } from '../../../miniprogram/stores/storage-room.ts'
import { PortalCheckStore } from '../../../miniprogram/packages/merchant/portal-check/store.ts'
import { PreferencesStore } from '../../../miniprogram/stores/preferences.ts'
import { RecentsStore } from '../../../miniprogram/stores/recents.ts'
import { RegionsStore } from '../../../miniprogram/stores/regions.ts'
import { RowsCache } from '../../../miniprogram/stores/rows-cache.ts'
import { ScanStore } from '../../../miniprogram/stores/scan.ts'
import { SessionStore } from '../../../miniprogram/stores/session.ts'
import { TroubleshootingStore } from '../../../miniprogram/packages/merchant/troubleshoot/store.ts'
import { wireMerchantStores } from '../../../miniprogram/packages/merchant/stores/wiring.ts'
import { wireStores } from '../../../miniprogram/stores/wiring.ts'
import '../../../miniprogram/packages/merchant/words/index.ts'
import { WithdrawalStore } from '../../../miniprogram/packages/merchant/evidence/withdrawal.ts'

export interface AppOptions {
  timers: Timers
  transport: Transport
  baseUrl: string
  /** what wx.login gives; counted codes when absent */
  loginCode?: string
  /** what the phone kept when the app was killed */
  kept?: Map<string, string>
  /** its camera, with the files that outlived the app */
  pictures?: MemoryCamera
  /** bytes from which on caches go; default as in the app */
  mostBytes?: number
}

export function assembleApp({
  timers,
  transport,
  baseUrl,
  loginCode,
  kept = new Map(),
  pictures = new MemoryCamera(),
  mostBytes,
}: AppOptions) {
  const codes: string[] = []
  /** what the phone tells who asks it; null: it does not answer */
  const phoneSays: { network: NetworkFacts | null } = { network: null }
  /** what the camera gives next */
  const camera: { consentNeeded: boolean; next: Scan } = { consentNeeded: false, next: { outcome: 'cancelled' } }
  const bare: Phone = {
    storage: {
      get: <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : null),
      set: (key, value) => void kept.set(key, JSON.stringify(value)),
      remove: key => void kept.delete(key),
    },
    storageUsed: () => [...kept].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0),
    storedKeys: () => [...kept.keys()],
    loginCode: async () => {
      codes.push(loginCode ?? `code-${codes.length + 1}`)
      return codes.at(-1)!
    },
    consentNeeded: async () => camera.consentNeeded,
    scan: async () => camera.next,
    watchNetwork: () => {},
    networkNow: async () => phoneSays.network,
    watchAppearance: () => {},
  }
  const room = new StorageRoom(bare, mostBytes)
  const phone: Phone = { ...bare, storage: room.storage }
  const preferences = new PreferencesStore(phone.storage)
  const network = new NetworkStore(timers)
  const recents = new RecentsStore(phone.storage)
  const http = createHttp({
    transport,
    baseUrl: () => baseUrl,
    clientVersion: '0.1.0',
    session: {
      token: () => session.currentToken(),
      account: () => session.staff?.id ?? null,
      renew: () => session.renew(),
      shutOut: error => session.shutOut(error),
      language: () => preferences.language,
    },
    network,
    timers,
    random: Math.random,
  })
  const context = { api: createApi(http), phone, timers, random: Math.random, network, preferences }
  const details = new DetailsCache(phone.storage, timers.now.bind(timers), () => room.tidy())
  const pack: PackStore = new PackStore(
    context,
    () => session.serverNow(),
    () => room.tidy(),
  )
  const rows = new RowsCache(phone.storage, timers, () => session.serverNow())
  const known = new KnownShops(pack, rows)
  room.register(details)
  room.register(pack)
  room.register(rows)
  const belongings: Belongings[] = [recents, details, pack, rows]
  const session: SessionStore = new SessionStore(context, belongings)
  const home = new HomeStore(context, session)
  belongings.push(home)
  const fieldWork = {
    context,
    keys: () => phone.storedKeys(),
    serverNow: () => session.serverNow(),
  }
  const outbox = new OutboxStore({
    ...fieldWork,
    files: pictures,
    sender: () => session.sender,
    measure: () => session.measure(),
    photosAllowed: () => network.wifi || !preferences.photos_wifi_only,
  })
  const photos = new PhotosStore({ ...fieldWork, camera: pictures, staff: () => session.staff?.id ?? null, hasRoom: () => room.tidy() })
  const drafts = new DraftsStore({ ...fieldWork, photos, outbox })
  belongings.push(outbox, drafts)
  const merchants = new MerchantsStore(context, recents, known)
  const merchant = new MerchantStore(context, session, recents, changed => merchants.follow(changed), details, known)
  const regions = new RegionsStore(context)
  const ads = new AdsStore(merchant, preferences)
  const scan = new ScanStore(context, () => ['pay.example.cn'])
  const evidence = new EvidenceStore(context)

  const fieldTest = new FieldTestStore(context, { session, merchant, outbox, photos })
  const troubleshooting = new TroubleshootingStore(context, session, merchant)
  const portalCheck = new PortalCheckStore(context, session, merchant)
  const withdrawal = new WithdrawalStore(context, withdrawn => evidence.replace(withdrawn))
  const operated = { fieldTest, troubleshooting, portalCheck, withdrawal }

  const cuts = [
    wireStores({ session, network, preferences, pack, home, regions, lists: [merchants], outbox }),
    wireMerchantStores({ session, network, merchant, evidence, begun: Object.values(operated) }),
  ]
  const cut = () => cuts.forEach(stop => stop())

  return {
    context,
    phone,
    kept,
    codes,
    phoneSays,
    rows,
    known,
    preferences,
    network,
    recents,
    room,
    details,
    pack,
    http,
    api: context.api,
    session,
    merchants,
    merchant,
    home,
    evidence,
    ads,
    scan,
    camera,
    pictures,
    outbox,
    photos,
    drafts,
    regions,
    ...operated,
    cut,
  }
}
