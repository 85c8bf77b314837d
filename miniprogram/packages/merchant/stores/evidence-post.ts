// One item of evidence on its way to the server: made once, sent again only as it was (product.md M16, §7.1).
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { EvidenceRequest, EvidenceResult } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'
import '../words/zh-CN'

/** unsure: sent, no answer; it may be recorded, and sending the same again cannot record it twice · refused: nothing was recorded */
export type PostStatus = 'idle' | 'sending' | 'unsure' | 'refused' | 'done'
/** EvidenceRequest without the id, for each kind */
export type EvidenceBody = EvidenceRequest extends infer One ? (One extends EvidenceRequest ? Omit<One, 'id'> : never) : never

export class EvidencePost {
  status: PostStatus = 'idle'
  result: EvidenceResult | null = null
  private error: ApiError | null = null
  private request: EvidenceRequest | null = null
  /** id of the item and Idempotency-Key */
  readonly id: string

  constructor(
    private readonly context: StoreContext,
    readonly sub_mchid: string,
  ) {
    this.id = uuid(context.random)
    makeAutoObservable<this, 'context' | 'request' | 'error'>(
      this,
      {
        context: false,
        sub_mchid: false,
        id: false,
        request: false,
        error: observable.ref,
        result: observable.ref,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** Whether what is to be recorded may still be changed. */
  get open(): boolean {
    return this.status === 'idle' || this.status === 'refused'
  }
  /** Why it was refused, in plain words; null otherwise. */
  get problem(): ProblemView | null {
    if (this.status !== 'refused' || !this.error) return null
    const { say } = this.context.preferences
    const view = problemView(this.error, say)
    const ahead = this.error.errors.some(({ code }) => code === 'IN_THE_FUTURE')
    return ahead ? { ...view, title: say('evidence_post.clock'), sentence: say('evidence_post.clock_sentence') } : view
  }

  /** Sends `body`; after a lost answer the first body once more, whatever `body` says. Nothing happens while it is on its way or done. */
  async send(body: EvidenceBody): Promise<void> {
    if (this.status === 'sending' || this.status === 'done') return
    const request = this.status === 'unsure' && this.request ? this.request : ({ ...body, id: this.id } as EvidenceRequest)
    this.request = request
    this.status = 'sending'
    this.error = null
    try {
      const result = await this.context.api.recordEvidence(this.sub_mchid, request)
      runInAction(() => {
        this.result = result
        this.status = 'done'
      })
    } catch (thrown) {
      const error = asApiError(thrown)
      runInAction(() => {
        this.error = error
        this.status = error.outcomeUnknown ? 'unsure' : 'refused'
      })
    }
  }
  dismiss(): void {
    if (this.status === 'refused') this.status = 'idle'
  }
}
