// Staff of the provider: who may do what, and where (product.md §9).
import { Type, type Static } from 'typebox'
import { Action, Instant, RegionCode, Role, nullable } from '../../http/schema.ts'

export const Staff = Type.Object(
  {
    id: Type.String(),
    /** short name tag shown to colleagues, e.g. 业务员 03 */
    display_name: Type.String(),
    role: Role,
    region_codes: Type.Array(RegionCode),
    region_names: Type.Array(Type.String()),
    assigned_only: Type.Boolean(),
    status: Type.Union([Type.Literal('invited'), Type.Literal('active'), Type.Literal('disabled')]),
  },
  { $id: 'Staff' },
)
export type Staff = Static<typeof Staff>

/** What WeChat Pay may say against the provider itself. It concerns every merchant and marks none. */
export const ProviderTroubleCode = Type.Union([
  Type.Literal('SP_NOT_ENROLLED'),
  Type.Literal('SP_PUNISHED'),
  Type.Literal('SP_TYPE_UNSUPPORTED'),
  Type.Literal('WX_CONFIG'),
])
export type ProviderTroubleCode = Static<typeof ProviderTroubleCode>

/** One sp_mchid of a provider company that has several. */
export const ProviderNumber = Type.Object({ sp_mchid: Type.String(), name: Type.String() })
export type ProviderNumber = Static<typeof ProviderNumber>

/** Stands from the first such answer until a call to WeChat Pay succeeds. told: display names of the operators, who see it too. number: which of several it is about; absent where there is one. */
export const ProviderTrouble = Type.Object(
  { code: ProviderTroubleCode, since: Instant, told: Type.Array(Type.String()), number: Type.Optional(ProviderNumber) },
  { $id: 'ProviderTrouble' },
)
export type ProviderTrouble = Static<typeof ProviderTrouble>

/** GET /me */
export const Me = Type.Object(
  {
    staff: Staff,
    provider: Type.Object({
      sp_mchid: Type.String(),
      name: Type.String(),
      default_open_since: nullable(Instant),
      receipt_link_configured: Type.Boolean(),
      stale_after_days: Type.Integer(),
      /** verdicts are being derived anew after a change of 默认开通; total null: not known yet. Absent: nothing is under way */
      rederiving: Type.Optional(Type.Object({ done: Type.Integer(), total: nullable(Type.Integer()) })),
      /** of the home number, or else of the first that is in trouble */
      trouble: nullable(ProviderTrouble),
      /** where the company has several, the home number first */
      numbers: Type.Optional(
        Type.Array(
          Type.Object({ ...ProviderNumber.properties, receipt_link_configured: Type.Boolean(), trouble: nullable(ProviderTrouble) }),
        ),
      ),
    }),
    actions: Type.Array(Action),
    server_time: Instant,
    min_client_version: Type.String(),
  },
  { $id: 'Me' },
)
export type Me = Static<typeof Me>
