// 撤回: one item of evidence counts no more, with a reason; it stays in the list (product.md M08, §9). Never while offline, never queued.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Evidence } from '../../../../typings/api'
import { asApiError, type ApiError } from '../../../api/errors'
import { isReason, writtenReason } from '../../../shared/reason'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'

export class WithdrawalStore {
  sending = false
  private error: ApiError | null = null
  /** the decision on its way or without an answer: sent again with the same key and reason */
  private decision: { evidence_id: string; reason: string; key: string } | null = null

  constructor(
    private readonly context: StoreContext,
    /** the item as it is after the withdrawal */
    private readonly withdrawn: (evidence: Evidence) => void,
  ) {
    makeAutoObservable<this, 'context' | 'withdrawn' | 'decision' | 'error'>(
      this,
      { context: false, withdrawn: false, decision: false, error: observable.ref, problem: computed.struct },
      { autoBind: true },
    )
  }

  /** What stood in the way of the last one. */
  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }
  /** Why nothing can be withdrawn now; null when it can. */
  get locked(): string | null {
    return this.context.network.online ? null : this.context.preferences.say('switch.locked.offline')
  }

  /** Resolves to whether it is withdrawn now. */
  async withdraw(sub_mchid: string, evidence_id: string, reason: string): Promise<boolean> {
    if (this.sending || this.locked !== null || !isReason(reason)) return false
    const same = this.decision?.evidence_id === evidence_id && this.decision.reason === writtenReason(reason)
    const decision = same && this.decision ? this.decision : { evidence_id, reason: writtenReason(reason), key: uuid(this.context.random) }
    this.decision = decision
    this.sending = true
    this.error = null
    try {
      const { evidence } = await this.context.api.withdrawEvidence(sub_mchid, evidence_id, { reason: decision.reason }, decision.key)
      this.decision = null
      this.withdrawn(evidence)
      return true
    } catch (thrown) {
      const error = asApiError(thrown)
      if (!error.outcomeUnknown) this.decision = null
      runInAction(() => (this.error = error))
      return false
    } finally {
      runInAction(() => (this.sending = false))
    }
  }
  /** 重试 of the one that got no answer. */
  async retry(sub_mchid: string): Promise<boolean> {
    return this.decision !== null && (await this.withdraw(sub_mchid, this.decision.evidence_id, this.decision.reason))
  }
  dismiss(): void {
    this.error = null
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.error = null
    this.decision = null
  }
}
