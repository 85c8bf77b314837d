// 地区收款: what the districts of my scope were paid in thirty days, from their trade bills (product.md B30). Read only.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { PaymentTotals } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { StoreContext } from '../../../stores/context'
import { Resource } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { PaymentTotalsApi } from './endpoints'
import { totalsPlots, totalsTables, totalsView, type TotalsPlots, type TotalsTables, type TotalsView } from './view'

export class PaymentTotalsStore {
  isTable = false
  readonly reading: Resource<PaymentTotals>

  constructor(
    private readonly context: StoreContext,
    private readonly api: PaymentTotalsApi,
    private readonly session: SessionStore,
  ) {
    this.reading = new Resource(context, { forbidden: () => {} })
    makeAutoObservable<this, 'context' | 'api' | 'session'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        reading: false,
        view: computed.struct,
        plots: computed.struct,
        tables: computed.struct,
      },
      { autoBind: true },
    )
  }

  get view(): TotalsView | null {
    return this.reading.value && totalsView(this.reading.value, this.session.serverNow(), this.say)
  }
  /** null: tables are shown */
  get plots(): TotalsPlots | null {
    return this.reading.value && !this.isTable ? totalsPlots(this.reading.value, this.session.serverNow(), this.say) : null
  }
  get tables(): TotalsTables | null {
    return this.reading.value && this.isTable ? totalsTables(this.reading.value, this.session.serverNow(), this.say) : null
  }
  /** What is shown is from before: when it was read. */
  get age(): string {
    const { stale, as_of } = this.reading
    return stale && as_of !== null ? absoluteTime(as_of, this.session.serverNow(), this.say, { today: true }) : ''
  }

  show(isTable: boolean): void {
    this.isTable = isTable
  }
  async refresh(): Promise<void> {
    await this.reading.load(scope => this.api.getPaymentTotals(scope))
  }
  /** Another account. */
  reset(): void {
    this.isTable = false
    this.reading.reset()
  }
  private get say() {
    return this.context.preferences.say
  }
}
