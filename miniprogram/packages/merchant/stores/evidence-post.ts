// One item of evidence on its way to the server: made once, sent again only as it was (product.md M16, §7.1).
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { EvidenceRequest, EvidenceResult } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'
import '../words/words'

/** unsure: sent, no answer; it may be recorded, and sending the same again cannot record it twice · refused: nothing was recorded */
export type PostStatus = 'idle' | 'sending' | 'unsure' | 'refused' | 'done'
/** EvidenceRequest without the id, for each kind */
export type EvidenceBody = EvidenceRequest extends infer One ? (One extends EvidenceRequest ? Omit<One, 'id'> : never) : never

export class EvidencePost {
  result: EvidenceResult | null = null
  /** id of the item */
  readonly id: string
  private readonly record: AskOnce<EvidenceRequest, EvidenceResult>

  constructor(
    private readonly context: StoreContext,
    readonly sub_mchid: string,
  ) {
    this.id = uuid(context.random)
    this.record = new AskOnce(context, request => context.api.recordEvidence(sub_mchid, request))
    makeAutoObservable<this, 'context' | 'record'>(
      this,
      { context: false, sub_mchid: false, id: false, record: false, result: observable.ref, problem: computed.struct },
      { autoBind: true },
    )
  }

  get status(): PostStatus {
    const { asking, unanswered, error } = this.record
    if (asking) return 'sending'
    if (unanswered) return 'unsure'
    if (error) return 'refused'
    return this.result ? 'done' : 'idle'
  }
  /** Whether what is to be recorded may still be changed. */
  get open(): boolean {
    return this.status === 'idle' || this.status === 'refused'
  }
  /** Why it was refused, in plain words; null otherwise. */
  get problem(): ProblemView | null {
    const { error } = this.record
    if (this.status !== 'refused' || !error) return null
    const { say } = this.context.preferences
    const view = problemView(error, say)
    const ahead = error.errors.some(({ code }) => code === 'IN_THE_FUTURE')
    return ahead ? { ...view, title: say('evidence_post.clock'), sentence: say('evidence_post.clock_sentence') } : view
  }

  /** Sends `body`; after a lost answer the first body once more, whatever `body` says. Nothing happens while it is on its way or done. */
  async send(body: EvidenceBody): Promise<void> {
    if (this.status === 'sending' || this.status === 'done') return
    const result = await this.record.ask(this.record.unanswered ?? ({ ...body, id: this.id } as EvidenceRequest))
    if (result) runInAction(() => (this.result = result))
  }
  dismiss(): void {
    if (this.status === 'refused') this.record.dismiss()
  }
}
