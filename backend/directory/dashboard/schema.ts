// How the shops of the caller stand (product.md §11). Every number comes with the filter of GET /sub-merchants whose total it is, for the same caller at the same time.
import { Type, type Static } from 'typebox'
import { VerdictState } from '../../evidence/verdict/schema.ts'
import { Instant, RegionCode, nullable } from '../../http/schema.ts'
import { SubMerchantQuery } from '../merchants/schema.ts'

const { state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready } = SubMerchantQuery.properties

/** What a mark asks GET /sub-merchants for. */
export const MarkFilter = Type.Object(
  { state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready },
  { additionalProperties: false, $id: 'MarkFilter' },
)
export type MarkFilter = Static<typeof MarkFilter>

/** A number of a plot. */
export const Mark = Type.Object({ filter: MarkFilter, count: Type.Integer({ minimum: 0 }) }, { $id: 'Mark' })
export type Mark = Static<typeof Mark>

const Day = Type.String({ format: 'date', description: 'a day in Asia/Shanghai' })

/** missing: what is neither 已迁移 nor 无需迁移 */
const progress = { total: Mark, verified: Mark, missing: Mark }

/** Days since the page was seen: up to 7, 30, 90, or more. */
export const FreshnessBand = Type.Union([Type.Literal('days_7'), Type.Literal('days_30'), Type.Literal('days_90'), Type.Literal('older')])
export type FreshnessBand = Static<typeof FreshnessBand>

export const DashboardQuery = Type.Object({ region_code: Type.Optional(RegionCode) }, { additionalProperties: false })
export type DashboardQuery = Static<typeof DashboardQuery>

export const Dashboard = Type.Object(
  {
    /** what it is about; null: everything that the caller sees */
    region: nullable(Type.Object({ code: RegionCode, name: Type.String() })),
    /** only the caller's own shops: of a field agent */
    own: Type.Boolean(),
    total: Mark,
    states: Type.Array(Type.Object({ state: VerdictState, mark: Mark })),
    /** The ends of the last twelve weeks, which begin on Monday, and today; oldest first. null: from before it was kept. */
    weeks: Type.Array(Type.Object({ day: Day, verified: nullable(Mark), regressed: nullable(Mark) })),
    /** One level below the region, or below where the caller's regions part; most missing first. Empty for own shops. */
    regions: Type.Array(Type.Object({ code: RegionCode, name: Type.String(), ...progress })),
    /** Who has shops, most missing first, at most 100; id null: nobody's. Empty for own shops. */
    staff: Type.Array(Type.Object({ id: nullable(Type.String()), name: nullable(Type.String()), ...progress })),
    /** how many more have shops than `staff` names */
    staff_more: Type.Integer({ minimum: 0 }),
    /** verified ones by the age of what they rest on */
    freshness: Type.Array(Type.Object({ band: FreshnessBand, mark: Mark })),
    /** what the newest counted payment showed, of those whose state rests on one: `proof` of the list */
    seen: Type.Array(Type.Object({ proof: Type.String(), mark: Mark })),
    /** how soon the receipt was there; unmeasured ones stand apart */
    ready: Type.Array(
      Type.Object({ band: Type.Union([Type.Literal('within_1s'), Type.Literal('within_3s'), Type.Literal('over_3s')]), mark: Mark }),
    ),
    as_of: Instant,
  },
  { $id: 'Dashboard' },
)
export type Dashboard = Static<typeof Dashboard>
