// The backend as functions, over any Http: the phone's (request.ts) or a test's.
import { checklistsApi } from './checklists'
import { controlsApi } from './controls'
import { evidenceApi } from './evidence'
import type { Http } from './http'
import { industriesApi } from './industries'
import { meApi } from './me'
import { offlinePackApi } from './offline-pack'
import { operationsApi } from './operations'
import { photoLinksApi } from './photo-links'
import { photosApi } from './photos'
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
  ...regionsApi(http),
  ...scanResolutionsApi(http),
  ...summaryApi(http),
  ...visitsApi(http),
  ...checklistsApi(http),
  ...photosApi(http),
})
export type Api = ReturnType<typeof createApi>
