// The backend as functions, over any Http: the phone's (request.ts) or a test's.
import { checklistsApi } from './checklists'
import { controlsApi } from './controls'
import { evidenceApi } from './evidence'
import type { Http } from './http'
import { industriesApi } from './industries'
import { linkChecksApi } from './link-checks'
import { meApi } from './me'
import { offlinePackApi } from './offline-pack'
import { operationsApi } from './operations'
import { orderQueriesApi } from './order-queries'
import { photoLinksApi } from './photo-links'
import { photosApi } from './photos'
import { receiptHealthApi } from './receipt-health'
import { receiptContentApi } from './receipt-content'
import { regionsApi } from './regions'
import { scanResolutionsApi } from './scan-resolutions'
import { sessionsApi } from './sessions'
import { subMerchantsApi } from './sub-merchants'
import { summaryApi } from './summary'
import { visitsApi } from './visits'

export const createApi = (http: Http) => ({
  ...sessionsApi(http),
  ...meApi(http),
  ...subMerchantsApi(http),
  ...controlsApi(http),
  ...evidenceApi(http),
  ...offlinePackApi(http),
  ...operationsApi(http),
  ...industriesApi(http),
  ...photoLinksApi(http),
  ...receiptContentApi(http),
  ...regionsApi(http),
  ...scanResolutionsApi(http),
  ...summaryApi(http),
  ...visitsApi(http),
  ...checklistsApi(http),
  ...photosApi(http),
  ...orderQueriesApi(http),
  ...linkChecksApi(http),
  ...receiptHealthApi(http),
})
export type Api = ReturnType<typeof createApi>
