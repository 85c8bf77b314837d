// 拜访记录: a visit that arrived, as it was answered, and what the lead says to it (product.md M17, B09).
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChecklistTemplate, ReviewRequest, Visit } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import type { ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { ChecklistStore } from '../../../stores/checklist'
import type { StoreContext } from '../../../stores/context'
import { PAGE_MOST, UNREAD, nextToReview, type ReviewQueue } from './review-queue'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { VisitApi } from '../endpoints'
import type { PhotoLinks } from '../stores/photo-links'
import { evidenceKinds, visitView, type VisitView } from './view'

interface Shown {
  visit: Visit
  template: ChecklistTemplate
}

export class VisitDetailStore {
  visit_id: string | null = null
  /** a decision is on its way, or what waits after it is read */
  deciding: 'accepted' | 'returned' | null = null
  /** somebody else decided first: what is drawn is theirs */
  overtaken = false
  /** once this one is decided: what waits after it; null before that */
  queue: ReviewQueue | null = null
  private readonly shown: Resource<Shown>
  private readonly decision: AskOnce<{ visit_id: string; request: ReviewRequest }, Visit>

  constructor(
    private readonly context: StoreContext,
    private readonly api: VisitApi,
    private readonly session: SessionStore,
    private readonly checklist: ChecklistStore,
    private readonly links: PhotoLinks,
  ) {
    this.shown = new Resource(context, { forbidden: () => {} })
    this.decision = new AskOnce(context, ({ visit_id, request }, key) => api.reviewVisit(visit_id, request, key))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'checklist' | 'links' | 'shown' | 'decision'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        checklist: false,
        links: false,
        shown: false,
        decision: false,
        queue: observable.ref,
        view: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.shown.status
  }
  get skeleton(): boolean {
    return this.shown.skeleton
  }
  get visit(): Visit | null {
    return this.shown.value?.visit ?? null
  }
  get problem(): ProblemView | null {
    return this.problemOf(this.shown.error)
  }
  /** why a decision was not taken */
  get refusal(): ProblemView | null {
    return this.problemOf(this.decision.error)
  }
  get view(): VisitView | null {
    if (!this.shown.value) return null
    const { visit, template } = this.shown.value
    const { language, say } = this.context.preferences
    return visitView({ visit, template, src: id => this.links.src(id), language, now: this.session.serverNow() }, say)
  }
  /** 收款方式、验证支付: what it was recorded as; '' for nothing */
  get evidence(): string {
    const { language, say } = this.context.preferences
    return this.visit ? evidenceKinds(this.visit, language, say) : ''
  }
  /** own, returned: its author goes on with it */
  get canContinue(): boolean {
    return this.visit !== null && this.visit.staff.id === this.session.staff?.id && this.visit.status === 'returned'
  }
  get canReview(): boolean {
    return this.visit?.can_review ?? false
  }

  /** At page show. What is there stays while it is read anew. */
  async open(visit_id: string): Promise<void> {
    if (this.visit_id !== visit_id) this.leave()
    this.visit_id = visit_id
    const answered = await this.shown.load(async scope => {
      const visit = await this.context.api.getVisit(visit_id, scope)
      return { visit, template: await this.templateOf(visit.template_version, scope) }
    })
    if (answered) void this.links.load((this.visit?.photos ?? []).map(({ id }) => id))
  }
  /** 通过, or 退回 with what has to be mended. */
  async review(result: 'accepted' | 'returned', comment = ''): Promise<void> {
    const { visit } = this
    if (!visit || this.deciding || !this.canReview) return
    // what is on screen is decided on, not a version that came since
    const { ended_at } = visit
    const request: ReviewRequest = comment.trim() === '' ? { result, ended_at } : { result, ended_at, comment: comment.trim() }
    this.deciding = result
    const reviewed = await this.decision.ask({ visit_id: visit.id, request })
    if (reviewed) {
      this.adopt(reviewed)
      await this.readQueue(visit)
    } else if (this.decision.error?.code === 'VISIT_REVIEWED') await this.overtakenBy(visit.id)
    runInAction(() => (this.deciding = null))
  }
  dismiss(): void {
    this.decision.dismiss()
  }
  /** At page unload. */
  leave(): void {
    this.visit_id = null
    this.overtaken = false
    this.queue = null
    this.shown.reset()
    this.decision.reset()
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.links.reset()
  }

  private problemOf(error: ApiError | null): ProblemView | null {
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  private async templateOf(version: number, scope: AbortScope): Promise<ChecklistTemplate> {
    const shown = this.shown.value?.template
    if (shown?.version === version) return shown
    const { current } = this.checklist
    return current?.version === version ? current : this.api.getChecklistVersion(version, scope)
  }
  private adopt(visit: Visit): void {
    if (this.shown.value && this.visit_id === visit.id) this.shown.change({ ...this.shown.value, visit })
  }
  /** Somebody else decided first: what they decided is drawn. */
  private async overtakenBy(visit_id: string): Promise<void> {
    this.decision.dismiss()
    await this.open(visit_id)
    runInAction(() => (this.overtaken = true))
    if (this.visit) await this.readQueue(this.visit)
  }
  private async readQueue(decided: Visit): Promise<void> {
    try {
      const page = await this.context.api.listVisits({ mine: 'false', status: 'submitted', limit: PAGE_MOST })
      if (this.visit_id === decided.id) runInAction(() => (this.queue = nextToReview(page, decided)))
    } catch {
      // the decision stands; the list says what waits when it is opened
      if (this.visit_id === decided.id) runInAction(() => (this.queue = UNREAD))
    }
  }
}
