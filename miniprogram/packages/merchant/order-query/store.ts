// 问微信支付: one order of the shop's, by the 商户单号 of one's own test payment (product.md F10). A customer's 付款码 is in no field here, in no request,
// in no storage; the number itself lives as long as the page and goes when WeChat Pay has answered.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { OrderQueryResult, SubMerchant } from '../../../../typings/api'
import { ORDER_TEXT_LIMIT, orderNumberOf } from './rules'
import { firstCharacters } from '../../../shared/characters'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { MerchantStore } from '../stores/merchant'
import { orderRefusal, orderResult, type OrderPanel, type OrderRefusalView, type OrderResultView } from './view'

/** unsure: asked, no answer; asking again with the same key cannot record twice · refused: nothing was recorded */
export type OrderQueryStatus = 'idle' | 'asking' | 'unsure' | 'refused' | 'done'

export class OrderQueryStore {
  sub_mchid: string | null = null
  /** what stands in the field */
  text = ''
  /** a dialog about the camera, or about what it read */
  panel: OrderPanel | null = null
  private answer: OrderQueryResult | null = null
  /** never with a payment code */
  private readonly question: AskOnce<{ sub_mchid: string; number: string }, OrderQueryResult>

  constructor(
    private readonly context: StoreContext,
    private readonly merchant: MerchantStore,
  ) {
    this.question = new AskOnce(context, ({ sub_mchid, number }, key) => context.api.queryOrder(sub_mchid, { out_trade_no: number }, key))
    makeAutoObservable<this, 'context' | 'merchant' | 'answer' | 'question'>(
      this,
      {
        context: false,
        merchant: false,
        question: false,
        answer: observable.ref,
        result: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): OrderQueryStatus {
    const { asking, unanswered, error } = this.question
    if (asking) return 'asking'
    if (unanswered) return 'unsure'
    if (error) return 'refused'
    return this.answer ? 'done' : 'idle'
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
    return this.status === 'refused' && this.question.error ? orderRefusal(this.question.error, this.say) : null
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
    this.question.dismiss()
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
    if (this.status === 'unsure' && this.question.unanswered) return this.send(this.question.unanswered.number)
    if (!this.free || this.locked !== null) return
    const found = orderNumberOf(this.text)
    if (found.type === 'payment_code') return this.refusePaymentCode()
    if (found.type === 'invalid') return this.show('invalid')
    if (found.type === 'order') await this.send(found.number)
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
  private async send(number: string): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null) return
    const answer = await this.question.ask({ sub_mchid, number })
    if (answer) {
      runInAction(() => {
        this.answer = answer
        this.text = ''
      })
      if (this.merchant.sub_mchid === sub_mchid) void this.merchant.refresh()
    } else if (this.question.error?.code === 'PAYMENT_CODE') runInAction(() => (this.text = ''))
  }
  private clear(): void {
    this.text = ''
    this.panel = null
    this.answer = null
    this.question.reset()
  }
}
