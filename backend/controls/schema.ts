// Writes that reach WeChat Pay, and the ledger of their outcomes (product.md §7.3, M14).
import { Type, type Static } from 'typebox'
import { OperationKind } from '../evidence/schema.ts'
import { SubMerchant } from '../directory/merchants/schema.ts'
import { Instant, SubMchid, nullable } from '../http/schema.ts'

const openOrClosed = Type.Union([Type.Literal('open'), Type.Literal('closed')])

/** PUT /sub-merchants/{sub_mchid}/gold-plan/jsapi. `closed` answers 403 APPROVAL_REQUIRED: only a decision closes. */
export const GoldPlanRequest = Type.Object({ status: openOrClosed }, { additionalProperties: false })

/** PUT of the ordinary switches: gold-plan/miniprogram, receipt, advertising. Closing the first two needs a reason of at least 2 characters. */
export const SwitchRequest = Type.Object(
  { status: openOrClosed, reason: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
)
export type SwitchRequest = Static<typeof SwitchRequest>

/** PUT /sub-merchants/{sub_mchid}/ad-filter: 1 to 3 tags that overwrite the earlier ones. None is refused: the API cannot empty them. */
export const AdFilterRequest = Type.Object(
  { industries: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 }) },
  { additionalProperties: false },
)
export type AdFilterRequest = Static<typeof AdFilterRequest>

/**
 * One write and what came of it. `unknown`: the answer of WeChat Pay was lost, the same parameters are sent again after 5 s, 30 s, 2, 10 and
 * 60 min; `unresolved`: still unknown after that, a person settles it.
 */
export const Operation = Type.Object(
  {
    key: Type.String({ description: 'the Idempotency-Key of the write' }),
    sub_mchid: SubMchid,
    kind: OperationKind,
    status: Type.Union([
      Type.Literal('pending'),
      Type.Literal('succeeded'),
      Type.Literal('failed'),
      Type.Literal('unknown'),
      Type.Literal('unresolved'),
    ]),
    code: nullable(Type.String()),
    message: nullable(Type.String()),
    wx_request_id: nullable(Type.String()),
    wx_message: nullable(Type.String({ description: 'what WeChat Pay said when it refused, as it said it' })),
    started_at: Instant,
    finished_at: nullable(Instant),
    next_attempt_at: nullable(Instant),
    /** when succeeded, as long as the shop is in the caller's scope */
    result: Type.Optional(SubMerchant),
  },
  { $id: 'Operation' },
)
export type Operation = Static<typeof Operation>
