// What bills say of one merchant: counts, and nothing of a customer, an order or an amount (product.md C1).
import { Type, type Static } from 'typebox'
import { nullable } from '../../http/schema.ts'

const Day = Type.String({ format: 'date' })
const count = Type.Integer({ minimum: 0 })

/** GET /sub-merchants/{sub_mchid}/payments. Without from and to: the last 7 days. At most 92 days. */
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

export const Payments = Type.Object(
  {
    /** the days of the range whose bill is here, oldest first; days without one are not there */
    days: Type.Array(Type.Object({ day: Day, by_way: PaymentWays, refunds: count })),
    /** payments by hour of the day in the whole range; null below 20 payments */
    hours: nullable(Type.Array(count, { minItems: 24, maxItems: 24 })),
    /** payments by amount in yuan: under 10, from 10, 30, 50, 100, 300; null below 20 payments */
    bands: nullable(Type.Array(count, { minItems: 6, maxItems: 6 })),
    /** loads of the receipt page on these days */
    page_loads: count,
    /** the newest day whose bill is here; null: none ever was */
    as_of: nullable(Day),
  },
  { $id: 'Payments' },
)
export type Payments = Static<typeof Payments>
