// The scripts of the stores that are made late (late.ts), each with the function that runs it: one that stands inside a function runs when that function is
// called. Whoever makes the stores is given them: tests import the same scripts (test/miniprogram/support/scripts-of.ts).
import type { EnglishWords } from '../words/speak'
import { ApiError } from '../api/errors'
import type { ChecklistStore } from './checklist'
import type { DetailsCache } from './details-cache'
import type { DraftsStore } from './drafts'
import type { problemView } from '../rules/error-copy'
import type { HomeStore } from '../pages/home/store'
import type { KeptLists } from '../pages/visits/kept-lists'
import type { KnownShops } from './known-shops'
import type { MerchantsStore } from './merchants'
import type { OutboxStore } from './outbox'
import type { PackDownload, PackStore } from './pack'
import type { PhotosStore } from './photos'
import type { RecentsStore } from './recents'
import type { placeOf } from '../rules/region'
import type { RegionsStore } from './regions'
import type { RowsCache } from './rows-cache'
import type { ScanDoor, ScanPart } from './scan'
import type { TodayStore } from '../pages/visits/today'
import type { neededPhotos, sweepPhotos } from './unsent-work'
import type { VisitListsStore } from '../pages/visits/store'

declare const require: {
  (path: string): Record<string, unknown>
  /** WeChat's: what stands in another package is loaded when it is asked for (developers.weixin.qq.com/miniprogram/dev/framework/subpackages/async.html) */
  async(path: '../packages/system/english/words'): Promise<{ en: EnglishWords }>
  async(path: '../packages/system/pack/download'): Promise<PackDownload>
  async(path: '../packages/merchant/scan/store'): Promise<ScanPart>
}

export const parts = {
  checklist: () => require('./checklist').ChecklistStore as typeof ChecklistStore,
  details: () => require('./details-cache').DetailsCache as typeof DetailsCache,
  drafts: () => require('./drafts').DraftsStore as typeof DraftsStore,
  problemView: () => require('../rules/error-copy').problemView as typeof problemView,
  home: () => require('../pages/home/store').HomeStore as typeof HomeStore,
  keptVisits: () => require('../pages/visits/kept-lists').KeptLists as typeof KeptLists,
  known: () => require('./known-shops').KnownShops as typeof KnownShops,
  merchants: () => require('./merchants').MerchantsStore as typeof MerchantsStore,
  outbox: () => require('./outbox').OutboxStore as typeof OutboxStore,
  pack: () => require('./pack').PackStore as typeof PackStore,
  photos: () => require('./photos').PhotosStore as typeof PhotosStore,
  recents: () => require('./recents').RecentsStore as typeof RecentsStore,
  placeOf: () => require('../rules/region').placeOf as typeof placeOf,
  regions: () => require('./regions').RegionsStore as typeof RegionsStore,
  rows: () => require('./rows-cache').RowsCache as typeof RowsCache,
  scan: () => require('./scan').ScanDoor as typeof ScanDoor,
  today: () => require('../pages/visits/today').TodayStore as typeof TodayStore,
  neededPhotos: () => require('./unsent-work').neededPhotos as typeof neededPhotos,
  sweepPhotos: () => require('./unsent-work').sweepPhotos as typeof sweepPhotos,
  visitLists: () => require('../pages/visits/store').VisitListsStore as typeof VisitListsStore,
}
export type Parts = typeof parts

export const english = (): Promise<EnglishWords> => require.async('../packages/system/english/words').then(({ en }) => en)

/** The package was never downloaded, and cannot be now. */
const notThere = (thrown: Error): never => {
  throw new ApiError({ kind: 'network', code: 'NETWORK_FAILED', detail: thrown.message })
}

export const packDownload = (): Promise<PackDownload> => require.async('../packages/system/pack/download').catch(notThere)

export const scanPart = (): Promise<ScanPart> => require.async('../packages/merchant/scan/store').catch(notThere)
