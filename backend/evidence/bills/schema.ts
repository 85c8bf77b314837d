// What bills say of one merchant: counts, and nothing of a customer, an order or an amount (product.md C1).
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

const Day = Type.String({ format: 'date' })
const count = Type.Integer({ minimum: 0 })

/** GET /sub-merchants/{sub_mchid}/payments, and /metrics/payments within the caller's scope: between these days, at most 92; without both the newest 30 that are told. */
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

/** by_way and refunds are null where fewer than 20 were paid: they are in `together`. */
const PaymentDay = Type.Object({ day: Day, by_way: nullable(PaymentWays), refunds: nullable(count) })
/** Days of one week, or of four, that are told only together. */
const DaysTogether = Type.Object({ days: Type.Array(Day, { minItems: 1 }), by_way: PaymentWays, refunds: count })
const Hours = Type.Array(count, { minItems: 24, maxItems: 24 })
const Bands = Type.Array(count, { minItems: 6, maxItems: 6 })

/** What is told: days with at least 20 payments, and small days together (product.md §5.7). Where nothing is told, the lists are empty and the others null. */
export const Payments = Type.Object(
  {
    /** on the days that are told */
    payments: nullable(count),
    /** the first and the last day that are told */
    from: nullable(Day),
    to: nullable(Day),
    /** how many days are told; others may lie between them that are not */
    days_known: count,
    /** the days that are told, oldest first */
    days: Type.Array(PaymentDay),
    together: Type.Array(DaysTogether),
    /** payments by hour of the day */
    hours: nullable(Hours),
    /** the same by day of the week, Monday first; null for a weekday of which one day is told only together with others */
    week: nullable(Type.Array(nullable(Hours), { minItems: 7, maxItems: 7 })),
    /** payments by amount in yuan: under 10, from 10, 30, 50, 100, 300 */
    bands: nullable(Bands),
    /** loads of the receipt page on the days that are told */
    page_loads: count,
    /** the newest day whose bill is here; null: none ever was */
    as_of: nullable(Day),
  },
  { $id: 'Payments' },
)
export type Payments = Static<typeof Payments>

/** Of days on which a shop was paid at least 20 times, and of its small days of a week where these have 20 together (product.md §5.7). */
export const PaymentTotals = Type.Object(
  {
    /** the first and the last day that are told; null: none is */
    from: nullable(Day),
    to: nullable(Day),
    /** districts that were paid, the most payments first, at most 200; where a shop stood when the bill landed */
    regions: Type.Array(Type.Object({ region_code: Type.String(), region_name: Type.String(), payments: count, by_way: PaymentWays })),
    /** districts that are in the totals and beyond the 200 */
    more: count,
    /** null: there is none */
    total: nullable(
      Type.Object({
        payments: count,
        days_known: count,
        days: Type.Array(PaymentDay),
        together: Type.Array(DaysTogether),
        hours: Hours,
        bands: Bands,
      }),
    ),
    /** the newest day whose bill is here; null: none ever was */
    as_of: nullable(Day),
  },
  { $id: 'PaymentTotals' },
)
export type PaymentTotals = Static<typeof PaymentTotals>
