// 撤回: one item of evidence counts no more, with a reason; it stays in the list (product.md M08, §9). Never while offline, never queued.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { Evidence, EvidenceResult } from '../../../../typings/api'
import { isReason, writtenReason } from '../../../shared/reason'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'

interface Decision {
  sub_mchid: string
  evidence_id: string
  reason: string
}

export class WithdrawalStore {
  private readonly decision: AskOnce<Decision, EvidenceResult>

  constructor(
    private readonly context: StoreContext,
    /** the item as it is after the withdrawal */
    private readonly withdrawn: (evidence: Evidence) => void,
  ) {
    this.decision = new AskOnce(context, ({ sub_mchid, evidence_id, reason }, key) =>
      context.api.withdrawEvidence(sub_mchid, evidence_id, { reason }, key),
    )
    makeAutoObservable<this, 'context' | 'withdrawn' | 'decision'>(
      this,
      { context: false, withdrawn: false, decision: false, problem: computed.struct },
      { autoBind: true },
    )
  }

  get sending(): boolean {
    return this.decision.asking
  }
  /** What stood in the way of the last one. */
  get problem(): ProblemView | null {
    const { error } = this.decision
    return error && problemView(error, this.context.preferences.say)
  }
  /** Why nothing can be withdrawn now; null when it can. */
  get locked(): string | null {
    return this.context.network.online ? null : this.context.preferences.say('switch.locked.offline')
  }

  /** Resolves to whether it is withdrawn now. */
  async withdraw(sub_mchid: string, evidence_id: string, reason: string): Promise<boolean> {
    if (this.locked !== null || !isReason(reason)) return false
    const result = await this.decision.ask({ sub_mchid, evidence_id, reason: writtenReason(reason) })
    if (result) this.withdrawn(result.evidence)
    return result !== null
  }
  /** 重试 of the one that got no answer. */
  async retry(): Promise<boolean> {
    const { unanswered } = this.decision
    return unanswered !== null && (await this.withdraw(unanswered.sub_mchid, unanswered.evidence_id, unanswered.reason))
  }
  dismiss(): void {
    this.decision.dismiss()
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.decision.reset()
  }
}
