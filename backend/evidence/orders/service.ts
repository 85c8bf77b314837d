// Asks WeChat Pay for one order of a merchant and keeps what it says about the JSAPI flow: evidence `order_query`, class USE, never POS.
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Caller } from '../../http/caller.ts'
import { verdictShape } from '../verdict/shape.ts'
import { findMerchant } from '../find.ts'
import { watchMerchant } from '../watch.ts'
import { holdRegister, scenesOf } from '../../company/appids/reading.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { momentOf } from '../moment.ts'
import { lockMerchant, recordEvidence, type MerchantKey } from '../record.ts'
import { toInstant } from '../../platform/instants.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { Order } from '../../wechatpay/index.ts'
import { askForOrder } from './ask.ts'
import { orderNumberIn } from './number.ts'
import type { OrderQueryResult } from './schema.ts'

/** Everything but the verdict, which is read anew for a replay. */
type Found = Omit<OrderQueryResult, 'migration'>

/**
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, PAYMENT_CODE, ORDER_NUMBER_INVALID, ORDER_NOT_FOUND, ORDER_OF_ANOTHER_MERCHANT, ORDER_NOT_PAID, and what
 * WeChat Pay refuses with. None of them leaves anything behind: the same key may be sent again.
 */
export const queryOrder = (context: Context, ask: Ask, sub_mchid: string, out_trade_no: string): Promise<OrderQueryResult> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    refuse: () => void orderNumberIn(out_trade_no),
    replay: async (db, { caller, kept }) => (kept.answer ? withVerdict(context, db, caller, sub_mchid, kept.answer as Found) : undefined),
    async outside(shop) {
      const order = await askForOrder(context, shop, orderNumberIn(out_trade_no), ask.origin)
      if (order.sub_mchid !== sub_mchid) {
        context.log.warn({ staff: ask.caller.staff_id, sub_mchid }, 'an order of another merchant was asked for')
        throw new AppError('ORDER_OF_ANOTHER_MERCHANT')
      }
      const paid_at = paidAt(order)
      if (!paid_at || !order.trade_type) throw new AppError('ORDER_NOT_PAID')
      const refunded = order.trade_state === 'REFUND'
      return { paid_at, trade_type: order.trade_type, refunded, appid: appidOf(order) }
    },
    async work(trx, { caller, found: merchant, outside: { paid_at, trade_type, refunded, appid }, now: asOf }) {
      await holdRegister(trx, context.sp_mchid, 'shared')
      await lockMerchant(trx, merchant)
      const scene = appid === null ? 'other' : (await scenesOf(trx, context.sp_mchid, new Set([appid])))(appid, paid_at)
      const now = await momentOf(trx, merchant, asOf)
      const changes = await watchMerchant(trx, merchant)
      const evidence_id =
        appid === null || scene === 'other'
          ? null
          : await keep(trx, merchant, { order_scene: scene, appid, paid_at, staff_id: caller.staff_id, now })
      const found: Found = {
        found: true,
        out_trade_no: orderNumberIn(out_trade_no).slice(-4),
        scene,
        trade_type,
        paid_at: toInstant(paid_at),
        refunded,
        appid: scene === 'unknown' ? appid : null,
        evidence_id,
      }
      const { before, after } = await changes()
      return {
        answer: await withVerdict(context, trx, caller, sub_mchid, found),
        keep: { answer: JSON.stringify(found) },
        audit: {
          sp_mchid: merchant.sp_mchid,
          at: now,
          action: 'order_query.ask',
          target: { type: 'sub_merchant', id: sub_mchid },
          before,
          // paid_at also where nothing was recorded: a payment that staff asked for is no customer's (receipts/evidence.ts)
          after: { ...after, scene, appid, trade_type, paid_at: paid_at.toISOString(), evidence_id },
        },
      }
    },
  })

async function withVerdict(
  context: Context,
  trx: Database | Trx,
  caller: Caller,
  sub_mchid: string,
  found: Found,
): Promise<OrderQueryResult> {
  const merchant = await findMerchant(trx, caller, sub_mchid)
  return { ...found, migration: verdictShape(merchant, { now: context.clock.now(), staleAfterDays: caller.stale_after_days }) }
}

/** An order that was refunded later had been paid: staff take back the money of their test. */
const paidAt = ({ trade_state, success_time }: Order): Date | null =>
  trade_state === 'SUCCESS' || trade_state === 'REFUND' ? success_time : null

/**
 * 公众号 and mini program are both JSAPI to WeChat Pay; the appid that was paid with tells them apart. Where the order names the merchant's own appid beside
 * the provider's, the merchant's was paid with: sub_appid is given for exactly that (facts.md §4, inference).
 * @returns null for another kind of payment
 */
const appidOf = (order: Order): string | null => (order.trade_type === 'JSAPI' ? (order.sub_appid ?? order.sp_appid) : null)

interface KeptOrder {
  /** as the register reads it at this moment */
  order_scene: 'jsapi' | 'miniprogram' | 'unknown'
  appid: string
  paid_at: Date
  staff_id: string
  now: Date
}

/**
 * Under the merchant's lock. The number of an order is not kept, yet asking twice adds nothing: two orders of one merchant, of one second and one appid say
 * exactly the same.
 * @returns the id of the evidence, old or new
 */
async function keep(trx: Trx, merchant: MerchantKey, { order_scene, appid, paid_at, staff_id, now }: KeptOrder): Promise<string> {
  const occurred_at = paid_at > now ? now : paid_at
  const there = await trx
    .selectFrom('evidence')
    .select(['id', 'detail'])
    .where('sp_mchid', '=', merchant.sp_mchid)
    .where('sub_mchid', '=', merchant.sub_mchid)
    .where('kind', '=', 'order_query')
    .where('occurred_at', '=', occurred_at)
    .execute()
  const same = there.find(({ detail }) => (detail.appid === undefined ? detail.order_scene === order_scene : detail.appid === appid))
  if (same) return same.id
  const detail = { trade_type: 'JSAPI', order_scene, appid, paid_at: paid_at.toISOString() }
  const item = { kind: 'order_query' as const, detail, occurred_at, recorded_at: now, recorded_by: staff_id, source: 'backend' as const }
  return (await recordEvidence(trx, merchant, [item], now))[0]!
}
