// Evidence: an append-only list of what was seen, done and asked (product.md §5.2). Nothing here is ever edited, only withdrawn.
import { evidenceOperations, ofEachPlain, operationKinds } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { MOST_PHOTOS } from '../../miniprogram/shared/photos.ts'
import { Verdict } from './verdict/schema.ts'
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, SubMchid, Uuid, nullable, oneOf, pageOf, type Action } from '../http/schema.ts'

export const EvidenceKind = Type.Union([
  Type.Literal('api_operation'),
  Type.Literal('portal_check'),
  Type.Literal('receipt_beacon'),
  Type.Literal('test_payment'),
  Type.Literal('order_query'),
  Type.Literal('limitation'),
  Type.Literal('flow_conclusion'),
  Type.Literal('unblock'),
])
export type EvidenceKind = Static<typeof EvidenceKind>

/** 收款入口 */
export const PaymentEntry = Type.Union([
  Type.Literal('table_sticker'),
  Type.Literal('counter_stand'),
  Type.Literal('official_account'),
  Type.Literal('h5_link'),
  Type.Literal('mini_program'),
  Type.Literal('payment_code'),
  Type.Literal('native_qr'),
  Type.Literal('other'),
])
export type PaymentEntry = Static<typeof PaymentEntry>

/** 支付完成后看到的页面, after the payer tapped 完成 */
export const AfterPage = Type.Union([
  Type.Literal('official_receipt'),
  Type.Literal('merchant_receipt'),
  Type.Literal('receipt_missing'),
  Type.Literal('receipt_error'),
  Type.Literal('legacy_page'),
  Type.Literal('closed'),
  Type.Literal('not_paid'),
  Type.Literal('unsure'),
])
export type AfterPage = Static<typeof AfterPage>

/** Writes as evidence names them: the scene of a gold plan stands beside it. */
const EvidenceOperation = oneOf(evidenceOperations)

/** Calls to WeChat Pay: a gold plan is switched for one scene at a time, jsapi where the kind does not say another. */
export const OperationKind = oneOf(operationKinds)
export type OperationKind = Static<typeof OperationKind>

/** absent: not looked at; unknown: looked at and not told */
const SeenOnConsole = Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('unknown')]))
const Scene = Type.Union([Type.Literal('jsapi'), Type.Literal('miniprogram')])

