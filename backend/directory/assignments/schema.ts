// Who is responsible for which shops (product.md §7.2): lists of shops, or all that match, to one member of staff.
import { Type, type Static } from 'typebox'
import { RegionCode, SubMchid } from '../../http/schema.ts'

/** A longer list is hardly checked by anybody: a filter is the better way to say it. */
const MAX_ASSIGNED = 1_000

/** All of these at once; at least one. Only shops in the caller's scope are ever meant. */
export const AssignmentFilter = Type.Object(
  {
    /** a staff id: a leaver's shops move in one step; none: those of nobody */
    assigned_to: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** a district, or everything below a city or province */
    region_code: Type.Optional(RegionCode),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type AssignmentFilter = Static<typeof AssignmentFilter>

/** PUT /sub-merchants/assignments: either sub_mchids or filter. All of it happens or nothing. */
export const AssignmentRequest = Type.Object(
  {
    sub_mchids: Type.Optional(Type.Array(SubMchid, { minItems: 1, maxItems: MAX_ASSIGNED })),
    filter: Type.Optional(AssignmentFilter),
    /** who is responsible from now on: active, in a role that works at shops, and sees all of them */
    staff_id: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
)
export type AssignmentRequest = Static<typeof AssignmentRequest>

/** changed: shops that were somebody else's or nobody's before */
export const AssignmentResult = Type.Object({ changed: Type.Integer() }, { $id: 'AssignmentResult' })
export type AssignmentResult = Static<typeof AssignmentResult>
