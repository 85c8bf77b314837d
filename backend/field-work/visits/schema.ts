// Visits: what a member of staff found in a shop, by the checklist. Drafts stay on the phone; what arrives is submitted.
import { MOST_PHOTOS } from '../../../miniprogram/shared/photos.ts'
import { Verdict } from '../../evidence/verdict/schema.ts'
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, SubMchid, Uuid, nullable, pageOf } from '../../http/schema.ts'

export const VisitStatus = Type.Union([Type.Literal('submitted'), Type.Literal('accepted'), Type.Literal('returned')])
export type VisitStatus = Static<typeof VisitStatus>

/** Judged by the item that it answers (miniprogram/shared/checklist.ts). Photos are given by their ids. */
const AnswerValue = Type.Union([
  Type.Boolean(),
  Type.Number(),
  Type.String({ maxLength: 1_000 }),
  Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
])
const Answers = Type.Record(Type.String(), AnswerValue, { maxProperties: 200 })

/** degrees in GCJ-02 or WGS-84 as the phone gives them, and metres */
export const VisitLocation = Type.Object(
  {
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
    accuracy_m: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
)
export type VisitLocation = Static<typeof VisitLocation>

/** PUT /visits/{visit_id}: the whole visit. The same id again is the same visit; of two versions the one with the later `ended_at` counts. */
export const VisitRequest = Type.Object(
  {
    sub_mchid: SubMchid,
    template_version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    status: Type.Literal('submitted'),
    started_at: Instant,
    ended_at: Instant,
    answers: Answers,
    /** photos that answer no item */
    other_photo_ids: Type.Optional(Type.Array(Uuid, { maxItems: MOST_PHOTOS })),
    location: Type.Optional(nullable(VisitLocation)),
  },
  { additionalProperties: false, $id: 'VisitRequest' },
)
export type VisitRequest = Static<typeof VisitRequest>

const Person = Type.Object({ id: Type.String(), display_name: Type.String() })

const Review = Type.Object({
  result: Type.Union([Type.Literal('accepted'), Type.Literal('returned')]),
  comment: nullable(Type.String()),
  by: Person,
  at: Instant,
})

const row = {
  id: Uuid,
  sub_mchid: SubMchid,
  /** null: the shop is no longer in the caller's scope */
  merchant: nullable(
    Type.Object({ name: Type.String(), short_name: Type.String(), region_code: Type.String(), region_name: Type.String() }),
  ),
  staff: Person,
  status: VisitStatus,
  template_version: Type.Integer(),
  started_at: Instant,
  ended_at: Instant,
  received_at: Instant,
  photo_count: Type.Integer(),
  /** the newest one; a visit that was returned and sent again is submitted and still shows it */
  review: nullable(Review),
  /** whether the caller may accept or return it now */
  can_review: Type.Boolean(),
}

export const VisitRow = Type.Object(row, { $id: 'VisitRow' })
export type VisitRow = Static<typeof VisitRow>

export const Visit = Type.Object(
  {
    ...row,
    answers: Answers,
    other_photo_ids: Type.Array(Uuid),
    photos: Type.Array(
      Type.Object({ id: Uuid, item_id: nullable(Type.String()), width: Type.Integer(), height: Type.Integer(), taken_at: Instant }),
    ),
    location: nullable(VisitLocation),
    /** what the answers stand for in the shop's timeline */
    evidence: Type.Array(Type.Object({ kind: Type.String(), evidence_id: Uuid })),
    reviews: Type.Array(Review),
  },
  { $id: 'Visit' },
)
export type Visit = Static<typeof Visit>

export const VisitResult = Type.Object(
  {
    visit: Visit,
    /** the verdict now; null: the shop is no longer in the caller's scope */
    migration: nullable(Verdict),
    /** why a visit that saw no web page does not conclude 无需迁移; null where it does, or saw one */
    not_concluded: nullable(Type.Union([Type.Literal('NOT_ALL_CHECKED'), Type.Literal('MORE_STORES')])),
  },
  { $id: 'VisitResult' },
)
export type VisitResult = Static<typeof VisitResult>

/** GET /visits: newest first by when they ended. Whoever reviews: mine=false&status=submitted are those that wait for him, each with can_review. */
export const VisitQuery = Type.Object(
  {
    ...PageQuery.properties,
    mine: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], {
        description: "true: only the caller's own, also of shops that left his scope; false: only others', of shops in scope; absent: both",
      }),
    ),
    status: Type.Optional(VisitStatus),
    sub_mchid: Type.Optional(SubMchid),
  },
  { additionalProperties: false },
)
export type VisitQuery = Static<typeof VisitQuery>
export const VisitPage = pageOf(VisitRow)
export type VisitPage = Static<typeof VisitPage>

/** POST /visits/{visit_id}/review: returned needs a comment */
export const ReviewRequest = Type.Object(
  {
    result: Type.Union([Type.Literal('accepted'), Type.Literal('returned')]),
    comment: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
    /** of the version that was looked at: where its author has sent a later one since, nothing is decided (412 VERSION_MISMATCH) */
    ended_at: Type.Optional(Instant),
  },
  { additionalProperties: false, $id: 'ReviewRequest' },
)
export type ReviewRequest = Static<typeof ReviewRequest>
