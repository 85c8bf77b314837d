// 关闭申请 (product.md M22): requests to close a gold plan, and the decision of another person about one.
import { computed, makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { ChangeRequest, ChangeRequestDecision } from '../../../../typings/api'
import type { ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { MinuteStore } from '../../../stores/minute'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ApprovalsApi } from './endpoints'
import { RequestList } from './list'
import { detailOf, type RequestDetail } from './view'

/** waiting: those of others that nobody has decided · mine: what I asked for · decided: what became of those of my scope */
export type Part = 'waiting' | 'mine' | 'decided'

/** An approved one is on its way to WeChat Pay: its end is asked for this often while somebody looks. */
const ASK_AGAIN_MS = 5_000

type Question = { id: string } & ({ is: 'decision'; body: ChangeRequestDecision } | { is: 'cancellation' })

export class ApprovalsStore {
  /** the request in front; null: only the list is */
  request_id: string | null = null
  /** what was about to be sent came too late: what is drawn is what became of it */
  overtaken = false
  private chosen: Part | null = null
  private shown = false
  private timer: unknown = null
  private readonly lists: Readonly<Record<Part, RequestList>>
  private readonly detail: Resource<ChangeRequest>
  private readonly write: AskOnce<Question, ChangeRequest>

  constructor(
    private readonly context: StoreContext,
    api: ApprovalsApi,
    private readonly session: SessionStore,
    private readonly minute: MinuteStore,
  ) {
    const list = (query: ConstructorParameters<typeof RequestList>[2]) => new RequestList(context, api, query, () => this.now)
    this.lists = {
      waiting: list(() => (this.decides ? { to_decide: 'true' } : { status: 'pending', mine: 'false' })),
      mine: list(() => ({ mine: 'true' })),
      decided: list(() => ({ status: 'decided' })),
    }
    this.detail = new Resource(context, { forbidden: () => {} })
    this.write = new AskOnce(context, async (question, key) => {
      const request =
        question.is === 'decision'
          ? await api.decideChangeRequest(question.id, question.body, key)
          : await api.cancelChangeRequest(question.id, key)
      // also where another one is in front by then
      this.tellLists(request)
      return request
    })
    makeAutoObservable<this, 'context' | 'session' | 'minute' | 'timer' | 'lists' | 'detail' | 'write'>(
      this,
      {
        context: false,
        session: false,
        minute: false,
        timer: false,
        lists: false,
        detail: false,
        write: false,
        parts: computed.struct,
        view: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** 我的申请 is for whoever may ask. */
  get parts(): Part[] {
    return ['waiting', ...(this.may('gold_plan.close.request') ? (['mine'] as const) : []), 'decided']
  }
  /** Who may decide begins with what waits for that, others with what they asked for. */
  get part(): Part {
    return this.chosen ?? (this.decides || !this.parts.includes('mine') ? 'waiting' : 'mine')
  }
  get list(): RequestList {
    return this.lists[this.part]
  }
  get status(): ResourceStatus {
    return this.detail.status
  }
  get skeleton(): boolean {
    return this.detail.skeleton
  }
  get request(): ChangeRequest | null {
    return this.detail.value
  }
  /** why there is no request to show */
  get problem(): ProblemView | null {
    return this.problemOf(this.detail.error)
  }
  get view(): RequestDetail | null {
    return this.request && detailOf(this.request, this.session.staff?.id ?? null, this.now, this.context.preferences.say)
  }
  /** which answer is awaited; '' for none */
  get sending(): 'approve' | 'reject' | 'cancel' | '' {
    const { asking, unanswered } = this.write
    if (!asking || !unanswered) return ''
    return unanswered.is === 'decision' ? unanswered.body.decision : 'cancel'
  }
  /** why the last one was not taken, or that its answer is lost */
  get refusal(): ProblemView | null {
    return this.problemOf(this.write.error)
  }

  choose(part: Part): void {
    this.list.leave()
    this.chosen = part
  }
  /** At page show. */
  show(): void {
    this.shown = true
    this.follow()
  }
  /** At page hide, and when the app goes to the background. */
  hide(): void {
    this.shown = false
    this.follow()
  }
  async refresh(): Promise<void> {
    await this.list.refresh()
  }
  async loadMore(): Promise<void> {
    await this.list.loadMore()
  }
  /** Shows one: what the list has of it at once, and as it is now. */
  async open(request_id: string): Promise<void> {
    if (this.request_id !== request_id) {
      this.close()
      this.request_id = request_id
      const known = this.list.items.find(({ id }) => id === request_id)
      if (known) this.detail.put(known)
    }
    await this.read()
  }
  /** Only the list is in front. */
  close(): void {
    this.request_id = null
    this.overtaken = false
    this.detail.reset()
    this.write.reset()
    this.follow()
  }
  approve(): Promise<void> {
    return this.send({ is: 'decision', body: { decision: 'approve' } })
  }
  /** @param comment at least 2 characters */
  reject(comment: string): Promise<void> {
    return this.send({ is: 'decision', body: { decision: 'reject', comment } })
  }
  /** 取消申请 */
  cancel(): Promise<void> {
    return this.send({ is: 'cancellation' })
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (unanswered && unanswered.id === this.request_id) await this.ask(unanswered)
    else {
      this.write.dismiss()
      await this.read()
    }
  }
  dismiss(): void {
    this.write.dismiss()
  }
  networkChanged(online: boolean): void {
    if (!online || !this.shown) return
    void this.refresh()
    if (this.request_id !== null) void this.read()
  }
  /** Another account. */
  reset(): void {
    this.close()
    this.chosen = null
    Object.values(this.lists).forEach(list => list.reset())
  }

  private get now(): number {
    // the minute moves it, the server's clock says what it is
    return this.minute.now + (this.session.serverNow() - this.context.timers.now())
  }
  private get decides(): boolean {
    return this.may('gold_plan.close.approve')
  }
  private may(action: 'gold_plan.close.approve' | 'gold_plan.close.request'): boolean {
    return this.session.me?.actions.includes(action) ?? false
  }
  private problemOf(error: ApiError | null): ProblemView | null {
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  private async send(what: { is: 'decision'; body: ChangeRequestDecision } | { is: 'cancellation' }): Promise<void> {
    if (this.request_id !== null && this.context.network.online) await this.ask({ id: this.request_id, ...what })
  }
  private async ask(question: Question): Promise<void> {
    const answer = await this.write.ask(question)
    if (answer) this.adopt(answer)
    else if (this.write.error?.code !== 'ALREADY_DECIDED') return
    else await this.late(question.id)
    await this.refresh()
  }
  /** What became of it is drawn, and said. */
  private async late(id: string): Promise<void> {
    this.write.dismiss()
    await this.read()
    if (this.request_id === id) runInAction(() => (this.overtaken = true))
  }
  private async read(): Promise<void> {
    const { request_id } = this
    if (request_id === null) return
    const answered = await this.detail.load(scope => this.context.api.getChangeRequest(request_id, scope))
    if (answered && this.request) this.adopt(this.request)
  }
  private adopt(request: ChangeRequest): void {
    if (request.id === this.request_id) this.detail.put(request)
    this.tellLists(request)
    this.follow()
  }
  private tellLists(request: ChangeRequest): void {
    Object.values(this.lists).forEach(list => list.follow(request))
  }
  /** The end of an approved one is awaited while it is in front. */
  private follow(): void {
    this.context.timers.clear(this.timer)
    this.timer =
      this.shown && this.request?.status === 'approved'
        ? this.context.timers.set(() => void this.read().then(() => this.follow()), ASK_AGAIN_MS)
        : null
  }
}