/** Fields per kind. Optional ones are absent, not null, when not said. */
export const EvidenceDetail = {
  api_operation: Type.Object({
    operation: EvidenceOperation,
    scene: Type.Optional(Scene),
    result: Type.Union([Type.Literal('succeeded'), Type.Literal('failed')]),
    code: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
    blocking: Type.Optional(Type.Boolean()),
    operation_key: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    /** ad_filter.set: the tags set */
    industries: Type.Optional(Type.Array(Type.String(), { maxItems: 3 })),
  }),
  portal_check: Type.Object(
    {
      gold_plan_jsapi: SeenOnConsole,
      /** says nothing of migration, which is about jsapi */
      gold_plan_miniprogram: SeenOnConsole,
      receipt: SeenOnConsole,
      ...ofEachPlain(() => SeenOnConsole),
      /** the tags that are set there, none when it is empty */
      ad_filter: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 3 })),
      default_open: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  receipt_beacon: Type.Object({
    /** masked, the last 4 characters */
    out_trade_no: Type.String(),
    order_paid_at: Type.Optional(nullable(Instant)),
    order_scene: Type.Union([Type.Literal('jsapi'), Type.Literal('miniprogram'), Type.Literal('unknown')]),
    check_code_valid: Type.Union([Type.Boolean(), Type.Literal('pending')]),
    ready_ms: Type.Optional(Type.Integer()),
    /** which receipt the customer was given; absent: the merchant's */
    displayed: Type.Optional(Type.Union([Type.Literal('merchant'), Type.Literal('official')])),
  }),
  test_payment: Type.Object(
    {
      entry: PaymentEntry,
      web_page_opened: nullable(Type.Boolean()),
      payee_matches: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('not_checked')]),
      after_page: AfterPage,
      ready_seconds: Type.Optional(Type.Number({ minimum: 0, maximum: 120 })),
      photo_ids: Type.Optional(Type.Array(Type.String(), { maxItems: MOST_PHOTOS })),
      refunded: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  order_query: Type.Object({
    trade_type: Type.String(),
    /** by the register of appids as it stands now */
    order_scene: Type.Union([Type.Literal('jsapi'), Type.Literal('miniprogram'), Type.Literal('unknown')]),
    /** that was paid with; absent in what was kept before it was */
    appid: Type.Optional(Type.String()),
    paid_at: Type.Optional(nullable(Instant)),
  }),
  limitation: Type.Object({
    /** what is limited, the gravest first: NO_TRANSACTION …; OTHER where no code says it */
    code: Type.String(),
    reason: Type.Optional(Type.String()),
    recover_way: Type.Optional(Type.String()),
    /** false with cases: nothing is limited yet, and it is announced; false without: its end */
    active: Type.Boolean(),
    functions: Type.Optional(Type.Array(Type.String())),
    /** each reason with what ends it, in WeChat Pay's words where a code is not known */
    cases: Type.Optional(
      Type.Array(
        Type.Object({
          reason_type: Type.Optional(Type.String()),
          reason: Type.Optional(Type.String()),
          recover_way: Type.Optional(Type.String()),
          /** what the merchant has to do, for a person; not stored */
          what_to_do: Type.Optional(Type.String()),
          help_url: Type.Optional(Type.String()),
          /** when it began; of a planned one, when it begins */
          since: Type.Optional(Type.String()),
          /** announced: nothing of it is limited yet */
          planned: Type.Optional(Type.Literal(true)),
        }),
      ),
    ),
  }),
  flow_conclusion: Type.Object(
    {
      conclusion: Type.Union([Type.Literal('jsapi'), Type.Literal('not_jsapi')]),
      basis: Type.Union([Type.Literal('orders'), Type.Literal('visit'), Type.Literal('operator')]),
      /** which entries were looked at, and whether each opened a web page inside WeChat */
      entries: Type.Optional(
        Type.Array(Type.Object({ entry: PaymentEntry, web_page_opened: nullable(Type.Boolean()) }, { additionalProperties: false }), {
          maxItems: 20,
        }),
      ),
      all_entries_checked: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  unblock: Type.Object(
    { code: Type.Optional(Type.String({ maxLength: 64 })), note: Type.String({ minLength: 2, maxLength: 200 }) },
    { additionalProperties: false },
  ),
} as const

const common = {
  id: Uuid,
  sub_mchid: SubMchid,
  occurred_at: Instant,
  recorded_at: Instant,
  /** null: the system itself */
  recorded_by: nullable(Type.Object({ id: Type.String(), display_name: Type.String() })),
  source: Type.Union([Type.Literal('app'), Type.Literal('backend'), Type.Literal('portal')]),
  withdrawn: nullable(
    Type.Object({ by: Type.Object({ id: Type.String(), display_name: Type.String() }), at: Instant, reason: Type.String() }),
  ),
  /** whether the caller may withdraw it now */
  can_withdraw: Type.Boolean(),
}
const item = <K extends EvidenceKind>(kind: K) => Type.Object({ ...common, kind: Type.Literal(kind), detail: EvidenceDetail[kind] })

export const Evidence = Type.Union(
  [
    item('api_operation'),
    item('portal_check'),
    item('receipt_beacon'),
    item('test_payment'),
    item('order_query'),
    item('limitation'),
    item('flow_conclusion'),
    item('unblock'),
  ],
  { $id: 'Evidence' },
)
export type Evidence = Static<typeof Evidence>

export const EvidenceQuery = Type.Object({ ...PageQuery.properties, kind: Type.Optional(EvidenceKind) }, { additionalProperties: false })
export const EvidencePage = pageOf(Evidence)
export type EvidencePage = Static<typeof EvidencePage>

const written = <K extends EvidenceKind>(kind: K) =>
  Type.Object(
    {
      /** made by the client: sent again with the same id it is the same item */
      id: Uuid,
      kind: Type.Literal(kind),
      occurred_at: Instant,
      detail: EvidenceDetail[kind],
    },
    { additionalProperties: false },
  )

/** POST /sub-merchants/{sub_mchid}/evidence: what people may record. The other kinds come from the backend itself. */
export const EvidenceRequest = Type.Union(
  [written('test_payment'), written('portal_check'), written('flow_conclusion'), written('unblock')],
  {
    $id: 'EvidenceRequest',
  },
)
export type EvidenceRequest = Static<typeof EvidenceRequest>
/** who may record each */
export const recordedWith = {
  test_payment: 'evidence.write',
  flow_conclusion: 'evidence.write',
  portal_check: 'portal_check.write',
  unblock: 'unblock.write',
} as const satisfies Record<EvidenceRequest['kind'], Action>

/** What was recorded or withdrawn, and the verdict now; migration null: the shop is no longer in the caller's scope. */
export const EvidenceResult = Type.Object({ evidence: Evidence, migration: nullable(Verdict) }, { $id: 'EvidenceResult' })
export type EvidenceResult = Static<typeof EvidenceResult>

/** POST …/evidence/{evidence_id}/withdrawal */
export const WithdrawalRequest = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false })
export type WithdrawalRequest = Static<typeof WithdrawalRequest>
