// The visit plan (product.md §5.6): what it comes to for those who plan, and the next shops for who visits them.
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'
import { SubMerchantRow } from '../merchants/schema.ts'

const Day = Type.String({ format: 'date' })
const count = Type.Integer({ minimum: 0 })
const StaffId = Type.String({ minLength: 1, maxLength: 64 })

/** GET /visit-plan: shops in the caller's scope */
export const VisitPlan = Type.Object(
  {
    /** when it was made; null: never yet */
    made_at: nullable(Instant),
    /** merchants that are verified, and those of them whose proof is not old */
    verified: count,
    fresh: count,
    /** per cent of them that should be fresh */
    aim: Type.Integer(),
    /** visits that are missing from it, of the whole company; null: never planned yet */
    needed: nullable(count),
    /** old shops of the whole company where nobody works */
    without_anybody: count,
    days: Type.Array(
      Type.Object({
        day: Day,
        people: Type.Array(
          Type.Object({
            staff_id: Type.String(),
            display_name: Type.String(),
            stops: count,
            /** of these, those that this person sees */
            published: count,
            /** names of the districts, those with the most first */
            districts: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
  },
  { $id: 'VisitPlan' },
)
export type VisitPlan = Static<typeof VisitPlan>

/** GET /visit-plan/stops: who plans sees everybody's in scope, others see their own that are published */
export const VisitPlanStopsQuery = Type.Object(
  { staff_id: Type.Optional(StaffId), day: Type.Optional(Day) },
  { additionalProperties: false },
)
export type VisitPlanStopsQuery = Static<typeof VisitPlanStopsQuery>

export const VisitPlanStops = Type.Object(
  { items: Type.Array(Type.Object({ ...SubMerchantRow.properties, day: Day, staff_id: Type.String(), published: Type.Boolean() })) },
  { $id: 'VisitPlanStops' },
)
export type VisitPlanStops = Static<typeof VisitPlanStops>

/** POST /visit-plan/publication: of one person, of one day, or everything in scope */
export const VisitPlanPublication = Type.Object(
  { staff_id: Type.Optional(StaffId), day: Type.Optional(Day) },
  { additionalProperties: false, $id: 'VisitPlanPublication' },
)
export type VisitPlanPublication = Static<typeof VisitPlanPublication>
