// What a provider has set on WeChat Pay's console and tells us of it, because no interface of WeChat Pay answers it (product.md §5.1; settings).
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

/** PUT /provider/{sp_mchid}: all of what may be set. */
export const ProviderSettingsRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64, pattern: '\\S' }),
    /** 服务商功能 > 点金计划 > 商家小票链接 is filled in: without it WeChat Pay opens no receipt, unless the shop has a link of its own */
    receipt_link_configured: Type.Boolean(),
    /** since when 默认开通 is on; null: it is off. May lie in the past, not in the future */
    default_open_since: nullable(Instant),
    /** after so many days a proof is old; the home number's holds for all */
    stale_after_days: Type.Integer({ minimum: 1, maximum: 3_650 }),
  },
  { additionalProperties: false },
)
export type ProviderSettingsRequest = Static<typeof ProviderSettingsRequest>

export const ProviderSettings = Type.Object(
  {
    sp_mchid: Type.String(),
    ...ProviderSettingsRequest.properties,
    /** newest first */
    default_open_changes: Type.Array(
      Type.Object({ enabled: Type.Boolean(), effective_at: Instant, recorded_at: Instant, recorded_by: nullable(Type.String()) }),
    ),
    /** verdicts are being derived anew after a change of default_open_since; total null: not known yet. null: nothing is under way */
    rederiving: nullable(Type.Object({ done: Type.Integer(), total: nullable(Type.Integer()) })),
    version: Type.Integer(),
  },
  { $id: 'ProviderSettings' },
)
export type ProviderSettings = Static<typeof ProviderSettings>

/** GET /provider: every number of the company, its home first */
export const ProviderSettingsList = Type.Object({ numbers: Type.Array(ProviderSettings) }, { $id: 'ProviderSettingsList' })
export type ProviderSettingsList = Static<typeof ProviderSettingsList>
