// One order of the merchant, asked from WeChat Pay by its 商户单号 (product.md §5.2 order_query, F10).
import { Verdict } from '../verdict/schema.ts'
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

/** POST /sub-merchants/{sub_mchid}/order-queries */
export const OrderQueryRequest = Type.Object(
  {
    out_trade_no: Type.String({
      minLength: 1,
      maxLength: 64,
      description:
        "商户单号, 6 to 32 of letters, digits and _-|*@. A customer's payment code is refused with PAYMENT_CODE and goes nowhere",
    }),
  },
  { additionalProperties: false },
)
export type OrderQueryRequest = Static<typeof OrderQueryRequest>

/**
 * - jsapi: JSAPI, paid with the appid of a 公众号: a web page inside WeChat
 * - miniprogram: JSAPI, paid with the appid of a mini program
 * - other: another kind of payment (trade_type says which): the gold plan does not concern it
 * - unknown: JSAPI, with an appid that the provider's register does not know (`appid`), or that was no longer used when it was paid
 */
const OrderScene = Type.Union([Type.Literal('jsapi'), Type.Literal('miniprogram'), Type.Literal('other'), Type.Literal('unknown')])

/** Neither payer nor amount is read, kept or answered. */
export const OrderQueryResult = Type.Object(
  {
    /** an order that is not there is the problem ORDER_NOT_FOUND */
    found: Type.Literal(true),
    /** the last 4 characters of the 商户单号 */
    out_trade_no: Type.String(),
    scene: OrderScene,
    /** as WeChat Pay says it: JSAPI, NATIVE, APP, MICROPAY, MWEB, FACEPAY */
    trade_type: Type.String(),
    paid_at: Instant,
    refunded: Type.Boolean(),
    /** scene unknown: the appid that an administrator may enter into the register; else null */
    appid: nullable(Type.String()),
    /** what was recorded, or had been before; null for other, which says nothing about the JSAPI flow. unknown says something
     *  as soon as its appid is in the register */
    evidence_id: nullable(Type.String({ format: 'uuid' })),
    /** the verdict now */
    migration: Verdict,
  },
  { $id: 'OrderQueryResult' },
)
export type OrderQueryResult = Static<typeof OrderQueryResult>
