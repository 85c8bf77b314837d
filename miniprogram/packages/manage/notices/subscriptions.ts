// Which messages of WeChat this person allows (product.md B05): each accept is one message. Asked in a tap, at a moment when the person waits for something.
import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { MessageSubscriptions, NoticeKind, SubscriptionAnswer } from '../../../../typings/api'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import type { NoticeApi } from './endpoints'
import type { Subscriber } from './subscriber'

type Kind = MessageSubscriptions['kinds'][number]
/** WeChat asks about so many at once */
const MOST = 3

export class SubscriptionsStore {
  /** those that the provider has a template for */
  kinds: Kind[] = []
  /** rises with each answer that the server took */
  private answered = 0
  private readonly answering: AskOnce<{ template_id: string; answer: SubscriptionAnswer }[], MessageSubscriptions>

  constructor(
    private readonly context: StoreContext,
    private readonly api: NoticeApi,
    private readonly subscriber: Subscriber,
  ) {
    this.answering = new AskOnce(context, (answers, key) => api.answerSubscriptions(answers, key))
    makeAutoObservable<this, 'context' | 'api' | 'subscriber' | 'answered' | 'answering'>(
      this,
      { context: false, api: false, subscriber: false, answered: false, answering: false },
      { autoBind: true },
    )
  }

  /** messages that may still come, of all kinds */
  get allowed(): number {
    return this.kinds.reduce((sum, { allowed }) => sum + allowed, 0)
  }
  /** Whether it is worth asking by itself: never asked, or allowed before and used up. A no is not asked again but on the page of notices. */
  isUseful(kind: NoticeKind): boolean {
    return this.kinds.some(one => one.kind === kind && one.allowed === 0 && (one.answer === null || one.answer === 'accept'))
  }
  /** Never rejects: without it nobody is asked, and notices stand in the app. */
  async load(): Promise<void> {
    const { answered } = this
    const read = await this.api.getSubscriptions().catch(() => null)
    // answered meanwhile: what was read may be of before
    if (read && this.answered === answered) this.adopt(read)
  }
  /** In a tap. */
  async askIfUseful(kind: NoticeKind): Promise<void> {
    if (this.isUseful(kind)) await this.ask([kind])
  }
  /** In a tap: all that there are. */
  async askAll(): Promise<void> {
    await this.ask(this.kinds.map(({ kind }) => kind))
  }
  reset(): void {
    this.kinds = []
    this.answering.reset()
  }

  private async ask(kinds: readonly NoticeKind[]): Promise<void> {
    const ids = this.kinds.filter(({ kind }) => kinds.includes(kind)).map(({ template_id }) => template_id)
    if (ids.length === 0 || !this.context.network.online) return
    const answers = await this.subscriber.ask(ids.slice(0, MOST))
    if (answers === null || answers.length === 0) return
    const after = await this.answering.ask(answers)
    if (!after) return
    this.answered += 1
    this.adopt(after)
  }
  private adopt({ kinds }: MessageSubscriptions): void {
    runInAction(() => (this.kinds = kinds))
  }
}
