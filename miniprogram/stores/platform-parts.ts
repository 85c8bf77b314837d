// The scripts of late stores as WeChat runs them: one that stands inside a function runs when that function is called.
import type { EnglishWords } from '../words/speak'
import { ApiError } from '../api/errors'
import type { PackDownload } from './pack'
import type { ScanPart } from './scan'
import type { Parts } from './parts'

declare const require: {
  /** WeChat's: what stands in another package is loaded when it is asked for (developers.weixin.qq.com/miniprogram/dev/framework/subpackages/async.html) */
  async(path: '../packages/system/english/words'): Promise<{ en: EnglishWords }>
  async(path: '../packages/system/pack/download'): Promise<PackDownload>
  async(path: '../packages/merchant/scan/store'): Promise<ScanPart>
  (path: './checklist'): ReturnType<Parts['checklist']>
  (path: './details-cache'): ReturnType<Parts['details']>
  (path: './drafts'): ReturnType<Parts['drafts']>
  (path: '../rules/error-copy'): ReturnType<Parts['errorCopy']>
  (path: '../pages/home/store'): ReturnType<Parts['home']>
  (path: '../pages/visits/kept-lists'): ReturnType<Parts['keptVisits']>
  (path: './known-shops'): ReturnType<Parts['known']>
  (path: './merchants'): ReturnType<Parts['merchants']>
  (path: './outbox'): ReturnType<Parts['outbox']>
  (path: './pack'): ReturnType<Parts['pack']>
  (path: './photos'): ReturnType<Parts['photos']>
  (path: './recents'): ReturnType<Parts['recents']>
  (path: '../rules/region'): ReturnType<Parts['region']>
  (path: './regions'): ReturnType<Parts['regions']>
  (path: './rows-cache'): ReturnType<Parts['rows']>
  (path: './scan'): ReturnType<Parts['scan']>
  (path: '../pages/visits/today'): ReturnType<Parts['today']>
  (path: './unsent-work'): ReturnType<Parts['unsentWork']>
  (path: '../pages/visits/store'): ReturnType<Parts['visitLists']>
}

export const parts: Parts = {
  checklist: () => require('./checklist'),
  details: () => require('./details-cache'),
  drafts: () => require('./drafts'),
  errorCopy: () => require('../rules/error-copy'),
  home: () => require('../pages/home/store'),
  keptVisits: () => require('../pages/visits/kept-lists'),
  known: () => require('./known-shops'),
  merchants: () => require('./merchants'),
  outbox: () => require('./outbox'),
  pack: () => require('./pack'),
  photos: () => require('./photos'),
  recents: () => require('./recents'),
  region: () => require('../rules/region'),
  regions: () => require('./regions'),
  rows: () => require('./rows-cache'),
  scan: () => require('./scan'),
  today: () => require('../pages/visits/today'),
  unsentWork: () => require('./unsent-work'),
  visitLists: () => require('../pages/visits/store'),
}

export const english = (): Promise<EnglishWords> => require.async('../packages/system/english/words').then(({ en }) => en)

/** The package was never downloaded, and cannot be now. */
const notThere = (thrown: Error): never => {
  throw new ApiError({ kind: 'network', code: 'NETWORK_FAILED', detail: thrown.message })
}

export const packDownload = (): Promise<PackDownload> => require.async('../packages/system/pack/download').catch(notThere)

export const scanPart = (): Promise<ScanPart> => require.async('../packages/merchant/scan/store').catch(notThere)
