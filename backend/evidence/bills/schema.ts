// What bills say of one merchant: counts, and nothing of a customer, an order or an amount (product.md C1).
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

const Day = Type.String({ format: 'date' })
const count = Type.Integer({ minimum: 0 })

/** GET /sub-merchants/{sub_mchid}/payments, and /metrics/payments within the caller's scope. Without from and to: the last 7 days. At most 92 days. */
export const PaymentsQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, { additionalProperties: false })
export type PaymentsQuery = Static<typeof PaymentsQuery>

export const PaymentWays = Type.Object({
  /** paid inside a 公众号, by the register of appids as it stands now */
  jsapi: count,
  miniprogram: count,
  /** JSAPI, with an appid that the register does not know */
  unknown_appid: count,
  native: count,
  micropay: count,
  app: count,
  h5: count,
  facepay: count,
  /** a 交易类型 that is none of these */
  other: count,
})
export type PaymentWays = Static<typeof PaymentWays>

/** How the bills of one number are doing: the last 90 days up to the newest whose bill WeChat Pay has made. */
export const BillHealth = Type.Object(
  {
    /** the newest day whose bill is here; null: none ever was */
    newest: nullable(Day),
    /** days of the 90 that are known: landed, or without payments */
    days: count,
    /** days of the 90 that are not */
    missing_count: count,
    /** the newest of them, and days whose corrected bill could not be taken */
    troubles: Type.Array(
      Type.Object({
        day: Day,
        /** waiting: it is asked for (again) by itself · refused: what came cannot be trusted, nothing of it is here · landed: what was here before stays */
        state: Type.Union([Type.Literal('waiting'), Type.Literal('refused'), Type.Literal('landed')]),
        /** a word of evidence/bills/refused.ts, BILL_BEING_MADE, or what WeChat Pay or the way to it said; null: it was not asked for yet */
        reason: nullable(Type.String()),
        tried_at: nullable(Instant),
        /** when it is asked for by itself; null: as soon as the worker comes to it */
        next_at: nullable(Instant),
      }),
      { maxItems: 20 },
    ),
  },
  { $id: 'BillHealth' },
)
export type BillHealth = Static<typeof BillHealth>

export const BillRequest = Type.Object({}, { additionalProperties: false })

const PaymentDay = Type.Object({ day: Day, by_way: PaymentWays, refunds: count })
const Hours = Type.Array(count, { minItems: 24, maxItems: 24 })
const Bands = Type.Array(count, { minItems: 6, maxItems: 6 })

/** Below 20 payments in the range nothing of them is told: `days` is empty, the others are null. */
export const Payments = Type.Object(
  {
    /** in the range */
    payments: nullable(count),
    /** how many days of the range have a bill here, whoever was paid on them */
    days_known: count,
    /** the days of the range whose bill is here, oldest first; days without one are not there */
    days: Type.Array(PaymentDay),
    /** payments by hour of the day in the whole range */
    hours: nullable(Hours),
    /** the same by day of the week, Monday first */
    week: nullable(Type.Array(Hours, { minItems: 7, maxItems: 7 })),
    /** payments by amount in yuan: under 10, from 10, 30, 50, 100, 300 */
    bands: nullable(Bands),
    /** loads of the receipt page on the days whose bill is here */
    page_loads: count,
    /** the newest day whose bill is here; null: none ever was */
    as_of: nullable(Day),
  },
  { $id: 'Payments' },
)
export type Payments = Static<typeof Payments>

export const PaymentTotals = Type.Object(
  {
    /** districts with at least 20 payments in the range, the most payments first, at most 200; where a shop stood when its bill landed */
    regions: Type.Array(Type.Object({ region_code: Type.String(), region_name: Type.String(), payments: count, by_way: PaymentWays })),
    /** districts that have payments and are not told of one by one, because there are fewer than 20; they are in no total either */
    few: count,
    /** districts that are in the totals and beyond the 200 */
    more: count,
    /** of the districts with at least 20 payments; null: there is none */
    total: nullable(Type.Object({ payments: count, days: Type.Array(PaymentDay), hours: Hours, bands: Bands })),
    /** the newest day whose bill is here; null: none ever was */
    as_of: nullable(Day),
  },
  { $id: 'PaymentTotals' },
)
export type PaymentTotals = Static<typeof PaymentTotals>
