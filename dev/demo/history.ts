// A shop's past, written relative to now: what the demo data is made of before it is recorded.
import type { Role } from '../../backend/http/schema.ts'
import { helpUrlOf, LIMITATION_REASON_TYPE, limitationWords } from '../sandbox/limitations.ts'
import type { EvidenceDetail, EvidenceKind } from '../../backend/evidence/schema.ts'
import type { Static } from 'typebox'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** `industries`: the tags of an operation that set the competitor filter */
type Detail<K extends EvidenceKind> = Static<(typeof EvidenceDetail)[K]> & (K extends 'api_operation' ? { industries?: string[] } : unknown)

/** One item of evidence that happened `ago` milliseconds before the fill. */
export type PastEvidence = {
  [K in EvidenceKind]: {
    kind: K
    ago: number
    /** role of the demo staff member who recorded it; null: the system itself */
    by: Role | null
    detail: Detail<K>
    withdrawn?: { ago: number; by: Role; reason: string }
    /** of a beacon: how long before it the order was paid; its order_paid_at is this long before the item */
    paidBefore?: number
  }
}[EvidenceKind]

type TestPayment = Detail<'test_payment'>

export const visited = (ago: number, conclusion: 'jsapi' | 'not_jsapi', extra: Partial<Detail<'flow_conclusion'>> = {}): PastEvidence => ({
  kind: 'flow_conclusion',
  ago,
  by: 'field_agent',
  detail: {
    conclusion,
    basis: 'visit',
    entries:
      conclusion === 'jsapi' ? [{ entry: 'table_sticker', web_page_opened: true }] : [{ entry: 'payment_code', web_page_opened: false }],
    all_entries_checked: true,
    ...extra,
  },
})

export const ordersSaid = (ago: number, conclusion: 'jsapi' | 'not_jsapi'): PastEvidence => ({
  kind: 'flow_conclusion',
  ago,
  by: null,
  detail: { conclusion, basis: 'orders' },
})

export const orderAsked = (ago: number, order_scene: 'jsapi' | 'miniprogram' = 'jsapi'): PastEvidence => ({
  kind: 'order_query',
  ago,
  by: 'operator',
  detail: { trade_type: 'JSAPI', order_scene },
})

/** A write that WeChat Pay carried out. */
export const done = (
  ago: number,
  operation: Detail<'api_operation'>['operation'],
  by: Role = 'field_agent',
  extra: Partial<Detail<'api_operation'>> = {},
): PastEvidence => ({
  kind: 'api_operation',
  ago,
  by,
  detail: { operation, result: 'succeeded', ...(operation.startsWith('gold_plan') ? { scene: 'jsapi' as const } : {}), ...extra },
})

/** A write that WeChat Pay refused. `blocking`: nothing that staff can repeat away (product.md §7.4). */
export const refused = (
  ago: number,
  operation: Detail<'api_operation'>['operation'],
  code: string,
  message: string,
  blocking: boolean,
): PastEvidence => ({
  kind: 'api_operation',
  ago,
  by: 'field_agent',
  detail: {
    operation,
    result: 'failed',
    code,
    message,
    blocking,
    ...(operation.startsWith('gold_plan') ? { scene: 'jsapi' as const } : {}),
  },
})

export const saw = (ago: number, after_page: TestPayment['after_page'], extra: Partial<TestPayment> = {}): PastEvidence => ({
  kind: 'test_payment',
  ago,
  by: 'field_agent',
  detail: {
    entry: 'table_sticker',
    web_page_opened: true,
    payee_matches: 'yes',
    after_page,
    ...(after_page === 'merchant_receipt' ? { ready_seconds: 1.5 } : {}),
    refunded: true,
    ...extra,
  },
})

export const checkedOnPortal = (ago: number, detail: Detail<'portal_check'>): PastEvidence => ({
  kind: 'portal_check',
  ago,
  by: 'operator',
  detail,
})

/** The receipt page was loaded for an order, paid six seconds before unless told otherwise. */
export const beacon = (
  ago: number,
  extra: { check_code_valid?: boolean | 'pending'; order_scene?: 'jsapi' | 'miniprogram'; paidBefore?: number; tail?: string } = {},
): PastEvidence => ({
  kind: 'receipt_beacon',
  ago,
  by: null,
  paidBefore: extra.paidBefore ?? 6_000,
  detail: {
    out_trade_no: extra.tail ?? '7731',
    order_scene: extra.order_scene ?? 'jsapi',
    check_code_valid: extra.check_code_valid ?? true,
    ready_ms: 900,
  },
})

/** As WeChat Pay says it when it is asked (backend/evidence/limitations/record.ts): asked again, it is nothing new. */
export const limited = (ago: number, code: string, reason: string, recover_way: string): PastEvidence => {
  const one = { reason_type: LIMITATION_REASON_TYPE, reason: limitationWords(reason), recover_way, help_url: helpUrlOf(recover_way) }
  return { kind: 'limitation', ago, by: null, detail: { code, reason, recover_way, active: true, functions: [code], cases: [one] } }
}

/** WeChat Pay no longer limits it. */
export const lifted = (ago: number, code: string): PastEvidence => ({ kind: 'limitation', ago, by: null, detail: { code, active: false } })
