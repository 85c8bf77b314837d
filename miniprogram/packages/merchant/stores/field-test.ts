// 验证支付: the attempt of one shop, kept while the app lives, sent once (product.md M16). The shop itself is the merchant store's.
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { ProblemView } from '../../../domain/error-copy'
import {
  fieldTestSteps,
  firstOpenStep,
  meaningOf,
  testPaymentOf,
  type FieldTestAnswers,
  type FieldTestStep,
} from '../../../domain/field-test'
import type { Answers } from '../../../domain/troubleshooting'
import type { StoreContext } from '../../../stores/context'
import { EvidencePost, type PostStatus } from './evidence-post'
import { resultView, settlingText, stepView, type FieldTestResultView, type FieldTestStepView } from './field-test-view'
import type { MerchantStore } from './merchant'
import type { SessionStore } from '../../../stores/session'

/** one payment at one entry */
interface Attempt {
  sub_mchid: string
  step: FieldTestStep
  answers: FieldTestAnswers
  /** when it was paid, or seen that there is nothing to pay (server time, ms) */
  observed_at: number | null
  post: EvidencePost
}

export class FieldTestStore {
  /** whether answers of before are gone on with */
  resumed = false
  private attempt: Attempt | null = null
  /** unsent ones by sub_mchid */
  private readonly kept = new Map<string, Attempt>()

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'kept' | 'attempt'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        kept: false,
        attempt: observable.ref,
        step: computed.struct,
        result: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  get sub_mchid(): string | null {
    return this.attempt?.sub_mchid ?? null
  }
  get answers(): FieldTestAnswers {
    return this.attempt?.answers ?? {}
  }
  /** The question on screen; null without a shop and once the result is there. */
  get step(): FieldTestStepView | null {
    const { attempt } = this
    if (!attempt || this.status === 'done' || this.shop === null) return null
    return stepView(attempt.step, attempt.answers, this.shop, this.context.preferences.say)
  }
  get status(): PostStatus {
    return this.attempt?.post.status ?? 'idle'
  }
  get problem(): ProblemView | null {
    return this.attempt?.post.problem ?? null
  }
  /** this role records no evidence: nothing is asked */
  get forbidden(): boolean {
    return this.shop !== null && !this.shop.allowed_actions.includes('evidence.write')
  }
  /** Why it cannot be sent now; null when it can. */
  get locked(): string | null {
    const { say } = this.context.preferences
    if (!this.context.network.online) return say('switch.locked.offline')
    if (this.forbidden) return say('field_test.forbidden')
    return null
  }
  /** "刚改过设置，4分钟后才完全生效" while a change is young; null otherwise */
  get settling(): string | null {
    return this.shop && this.status !== 'done' ? settlingText(this.shop, this.merchant.now, this.context.preferences.say) : null
  }
  get result(): FieldTestResultView | null {
    const { attempt, shop } = this
    const answer = attempt?.post.result
    if (!attempt || !shop || !answer || answer.evidence.kind !== 'test_payment') return null
    const meaning = meaningOf(answer.evidence.detail, shop, Date.parse(answer.evidence.occurred_at))
    return resultView({ meaning, migration: answer.migration, shop, now: this.merchant.now }, this.context.preferences.say)
  }

  /** At page load: goes on with this shop's unsent answers, or begins. */
  open(sub_mchid: string): void {
    if (this.attempt?.sub_mchid === sub_mchid && this.status !== 'done') return
    const kept = this.kept.get(sub_mchid)
    this.resumed = kept !== undefined && kept.answers.entry !== undefined
    this.take(kept ?? this.fresh(sub_mchid))
  }
  /** From 排查: another payment at the same entry. What is to be seen anew is not taken over. */
  prefill(sub_mchid: string, { entry, web_page }: Answers): void {
    const answers = { ...(entry && { entry }), ...(web_page === 'yes' && { web_page }) } as FieldTestAnswers
    this.resumed = false
    this.take({ ...this.fresh(sub_mchid), answers, step: firstOpenStep(answers) })
  }
  /** One tap: the answer, and on to the next question. 小票 and 退款 stay where they are. */
  answer(step: FieldTestStep | 'ready' | 'refunded', value: string): void {
    const { attempt } = this
    if (!attempt || !attempt.post.open) return
    const answers = { ...attempt.answers, [step]: value } as FieldTestAnswers
    if (step === 'ready' || step === 'refunded') return this.take({ ...attempt, answers })
    const observed = step === 'pay' || (step === 'web_page' && value === 'no')
    const steps = fieldTestSteps(answers)
    this.take({
      ...attempt,
      answers,
      observed_at: observed ? this.session.serverNow() : attempt.observed_at,
      step: steps[steps.indexOf(step) + 1] ?? 'details',
    })
  }
  /** To the next question, where this one is answered. */
  next(): void {
    const { attempt } = this
    if (!attempt || attempt.step === 'details' || attempt.answers[attempt.step] === undefined) return
    const steps = fieldTestSteps(attempt.answers)
    this.take({ ...attempt, step: steps[steps.indexOf(attempt.step) + 1] ?? 'details' })
  }
  /** From the summary to one of the questions; answers stay. */
  goTo(step: FieldTestStep): void {
    const { attempt } = this
    if (attempt?.post.open && fieldTestSteps(attempt.answers).includes(step)) this.take({ ...attempt, step })
  }
  /** To the question before; answers stay. */
  back(): void {
    const { attempt } = this
    if (!attempt || !attempt.post.open) return
    const steps = fieldTestSteps(attempt.answers)
    const before = steps[steps.indexOf(attempt.step) - 1]
    if (before) this.take({ ...attempt, step: before })
  }
  /** 重新开始, and 再付一笔 after a result. */
  restart(): void {
    if (!this.attempt || this.status === 'sending' || this.status === 'unsure') return
    this.resumed = false
    this.take(this.fresh(this.attempt.sub_mchid))
  }
  /** 提交, and once more with the same id after a lost answer. */
  async submit(): Promise<void> {
    const { attempt } = this
    const detail = attempt && testPaymentOf(attempt.answers)
    if (!attempt || !detail || this.locked !== null) return
    const occurred_at = new Date(attempt.observed_at ?? this.session.serverNow()).toISOString()
    await attempt.post.send({ kind: 'test_payment', occurred_at, detail })
    if (attempt.post.status !== 'done') return
    this.kept.delete(attempt.sub_mchid)
    if (this.merchant.sub_mchid === attempt.sub_mchid) void this.merchant.refresh()
  }
  dismiss(): void {
    this.attempt?.post.dismiss()
  }
  /** Answers for 排查, from the test that was just recorded. */
  get observed(): Answers {
    const { entry, web_page, payee, page } = this.answers
    return { ...(entry && { entry }), ...(web_page && { web_page }), ...(payee && { payee }), ...(page && { page }) }
  }
  /** At page unload: unsent answers stay. */
  leave(): void {
    this.attempt = null
    this.resumed = false
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
    this.kept.clear()
  }

  private get shop() {
    return this.merchant.merchant?.sub_mchid === this.sub_mchid ? this.merchant.merchant : null
  }
  private fresh(sub_mchid: string): Attempt {
    return { sub_mchid, step: 'entry', answers: {}, observed_at: null, post: new EvidencePost(this.context, sub_mchid) }
  }
  private take(attempt: Attempt): void {
    this.attempt = attempt
    this.kept.set(attempt.sub_mchid, attempt)
  }
}
