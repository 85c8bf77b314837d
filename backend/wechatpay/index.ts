// Typed client of WeChat Pay's partner API (APIv3). Signed with node:crypto: the plugin considered for it does not tell the phases of a failure apart, and
// serves in the tests as the peer that our signatures are checked against.
import { systemClock, type Clock } from '../platform/clock.ts'
import { createBills, type Bills } from './bills.ts'
import { createGoldPlan, type GoldPlan } from './gold-plan.ts'
import { createIdentity, type WechatPayCredentials } from './identity.ts'
import { createLimitations, type MerchantLimitations } from './limitations.ts'
import { createNotifications, type Notifications } from './notifications.ts'
import { createOrders, type Orders } from './orders.ts'
import { createTransport, type ClassLookup, type DateListener } from './transport.ts'

export { checkWechatPayConfig, readWechatPayConfig, type ConfigProblem } from './config.ts'
export { WechatPayError, type WechatPayCode } from './errors.ts'
export type { Bills } from './bills.ts'
export type { Limitations } from './limitations.ts'
export type { NotificationFault, Notifications } from './notifications.ts'
export { InvalidGoldPlanRequest, type GoldPlan } from './gold-plan.ts'
export { isOutTradeNo, type Order, type Orders } from './orders.ts'
export type { ClassLookup } from './transport.ts'
export type { CertificateEnd, WechatPayCredentials } from './identity.ts'

export interface WechatPayConfig extends WechatPayCredentials {
  /** domain time: signs our calls and judges the age of the answers. System time when absent. */
  clock?: Clock
  /** default 5,000 */
  connectTimeoutMs?: number
  /** from the call to the last byte of the answer; default 20,000 */
  timeoutMs?: number
  /** from the call to the last byte of a file; default 1,800,000 */
  fileTimeoutMs?: number
}

export interface WechatPay {
  goldPlan: GoldPlan
  orders: Orders
  bills: Bills
  limitations: MerchantLimitations
  notifications: Notifications
  /** Tells the time that each answer names, and when its question began. */
  onDate(listener: DateListener): void
  /** Asks elsewhere what a refusal means that its own table does not know. */
  classifyBy(lookup: ClassLookup): void
  /** Ends the idle connections; calls under way are finished first. */
  close(): Promise<void>
}

/**
 * @param config checked before by checkWechatPayConfig; here a fault only throws TypeError
 * @returns a client that keeps its keys in a closure: neither printing nor serialising it shows them
 */
export const createWechatPay = (config: WechatPayConfig): WechatPay => {
  const identity = createIdentity(config)
  const clock = config.clock ?? systemClock
  const transport = createTransport({
    identity,
    clock,
    connectTimeoutMs: config.connectTimeoutMs ?? 5_000,
    timeoutMs: config.timeoutMs ?? 20_000,
    fileTimeoutMs: config.fileTimeoutMs ?? 1_800_000,
  })
  return {
    goldPlan: createGoldPlan(transport),
    orders: createOrders(transport, config.spMchid),
    bills: createBills(transport, config.baseUrl),
    limitations: createLimitations(transport),
    notifications: createNotifications({ apiV3Keys: config.apiV3Keys ?? [], wechatPayKeys: identity.callbackKeys }, clock),
    onDate: transport.onDate,
    classifyBy: transport.classifyBy,
    close: transport.close,
  }
}
