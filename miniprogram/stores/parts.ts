// The scripts of the stores that are made late (late.ts), each with the function that runs it: index.ts has WeChat's `require` for it, a test imports them.
export interface Parts {
  checklist(): Pick<typeof import('./checklist'), 'ChecklistStore'>
  details(): Pick<typeof import('./details-cache'), 'DetailsCache'>
  drafts(): Pick<typeof import('./drafts'), 'DraftsStore'>
  errorCopy(): Pick<typeof import('../rules/error-copy'), 'problemView'>
  home(): Pick<typeof import('../pages/home/store'), 'HomeStore'>
  keptVisits(): Pick<typeof import('../pages/visits/kept-lists'), 'KeptLists'>
  known(): Pick<typeof import('./known-shops'), 'KnownShops'>
  merchants(): Pick<typeof import('./merchants'), 'MerchantsStore'>
  outbox(): Pick<typeof import('./outbox'), 'OutboxStore'>
  pack(): Pick<typeof import('./pack'), 'PackStore'>
  photos(): Pick<typeof import('./photos'), 'PhotosStore'>
  recents(): Pick<typeof import('./recents'), 'RecentsStore'>
  region(): Pick<typeof import('../rules/region'), 'placeOf'>
  regions(): Pick<typeof import('./regions'), 'RegionsStore'>
  scan(): Pick<typeof import('./scan'), 'ScanDoor'>
  rows(): Pick<typeof import('./rows-cache'), 'RowsCache'>
  today(): Pick<typeof import('../pages/visits/today'), 'TodayStore'>
  unsentWork(): Pick<typeof import('./unsent-work'), 'neededPhotos' | 'sweepPhotos'>
  visitLists(): Pick<typeof import('../pages/visits/store'), 'VisitListsStore'>
}
