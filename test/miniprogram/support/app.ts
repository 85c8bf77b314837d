// The app's stores as the app makes them, over a phone in memory and node's HTTP instead of wx.request.
import type { FileOutcome } from '../../../miniprogram/packages/manage/exports/export-files.ts'
import type { ChatFileChoice } from '../../../miniprogram/packages/manage/portal-list/chat-file.ts'
import type { Transport } from '../../../miniprogram/api/transport.ts'
import { downloadPack } from '../../../miniprogram/packages/system/pack/download.ts'
import { en } from '../../../miniprogram/packages/system/english/words.ts'
import { createManageStores } from '../../../miniprogram/packages/manage/stores/create.ts'
import { LimitationsStore } from '../../../miniprogram/packages/merchant/limitations/store.ts'
import { LinkCheckStore } from '../../../miniprogram/packages/merchant/link-check/store.ts'
import { OrderQueryStore } from '../../../miniprogram/packages/merchant/order-query/store.ts'
import { PortalCheckStore } from '../../../miniprogram/packages/merchant/portal-check/store.ts'
import { ReceiptEditorStore } from '../../../miniprogram/packages/merchant/receipt-content/store.ts'
import { createMerchantStores } from '../../../miniprogram/packages/merchant/stores/create.ts'
import { proposesReceipt, verdictOf } from '../../../miniprogram/packages/merchant/rules/verdict.ts'
import { ScanStore } from '../../../miniprogram/packages/merchant/scan/store.ts'
import { createVisitStores } from '../../../miniprogram/packages/visit/stores/create.ts'
import type { NetworkFacts, Phone, Scan } from '../../../miniprogram/phone/phone.ts'
import type { Timers } from '../../../miniprogram/rules/timers.ts'
import { createStores } from '../../../miniprogram/stores/create.ts'
import './english.ts'
import { MemoryCamera } from './memory-camera.ts'
import { manageParts, parts } from './scripts-of.ts'

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
  /** whether its storage fails to be read, as phone/platform.ts says it then */
  const reads = { fail: false }
  /** what the camera gives next */
  const camera: { consentNeeded: boolean; next: Scan } = { consentNeeded: false, next: { outcome: 'cancelled' } }
  /** what was sent on and saved, and how the next of it ends */
  const exported = {
    did: [] as string[],
    next: 'done' as FileOutcome,
    saves: false,
    files: {
      get saves() {
        return exported.saves
      },
      pathFor: (id: string, name: string) => `/${id.slice(-1)}/${name}`,
      forgetAll: () => void exported.did.push('forget all'),
      share: async (path: string) => (exported.did.push(`share ${path}`), exported.next),
      save: async (path: string) => (exported.did.push(`save ${path}`), exported.next),
    },
  }
  /** what is chosen from a chat next, and what of it lies on the phone */
  const chat = {
    next: { outcome: 'cancelled' } as ChatFileChoice,
    gone: new Set<string>(),
    files: {
      choose: async () => chat.next,
      exists: (path: string) => !chat.gone.has(path),
      forget: (path: string) => void chat.gone.add(path),
    },
  }
  const bare: Phone = {
    storage: {
      get: <T>(key: string) => (kept.has(key) && !reads.fail ? (JSON.parse(kept.get(key)!) as T) : null),
      set: (key, value) => void kept.set(key, JSON.stringify(value)),
      remove: key => void kept.delete(key),
    },
    storageUsed: () => [...kept].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0),
    storedKeys: () => (reads.fail ? [] : [...kept.keys()]),
    misread: () => reads.fail,
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
  const app = createStores(
    {
      phone: bare,
      camera: pictures,
      updates: { watch: () => {}, apply: () => {} },
      english: async () => en,
      packDownload: async () => ({ downloadPack }),
      scanPart: async () => ({ ScanStore }),
    },
    { transport, baseUrl: () => baseUrl, version: '0.1.0', scanHosts: () => ['pay.example.cn'] },
    timers,
    parts,
    mostBytes === undefined ? {} : { mostBytes },
  )
  const { own, stores: merchantStores, wire: wireMerchant } = createMerchantStores(app)
  // as their pages make them
  const ofPages = {
    limitations: own(({ context, api, session, merchant }) => new LimitationsStore(context, api, session, merchant)),
    linkCheck: own(({ context, api, session, merchant }) => new LinkCheckStore(context, api, session, merchant)),
    orderQuery: own(({ context, merchant }) => new OrderQueryStore(context, merchant)),
    portalCheck: own(({ context, session, merchant }) => new PortalCheckStore(context, session, merchant)),
    receiptEditor: own(
      ({ context, session, merchant, receiptContent }) => new ReceiptEditorStore(context, session, merchant, receiptContent),
    ),
  }
  const { stores: visitStores, wire: wireVisit } = createVisitStores(app, () => Promise.resolve({ verdictOf, proposesReceipt }))
  const { stores: manageStores, wire: wireManage } = createManageStores(
    app,
    {
      files: chat.files,
      exportFiles: exported.files,
      subscriber: { ask: async () => null },
    },
    manageParts,
  )
  const cuts = [app.wire(), wireMerchant(), wireVisit(), wireManage()]
  const { context, http, quota, known } = app
  const scan = new ScanStore(context, () => ['pay.example.cn'])
  return {
    ...merchantStores,
    ...ofPages,
    ...visitStores,
    ...manageStores,
    scan,
    /** as packages put their stores on it */
    base: app,
    context,
    http,
    quota,
    known,
    phone: context.phone,
    api: context.api,
    kept,
    codes,
    phoneSays,
    reads,
    start: app.start,
    camera,
    chat,
    exported,
    pictures,
    cut: () => cuts.forEach(stop => stop()),
  }
}
