// Shapes shared by every endpoint: problem details (RFC 9457), cursors, primitive formats, roles and what they may do (product.md §9).
import { CONTROL_RIGHTS } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { MCHID } from '../../miniprogram/shared/mchid.ts'
import { Type, type Static, type TSchema } from 'typebox'

/** ISO 8601 with offset, e.g. 2026-11-23T10:12:00+08:00. Answers are always in +08:00. */
export const Instant = Type.String({ format: 'date-time' })
/** 商户号 of a 特约商户: 8 to 10 digits. */
export const SubMchid = Type.String({ pattern: MCHID })
/** Something in it can be seen: a name of blanks and of characters that nobody sees (miniprogram/shared/comparable.ts) is none. As a pattern, for schemas. */
export const SEEN =
  '[^\\s\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]'

/** GB/T 2260 adcode; its first 2 or 4 digits followed by zeros name the parent. */
export const RegionCode = Type.String({ pattern: '^[0-9]{6}$' })
export const Uuid = Type.String({ format: 'uuid' })

/** One of these words, for a list that is made of a table. */
export const oneOf = <T extends string>(words: readonly T[]) => Type.Unsafe<T>(Type.Union(words.map(word => Type.Literal(word))))

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One field at fault. `field` is a dotted path into the body, the query or the headers. */
export const FieldError = Type.Object({
  field: Type.String(),
  code: Type.String(),
  message: Type.String(),
})

/** application/problem+json. Clients switch on `code` and show `detail`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: '/problems/<slug>' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.Optional(Type.String()),
    code: Type.String(),
    request_id: Type.String(),
    errors: Type.Optional(Type.Array(FieldError)),
    /** seconds */
    retry_after: Type.Optional(Type.Integer()),
    /** the action that the caller would need (403) */
    required_action: Type.Optional(Type.String()),
    /** REOPEN_LOCKED: when the gold plan may be opened again, null when we do not know */
    reopen_available_at: Type.Optional(nullable(Instant)),
    /** OPERATION_PENDING, OPERATION_IN_PROGRESS: the key of the operation in the way */
    operation_key: Type.Optional(Type.String()),
    /** VERSION_MISMATCH: the SubMerchant as it is now (directory/merchants/schema.ts), of a review and VISIT_REVIEWED: the Visit (field-work/visits/schema.ts),
     *  REQUEST_EXISTS, ALREADY_DECIDED: the ChangeRequest (controls/closing/schema.ts) */
    current: Type.Optional(Type.Unknown()),
    /** WX_UNCLASSIFIED: what WeChat Pay said, as it is */
    wx_message: Type.Optional(Type.String()),
    /** TEMPLATE_OUTDATED: the version of the checklist that counts now */
    current_version: Type.Optional(Type.Integer()),
    /** what the client must have at least (CLIENT_OUTDATED) */
    min_client_version: Type.Optional(Type.String()),
  },
  { $id: 'Problem' },
)
export type Problem = Static<typeof Problem>
export type FieldError = Static<typeof FieldError>

export const Role = Type.Union([
  Type.Literal('field_agent'),
  Type.Literal('region_lead'),
  Type.Literal('operator'),
  Type.Literal('auditor'),
  Type.Literal('admin'),
])
export type Role = Static<typeof Role>

export const actions = [
  'merchant.read',
  'merchant.assign',
  'merchant.add',
  'evidence.read',
  'evidence.write',
  'evidence.withdraw',
  'portal_check.write',
  'unblock.write',
  ...(Object.keys(CONTROL_RIGHTS) as (keyof typeof CONTROL_RIGHTS)[]),
  'visit.write',
  'visit.review',
  'photo.write',
  'metrics.read',
  'rollout.read',
  'rollout.write',
  'audit.read',
  'rebate.read',
  'observation.read',
  'observation.classify',
  'export.write',
  'staff.manage',
  'settings.read',
  'settings.manage',
  'readiness.write',
] as const
/** Everything that a person may be allowed to do. One list for roles, `allowed_actions` and `required_action`. */
export const Action = oneOf(actions)
export type Action = Static<typeof Action>

export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: nullable(Type.String()),
    /** exact up to 1,000, then 1,000 and meant as "1000+" */
    total_estimate: Type.Optional(Type.Integer()),
  })

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
})
