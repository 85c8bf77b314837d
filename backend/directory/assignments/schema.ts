// Who is responsible for which shops (product.md §7.2): shops that were chosen, or all that a list's filters leave, to one member of staff or to nobody.
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, Role, SubMchid, Uuid, nullable, pageOf } from '../../http/schema.ts'
import { SubMerchantQuery } from '../merchants/schema.ts'

/** of one request */
export const MOST_SHOPS = 100_000

const { state, region_code, gold_plan, receipt, advertising, attention, operation, assigned_to } = SubMerchantQuery.properties

/** As GET /sub-merchants takes them, without a search; {}: every shop in the caller's scope. */
export const AssignmentFilter = Type.Object(
  { state, region_code, gold_plan, receipt, advertising, attention, operation, assigned_to },
  { additionalProperties: false },
)
export type AssignmentFilter = Static<typeof AssignmentFilter>

/** PUT /sub-merchants/assignments, POST …/count: either sub_mchids or filter. Only shops in the caller's scope are ever meant. */
export const AssignmentRequest = Type.Object(
  {
    sub_mchids: Type.Optional(Type.Array(SubMchid, { minItems: 1, maxItems: MOST_SHOPS })),
    filter: Type.Optional(AssignmentFilter),
    /** who is responsible from now on: active, in a role that works at shops; null: nobody */
    staff_id: nullable(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type AssignmentRequest = Static<typeof AssignmentRequest>

/**
 * - NOT_FOUND: no such shop in the caller's scope
 * - OUTSIDE_THEIR_REGIONS: whoever was to get it would not see it
 */
const RefusalReason = Type.Union([Type.Literal('NOT_FOUND'), Type.Literal('OUTSIDE_THEIR_REGIONS')])
export type RefusalReason = Static<typeof RefusalReason>

/** sub_mchids: the first 20 */
export const RefusedShops = Type.Object({ reason: RefusalReason, count: Type.Integer(), sub_mchids: Type.Array(Type.String()) })
export type RefusedShops = Static<typeof RefusedShops>

/** What an assignment would do now. same: shops that are theirs already */
export const AssignmentCount = Type.Object(
  { total: Type.Integer(), changing: Type.Integer(), same: Type.Integer(), refused: Type.Array(RefusedShops) },
  { $id: 'AssignmentCount' },
)
export type AssignmentCount = Static<typeof AssignmentCount>

/**
 * 1,000 shops at a time, each batch whole or not at all. total: how many were meant when it began; done: looked at so far.
 * stopped: `code` STAFF_DISABLED or ACTION_FORBIDDEN (who asked may no longer), NOT_ACTIVE or ROLE_WITHOUT_SHOPS (whoever was to get the shops)
 */
export const AssignmentRun = Type.Object(
  {
    id: Uuid,
    status: Type.Union([Type.Literal('running'), Type.Literal('finished'), Type.Literal('stopped')]),
    code: nullable(Type.String()),
    staff: nullable(Type.Object({ id: Type.String(), display_name: Type.String() })),
    total: Type.Integer(),
    done: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer(),
    refused: Type.Array(RefusedShops),
    asked_at: Instant,
    ended_at: nullable(Instant),
  },
  { $id: 'AssignmentRun' },
)
export type AssignmentRun = Static<typeof AssignmentRun>

export const AssigneeQuery = Type.Object(
  {
    ...PageQuery.properties,
    /** in the name */
    q: Type.Optional(Type.String({ maxLength: 64 })),
    /** a staff id: only who sees every shop of that person, and is another */
    takes_from: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type AssigneeQuery = Static<typeof AssigneeQuery>

/** Somebody who can be made responsible for shops. */
export const Assignee = Type.Object(
  {
    id: Type.String(),
    display_name: Type.String(),
    role: Role,
    region_names: Type.Array(Type.String()),
    /** how many they have */
    shops: Type.Integer(),
  },
  { $id: 'Assignee' },
)
export type Assignee = Static<typeof Assignee>
export const AssigneePage = pageOf(Assignee)
export type AssigneePage = Static<typeof AssigneePage>
