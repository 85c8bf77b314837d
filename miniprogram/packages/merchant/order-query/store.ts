// 问微信支付: one order of the shop's, by the 商户单号 of one's own test payment (product.md F10). A customer's 付款码 is in no field here, in no request,
// in no storage; the number itself lives as long as the page and goes when WeChat Pay has answered.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { OrderQueryResult, SubMerchant } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { ORDER_TEXT_LIMIT, orderNumberOf } from './rules'
import { firstCharacters } from '../../../shared/characters'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'
import type { MerchantStore } from '../stores/merchant'
import { orderRefusal, orderResult, type OrderPanel, type OrderRefusalView, type OrderResultView } from './view'

/** unsure: asked, no answer; asking again with the same key cannot record twice · refused: nothing was recorded */
export type OrderQueryStatus = 'idle' | 'asking' | 'unsure' | 'refused' | 'done'

export class OrderQueryStore {
  sub_mchid: string | null = null
  /** what stands in the field */
  text = ''
  status: OrderQueryStatus = 'idle'
  /** a dialog about the camera, or about what it read */
  panel: OrderPanel | null = null
  private answer: OrderQueryResult | null = null
  private error: ApiError | null = null
  /** the question that may be repeated; never a payment code */
  private asked: { number: string; key: string } | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly merchant: MerchantStore,
  ) {
    makeAutoObservable<this, 'context' | 'merchant' | 'answer' | 'error' | 'asked'>(
      this,
      {
        context: false,
        merchant: false,
        asked: false,
        answer: observable.ref,
        error: observable.ref,
        result: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** this role records no evidence: nothing is asked */
  get forbidden(): boolean {
    return this.shop !== null && !this.shop.allowed_actions.includes('evidence.write')
  }
  /** Why nothing can be asked now; null when it can. */
  get locked(): string | null {
    return this.context.network.online ? null : this.say('switch.locked.offline')
  }
  get result(): OrderResultView | null {
    return this.answer && this.shop && orderResult(this.answer, this.shop, this.merchant.now, this.say)
  }
  get refusal(): OrderRefusalView | null {
    return this.status === 'refused' && this.error ? orderRefusal(this.error, this.say) : null
  }

  /** At page load. */
  open(sub_mchid: string): void {
    if (this.sub_mchid === sub_mchid) return
    this.leave()
    this.sub_mchid = sub_mchid
  }
  /** At each keystroke: a payment code goes at once. */
  type(text: string): void {
    if (!this.free) return
    if (orderNumberOf(text).type === 'payment_code') return this.refusePaymentCode()
    this.text = firstCharacters(text, ORDER_TEXT_LIMIT)
    if (this.status === 'refused') this.status = 'idle'
  }
  /** The barcode of WeChat's bill page, from the camera or a screenshot; what it says is asked for at once. */
  async scan(): Promise<void> {
    if (!this.free) return
    if (await this.context.phone.consentNeeded()) return this.show('consent')
    await this.openCamera()
  }
  /** The person agreed to the privacy guideline. */
  async agree(): Promise<void> {
    this.close()
    await this.openCamera()
  }
  refuse(): void {
    this.show('consent_refused')
  }
  close(): void {
    this.panel = null
  }
  /** 查询; after a lost answer the same question with the same key. */
  async ask(): Promise<void> {
    if (this.status === 'unsure' && this.asked) return this.send(this.asked)
    if (!this.free || this.locked !== null) return
    const found = orderNumberOf(this.text)
    if (found.type === 'payment_code') return this.refusePaymentCode()
    if (found.type === 'invalid') return this.show('invalid')
    if (found.type === 'order') await this.send({ number: found.number, key: uuid(this.context.random) })
  }
  /** 再查一笔 */
  again(): void {
    if (this.status !== 'asking') this.clear()
  }
  /** At page unload. */
  leave(): void {
    this.sub_mchid = null
    this.clear()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  private get say() {
    return this.context.preferences.say
  }
  private get shop(): SubMerchant | null {
    return this.merchant.merchant?.sub_mchid === this.sub_mchid ? this.merchant.merchant : null
  }
  /** whether another number may be given */
  private get free(): boolean {
    return this.status === 'idle' || this.status === 'refused'
  }
  private async openCamera(): Promise<void> {
    const scan = await this.context.phone.scan(['barCode', 'qrCode'])
    if (scan.outcome === 'cancelled') return
    if (scan.outcome !== 'scanned') return this.show(scan.outcome)
    const found = orderNumberOf(scan.result)
    if (found.type === 'payment_code') return this.refusePaymentCode()
    if (found.type !== 'order') return this.show('unknown')
    this.type(found.number)
    await this.ask()
  }
  private refusePaymentCode(): void {
    this.text = ''
    this.show('payment_code')
  }
  private show(panel: OrderPanel): void {
    runInAction(() => (this.panel = panel))
  }
  private async send(question: { number: string; key: string }): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null) return
    this.asked = question
    this.status = 'asking'
    this.error = null
    try {
      const answer = await this.context.api.queryOrder(sub_mchid, { out_trade_no: question.number }, question.key)
      if (this.asked !== question) return
      runInAction(() => {
        this.answer = answer
        this.status = 'done'
        this.text = ''
        this.asked = null
      })
      if (this.merchant.sub_mchid === sub_mchid) void this.merchant.refresh()
    } catch (thrown) {
      if (this.asked !== question) return
      const error = asApiError(thrown)
      runInAction(() => {
        this.error = error
        this.status = error.outcomeUnknown ? 'unsure' : 'refused'
        if (error.code === 'PAYMENT_CODE') this.text = ''
      })
    }
  }
  private clear(): void {
    this.text = ''
    this.status = 'idle'
    this.panel = null
    this.answer = null
    this.error = null
    this.asked = null
  }
}
