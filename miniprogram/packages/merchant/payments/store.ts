// 收款分析: how one shop is paid, from its trade bills (product.md B30). The line on the merchant page and the page are one reading.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Payments } from '../../../../typings/api'
import { keptAs } from '../../../phone/kept-as'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import { Resource } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import { absoluteTime } from '../../../rules/relative-time'
import type { MerchantApi } from '../endpoints'
import type { MerchantStore } from '../stores/merchant'
import type { ReceiptContentStore } from '../stores/receipt-content'
import type { ShopFacts } from './rules'
import {
  ownerCard,
  paymentsLine,
  paymentsPlots,
  paymentsTables,
  paymentsView,
  type OwnerCard,
  type PaymentsPlots,
  type PaymentsTables,
  type PaymentsView,
} from './view'

interface Read {
  payments: Payments
  /** ms of the phone */
  at: number
}
/** With the merchant on the phone, given up with it. */
const KEPT = keptAs<Read>(2, { payments: { days: [{}] }, at: 0 })

export class PaymentsStore {
  sub_mchid: string | null = null
  isTable = false
  /** 讲给商户听 speaks of payments, too */
  isForOwner = false
  readonly reading: Resource<Read>

  constructor(
    private readonly context: StoreContext,
    private readonly api: MerchantApi,
    private readonly session: SessionStore,
    private readonly details: DetailsCache,
    private readonly shop: { merchant: MerchantStore; receiptContent: ReceiptContentStore },
  ) {
    this.reading = new Resource(context, {
      kept: () => {
        const value = this.sub_mchid === null ? null : details.getPart('payments', KEPT, this.sub_mchid)
        return value && { value, as_of: value.at }
      },
      forbidden: () => {},
    })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'details' | 'shop'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        details: false,
        shop: false,
        reading: false,
        view: computed.struct,
        plots: computed.struct,
        tables: computed.struct,
        ownerCard: computed.struct,
      },
      { autoBind: true },
    )
  }

  get view(): PaymentsView | null {
    return this.told && paymentsView(this.told, this.facts, this.session.serverNow(), this.say)
  }
  /** null: tables are shown */
  get plots(): PaymentsPlots | null {
    return this.told && !this.isTable ? paymentsPlots(this.told, this.session.serverNow(), this.say) : null
  }
  get tables(): PaymentsTables | null {
    return this.told && this.isTable ? paymentsTables(this.told, this.session.serverNow(), this.say) : null
  }
  get ownerCard(): OwnerCard | null {
    return this.told && ownerCard(this.told, this.facts, this.say)
  }
  /** For the merchant page; null until it is known, and where no bill was ever here. */
  get line(): string | null {
    return this.told && paymentsLine(this.told, this.say)
  }
  /** What is shown is from before: when it was read; '' where it is what the server has, or is asked for just now. */
  get age(): string {
    const { cached, stale, as_of, refreshing } = this.reading
    return (cached || stale) && !refreshing && as_of !== null
      ? absoluteTime(as_of, this.session.serverNow(), this.say, { today: true })
      : ''
  }

  /** The merchant page speaks of this shop. @param live it was read from the server just now */
  follow(sub_mchid: string | null, live: boolean): void {
    this.turnTo(sub_mchid)
    const { status, cached } = this.reading
    if (live && (status === 'idle' || cached)) void this.refresh()
    // without a network the line says what the phone kept
    else if (status === 'idle') this.reading.showKept()
  }
  /** At page show. */
  open(sub_mchid: string): void {
    this.turnTo(sub_mchid)
    if (this.reading.status !== 'loading') void this.refresh()
  }
  /** 讲给商户听 was opened. @param asked for with the card about payments */
  tellOwner(sub_mchid: string, asked: boolean): void {
    this.isForOwner = asked
    if (asked && this.sub_mchid !== sub_mchid) this.open(sub_mchid)
  }
  show(isTable: boolean): void {
    this.isTable = isTable
  }
  async refresh(): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null) return
    await this.reading.load(async scope => {
      const payments = await this.api.getPayments(sub_mchid, scope)
      const read = { payments, at: this.context.timers.now() }
      if (!scope.aborted) this.details.putPart('payments', KEPT, sub_mchid, read)
      return read
    })
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.turnTo(null)
    this.isTable = false
    this.isForOwner = false
  }

  private turnTo(sub_mchid: string | null): void {
    if (sub_mchid === this.sub_mchid) return
    this.reading.reset()
    this.sub_mchid = sub_mchid
  }
  private get told(): Payments | null {
    return this.reading.value?.payments ?? null
  }
  private get facts(): ShopFacts {
    const { merchant, receiptContent } = this.shop
    const shop = merchant.merchant?.sub_mchid === this.sub_mchid ? merchant.merchant : null
    const content = receiptContent.content?.sub_mchid === this.sub_mchid ? receiptContent.content : null
    return { industry: shop?.industry ?? null, receipt: shop?.receipt.status ?? null, blocks: content?.blocks ?? null }
  }
  private get say() {
    return this.context.preferences.say
  }
}
