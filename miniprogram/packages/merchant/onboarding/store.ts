// 接入向导 of the shop on screen (product.md B13). Where it stands is read from the merchant and its receipt each time; what only a person can say is kept
// on the phone for this account, `staff:<id>:onboarding:<sub_mchid>`, so that a killed app goes on where it was.
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { SubMerchant } from '../../../../typings/api'
import { onboardingProgress, type OnboardingProgress, type OnboardingWord, type Skippable } from './rules'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { MerchantStore } from '../stores/merchant'
import type { ReceiptContentStore } from '../stores/receipt-content'
import { keptAs } from '../../../phone/kept-as'

const WORD = keptAs<OnboardingWord>(1, {})

export class OnboardingStore {
  /** the last scan was of another shop: its 商户号 */
  stranger: string | null = null
  private sub_mchid: string | null = null
  private word: OnboardingWord = {}

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
    private readonly receipt: ReceiptContentStore,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'receipt' | 'word'>(
      this,
      { context: false, session: false, merchant: false, receipt: false, word: observable.ref, progress: computed.struct },
      { autoBind: true },
    )
  }

  get progress(): OnboardingProgress | null {
    const { shop } = this
    if (!shop) return null
    const { content } = this.receipt
    return onboardingProgress(shop, content?.sub_mchid === shop.sub_mchid ? content : null, this.word)
  }

  /** At page show. */
  begin(sub_mchid: string): void {
    if (this.sub_mchid !== sub_mchid) this.stranger = null
    this.sub_mchid = sub_mchid
    const key = this.keyOf(sub_mchid)
    this.word = (key && WORD.read(this.context.phone.storage, key)) || {}
  }
  /** The code that was scanned at the counter says which shop it is. */
  identifyBy(scanned: string): void {
    if (scanned === this.sub_mchid) this.identify()
    else this.stranger = scanned
  }
  /** 对得上: name and address are those of the shop where the person stands. */
  identify(): void {
    this.stranger = null
    this.write({ ...this.word, identified_at: this.present })
  }
  skip(step: Skippable): void {
    this.write({ ...this.word, skipped: [...(this.word.skipped ?? []).filter(other => other !== step), step] })
  }
  /** 讲完了, on the explaining page, whether it was reached from the wizard or not. */
  explained(sub_mchid: string): void {
    this.begin(sub_mchid)
    this.write({ ...this.word, explained_at: this.present })
  }
  dismissStranger(): void {
    this.stranger = null
  }
  /** Another account: nothing of the last one stays on screen. */
  reset(): void {
    this.sub_mchid = null
    this.word = {}
    this.stranger = null
  }

  private get shop(): SubMerchant | null {
    const { merchant } = this.merchant
    return merchant !== null && merchant.sub_mchid === this.sub_mchid ? merchant : null
  }
  private get present(): string {
    return new Date(this.session.serverNow()).toISOString()
  }
  private write(word: OnboardingWord): void {
    this.word = word
    const key = this.sub_mchid === null ? null : this.keyOf(this.sub_mchid)
    if (key !== null) WORD.writeIfRoom(this.context.phone.storage, key, word)
  }
  private keyOf(sub_mchid: string): string | null {
    const { staff } = this.session
    return staff === null ? null : `staff:${staff.id}:onboarding:${sub_mchid}`
  }
}
