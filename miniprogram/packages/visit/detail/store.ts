// 拜访记录: a visit that arrived, as it was answered, and what the lead says to it (product.md M17, B09).
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChecklistTemplate, ReviewRequest, Visit } from '../../../../typings/api'
import { AbortScope } from '../../../api/abort-scope'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { uuid } from '../../../rules/uuid'
import type { ChecklistStore } from '../../../stores/checklist'
import type { StoreContext } from '../../../stores/context'
import { PAGE_MOST, UNREAD, nextToReview, type ReviewQueue } from './review-queue'
import { wait } from '../../../stores/patience'
import type { SessionStore } from '../../../stores/session'
import type { PhotoLinks } from '../stores/photo-links'
import { evidenceKinds, visitView, type VisitView } from './view'

export type DetailStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'error' | 'offline' | 'forbidden'

export class VisitDetailStore {
  status: DetailStatus = 'idle'
  skeleton = false
  visit_id: string | null = null
  visit: Visit | null = null
  template: ChecklistTemplate | null = null
  /** a decision is on its way */
  deciding: 'accepted' | 'returned' | null = null
  /** somebody else decided first: what is drawn is theirs */
  overtaken = false
  /** once this one is decided: what waits after it; null before that */
  queue: ReviewQueue | null = null
  private error: ApiError | null = null
  private refused: ApiError | null = null
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null
  /** the decision whose answer was lost goes again with the same key */
  private decision: { request: ReviewRequest; key: string } | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly checklist: ChecklistStore,
    private readonly links: PhotoLinks,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'checklist' | 'links' | 'scope' | 'giveUpWaiting' | 'decision' | 'error' | 'refused'>(
      this,
      {
        context: false,
        session: false,
        checklist: false,
        links: false,
        scope: false,
        giveUpWaiting: false,
        decision: false,
        visit: observable.ref,
        template: observable.ref,
        error: observable.ref,
        refused: observable.ref,
        queue: observable.ref,
        view: computed.struct,
      },
      { autoBind: true },
    )
  }

  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say, this.session.staff?.role)
  }
  /** why a decision was not taken */
  get refusal(): ProblemView | null {
    return this.refused && problemView(this.refused, this.context.preferences.say, this.session.staff?.role)
  }
  get view(): VisitView | null {
    const { visit, template } = this
    if (!visit || !template) return null
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
    if (this.visit_id !== visit_id) this.forget()
    this.stop()
    const scope = (this.scope = new AbortScope())
    this.visit_id = visit_id
    this.error = null
    if (!this.visit) {
      this.status = 'loading'
      this.giveUpWaiting = wait(this.context.timers, {
        skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
        slow: () => runInAction(() => (this.status = this.status === 'loading' ? 'slow' : this.status)),
      })
    }
    try {
      const visit = await this.context.api.getVisit(visit_id, scope)
      const template = await this.templateOf(visit.template_version, scope)
      if (this.scope === scope) this.show(visit, template)
    } catch (thrown) {
      if (this.scope === scope) this.failed(asApiError(thrown))
    }
  }
  /** 通过, or 退回 with what has to be mended. */
  async review(result: 'accepted' | 'returned', comment = ''): Promise<void> {
    const { visit } = this
    if (!visit || this.deciding || !this.canReview) return
    // what is on screen is decided on, not a version that came since
    const { ended_at } = visit
    const request: ReviewRequest = comment.trim() === '' ? { result, ended_at } : { result, ended_at, comment: comment.trim() }
    if (JSON.stringify(this.decision?.request) !== JSON.stringify(request)) this.decision = { request, key: uuid(this.context.random) }
    const { key } = this.decision!
    this.deciding = result
    this.refused = null
    try {
      const reviewed = await this.context.api.reviewVisit(visit.id, request, key)
      this.decision = null
      if (this.visit_id === visit.id) runInAction(() => (this.visit = reviewed))
      await this.readQueue(visit)
    } catch (thrown) {
      await this.notDecided(asApiError(thrown), visit.id)
    } finally {
      runInAction(() => (this.deciding = null))
    }
  }
  dismiss(): void {
    this.refused = null
  }
  /** At page unload. */
  leave(): void {
    this.stop()
    this.forget()
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.links.reset()
  }

  private async templateOf(version: number, scope: AbortScope): Promise<ChecklistTemplate> {
    if (this.template?.version === version) return this.template
    const { current } = this.checklist
    return current?.version === version ? current : this.context.api.getChecklistVersion(version, scope)
  }
  private async notDecided(error: ApiError, visit_id: string): Promise<void> {
    if (error.code === 'VISIT_REVIEWED') {
      this.decision = null
      await this.open(visit_id)
      runInAction(() => (this.overtaken = true))
      if (this.visit) await this.readQueue(this.visit)
      return
    }
    runInAction(() => (this.refused = error))
  }
  private async readQueue(decided: Visit): Promise<void> {
    const scope = this.scope
    try {
      const page = await this.context.api.listVisits({ mine: 'false', status: 'submitted', limit: PAGE_MOST }, scope ?? undefined)
      if (this.visit_id === decided.id) runInAction(() => (this.queue = nextToReview(page, decided)))
    } catch {
      // the decision stands; the list says what waits when it is opened
      if (this.visit_id === decided.id) runInAction(() => (this.queue = UNREAD))
    }
  }
  private show(visit: Visit, template: ChecklistTemplate): void {
    this.doneWaiting()
    runInAction(() => {
      this.visit = visit
      this.template = template
      this.status = 'ready'
    })
    void this.links.load(visit.photos.map(({ id }) => id))
  }
  private failed(error: ApiError): void {
    this.doneWaiting()
    runInAction(() => {
      this.error = error
      if (this.visit) return
      if (error.code === 'NOT_FOUND') this.status = 'forbidden'
      else this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
    })
  }
  private forget(): void {
    this.visit_id = null
    this.visit = null
    this.template = null
    this.overtaken = false
    this.queue = null
    this.error = null
    this.refused = null
    this.decision = null
    this.status = 'idle'
  }
  private stop(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
  }
  private doneWaiting(): void {
    this.giveUpWaiting?.()
    this.giveUpWaiting = null
    runInAction(() => (this.skeleton = false))
  }
}
