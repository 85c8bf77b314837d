// Arranges the sandbox's world and looks into it: in-process for tests, and below /control over HTTP (control-http.ts).
import type { BillChange, BillCounter, BillRecord } from './bills.ts'
import type { SandboxClock } from './clock.ts'
import type { LedgerEntry, Memory, MerchantChange, MerchantRecord, ProviderState, WechatState } from './memory.ts'
import type { OrderChange, OrderRecord } from './orders.ts'
import type { RequestJournal, SeenRequest } from './request-journal.ts'
import type { Mail } from './messages.ts'
import type { Skies, Weather } from './weather.ts'

export interface SandboxControl {
  clock: SandboxClock
  /** A scenario with `times` ends by itself after that many calls. @throws RangeError for an unknown scenario */
  setMerchant(sub_mchid: string, change: MerchantChange): void
  setMerchants(changes: Record<string, MerchantChange>): void
  /** One order, made anew. @throws RangeError for a type or state that does not exist */
  setOrder(out_trade_no: string, order: OrderChange): void
  order(out_trade_no: string): OrderRecord | undefined
  /** The trade bill of a day; what is absent stays. @throws RangeError for a fault that does not exist */
  setBill(day: string, change: BillChange): void
  bill(day: string): BillRecord | undefined
  /** questions for bills and fetched files; they are not among `requests` */
  billsSeen(): ReturnType<BillCounter['seen']>
  setProvider(change: Partial<ProviderState>): void
  setWechat(change: Partial<WechatState>): void
  /** What calls about merchants meet for whom nothing is arranged. */
  setWeather(weather: Weather | null): void
  /** epoch second → calls about merchants that the weather does not spare */
  callsOfSeconds(): ReadonlyMap<number, number>
  merchant(sub_mchid: string): MerchantRecord
  /** what WeChat Pay believes about a merchant; `closed_at` is the JSAPI scene's last close */
  ledger(sub_mchid: string): LedgerEntry & { closed_at: string | null }
  provider(): ProviderState
  wechat(): WechatState
  /** subscription messages of the mini program, and the token that they are sent with */
  messages: Pick<Mail, 'sent' | 'forget' | 'arrange' | 'tokensMade' | 'tokensAsked' | 'revokeToken'>
  /** calls to WeChat Pay, oldest first, the last 1,000 */
  requests(): SeenRequest[]
  forgetRequests(): void
}

interface Parts {
  memory: Memory
  clock: SandboxClock
  journal: RequestJournal
  bills: BillCounter
  skies: Skies
  mail: Mail
}

export const createControl = ({ memory, clock, journal, bills, skies, mail }: Parts): SandboxControl => ({
  clock,
  setMerchant: (sub_mchid, change) => memory.setMerchants({ [sub_mchid]: change }),
  setMerchants: memory.setMerchants,
  setOrder: (out_trade_no, order) => memory.setOrder(out_trade_no, order, clock.now()),
  order: out_trade_no => structuredClone(memory.order(out_trade_no, clock.now())),
  setBill: memory.setBill,
  bill: day => structuredClone(memory.bill(day)),
  billsSeen: bills.seen,
  setProvider: memory.setProvider,
  setWechat: memory.setWechat,
  setWeather: skies.set,
  callsOfSeconds: skies.seconds,
  messages: mail,
  merchant: sub_mchid => structuredClone(memory.merchant(sub_mchid)),
  ledger(sub_mchid) {
    const { gold_plan, receipt, advertising, advertising_industry_filters } = structuredClone(memory.merchant(sub_mchid))
    return { sub_mchid, gold_plan, receipt, advertising, advertising_industry_filters, closed_at: gold_plan.JSAPI.closed_at }
  },
  provider: () => structuredClone(memory.provider()),
  wechat: () => structuredClone(memory.wechat()),
  requests: journal.all,
  forgetRequests: journal.forget,
})
