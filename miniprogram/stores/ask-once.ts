// A write whose answer may be lost: the same again goes with the same Idempotency-Key, so that the server does it once, whatever the network did.
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { asApiError, type ApiError } from '../api/errors'
import { uuid } from '../rules/uuid'
import type { StoreContext } from './context'
import { startLoadingTimers } from './loading-timers'

export class AskOnce<Question, Answer> {
  asking = false
  /** asking for more than 3 s */
  slow = false
  /** Why the last one was refused, or what became of its answer. */
  error: ApiError | null = null
  /** asked and not answered: whether it was done is not known, and the same may be sent again */
  unanswered: Question | null = null
  private key = ''
  /** who still waits for an answer; another one when the store was left meanwhile */
  private waiting: object | null = null

  constructor(
    private readonly context: Pick<StoreContext, 'timers' | 'random'>,
    private readonly send: (question: Question, key: string) => Promise<Answer>,
  ) {
    makeAutoObservable<this, 'context' | 'send' | 'key' | 'waiting'>(
      this,
      { context: false, send: false, key: false, waiting: false, error: observable.ref, unanswered: observable.ref },
      { autoBind: true },
    )
  }

  /** Never rejects. Resolves to the answer; null: it was refused or lost (`error`), one is on its way, or nobody waits for it any more. */
  ask(question: Question): Promise<Answer | null> {
    if (this.asking) return Promise.resolve(null)
    if (JSON.stringify(this.unanswered) !== JSON.stringify(question)) this.key = uuid(this.context.random)
    const waiting = (this.waiting = {})
    this.unanswered = question
    this.asking = true
    this.slow = false
    this.error = null
    const stopTimers = startLoadingTimers(this.context.timers, { skeleton: () => {}, slow: () => this.becomeSlow(waiting) })
    const over = (answer: Answer | null, error: ApiError | null): Answer | null => {
      stopTimers()
      if (this.waiting !== waiting) return null
      runInAction(() => {
        this.asking = false
        this.error = error
        // a refusal leaves nothing behind; only a lost answer is asked for with the same key
        if (!error?.outcomeUnknown) this.unanswered = null
      })
      return answer
    }
    return this.send(question, this.key).then(
      answer => over(answer, null),
      (thrown: unknown) => over(null, asApiError(thrown)),
    )
  }
  dismiss(): void {
    this.error = null
  }
  /** Another page or another account: nobody waits for an answer any more. */
  reset(): void {
    this.waiting = null
    this.asking = false
    this.slow = false
    this.error = null
    this.unanswered = null
  }

  private becomeSlow(waiting: object): void {
    if (this.waiting === waiting) this.slow = this.asking
  }
}
