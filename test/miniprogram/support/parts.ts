// The scripts of late stores (miniprogram/stores/parts), imported.
import { ChecklistStore } from '../../../miniprogram/stores/checklist.ts'
import { DetailsCache } from '../../../miniprogram/stores/details-cache.ts'
import { DraftsStore } from '../../../miniprogram/stores/drafts.ts'
import { problemView } from '../../../miniprogram/rules/error-copy.ts'
import { HomeStore } from '../../../miniprogram/pages/home/store.ts'
import { KeptLists } from '../../../miniprogram/pages/visits/kept-lists.ts'
import { KnownShops } from '../../../miniprogram/stores/known-shops.ts'
import { MerchantsStore } from '../../../miniprogram/stores/merchants.ts'
import { OutboxStore } from '../../../miniprogram/stores/outbox.ts'
import { PackStore } from '../../../miniprogram/stores/pack.ts'
import { PhotosStore } from '../../../miniprogram/stores/photos.ts'
import { RecentsStore } from '../../../miniprogram/stores/recents.ts'
import { placeOf } from '../../../miniprogram/rules/region.ts'
import { RegionsStore } from '../../../miniprogram/stores/regions.ts'
import { RowsCache } from '../../../miniprogram/stores/rows-cache.ts'
import { ScanDoor } from '../../../miniprogram/stores/scan.ts'
import { TodayStore } from '../../../miniprogram/pages/visits/today.ts'
import { neededPhotos, sweepPhotos } from '../../../miniprogram/stores/unsent-work.ts'
import { VisitListsStore } from '../../../miniprogram/pages/visits/store.ts'
import type { Parts } from '../../../miniprogram/stores/parts.ts'

export const parts: Parts = {
  checklist: () => ({ ChecklistStore }),
  details: () => ({ DetailsCache }),
  drafts: () => ({ DraftsStore }),
  errorCopy: () => ({ problemView }),
  home: () => ({ HomeStore }),
  keptVisits: () => ({ KeptLists }),
  known: () => ({ KnownShops }),
  merchants: () => ({ MerchantsStore }),
  outbox: () => ({ OutboxStore }),
  pack: () => ({ PackStore }),
  photos: () => ({ PhotosStore }),
  recents: () => ({ RecentsStore }),
  region: () => ({ placeOf }),
  regions: () => ({ RegionsStore }),
  rows: () => ({ RowsCache }),
  scan: () => ({ ScanDoor }),
  today: () => ({ TodayStore }),
  unsentWork: () => ({ neededPhotos, sweepPhotos }),
  visitLists: () => ({ VisitListsStore }),
}
