// 到店计划 (product.md §5.6): for a lead, who goes where on which day; for an agent, the next shops.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { VisitPlan, VisitPlanPublication, VisitPlanStops } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { VisitPlanApi } from './endpoints'
import { planView, stopGroups, type PlanView, type StopGroup } from './view'

/** one person's day */
export interface Chosen {
  staff_id: string
  day: string
}

export class VisitPlanStore {
  /** whose day is open; null: none is */
  chosen: Chosen | null = null
  published = 0
  private readonly plan: Resource<VisitPlan>
  private readonly stops: Resource<VisitPlanStops>
  private readonly write: AskOnce<VisitPlanPublication, VisitPlan>

  constructor(
    private readonly context: StoreContext,
    private readonly api: VisitPlanApi,
    private readonly session: SessionStore,
  ) {
    this.plan = new Resource(context)
    this.stops = new Resource(context, { isEmpty: ({ items }) => items.length === 0 })
    this.write = new AskOnce(context, (body, key) => api.publish(body, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'plan' | 'stops' | 'write'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        plan: false,
        stops: false,
        write: false,
        chosen: observable.ref,
        view: computed.struct,
        groups: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** a lead or an operator; others see their own next shops */
  get plans(): boolean {
    return this.session.me?.actions.includes('visit.review') ?? false
  }
  get status(): ResourceStatus {
    return this.main.status
  }
  get skeleton(): boolean {
    return this.main.skeleton
  }
  get problem(): ProblemView | null {
    return this.main.problem
  }
  get view(): PlanView | null {
    return this.plan.value && planView(this.plan.value, this.session.serverNow(), this.context.preferences.say)
  }
  get groups(): StopGroup[] {
    return stopGroups(this.stops.value?.items ?? [], this.session.serverNow(), this.context.preferences.say)
  }
  /** the shops of the open day are read */
  get stopsStatus(): ResourceStatus {
    return this.stops.status
  }
  /** of what is published just now: a key of the day and person, `all`; '' for nothing */
  get sending(): string {
    const asked = this.write.asking ? this.write.unanswered : null
    return asked ? (asked.staff_id ? `${asked.day ?? ''} ${asked.staff_id}` : 'all') : ''
  }
  get refusal(): ProblemView | null {
    const { error } = this.write
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  async refresh(): Promise<void> {
    if (!this.plans) return void (await this.stops.load(scope => this.api.stops({ staff_id: 'me' }, scope)))
    await this.plan.load(scope => this.api.plan(scope))
    await this.readStops()
  }
  /** Opens one person's day, or closes the one that is open. */
  async choose(chosen: Chosen): Promise<void> {
    const isOpen = this.chosen?.day === chosen.day && this.chosen.staff_id === chosen.staff_id
    this.chosen = isOpen ? null : chosen
    this.stops.reset()
    await this.readStops()
  }
  /** 下发: of one person's day, or everything. */
  async publish(what: VisitPlanPublication): Promise<void> {
    if (!this.plans || !this.context.network.online) return
    const plan = await this.write.ask(what)
    if (!plan) return
    this.plan.put(plan)
    runInAction(() => (this.published += 1))
    await this.readStops()
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (unanswered) return this.publish(unanswered)
    this.dismiss()
    await this.refresh()
  }
  dismiss(): void {
    this.write.dismiss()
  }
  leave(): void {
    this.plan.stop()
    this.stops.stop()
    this.write.reset()
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.plan.reset()
    this.stops.reset()
    this.chosen = null
  }

  private get main(): Resource<VisitPlan> | Resource<VisitPlanStops> {
    return this.plans ? this.plan : this.stops
  }
  private async readStops(): Promise<void> {
    const { chosen } = this
    if (chosen) await this.stops.load(scope => this.api.stops({ ...chosen }, scope))
  }
}
