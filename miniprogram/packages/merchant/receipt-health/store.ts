// 小票加载: how often customers load the shop's receipt, and how well; without a shop, the same of all shops in my scope, worst first (product.md B12).
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { ReceiptHealth, ReceiptMetrics } from '../../../../typings/api'
import type { StoreContext } from '../../../stores/context'
import type { SessionStore } from '../../../stores/session'
import { Resource } from '../../../stores/resource'
import type { MerchantApi } from '../endpoints'
import { healthView, metricsView, rangeOf, receiptLine, type HealthView, type MetricsView, type RangeDays } from './view'

export class ReceiptHealthStore {
  /** null: of all shops */
  sub_mchid: string | null = null
  days: RangeDays = 7
  private shown = false
  readonly health: Resource<ReceiptHealth>
  readonly metrics: Resource<ReceiptMetrics>
  /** of the shop on the merchant page, the last 7 days; fails silently: the page says enough without it */
  readonly brief: Resource<ReceiptHealth>

  constructor(
    private readonly context: StoreContext,
    private readonly api: MerchantApi,
    private readonly session: SessionStore,
  ) {
    this.health = new Resource(context, { forbidden: () => {} })
    this.metrics = new Resource(context, { forbidden: () => {} })
    this.brief = new Resource(context, { forbidden: () => {} })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'shown'>(
      this,
      {
        api: false,
        context: false,
        session: false,
        shown: false,
        health: false,
        metrics: false,
        brief: false,
        view: computed.struct,
        all: computed.struct,
        line: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** what the page waits for */
  get reading(): Resource<ReceiptHealth> | Resource<ReceiptMetrics> {
    return this.sub_mchid === null ? this.metrics : this.health
  }
  get view(): HealthView | null {
    return this.health.value && healthView(this.health.value, this.session.serverNow(), this.say)
  }
  get all(): MetricsView | null {
    return this.metrics.value && metricsView(this.metrics.value, this.session.serverNow(), this.say)
  }
  /** "近 7 天 132 次加载 · 0.8 秒"; null until it is known */
  get line(): { sub_mchid: string; text: string } | null {
    const { value } = this.brief
    return value && { sub_mchid: value.sub_mchid, text: receiptLine(value, this.say) }
  }

  /** At page show; an empty number means all shops. */
  open(sub_mchid: string): void {
    const of = sub_mchid === '' ? null : sub_mchid
    if (!this.shown || this.sub_mchid !== of) {
      this.health.reset()
      this.metrics.reset()
      this.sub_mchid = of
      this.shown = true
    }
    void this.refresh()
  }
  /** 7 or 30 days */
  choose(days: RangeDays): void {
    if (days === this.days) return
    this.days = days
    // numbers of another range under this heading would be wrong for as long as the answer takes
    this.health.reset()
    this.metrics.reset()
    void this.refresh()
  }
  async refresh(): Promise<void> {
    const { sub_mchid } = this
    const range = rangeOf(this.days, this.session.serverNow())
    if (sub_mchid === null) {
      await this.metrics.load(scope => this.api.getReceiptMetrics({ ...range, group_by: 'merchant' }, scope))
    } else await this.health.load(scope => this.api.getReceiptHealth(sub_mchid, range, scope))
  }
  /** At page unload. */
  leave(): void {
    this.shown = false
    this.sub_mchid = null
    this.days = 7
    this.health.reset()
    this.metrics.reset()
  }
  /** For the line on the merchant page; null: that shop has no receipt to speak of. */
  glance(sub_mchid: string | null): void {
    this.brief.reset()
    if (sub_mchid !== null) void this.brief.load(scope => this.api.getReceiptHealth(sub_mchid, {}, scope))
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
    this.brief.reset()
  }

  private get say() {
    return this.context.preferences.say
  }
}
