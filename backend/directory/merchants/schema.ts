// 特约商户 of the provider's own directory (WeChat Pay has no list), their switches and their verdict (product.md §5.1).
import { Type, type Static } from 'typebox'
import { ofEachPlain } from '../../../miniprogram/packages/merchant/shared/controls.ts'
import { Evidence, PaymentEntry } from '../../evidence/schema.ts'
import { SwitchStatus, Attention, Suspicion, Verdict, VerdictState } from '../../evidence/verdict/schema.ts'
import { Instant, PageQuery, RegionCode, SubMchid, nullable, pageOf, Action } from '../../http/schema.ts'
import { ProviderNumber } from '../../company/staff/schema.ts'

const switchFields = {
  status: SwitchStatus,
  /** how we know: our own call, a look at WeChat's console, the provider's default-open switch, or not at all */
  source: Type.Union([Type.Literal('api'), Type.Literal('portal'), Type.Literal('default_open'), Type.Literal('none')]),
  changed_at: nullable(Instant),
  changed_by: nullable(Type.String({ description: 'display name' })),
}
/** reopen_available_at: end of the 24 h lock after an active close; null without a lock, or when we do not know since when */
const GoldPlanSwitch = Type.Object({ ...switchFields, reopen_available_at: nullable(Instant) })
/** verify_jsapi: we switched it, WeChat says nowhere what that does to jsapi, and nobody has seen the page after a jsapi payment since it took effect */
const MiniprogramSwitch = Type.Object({ ...GoldPlanSwitch.properties, verify_jsapi: Type.Boolean() })
const PlainSwitch = Type.Object(switchFields)
const ReceiptSwitch = Type.Object({
  ...switchFields,
  link: Type.Union([Type.Literal('provider'), Type.Literal('sub_merchant'), Type.Literal('none')]),
  effective: Type.Union([Type.Literal('shown'), Type.Literal('not_shown'), Type.Literal('unknown')]),
  effective_at: nullable(Instant),
  hint: nullable(Type.Union([Type.Literal('INEFFECTIVE_NEEDS_GOLD_PLAN'), Type.Literal('LINK_MISSING'), Type.Literal('RECEIPT_ERROR')])),
})

/** what stands in the way of one more write on this merchant */
const OpenOperation = Type.Object({
  key: Type.String(),
  kind: Type.String(),
  status: Type.Union([Type.Literal('pending'), Type.Literal('unknown'), Type.Literal('unresolved')]),
  started_at: Instant,
})

export const SubMerchant = Type.Object(
  {
    sub_mchid: SubMchid,
    /** whose merchant it is, where the provider company has several numbers; absent where it has one */
    provider: Type.Optional(ProviderNumber),
    name: Type.String(),
    short_name: Type.String(),
    industry: nullable(Type.String()),
    region_code: RegionCode,
    region_name: Type.String(),
    address: Type.String(),
    store_count: Type.Integer(),
    assigned_to: nullable(Type.Object({ id: Type.String(), display_name: Type.String() })),
    status: Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('terminated')]),
    gold_plan: Type.Object({ jsapi: GoldPlanSwitch, miniprogram: MiniprogramSwitch }),
    receipt: ReceiptSwitch,
    ...ofEachPlain(() => PlainSwitch),
    ad_filter: Type.Object({
      industries: Type.Array(Type.String(), { maxItems: 3 }),
      changed_at: nullable(Instant),
      changed_by: nullable(Type.String()),
    }),
    flow: Type.Object({
      conclusion: Type.Union([Type.Literal('unknown'), Type.Literal('jsapi'), Type.Literal('not_jsapi')]),
      basis: nullable(Type.Union([Type.Literal('orders'), Type.Literal('visit'), Type.Literal('operator')])),
      concluded_at: nullable(Instant),
      entries: Type.Array(Type.Object({ entry: PaymentEntry, web_page_opened: nullable(Type.Boolean()), observed_at: Instant })),
    }),
    migration: Verdict,
    /** there where migration.attention says SUSPECTED */
    suspected: Type.Optional(Suspicion),
    open_operation: nullable(OpenOperation),
    open_request_id: nullable(Type.String()),
    /** newest three, withdrawn ones left out */
    recent_evidence: Type.Array(Evidence),
    evidence_count: Type.Integer(),
    /** what the caller may do to this merchant, by role and scope; state may still forbid it */
    allowed_actions: Type.Array(Action),
    version: Type.Integer(),
    updated_at: Instant,
  },
  { $id: 'SubMerchant' },
)
export type SubMerchant = Static<typeof SubMerchant>

