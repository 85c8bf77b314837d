// 检查小票链接: one look from outside at the link of the shop's receipt, or at another of a registered host (product.md F8). Repeated as often as wanted.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { LinkCheckResult, SubMerchant } from '../../../../typings/api'
import { firstCharacters } from '../../../shared/characters'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import type { MerchantApi } from '../endpoints'
import { linkCheckText, linkCheckView, type LinkCheckView } from './view'
import type { MerchantStore } from '../stores/merchant'

const LINK_MAX = 512

export class LinkCheckStore {
  sub_mchid: string | null = null
  /** another link than the registered one; empty: that one */
  url = ''
  /** the last result stays while the next look is taken */
  private seen: LinkCheckResult | null = null
  private readonly look: AskOnce<{ sub_mchid: string; url: string }, LinkCheckResult>

  constructor(
    private readonly context: StoreContext,
    api: MerchantApi,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    this.look = new AskOnce(context, ({ sub_mchid, url }, key) => api.checkLink(sub_mchid, url === '' ? {} : { url }, key))
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'seen' | 'look'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        look: false,
        seen: observable.ref,
        result: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  get checking(): boolean {
    return this.look.asking
  }
  /** the check takes longer than people expect */
  get slow(): boolean {
    return this.look.slow
  }
  /** this role checks no links */
  get forbidden(): boolean {
    return this.shop !== null && !this.shop.allowed_actions.includes('evidence.write')
  }
  /** Why nothing can be checked now; null when it can. */
  get locked(): string | null {
    return this.context.network.online ? null : this.say('switch.locked.offline')
  }
  /** whose link the shop's receipt uses: the provider's, its own, or none */
  get registered(): SubMerchant['receipt']['link'] | null {
    return this.shop?.receipt.link ?? null
  }
  get result(): LinkCheckView | null {
    return this.seen && linkCheckView(this.seen, this.merchant.now, this.say)
  }
  /** Why there is no result; null otherwise. */
  get problem(): ProblemView | null {
    return this.look.error && problemView(this.look.error, this.say, this.session.staff?.role ?? null)
  }
  /** For whoever mends the page: what is wrong and what to do. */
  get text(): string {
    return this.seen && this.shop ? linkCheckText(this.seen, this.shop, this.merchant.now, this.say) : ''
  }

  /** At page load. */
  open(sub_mchid: string): void {
    if (this.sub_mchid === sub_mchid) return
    this.leave()
    this.sub_mchid = sub_mchid
  }
  type(url: string): void {
    if (!this.checking) this.url = firstCharacters(url, LINK_MAX)
  }
  /** 检查, and 再查一次: a new look each time, unless the last one's answer was lost. */
  async check(): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null || this.locked !== null || this.forbidden) return
    const seen = await this.look.ask({ sub_mchid, url: this.url.trim() })
    if (seen) runInAction(() => (this.seen = seen))
  }
  /** At page unload. */
  leave(): void {
    this.sub_mchid = null
    this.url = ''
    this.seen = null
    this.look.reset()
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
}
