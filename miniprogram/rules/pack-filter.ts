// The filters of the list over the rows of the offline pack. What a row does not say cannot be answered without a network.
import type { OfflinePackRow } from '../../typings/api'
import type { Filters } from './filters'
import { searchPack, type PackIndex, type PackMatches } from '../shared/pack-search'

/** Filters that are on and that only the server can answer. */
export const beyondPack = ({ gold_plan, operation }: Filters): ('gold_plan' | 'operation')[] => [
  ...(gold_plan === null ? [] : ['gold_plan' as const]),
  ...(operation === null ? [] : ['operation' as const]),
]

/** 440000 is all that begins with 44 (GB/T 2260). */
const regionPrefix = (code: string) => code.replace(/(00){1,2}$/, '')

/** The rows that the other filters keep, as the server's list does (backend/directory/merchants/filters.ts). */
function keptBy(filters: Filters): (row: OfflinePackRow) => boolean {
  const { state, attention, region, receipt, advertising, assigned_to } = filters
  const prefix = region && regionPrefix(region.code)
  return row =>
    (state.length === 0 || state.includes(row.migration.state)) &&
    (attention.length === 0 || row.migration.attention.some(mark => attention.includes(mark))) &&
    (prefix === null || row.region_code.startsWith(prefix)) &&
    (receipt === null || row.receipt_status === receipt) &&
    (advertising === null || row.advertising_status === advertising) &&
    (assigned_to !== 'me' || row.assigned_to_me) &&
    (assigned_to !== 'none' || row.assigned_to === null)
}

/** One screenful of the pack: the same rows in the same order as the server's list. */
export function packPage(
  index: PackIndex,
  { text, filters, sort, offset, limit }: { text: string; filters: Filters; sort: 'first' | 'since'; offset: number; limit: number },
): PackMatches {
  const keeps = keptBy(filters)
  if (sort === 'first') {
    const { items, total } = searchPack(index, text, { limit: offset + limit, keeps })
    return { items: items.slice(offset), total }
  }
  const { items, total } = searchPack(index, text, { keeps })
  const since = ({ migration }: OfflinePackRow) => (migration.since === null ? 0 : Date.parse(migration.since))
  return { items: [...items].sort((a, b) => since(b) - since(a)).slice(offset, offset + limit), total }
}
