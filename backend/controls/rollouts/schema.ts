// The same change for many merchants (product.md B02): a dry run, stages with a look between them, and what came of each merchant. Nothing is closed in bulk.
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, SubMchid, Uuid, nullable, pageOf } from '../../http/schema.ts'
import { SubMerchantQuery } from '../../directory/merchants/schema.ts'

export const MAX_ITEMS = 100_000
/** rollouts that the workbench names */
export const MOST_UNDER_WAY = 20
/** items of the first stages; the third has the rest */
export const STAGES: readonly number[] = [20, 500]

const RolloutAction = Type.Union([Type.Literal('gold_plan.open'), Type.Literal('receipt.open'), Type.Literal('ad_filter.set')])

/**
 * - draft: looked at, not begun
 * - running
 * - waiting: a stage is over, somebody looks before the next one
 * - paused by somebody; stopped by itself, `stop_code` says why
 * - completed: every item has its result; cancelled: what had not begun stays as it was
 */
const RolloutStatus = Type.Union([
  Type.Literal('draft'),
  Type.Literal('running'),
  Type.Literal('waiting'),
  Type.Literal('paused'),
  Type.Literal('stopped'),
  Type.Literal('completed'),
  Type.Literal('cancelled'),
])

const RolloutItemStatus = Type.Union([
  Type.Literal('excluded'),
  Type.Literal('pending'),
  Type.Literal('working'),
  Type.Literal('succeeded'),
  Type.Literal('failed'),
  Type.Literal('skipped'),
])

const { state, region_code, gold_plan, receipt, advertising, attention, assigned_to } = SubMerchantQuery.properties
/** As GET /sub-merchants has them; all at once. Empty: every merchant. */
const RolloutFilter = Type.Object(
  { state, region_code, gold_plan, receipt, advertising, attention, assigned_to },
  { additionalProperties: false },
)

/** POST /rollouts: either filter or numbers. The answer is the dry run; nothing has been asked of WeChat Pay. */
export const NewRollout = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    action: RolloutAction,
    /** of gold_plan.open: 商家小票 first, then the plan */
    with_receipt: Type.Optional(Type.Boolean()),
    /** of ad_filter.set: 1 to 3 tags */
    industries: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 36 })),
    filter: Type.Optional(RolloutFilter),
    /** as they were pasted: what is no 商户号 is counted and not kept */
    numbers: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: MAX_ITEMS })),
  },
  { additionalProperties: false, $id: 'NewRollout' },
)
export type NewRollout = Static<typeof NewRollout>

const count = Type.Integer({ minimum: 0 })
const Reason = Type.Object({ code: Type.String(), count })

export const Rollout = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    action: RolloutAction,
    with_receipt: Type.Boolean(),
    industries: Type.Array(Type.String()),
    filter: nullable(RolloutFilter),
    status: RolloutStatus,
    preview: Type.Object({
      will_change: count,
      /** reasons with how many merchants each; of a list also DUPLICATE and MALFORMED, which are no items */
      excluded: Type.Array(Reason),
    }),
    /** 1 to 3; merchants and those of them that have a result */
    stage: Type.Integer({ minimum: 1, maximum: 3 }),
    stages: Type.Array(Type.Object({ items: count, ended: count })),
    progress: Type.Object({
      pending: count,
      working: count,
      succeeded: count,
      failed: count,
      skipped: count,
      /** why items failed or were skipped: each opens GET …/items with its status and code */
      causes: Type.Array(Type.Object({ status: RolloutItemStatus, code: Type.String(), count })),
    }),
    /** operations a minute: what the provider allows, and what WeChat Pay lets through at this time */
    rate: Type.Object({ allowed: count, now: count }),
    /** while it runs: since when WeChat Pay gives no usable answer. It is asked now and then, and all goes on with its first answer. null: it answers */
    away_since: nullable(Instant),
    /** while it runs; by the rate of now; null: nobody knows */
    seconds_left: nullable(count),
    stop_code: nullable(Type.String()),
    created_by: Type.Object({ id: Type.String(), display_name: Type.String() }),
    created_at: Instant,
    started_at: nullable(Instant),
    ended_at: nullable(Instant),
    /** since when only its numbers are kept: no merchant of it is named any more, and nothing of it is tried again. null: all of it is there */
    reduced_at: nullable(Instant),
    version: Type.Integer(),
  },
  { $id: 'Rollout' },
)
export type Rollout = Static<typeof Rollout>

export const RolloutQuery = Type.Object({ ...PageQuery.properties, status: Type.Optional(RolloutStatus) }, { additionalProperties: false })
export type RolloutQuery = Static<typeof RolloutQuery>
export const RolloutPage = pageOf(Rollout)
export type RolloutPage = Static<typeof RolloutPage>

export const RolloutItem = Type.Object(
  {
    sub_mchid: SubMchid,
    /** null: no merchant of this company, or none in the caller's scope */
    name: nullable(Type.String()),
    stage: nullable(Type.Integer()),
    status: RolloutItemStatus,
    code: nullable(Type.String()),
    /** what WeChat Pay said */
    message: nullable(Type.String()),
    changed_at: Instant,
  },
  { $id: 'RolloutItem' },
)
export type RolloutItem = Static<typeof RolloutItem>
export const RolloutItemQuery = Type.Object(
  { ...PageQuery.properties, status: Type.Optional(RolloutItemStatus), code: Type.Optional(Type.String({ maxLength: 64 })) },
  { additionalProperties: false },
)
export type RolloutItemQuery = Static<typeof RolloutItemQuery>
export const RolloutItemPage = pageOf(RolloutItem)
export type RolloutItemPage = Static<typeof RolloutItemPage>

/** What a person does to it. */
export const RolloutStep = Type.Union([
  Type.Literal('start'),
  Type.Literal('pause'),
  Type.Literal('resume'),
  Type.Literal('cancellation'),
  Type.Literal('retry-failed'),
])
export type RolloutStep = Static<typeof RolloutStep>
