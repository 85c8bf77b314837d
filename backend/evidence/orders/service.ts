// Asks WeChat Pay for one order of a merchant and keeps what it says about the JSAPI flow: evidence `order_query`, class USE, never POS.
import { watchMerchant } from '../../platform/audit/merchant.ts'
import { recordAudit, type Origin } from '../../platform/audit/record.ts'
import { kindOfAppid } from '../../company/appids/service.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { momentOf } from '../moment.ts'
import { lockMerchant, recordEvidence, type MerchantKey } from '../record.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { toInstant } from '../../platform/instants.ts'
import { findMerchant, migrationShape } from '../../directory/merchants/one.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { assertMayDo } from '../../company/staff/permissions.ts'
import type { Caller } from '../../company/staff/scope.ts'
import type { Order } from '../../wechatpay/index.ts'
import { writeAs } from '../../http/write-as.ts'
import { askForOrder } from './ask.ts'
import { orderNumberIn } from './number.ts'
import type { OrderQueryResult, OrderScene } from './schema.ts'

export interface OrderQuery {
  sub_mchid: string
  /** as it was typed or scanned */
  out_trade_no: string
  idempotent: IdempotentRequest
  origin: Origin
}

/** Everything but the verdict, which is read anew for a replay. */
type Found = Omit<OrderQueryResult, 'migration'>

/**
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, PAYMENT_CODE, ORDER_NUMBER_INVALID, ORDER_NOT_FOUND, ORDER_OF_ANOTHER_MERCHANT, ORDER_NOT_PAID, and what
 * WeChat Pay refuses with. None of them leaves anything behind: the same key may be sent again.
 */
export async function queryOrder(
  context: Context,
  asked: Caller,
  { sub_mchid, out_trade_no, idempotent, origin }: OrderQuery,
): Promise<{ result: OrderQueryResult; replayed: boolean }> {
  const shop = await findMerchant(context.db, asked, sub_mchid)
  assertMayDo(asked, 'evidence.write')
  const number = orderNumberIn(out_trade_no)
  const before = await replayOf(context, asked, sub_mchid, idempotent)
  if (before) return before

  const order = await askForOrder(context, shop, number, origin)
  if (order.sub_mchid !== sub_mchid) {
    context.log.warn({ staff: asked.staff_id, sub_mchid }, 'an order of another merchant was asked for')
    throw new AppError('ORDER_OF_ANOTHER_MERCHANT')
  }
  const paid_at = paidAt(order)
  if (!paid_at || !order.trade_type) throw new AppError('ORDER_NOT_PAID')
  const { scene, appid } = await sceneOf(context, order)

  const result = await writeAs(context, asked, async (trx, caller) => {
    const merchant = await findMerchant(trx, caller, sub_mchid)
    assertMayDo(caller, 'evidence.write')
    await lockMerchant(trx, merchant)
    const now = await momentOf(trx, merchant, context.clock.now())
    const changes = await watchMerchant(trx, merchant)
    const evidence_id =
      scene === 'jsapi' || scene === 'miniprogram'
        ? await keep(trx, merchant, { order_scene: scene, paid_at, staff_id: caller.staff_id, now })
        : null
    const found: Found = {
      found: true,
      out_trade_no: number.slice(-4),
      scene,
      trade_type: order.trade_type!,
      paid_at: toInstant(paid_at),
      refunded: order.trade_state === 'REFUND',
      appid,
      evidence_id,
    }
    if (!(await keepKey(trx, idempotent, { answer: JSON.stringify(found) }, now))) return null
    const answer = await withVerdict(context, trx, caller, sub_mchid, found)
    const { before, after } = await changes()
    await recordAudit(trx, {
      sp_mchid: merchant.sp_mchid,
      at: now,
      actor: caller,
      action: 'order_query.ask',
      target: { type: 'sub_merchant', id: sub_mchid },
      before,
      // paid_at also where nothing was recorded: a payment that staff asked for is no customer's (receipts/evidence.ts)
      after: { ...after, scene, trade_type: found.trade_type, paid_at: paid_at.toISOString(), evidence_id },
      origin,
    })
    return answer
  })
  if (result) return { result, replayed: false }
  // the same key arrived twice at once and the other was first
  const other = await replayOf(context, asked, sub_mchid, idempotent)
  if (!other) throw new AppError('IDEMPOTENCY_KEY_REUSED')
  return other
}

async function replayOf(context: Context, caller: Caller, sub_mchid: string, idempotent: IdempotentRequest) {
  const kept = await keptKey(context.db, idempotent, context.clock.now())
  if (!kept?.answer) return undefined
  const result = await context.db.transaction().execute(trx => withVerdict(context, trx, caller, sub_mchid, kept.answer as Found))
  return { result, replayed: true }
}

async function withVerdict(context: Context, trx: Trx, caller: Caller, sub_mchid: string, found: Found): Promise<OrderQueryResult> {
  const merchant = await findMerchant(trx, caller, sub_mchid)
  return { ...found, migration: migrationShape(merchant, { now: context.clock.now(), staleAfterDays: caller.stale_after_days }) }
}

/** An order that was refunded later had been paid: staff take back the money of their test. */
const paidAt = ({ trade_state, success_time }: Order): Date | null =>
  trade_state === 'SUCCESS' || trade_state === 'REFUND' ? success_time : null

/**
 * 公众号 and mini program are both JSAPI to WeChat Pay; the appid that was paid with tells them apart. Where the order names the merchant's own appid beside
 * the provider's, the merchant's was paid with: sub_appid is given for exactly that (facts.md §4, inference).
 */
async function sceneOf(
  { db, sp_mchid }: Pick<Context, 'db' | 'sp_mchid'>,
  order: Order,
): Promise<{ scene: OrderScene; appid: string | null }> {
  if (order.trade_type !== 'JSAPI') return { scene: 'other', appid: null }
  const appid = order.sub_appid ?? order.sp_appid
  const kind = appid === null ? null : await kindOfAppid(db, sp_mchid, appid)
  if (kind === 'official_account') return { scene: 'jsapi', appid: null }
  if (kind === 'mini_program') return { scene: 'miniprogram', appid: null }
  return { scene: 'unknown', appid }
}

interface KeptOrder {
  order_scene: 'jsapi' | 'miniprogram'
  paid_at: Date
  staff_id: string
  now: Date
}

/**
 * Under the merchant's lock. The number of an order is not kept, yet asking twice adds nothing: two orders of one merchant, of one second and one scene say
 * exactly the same.
 * @returns the id of the evidence, old or new
 */
async function keep(trx: Trx, merchant: MerchantKey, { order_scene, paid_at, staff_id, now }: KeptOrder): Promise<string> {
  const occurred_at = paid_at > now ? now : paid_at
  const there = await trx
    .selectFrom('evidence')
    .select(['id', 'detail'])
    .where('sp_mchid', '=', merchant.sp_mchid)
    .where('sub_mchid', '=', merchant.sub_mchid)
    .where('kind', '=', 'order_query')
    .where('occurred_at', '=', occurred_at)
    .execute()
  const same = there.find(({ detail }) => detail.order_scene === order_scene)
  if (same) return same.id
  const detail = { trade_type: 'JSAPI', order_scene, paid_at: paid_at.toISOString() }
  const item = { kind: 'order_query' as const, detail, occurred_at, recorded_at: now, recorded_by: staff_id, source: 'backend' as const }
  return (await recordEvidence(trx, merchant, [item], now))[0]!
}
