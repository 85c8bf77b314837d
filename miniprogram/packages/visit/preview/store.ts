// The checklist as an agent will see it: the draft of the next version, or a version that was published. Answers can be tried; nothing of them is kept.
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { ChecklistContent } from '../../../../typings/api'
import type { Answer } from '../../../shared/checklist'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { VisitApi } from '../endpoints'
import { formView, type FormView } from '../edit/view'

export class ChecklistPreviewStore {
  answers: Record<string, Answer> = {}
  private readonly reading: Resource<ChecklistContent>

  constructor(
    private readonly context: StoreContext,
    private readonly api: VisitApi,
    private readonly session: SessionStore,
  ) {
    this.reading = new Resource(context, { forbidden: () => {} })
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'reading'>(
      this,
      { context: false, api: false, session: false, reading: false, answers: observable.ref, form: computed.struct },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.reading.status
  }
  get skeleton(): boolean {
    return this.reading.skeleton
  }
  get problem(): ProblemView | null {
    const { error } = this.reading
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }
  get form(): FormView | null {
    const content = this.reading.value
    if (!content) return null
    const { language, say } = this.context.preferences
    const facts = {
      template: content,
      answers: this.answers,
      origins: {},
      fixed: new Set<string>(),
      photos: new Map(),
      refused: {},
      language,
    }
    return formView(facts, say)
  }

  /** @param of `draft`, or the number of a version */
  async open(of: string): Promise<void> {
    await this.reading.load(scope => (of === 'draft' ? this.api.getDraftContent(scope) : this.api.getChecklistVersion(Number(of), scope)))
  }
  /** undefined takes the answer away */
  answer(id: string, value: Answer | undefined): void {
    const { [id]: _, ...others } = this.answers
    this.answers = value === undefined ? others : { ...others, [id]: value }
  }
  leave(): void {
    this.reading.reset()
    this.answers = {}
  }
}
