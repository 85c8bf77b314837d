// What a provider has set on WeChat Pay's console and tells us of it, because no interface of WeChat Pay answers it (product.md §5.1; settings).
import { Type, type Static } from 'typebox'
import { Instant, nullable, SEEN } from '../../http/schema.ts'
import { MessageTemplate, MessageTemplateFault } from '../notices/schema.ts'
import { longestNote, mostReceiptLinks } from '../../../miniprogram/packages/manage/shared/receipt-link.ts'

/** A link as it stands on the console (https). `host` is kept in lower case; what is refused of it says packages/manage/shared/receipt-link.ts. */
export const ReceiptLink = Type.Object(
  {
    host: Type.String({ maxLength: 300 }),
    path: Type.String({ maxLength: 300 }),
    /** which shops it is for; no phone number, no payment code */
    note: Type.String({ maxLength: longestNote }),
  },
  { additionalProperties: false },
)
export type ReceiptLink = Static<typeof ReceiptLink>

/** When a verified shop with an open receipt is suspected of having gone back: that many JSAPI payments in these days, and no load of its receipt page. */
export const Watch = Type.Object(
  {
    enabled: Type.Boolean(),
    days: Type.Integer({ minimum: 1, maximum: 90 }),
    min_payments: Type.Integer({ minimum: 20, maximum: 100_000, description: 'below 20 payments nothing is shown of a shop' }),
    /** shops that a person can visit in a day; absent: 8. The home number's holds for all */
    visits_per_day: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  { additionalProperties: false },
)
export type Watch = Static<typeof Watch>

/** PUT /provider/{sp_mchid}: all of what may be set. */
export const ProviderSettingsRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64, pattern: SEEN }),
    /** 服务商功能 > 点金计划 > 商家小票链接 is filled in: without it WeChat Pay opens no receipt, unless the shop has a link of its own */
    receipt_link_configured: Type.Boolean(),
    /** customers' receipts may link to these hosts, and the link check may visit them: both beside RECEIPT_LINK_HOSTS */
    receipt_links: Type.Array(ReceiptLink, { maxItems: mostReceiptLinks }),
    /** since when 默认开通 is on; null: it is off. May lie in the past, not in the future */
    default_open_since: nullable(Instant),
    /** after so many days a proof is old; the home number's holds for all */
    stale_after_days: Type.Integer({ minimum: 1, maximum: 3_650 }),
    /** changes that a rollout may send to WeChat Pay in a minute, for this number */
    rollout_rate_per_minute: Type.Integer({ minimum: 1, maximum: 10_000 }),
    watch: Watch,
    /** subscription messages of the company's app, one template a kind; those of the home number count */
    message_templates: Type.Array(MessageTemplate, { maxItems: 3 }),
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
    /** those of them that WeChat does not take, the oldest first */
    message_template_faults: Type.Array(MessageTemplateFault),
    /** verdicts are being derived anew after a change of default_open_since; total null: not known yet. null: nothing is under way */
    rederiving: nullable(Type.Object({ done: Type.Integer(), total: nullable(Type.Integer()) })),
    /** how many merchants a change of default_open_since would judge anew: those with evidence */
    judged_by_default_open: Type.Integer(),
    /** who changed it last: a name, or `command`; null: nobody yet */
    changed_by: nullable(Type.String()),
    changed_at: nullable(Instant),
    version: Type.Integer(),
  },
  { $id: 'ProviderSettings' },
)
export type ProviderSettings = Static<typeof ProviderSettings>
