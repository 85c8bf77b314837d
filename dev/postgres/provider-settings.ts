// What PostgreSQL is given for a provider's million merchants: by compose.yaml, by backend/operations.md, and by the embedded server, so that what is measured
// and tested is what runs. scripts/checks/deployment/compose.ts holds the three together.

/** Sizes in MB. */
export const providerSettings = {
  // the indexes of a million shops: each new one is written into them at some page or other, and with half of this a third of an import went into pages that had gone
  shared_buffers: 1_024,
  effective_cache_size: 3_072,
  maintenance_work_mem: 256,
  // after each checkpoint a page goes whole into the log when it is written again: the fewer of them, the less an import writes
  max_wal_size: 4_096,
  random_page_cost: 1.1,
} as const
