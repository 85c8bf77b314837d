// 报名及配置 (product.md §5.4): what is still to do before a number works, who answered what, and what machines found.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { BillHealth, ProviderNumberList, Readiness, ReadinessAnswer, ReadinessItem, ReadinessItemId } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ProviderApi } from '../provider/endpoints'
import type { ReadinessApi } from './endpoints'

type ProviderNumber = ProviderNumberList['numbers'][number]
interface Answering {
  sp_mchid: string
  item: ReadinessItemId
  version: number
  body: ReadinessAnswer
}

export class ReadinessStore {
  /** the item in front; null: only the list is */
  item_id: ReadinessItemId | null = null
  /** somebody answered this item meanwhile: what is drawn is what they said */
  overtaken: ReadinessItemId | null = null
  /** null: the home number */
  private chosen: string | null = null
  private readonly list: Resource<ProviderNumberList>
  private readonly answering: AskOnce<Answering, ReadinessItem>
  private readonly run: AskOnce<{ sp_mchid: string }, Readiness>
  private readonly bill: AskOnce<{ sp_mchid: string }, BillHealth>

  constructor(
    private readonly context: StoreContext,
    private readonly api: ReadinessApi & Pick<ProviderApi, 'getProvider'>,
    private readonly session: SessionStore,
  ) {
    this.list = new Resource(context, { forbidden: () => this.close() })
    // what was answered stands in the list, also where another item is in front by then
    this.answering = new AskOnce(context, async ({ sp_mchid, item, version, body }, key) => {
      const answer = await api.answerReadiness(sp_mchid, item, body, { version, key })
      this.put(sp_mchid, [answer])
      return answer
    })
    this.run = new AskOnce(context, async ({ sp_mchid }, key) => {
      const found = await api.checkReadiness(sp_mchid, key)
      this.put(found.sp_mchid, found.items)
      return found
    })
    this.bill = new AskOnce(context, ({ sp_mchid }, key) => api.askForBills(sp_mchid, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'list' | 'answering' | 'run' | 'bill'>(
      this,
      { context: false, api: false, session: false, list: false, answering: false, run: false, bill: false, items: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.list.status
  }
  get skeleton(): boolean {
    return this.list.skeleton
  }
  get problem(): ProblemView | null {
    return this.problemOf(this.list.error)
  }
  get numbers(): ProviderNumber[] {
    return this.list.value?.numbers ?? []
  }
  get current(): ProviderNumber | null {
    return this.numbers.find(({ sp_mchid }) => sp_mchid === this.chosen) ?? this.numbers[0] ?? null
  }
  get items(): ReadinessItem[] {
    return this.current?.readiness ?? []
  }
  /** the first that is open; null: everything is done */
  get next(): ReadinessItem | null {
    return this.items.find(({ state }) => state === 'open') ?? null
  }
  get done(): number {
    return this.items.filter(({ state }) => state !== 'open').length
  }
  get item(): ReadinessItem | null {
    return this.items.find(({ item }) => item === this.item_id) ?? null
  }
  get mayAnswer(): boolean {
    return this.session.me?.actions.includes('readiness.write') ?? false
  }
  get checking(): boolean {
    return this.run.asking
  }
  get slow(): boolean {
    return this.run.slow
  }
  get askingForBills(): boolean {
    return this.bill.asking
  }
  get sending(): boolean {
    return this.answering.asking
  }
  /** why the last answer or check was not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    return this.problemOf(this.answering.error ?? this.run.error ?? this.bill.error)
  }

  async refresh(): Promise<void> {
    await this.list.load(scope => this.api.getProvider(scope))
  }
  choose(sp_mchid: string): void {
    this.chosen = sp_mchid
    this.close()
  }
  open(item: ReadinessItemId): void {
    this.item_id = item
    this.overtaken = null
    this.answering.reset()
  }
  close(): void {
    this.item_id = null
    this.overtaken = null
    this.answering.reset()
  }
  /** Answers whether it was taken. */
  async answer(body: ReadinessAnswer): Promise<boolean> {
    const { current, item } = this
    if (!current || !item || !this.mayAnswer || !this.context.network.online) return false
    const answer = await this.answering.ask({ sp_mchid: current.sp_mchid, item: item.item, version: item.version, body })
    if (!answer && this.answering.error?.code === 'VERSION_MISMATCH') await this.meet(item.item)
    return answer !== null
  }
  /** 再查一次 */
  async check(): Promise<void> {
    const { current } = this
    if (!current || !this.mayAnswer || !this.context.network.online) return
    await this.run.ask({ sp_mchid: current.sp_mchid })
  }
  /** The missing bills are asked for at once. Answers whether it was taken. */
  async askForBills(): Promise<boolean> {
    const { current } = this
    if (!current || !this.mayAnswer || !this.context.network.online) return false
    const bills = await this.bill.ask({ sp_mchid: current.sp_mchid })
    if (bills) this.list.change({ numbers: this.numbers.map(one => (one.sp_mchid === current.sp_mchid ? { ...one, bills } : one)) })
    return bills !== null
  }
  dismiss(): void {
    this.answering.dismiss()
    this.run.dismiss()
    this.bill.dismiss()
  }
  /** At page unload. */
  leave(): void {
    this.close()
    this.run.reset()
    this.bill.reset()
    this.list.stop()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
    this.list.reset()
    this.chosen = null
  }

  private problemOf(error: typeof this.list.error): ProblemView | null {
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  private put(sp_mchid: string, items: readonly ReadinessItem[]): void {
    this.list.change({
      numbers: this.numbers.map(one =>
        one.sp_mchid === sp_mchid
          ? { ...one, readiness: one.readiness.map(held => items.find(({ item }) => item === held.item) ?? held) }
          : one,
      ),
    })
  }
  private async meet(item: ReadinessItemId): Promise<void> {
    this.answering.dismiss()
    await this.refresh()
    if (this.item_id === item) this.overtaken = item
  }
}
