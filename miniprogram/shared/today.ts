// 今天: my shops by district, those that need somebody first (product.md B10, M21). Pure.
import type { Attention, SubMerchantRow, VerdictState } from '../../typings/api'

/** why somebody should go there, what is worst first */
export type VisitReason = 'regressed' | 'receipt_error' | 'check_failed' | 'unknown' | 'enrolled' | 'stale'
const RANK: readonly VisitReason[] = ['regressed', 'receipt_error', 'check_failed', 'unknown', 'enrolled', 'stale']

/** A shop in one of these states, or with one of these marks, needs somebody there: what the server's `route=today` asks for. */
export const STATES_TO_VISIT = ['regressed', 'unknown', 'enrolled'] as const satisfies readonly VerdictState[]
export const MARKS_TO_VISIT = ['RECEIPT_ERROR', 'SUSPECTED', 'CHECK_FAILED', 'STALE'] as const satisfies readonly Attention[]

/** null: nothing there that a person on the spot could find out */
export function visitReason({ migration: { state, attention } }: Pick<SubMerchantRow, 'migration'>): VisitReason | null {
  if (state === 'regressed') return 'regressed'
  if (attention.includes('RECEIPT_ERROR')) return 'receipt_error'
  if (attention.includes('CHECK_FAILED') || attention.includes('SUSPECTED')) return 'check_failed'
  if (state === 'unknown' || state === 'enrolled') return state
  return attention.includes('STALE') ? 'stale' : null
}

export interface TodayGroup<Row> {
  region_code: string
  region_name: string
  /** those to go to, what is worst first; then those where somebody was today */
  rows: { row: Row; reason: VisitReason | null; done: boolean }[]
  /** still to go to */
  left: number
}

/**
 * By district, the one with the worst first; in it what is worst, among equals by address, so that neighbours stand together. A shop where this person was today is ticked off and stays at the end of its district; one that needs
 * nobody is left out.
 * @param visited 商户号 of the shops of today's visits
 */
export function todayGroups<Row extends Pick<SubMerchantRow, 'sub_mchid' | 'region_code' | 'region_name' | 'address' | 'migration'>>(
  rows: readonly Row[],
  visited: ReadonlySet<string>,
): TodayGroup<Row>[] {
  const groups = new Map<string, TodayGroup<Row>>()
  rows.forEach(row => {
    const done = visited.has(row.sub_mchid)
    const reason = visitReason(row)
    if (reason === null && !done) return
    const { region_code, region_name } = row
    const group = groups.get(region_code) ?? { region_code, region_name, rows: [], left: 0 }
    group.rows.push({ row, reason, done })
    if (!done) group.left += 1
    groups.set(region_code, group)
  })
  const weight = ({ reason, done }: { reason: VisitReason | null; done: boolean }) =>
    done || reason === null ? RANK.length : RANK.indexOf(reason)
  const worst = (group: TodayGroup<Row>) => Math.min(...group.rows.map(weight))
  return [...groups.values()]
    .map(group => ({
      ...group,
      rows: [...group.rows].sort((one, other) => weight(one) - weight(other) || byText(one.row.address, other.row.address)),
    }))
    .sort((one, other) => worst(one) - worst(other) || other.left - one.left)
}

const byText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)
