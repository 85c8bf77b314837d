// Evidence as the rules see it: what each item says about the JSAPI flow (product.md §5.3).
import { futureTolerance } from '../../platform/times.ts'
import type { Static } from 'typebox'
import type { EvidenceDetail, EvidenceKind } from '../schema.ts'
import { beaconWindow } from './durations.ts'

/** OPEN/CLOSE: the plan was opened, closed. BLOCK/UNBLOCK: it cannot be, can again. POS/NEG: the official page was seen, seen missing.
 *  USE/NOTUSE: JSAPI is used, is not. */
export type EvidenceClass = 'OPEN' | 'CLOSE' | 'BLOCK' | 'UNBLOCK' | 'POS' | 'NEG' | 'USE' | 'NOTUSE'

/** `industries`: of an operation that set the competitor filter */
type DetailOf<K extends EvidenceKind> = Static<(typeof EvidenceDetail)[K]> &
  (K extends 'api_operation' ? { industries?: string[] } : unknown)

/** One item of evidence, as far as the rules need it. */
export type EvidenceItem = {
  [K in EvidenceKind]: {
    id: string
    kind: K
    detail: DetailOf<K>
    occurred_at: Date
    withdrawn: boolean
    /** staff id; null: the system itself */
    recorded_by: string | null
  }
}[EvidenceKind]

export type EvidenceFact = EvidenceItem & {
  classes: readonly EvidenceClass[]
  /** a change that WeChat Pay carried out, jsapi scene: others settle against it */
  change?: 'open' | 'close'
}

const seenOfficial = new Set(['official_receipt', 'merchant_receipt', 'receipt_missing', 'receipt_error'])
const seenOther = new Set(['legacy_page', 'closed'])

/** What one item says, before others are looked at. */
export function classesOf(item: EvidenceItem): readonly EvidenceClass[] {
  switch (item.kind) {
    case 'api_operation':
      return ofOperation(item.detail)
    case 'portal_check':
      return item.detail.gold_plan_jsapi === 'open' ? ['OPEN'] : item.detail.gold_plan_jsapi === 'closed' ? ['CLOSE'] : []
    case 'receipt_beacon':
      return isProof(item.detail, item.occurred_at) ? ['POS'] : []
    case 'test_payment':
      return ofTestPayment(item.detail)
    case 'order_query':
      return item.detail.trade_type === 'JSAPI' && item.detail.order_scene === 'jsapi' ? ['USE'] : []
    case 'limitation':
      if (item.detail.active) return ['BLOCK']
      // announced: it stops nothing yet, and ends nothing
      return item.detail.cases?.length ? [] : ['UNBLOCK']
    case 'flow_conclusion':
      return item.detail.conclusion === 'jsapi' ? ['USE'] : ['NOTUSE']
    case 'unblock':
      return ['UNBLOCK']
  }
}

function ofOperation(detail: DetailOf<'api_operation'>): readonly EvidenceClass[] {
  if (detail.scene !== 'jsapi') return []
  if (detail.result === 'failed') return detail.operation === 'gold_plan.open' && detail.blocking ? ['BLOCK'] : []
  if (detail.operation === 'gold_plan.open') return ['OPEN']
  return detail.operation === 'gold_plan.close' ? ['CLOSE'] : []
}

/** Without a web page the payment was no JSAPI payment; without the payee it may have been another merchant's. */
function ofTestPayment(detail: DetailOf<'test_payment'>): readonly EvidenceClass[] {
  if (detail.web_page_opened !== true) return []
  if (detail.payee_matches !== 'yes') return ['USE']
  if (seenOfficial.has(detail.after_page)) return ['POS', 'USE']
  return seenOther.has(detail.after_page) ? ['NEG', 'USE'] : ['USE']
}

function isProof(detail: DetailOf<'receipt_beacon'>, loadedAt: Date): boolean {
  if (detail.check_code_valid !== true || detail.order_scene === 'miniprogram' || !detail.order_paid_at) return false
  const after = loadedAt.getTime() - Date.parse(detail.order_paid_at)
  return after >= 0 && after <= beaconWindow
}

/** Leaves out what never counts: withdrawn items and items more than 5 minutes ahead of the clock. */
export function counted(evidence: readonly (EvidenceItem | EvidenceFact)[], now: Date): EvidenceFact[] {
  return evidence
    .filter(item => !item.withdrawn && item.occurred_at.getTime() <= now.getTime() + futureTolerance)
    .map(item => {
      const change = changeOf(item)
      return { ...item, classes: classesOf(item), ...(change && { change }) }
    })
}

function changeOf({ kind, detail }: EvidenceItem): EvidenceFact['change'] {
  if (kind !== 'api_operation' || detail.result !== 'succeeded' || detail.scene !== 'jsapi') return undefined
  if (detail.operation === 'gold_plan.open') return 'open'
  return detail.operation === 'gold_plan.close' ? 'close' : undefined
}

/** Oldest first; at equal times by id, so that the order in which evidence arrived never matters. */
export const byTime = (a: EvidenceItem, b: EvidenceItem): number =>
  a.occurred_at.getTime() - b.occurred_at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
