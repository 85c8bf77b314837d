// 微信支付限制 (product.md B19): what WeChat Pay limits of one shop, asked for again on demand.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Evidence, LimitationState } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { MerchantApi } from '../endpoints'
import type { MerchantStore } from '../stores/merchant'
import { limitationsView, type LimitationsView } from './view'

type Limitation = Extract<Evidence, { kind: 'limitation' }>

export class LimitationsStore {
  sub_mchid: string | null = null
  /** what WeChat Pay said just now; null: nobody asked since the page was opened */
  answered: { limited: boolean } | null = null
  private readonly items: Resource<Limitation[]>
  private readonly question: AskOnce<{ sub_mchid: string }, LimitationState>

  constructor(
    private readonly context: StoreContext,
    private readonly api: MerchantApi,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    this.items = new Resource(context)
    this.question = new AskOnce(context, ({ sub_mchid }, key) => api.refreshLimitations(sub_mchid, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'merchant' | 'items' | 'question'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        merchant: false,
        items: false,
        question: false,
        view: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.items.status
  }
  get skeleton(): boolean {
    return this.items.skeleton
  }
  get problem(): ProblemView | null {
    return this.items.problem
  }
  get view(): LimitationsView | null {
    return this.items.value && limitationsView(this.items.value, this.session.serverNow(), this.context.preferences.say)
  }
  get asking(): boolean {
    return this.question.asking
  }
  /** whether this role may ask WeChat Pay */
  get mayAsk(): boolean {
    const { merchant } = this.merchant
    return merchant?.sub_mchid === this.sub_mchid && merchant.allowed_actions.includes('evidence.write')
  }
  /** why WeChat Pay did not say, or that its answer is lost */
  get refusal(): ProblemView | null {
    const { error } = this.question
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  /** At page show. */
  async open(sub_mchid: string): Promise<void> {
    if (this.sub_mchid !== sub_mchid) this.leave()
    this.sub_mchid = sub_mchid
    await this.refresh()
  }
  async refresh(): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid !== null) await this.items.load(scope => this.api.listLimitations(sub_mchid, scope))
  }
  /** 现在问一次; after a lost answer the same with the same key. */
  async ask(): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null || !this.mayAsk || !this.context.network.online) return
    const answer = await this.question.ask({ sub_mchid })
    if (!answer || this.sub_mchid !== sub_mchid) return
    this.took(answer)
    await this.refresh()
    if (this.merchant.sub_mchid === sub_mchid) void this.merchant.refresh()
  }
  dismiss(): void {
    this.question.dismiss()
  }
  /** At page unload. */
  leave(): void {
    this.sub_mchid = null
    this.answered = null
    this.items.reset()
    this.question.reset()
  }
  /** Another account. */
  reset(): void {
    this.leave()
  }

  private took({ limited }: LimitationState): void {
    this.answered = { limited }
  }
}
