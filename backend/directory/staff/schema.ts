// Staff as an administrator keeps them (product.md §7.2): who works here, in which role and where, what each has to do, and how they get in.
import { Type, type Static } from 'typebox'
import { Instant, PageQuery, RegionCode, Role, SEEN, nullable, pageOf } from '../../http/schema.ts'
import { Staff } from '../../company/staff/schema.ts'

const MOST_REGIONS = 50
/** characters */
export const LONGEST_NAME = 32

const Rights = {
  /** short name tag that colleagues see, e.g. 业务员 03 */
  display_name: Type.String({ minLength: 1, maxLength: 64, pattern: SEEN }),
  role: Role,
  /** of field agents and leads at least one; of others none is kept */
  region_codes: Type.Array(RegionCode, { maxItems: MOST_REGIONS, uniqueItems: true }),
  /** field agents and leads only: they see only shops that are theirs */
  assigned_only: Type.Boolean(),
}

/** POST /staff */
export const NewStaff = Type.Object(Rights, { additionalProperties: false, $id: 'NewStaff' })
export type NewStaff = Static<typeof NewStaff>

/** PUT /staff/{staff_id}: all of what may be set */
export const StaffRequest = Type.Object(
  {
    ...Rights,
    disabled: Type.Boolean(),
    /** who takes the shops that this person can have no longer; null: nobody. Needed where there are such: SHOPS_LEFT says how many */
    hand_over: Type.Optional(
      Type.Object({ staff_id: nullable(Type.String({ minLength: 1, maxLength: 64 })) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false, $id: 'StaffRequest' },
)
export type StaffRequest = Static<typeof StaffRequest>

export const StaffMember = Type.Object(
  {
    ...Staff.properties,
    /** when the app last logged in for them; null: never */
    last_seen_at: nullable(Instant),
    /** whether a WeChat account is bound */
    bound: Type.Boolean(),
    /** the one that still works; locked: tried wrongly too often */
    invite: nullable(Type.Object({ expires_at: Instant, locked: Type.Boolean() })),
    workload: Type.Object({
      shops: Type.Integer(),
      /** of these, proofs that are older than the provider's limit */
      stale: Type.Integer(),
      /** own visits that wait for a review, and that came back */
      submitted: Type.Integer(),
      returned: Type.Integer(),
    }),
    version: Type.Integer(),
  },
  { $id: 'StaffMember' },
)
export type StaffMember = Static<typeof StaffMember>

export const StaffQuery = Type.Object(
  {
    ...PageQuery.properties,
    /** in the name, or the beginning of the id */
    q: Type.Optional(Type.String({ maxLength: 64 })),
    role: Type.Optional(Role),
    /** who works there or in a part of it; whoever sees everything is not meant */
    region_code: Type.Optional(RegionCode),
    status: Type.Optional(Type.Union([Type.Literal('invited'), Type.Literal('active'), Type.Literal('disabled')])),
  },
  { additionalProperties: false },
)
export type StaffQuery = Static<typeof StaffQuery>
export const StaffPage = pageOf(StaffMember)
export type StaffPage = Static<typeof StaffPage>

/** POST /staff/{staff_id}/invite. code: shown once, KX7MPD-4RWT; null where the same request came again: it is kept nowhere */
export const StaffInvite = Type.Object({ code: nullable(Type.String()), expires_at: Instant }, { $id: 'StaffInvite' })
export type StaffInvite = Static<typeof StaffInvite>