/** one row of the list */
export const SubMerchantRow = Type.Object(
  {
    sub_mchid: SubMchid,
    name: Type.String(),
    short_name: Type.String(),
    region_code: RegionCode,
    region_name: Type.String(),
    address: Type.String(),
    industry: nullable(Type.String()),
    migration: Type.Object({
      state: VerdictState,
      reason: Type.String(),
      since: nullable(Instant),
      /** kind of the evidence that decided, and its decisive value: what `依据` says in one word */
      proof: nullable(Type.String()),
      attention: Type.Array(Attention),
    }),
    receipt_status: SwitchStatus,
    advertising_status: SwitchStatus,
    assigned_to: nullable(Type.String()),
    /** there where migration.attention says SUSPECTED */
    suspected: Type.Optional(Suspicion),
  },
  { $id: 'SubMerchantRow' },
)
export type SubMerchantRow = Static<typeof SubMerchantRow>

const Day = Type.String({ format: 'date', description: 'a day in Asia/Shanghai' })

/** Until the receipt was there, at the newest look that measured it: up to one second, up to three, more, or nobody measured. */
export const ReceiptReady = Type.Union([
  Type.Literal('within_1s'),
  Type.Literal('within_3s'),
  Type.Literal('over_3s'),
  Type.Literal('unmeasured'),
])
export type ReceiptReady = Static<typeof ReceiptReady>

const csv = (what: string) => Type.String({ maxLength: 200, description: `${what}, comma separated` })

export const SubMerchantQuery = Type.Object(
  {
    ...PageQuery.properties,
    q: Type.Optional(Type.String({ maxLength: 64 })),
    state: Type.Optional(csv('MigrationState')),
    region_code: Type.Optional(RegionCode),
    gold_plan: Type.Optional(SwitchStatus),
    receipt: Type.Optional(SwitchStatus),
    advertising: Type.Optional(SwitchStatus),
    attention: Type.Optional(csv('Attention')),
    /** with a write whose outcome a person must settle */
    operation: Type.Optional(Type.Literal('unresolved')),
    /** me, none, or a staff id */
    assigned_to: Type.Optional(Type.String({ maxLength: 64 })),
    /** today: those that need somebody on the spot (miniprogram/shared/today.ts), and those where the caller was today, in Asia/Shanghai */
    route: Type.Optional(Type.Literal('today')),
    /** state is that at the end of this day in Asia/Shanghai, of shops that were there; the other filters are of now. At most 91 days ago. */
    on: Type.Optional(Day),
    /** migration.since on this day or later, this day or earlier */
    since_from: Type.Optional(Day),
    since_to: Type.Optional(Day),
    /** migration.proof */
    proof: Type.Optional(Type.String({ maxLength: 64, pattern: '^[a-z_:.]+$' })),
    receipt_ready: Type.Optional(ReceiptReady),
    /** exact: total_estimate counts all, however many */
    count: Type.Optional(Type.Literal('exact')),
    /** name: as the search folds it, without spaces and punctuation */
    sort: Type.Optional(Type.Union([Type.Literal('relevance'), Type.Literal('since'), Type.Literal('name')])),
  },
  { additionalProperties: false },
)
export type SubMerchantQuery = Static<typeof SubMerchantQuery>
export const SubMerchantPage = pageOf(SubMerchantRow)
export type SubMerchantPage = Static<typeof SubMerchantPage>
