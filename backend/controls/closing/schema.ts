// Closing a gold plan with four eyes (product.md M10, M22): a request, and what another member of staff decides.
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, SubMchid, Uuid, nullable, pageOf, Role } from '../../http/schema.ts'

/**
 * - pending: waits for a decision until `expires_at`
 * - approved: decided, and on its way to WeChat Pay
 * - executed: WeChat Pay closed it; failed: it did not, `code` says why
 * - rejected, cancelled (by who asked), expired
 */
export const ChangeRequestStatus = Type.Union([
  Type.Literal('pending'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('cancelled'),
  Type.Literal('expired'),
  Type.Literal('executed'),
  Type.Literal('failed'),
])
export type ChangeRequestStatus = Static<typeof ChangeRequestStatus>

/** POST /change-requests. */
export const NewChangeRequest = Type.Object(
  {
    kind: Type.Literal('gold_plan.close'),
    sub_mchid: SubMchid,
    scene: Type.Literal('jsapi'),
    /** at least 5 characters */
    reason: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false, $id: 'NewChangeRequest' },
)
export type NewChangeRequest = Static<typeof NewChangeRequest>

/** POST /change-requests/{id}/decision; a rejection says why */
export const ChangeRequestDecision = Type.Object(
  {
    decision: Type.Union([Type.Literal('approve'), Type.Literal('reject')]),
    comment: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
  },
  { additionalProperties: false, $id: 'ChangeRequestDecision' },
)
export type ChangeRequestDecision = Static<typeof ChangeRequestDecision>

const Person = Type.Object({ id: Type.String(), display_name: Type.String(), role: Role })

export const ChangeRequest = Type.Object(
  {
    id: Uuid,
    kind: Type.Literal('gold_plan.close'),
    sub_mchid: SubMchid,
    merchant: Type.Object({ name: Type.String(), short_name: Type.String(), region_code: Type.String(), region_name: Type.String() }),
    scene: Type.Literal('jsapi'),
    reason: Type.String(),
    status: ChangeRequestStatus,
    requested_by: Person,
    requested_at: Instant,
    expires_at: Instant,
    decided_by: nullable(Person),
    decided_at: nullable(Instant),
    comment: nullable(Type.String()),
    ended_at: nullable(Instant),
    /** why it failed: a problem code */
    code: nullable(Type.String()),
    /** of the write that carries it out */
    operation_key: nullable(Type.String()),
    /** who could decide a pending one, display names, the requester left out; `role` operator also where no lead is responsible for the shop. Empty where nobody can */
    deciders: nullable(Type.Object({ role: Role, names: Type.Array(Type.String()) })),
    /** whether the caller may decide now */
    can_decide: Type.Boolean(),
    /** whether the caller may take it back now */
    can_cancel: Type.Boolean(),
  },
  { $id: 'ChangeRequest' },
)
export type ChangeRequest = Static<typeof ChangeRequest>

export const ChangeRequestQuery = Type.Object(
  {
    ...PageQuery.properties,
    /** open: pending and approved; decided: whatever no longer waits for a decision, approved ones that are on their way included */
    status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('decided'), ...ChangeRequestStatus.anyOf])),
    /** true: what the caller asked for; false: only what others did */
    mine: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
    /** true: what waits for the caller's decision, the oldest first in time to expire */
    to_decide: Type.Optional(Type.Literal('true')),
    sub_mchid: Type.Optional(SubMchid),
  },
  { additionalProperties: false },
)
export type ChangeRequestQuery = Static<typeof ChangeRequestQuery>
export const ChangeRequestPage = pageOf(ChangeRequest)
export type ChangeRequestPage = Static<typeof ChangeRequestPage>
