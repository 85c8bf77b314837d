// Merchants that pay under the provider's number and that nobody entered into the directory.
import { Type, type Static } from 'typebox'
import { PaymentWays } from '../../evidence/bills/schema.ts'
import { Instant, PageQuery, RegionCode, SEEN, SubMchid, nullable, pageOf } from '../../http/schema.ts'

const Day = Type.String({ format: 'date' })

export const UnlistedMerchant = Type.Object(
  {
    sub_mchid: SubMchid,
    /** the number of the provider in whose bill it stands */
    sp_mchid: Type.String(),
    first_day: Day,
    last_day: Day,
    /** of the 30 days up to the newest bill; null below 20 */
    payments: nullable(Type.Integer()),
    /** the same payments by way, JSAPI by the register of appids as it stands now; null below 20 */
    by_way: nullable(PaymentWays),
    /** null: nobody put it aside */
    dismissed: nullable(Type.Object({ at: Instant, by: Type.String({ description: 'display name' }) })),
  },
  { $id: 'UnlistedMerchant' },
)
export type UnlistedMerchant = Static<typeof UnlistedMerchant>

/** GET /unlisted-merchants: who paid last first; `dismissed=true`: those that were put aside */
export const UnlistedQuery = Type.Object(
  { ...PageQuery.properties, dismissed: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])) },
  { additionalProperties: false },
)
export type UnlistedQuery = Static<typeof UnlistedQuery>
export const UnlistedPage = pageOf(UnlistedMerchant)
export type UnlistedPage = Static<typeof UnlistedPage>

/** POST /unlisted-merchants/{sub_mchid}: what is not said is pending, and comes with the next import of the directory */
export const UnlistedAddition = Type.Object(
  { name: Type.Optional(Type.String({ minLength: 1, maxLength: 128, pattern: SEEN })), region_code: Type.Optional(RegionCode) },
  { additionalProperties: false },
)
export type UnlistedAddition = Static<typeof UnlistedAddition>

/** PUT /unlisted-merchants/{sub_mchid}/dismissal */
export const UnlistedDismissal = Type.Object({ dismissed: Type.Boolean() }, { additionalProperties: false, $id: 'UnlistedDismissal' })
export type UnlistedDismissal = Static<typeof UnlistedDismissal>

export const UnlistedAdded = Type.Object({ sub_mchid: SubMchid, name: Type.String(), region_code: RegionCode }, { $id: 'UnlistedAdded' })
export type UnlistedAdded = Static<typeof UnlistedAdded>
