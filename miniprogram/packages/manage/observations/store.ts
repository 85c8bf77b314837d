// 微信支付实况 (product.md B16): what WeChat Pay was seen to do about its open questions, and what operators say that its unknown texts mean.
import { computed, makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { GivenClass, Observations, SeenText } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource, type ResourceStatus } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { ObservationsApi } from './endpoints'
import { questionsOf, textsOf, type QuestionView, type TextView } from './view'

interface Question {
  id: string
  code: GivenClass | null
  /** of the class that the person saw */
  version: number
}

/** What a narrow window shows; a wide one shows both. */
export const PARTS = ['texts', 'questions'] as const
export type Part = (typeof PARTS)[number]

export class ObservationsStore {
  part: Part = 'texts'
  /** a colleague was faster: what is drawn is theirs */
  overtaken = false
  private readonly resource: Resource<Observations>
  private readonly write: AskOnce<Question, SeenText>

  constructor(
    private readonly context: StoreContext,
    private readonly api: ObservationsApi,
    private readonly session: SessionStore,
  ) {
    this.resource = new Resource(context, { forbidden: () => {} })
    this.write = new AskOnce(context, ({ id, code, version }, key) => api.setTextClass(id, code, { version, key }))
    makeAutoObservable<this, 'context' | 'api' | 'session' | 'resource' | 'write'>(
      this,
      {
        context: false,
        api: false,
        session: false,
        resource: false,
        write: false,
        questions: computed.struct,
        texts: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.resource.status
  }
  get skeleton(): boolean {
    return this.resource.skeleton
  }
  get problem(): ProblemView | null {
    return this.resource.problem
  }
  get questions(): QuestionView[] {
    return questionsOf(this.resource.value?.questions ?? [], this.session.serverNow(), this.context.preferences.say)
  }
  get texts(): TextView[] {
    return textsOf(this.resource.value?.texts ?? [], this.session.serverNow(), this.context.preferences.say)
  }
  /** whose text is on its way; '' for none */
  get sending(): string {
    return this.write.asking ? (this.write.unanswered?.id ?? '') : ''
  }
  get refusal(): ProblemView | null {
    const { error } = this.write
    return error && problemView(error, this.context.preferences.say, this.session.staff?.role)
  }

  choose(part: Part): void {
    this.part = part
  }
  /** Reads everything, in the language of the moment. */
  async refresh(): Promise<void> {
    await this.resource.load(scope => this.api.getObservations(scope))
  }
  /** @param code null: takes the class back */
  async setClass(id: string, code: GivenClass | null): Promise<void> {
    const text = this.resource.value?.texts.find(one => one.id === id)
    if (text && this.context.network.online) await this.ask({ id, code, version: text.version })
  }
  /** 重试 after an answer that was lost: the same again, with the same key. */
  async again(): Promise<void> {
    const { unanswered } = this.write
    if (unanswered) return this.ask(unanswered)
    this.write.dismiss()
    await this.refresh()
  }
  dismiss(): void {
    this.write.dismiss()
  }
  /** The page is left. */
  leave(): void {
    this.overtaken = false
    this.resource.stop()
    this.write.reset()
  }
  /** Another account. */
  reset(): void {
    this.leave()
    this.part = 'texts'
    this.resource.reset()
  }

  private async ask(question: Question): Promise<void> {
    this.overtaken = false
    const answer = await this.write.ask(question)
    if (answer) return this.adopt(answer)
    if (this.write.error?.code !== 'VERSION_MISMATCH') return
    this.write.dismiss()
    await this.refresh()
    runInAction(() => (this.overtaken = true))
  }
  private adopt(text: SeenText): void {
    const { value } = this.resource
    if (value) this.resource.change({ ...value, texts: value.texts.map(one => (one.id === text.id ? text : one)) })
  }
}
