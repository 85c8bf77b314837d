// 商家小票: what a merchant's receipt is made of, and how well its page works (product.md F8, B12). Limits of texts:
// miniprogram/packages/merchant/shared/receipt-blocks.ts.
import { Type, type Static } from 'typebox'
import { Instant, SubMchid, nullable } from '../http/schema.ts'

const text = Type.String({ maxLength: 400 })
const title = Type.Optional(Type.String({ maxLength: 400, description: 'at most 8 characters; absent: the usual name of the block' }))
const closed = { additionalProperties: false }

/** What an order does not say (a code, its items, when the car came in) comes from the merchant; the rest from the provider's system when the page loads. */
export const ReceiptBlock = Type.Union(
  [
    Type.Object({ kind: Type.Literal('pickup_code'), title }, closed),
    Type.Object(
      {
        kind: Type.Literal('parking'),
        title,
        /** minutes after the payment in which the car may leave, where the order does not say until when */
        leave_within_minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 240 })),
        fee_rule: Type.Optional(text),
      },
      closed,
    ),
    Type.Object({ kind: Type.Literal('order_items'), title }, closed),
    /** place: where the order does not name one */
    Type.Object({ kind: Type.Literal('pickup_point'), title, place: Type.Optional(text) }, closed),
    /** leaves WeChat's page only when the customer taps it */
    Type.Object({ kind: Type.Literal('link'), label: text, url: Type.String({ maxLength: 400, description: 'https' }) }, closed),
    Type.Object({ kind: Type.Literal('notice'), text }, closed),
  ],
  { $id: 'ReceiptBlock' },
)
export type ReceiptBlock = Static<typeof ReceiptBlock>

const ReceiptTemplateCode = Type.Union([
  Type.Literal('catering'),
  Type.Literal('parking'),
  Type.Literal('retail'),
  Type.Literal('hospital'),
  Type.Literal('school'),
])

/** GET and PUT /sub-merchants/{sub_mchid}/receipt-content. Its version is its own: it counts changes of the blocks only, 0 before the first. */
export const ReceiptContent = Type.Object(
  {
    sub_mchid: SubMchid,
    version: Type.Integer(),
    /** in the order of the page; none: customers see WeChat's official receipt */
    blocks: Type.Array(ReceiptBlock),
    /** the template that fits the merchant's industry */
    suggested_template: nullable(ReceiptTemplateCode),
    changed_at: nullable(Instant),
    changed_by: nullable(Type.String({ description: 'display name' })),
    /** hosts of links that customers do not see yet: the provider has not registered them, and no lead or operator has allowed them for this merchant */
    waiting_hosts: Type.Array(Type.String()),
  },
  { $id: 'ReceiptContent' },
)
export type ReceiptContent = Static<typeof ReceiptContent>

export const ReceiptContentRequest = Type.Object(
  { blocks: Type.Array(ReceiptBlock, { maxItems: 20 }) },
  { ...closed, $id: 'ReceiptContentRequest' },
)
export type ReceiptContentRequest = Static<typeof ReceiptContentRequest>

const Day = Type.String({ format: 'date', description: 'a day in Asia/Shanghai' })

/** How loads of the receipt page ended, and how fast. */
const figures = {
  /** pages that asked for their content */
  loads: Type.Integer(),
  /** check_code matched */
  valid: Type.Integer(),
  /** check_code did not match */
  invalid: Type.Integer(),
  /** transaction_id had not arrived yet; counted as valid or invalid instead as soon as it is known */
  pending: Type.Integer(),
  /** the provider's system knows no such order, or one of another merchant */
  unknown_order: Type.Integer(),
  /** the provider's system did not answer, too late or wrongly */
  source_failed: Type.Integer(),
  /** customers who were shown the merchant's receipt */
  shown: Type.Integer(),
  /** pages that told how long they took from the start of loading to onIframeReady */
  beacons: Type.Integer(),
  over_3s: Type.Integer(),
  /** milliseconds, within the steps of the counters; null without beacons */
  ready_ms_p95: nullable(Type.Integer()),
}

/** GET /sub-merchants/{sub_mchid}/receipt-health. Without from and to: the last 7 days. At most 92 days. */
export const ReceiptHealthQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed)
export type ReceiptHealthQuery = Static<typeof ReceiptHealthQuery>

/** no_loads: nobody loaded the page in all of history · never_matched: check_code 未能验证, which says nothing on the merchant · matched: it works */
const CheckCodeState = Type.Union([Type.Literal('no_loads'), Type.Literal('never_matched'), Type.Literal('matched')])

export const ReceiptHealth = Type.Object(
  {
    sub_mchid: SubMchid,
    from: Day,
    to: Day,
    total: Type.Object(figures),
    /** each day of the range, oldest first, also those without loads */
    days: Type.Array(Type.Object({ day: Day, ...figures })),
    /** whether a code ever matched, for this provider */
    check_code: CheckCodeState,
    /** when a load of this merchant last matched, within 14 days */
    last_valid_at: nullable(Instant),
    as_of: Instant,
  },
  { $id: 'ReceiptHealth' },
)
export type ReceiptHealth = Static<typeof ReceiptHealth>

/** GET /metrics/receipts: within the caller's scope. Without from and to: the last 7 days. At most 92 days. */
export const ReceiptMetricsQuery = Type.Object(
  {
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    group_by: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('merchant'), Type.Literal('merchant_day')])),
  },
  closed,
)
export type ReceiptMetricsQuery = Static<typeof ReceiptMetricsQuery>

export const ReceiptMetrics = Type.Object(
  {
    from: Day,
    to: Day,
    /** of the rows */
    total: Type.Object(figures),
    /** by day: oldest first · by merchant: the most loads first, at most 500 · by both: the newest day first, then by loads, at most 500 */
    rows: Type.Array(Type.Object({ day: nullable(Day), sub_mchid: nullable(SubMchid), name: nullable(Type.String()), ...figures })),
    check_code: CheckCodeState,
    /** which reading of WeChat's rule real loads match: its published sample fits none (backend/receipts/README.md) */
    variants: Type.Array(Type.Object({ variant: Type.String(), loads: Type.Integer() })),
    as_of: Instant,
    timezone: Type.Literal('Asia/Shanghai'),
  },
  { $id: 'ReceiptMetrics' },
)
export type ReceiptMetrics = Static<typeof ReceiptMetrics>
