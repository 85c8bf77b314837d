// 排查: the answers of one shop, the next question or the cause, and what of it is recorded (product.md §5.3; rules.ts).
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { SubMerchant } from '../../../../typings/api'
import { firstCharacters } from '../../../shared/characters'
import type { ProblemView } from '../../../rules/error-copy'
import { mayNotConclude, notJsapi } from './flow-conclusion'
import { observedBefore, type Observed } from './observed'
import { settlesAt, type TestPaymentDetail } from '../test-payment/rules'
import { answeredQuestions, factsOf, nextStep, observedPage, type Answers, type Cause, type KnownFacts, type QuestionId } from './rules'
import { absoluteTime } from '../../../rules/relative-time'
import type { StoreContext } from '../../../stores/context'
import { EvidencePost, type EvidenceBody, type PostStatus } from '../stores/evidence-post'
import type { MerchantStore } from '../stores/merchant'
import type { SessionStore } from '../../../stores/session'
import { answerLines, causeView, knownFacts, messageText, questionView, type CauseView, type QuestionView } from './view'
import './words'
import '../words/words'

const OBSERVED: QuestionId[] = ['entry', 'web_page', 'payee', 'page']

interface Inquiry {
  sub_mchid: string
  answers: Answers
  /** when the page was seen (server time, ms) */
  seen_at: number | null
  /** what a test payment has recorded already */
  recorded: Answers | null
  /** what the newest test payment answered: taken until the person says otherwise */
  taken: 'evidence' | 'nothing'
  post: EvidencePost
}

export class TroubleshootingStore {
  private inquiry: Inquiry | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'inquiry'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        inquiry: observable.ref,
        question: computed.struct,
        cause: computed.struct,
        known: computed.struct,
        observed: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  get sub_mchid(): string | null {
    return this.inquiry?.sub_mchid ?? null
  }
  get answers(): Answers {
    return { ...this.observed?.answers, ...this.inquiry?.answers }
  }
  /** What a test payment answered, and when it was made; null: the person answers all. */
  get observed(): Observed | null {
    return this.inquiry?.taken === 'evidence' && this.shop ? observedBefore(this.shop) : null
  }
  /** "按 11月20日 14:12 的验证支付，4 个问题不用再答" */
  get from(): { fact: string; text: string } | null {
    const { observed } = this
    if (!observed) return null
    const known = Object.entries(observed.answers) as [QuestionId, string][]
    return {
      fact: this.say('troubleshoot.from_test', { time: absoluteTime(Date.parse(observed.at), this.minute, this.say), count: known.length }),
      text: answerLines(known, this.say).join(this.say('troubleshoot.separator')),
    }
  }
  /** "点金计划已开 · 11月20日 10:12" */
  get known(): string[] {
    return this.shop ? knownFacts(this.shop, this.minute, this.say) : []
  }
  /** The question on screen; null once the cause is found. */
  get question(): QuestionView | null {
    const { shop, facts } = this
    if (!shop || !facts) return null
    const step = nextStep(facts, this.answers)
    return 'ask' in step ? questionView(step.ask, step.options, this.asked.length, shop, this.say) : null
  }
  get cause(): CauseView | null {
    const { shop, found, inquiry } = this
    if (!shop || !found || !inquiry) return null
    return causeView(
      {
        cause: found,
        shop,
        wait: Math.max(0, (settlesAt(shop, this.merchant.now) ?? 0) - this.merchant.now),
        conclude: found.remedy === 'flow_conclusion' ? (mayNotConclude(shop, this.answers) ?? 'yes') : null,
        recordable: this.testPayment !== null && inquiry.post.status !== 'done',
        recorded: this.recorded !== null || inquiry.post.result?.evidence.kind === 'test_payment',
        concluded: inquiry.post.result?.evidence.kind === 'flow_conclusion',
      },
      this.say,
    )
  }
  get status(): PostStatus {
    return this.inquiry?.post.status ?? 'idle'
  }
  get problem(): ProblemView | null {
    return this.inquiry?.post.problem ?? null
  }
  /** Why nothing can be recorded now; null when it can. */
  get locked(): string | null {
    if (!this.context.network.online) return this.say('switch.locked.offline')
    if (this.shop && !this.shop.allowed_actions.includes('evidence.write')) return this.say('test_payment.forbidden')
    return null
  }
  /** For 运营 or 服务商技术: 商户号, time, what was seen. No person is named. */
  get message(): string {
    const { shop, found } = this
    if (!shop || !found) return ''
    return messageText({ cause: found, shop, answers: this.answers, asked: this.asked, at: this.seenAt ?? this.merchant.now }, this.say)
  }

  /** At page load. Answers of this shop go on while the page is in the stack. */
  open(sub_mchid: string): void {
    if (this.inquiry?.sub_mchid !== sub_mchid) this.inquiry = this.fresh(sub_mchid)
  }
  /** From the result of a test payment: what it recorded is not asked again and not recorded twice. */
  begin(sub_mchid: string, observed: Answers): void {
    this.inquiry = { ...this.fresh(sub_mchid), answers: observed, taken: 'nothing', recorded: observed, seen_at: this.session.serverNow() }
  }
  answer(question: QuestionId, value: string): void {
    const { inquiry } = this
    if (!inquiry || !inquiry.post.open) return
    const answers = { ...this.answers, [question]: value }
    const observed = OBSERVED.includes(question)
    this.inquiry = {
      ...inquiry,
      answers,
      taken: 'nothing',
      seen_at: question === 'page' ? this.session.serverNow() : this.seenAt,
      // another observation is another item of evidence
      recorded: observed && this.recorded?.[question] !== value ? null : this.recorded,
    }
  }
  /** The last answer is taken back. */
  back(): void {
    const { inquiry } = this
    const last = this.asked[this.asked.length - 1]
    if (!inquiry || !last || !inquiry.post.open) return
    const answers = { ...this.answers }
    delete answers[last]
    this.inquiry = { ...inquiry, answers, taken: 'nothing', seen_at: this.seenAt, recorded: this.recorded }
  }
  restart(): void {
    if (this.inquiry && this.status !== 'sending') this.inquiry = { ...this.fresh(this.inquiry.sub_mchid), taken: 'nothing' }
  }
  /** 记录: what was seen becomes a test payment, with the cause as its note. */
  async record(): Promise<void> {
    const detail = this.testPayment
    if (detail) await this.send({ kind: 'test_payment', occurred_at: this.at, detail })
  }
  /** 全部入口都核对过: no JSAPI payments here. */
  async conclude(): Promise<void> {
    const { shop, found, answers } = this
    const entry = answers.entry
    if (!shop || found?.remedy !== 'flow_conclusion' || !entry || mayNotConclude(shop, answers) !== null) return
    const detail = notJsapi(shop, entry as TestPaymentDetail['entry'])
    await this.send({ kind: 'flow_conclusion', occurred_at: this.at, detail })
  }
  dismiss(): void {
    this.inquiry?.post.dismiss()
  }
  leave(): void {
    this.inquiry = null
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  private async send(body: EvidenceBody): Promise<void> {
    const { inquiry } = this
    if (!inquiry || this.locked !== null) return
    await inquiry.post.send(body)
    if (inquiry.post.status === 'done' && this.merchant.sub_mchid === inquiry.sub_mchid) void this.merchant.refresh()
  }
  private get testPayment(): TestPaymentDetail | null {
    const { inquiry, found } = this
    const page = observedPage(this.answers)
    const { entry, web_page, payee } = this.answers
    if (!inquiry || this.recorded || !found || !page || !entry || !web_page || !payee) return null
    return {
      entry: entry as TestPaymentDetail['entry'],
      web_page_opened: web_page === 'unsure' ? null : web_page === 'yes',
      payee_matches: payee as TestPaymentDetail['payee_matches'],
      after_page: page,
      note: firstCharacters(this.say('troubleshoot.note', { cause: this.say(`troubleshoot.cause_${found.id}`) }), 200),
    }
  }
  private get found(): Cause | null {
    if (!this.facts) return null
    const step = nextStep(this.facts, this.answers)
    return 'cause' in step ? step.cause : null
  }
  private get asked(): QuestionId[] {
    return this.facts ? answeredQuestions(this.facts, this.answers) : []
  }
  /** A page seen within 5 minutes of a change stays such a page, however long the person looks at the answer. */
  private get facts(): KnownFacts | null {
    return this.shop && factsOf(this.shop, this.seenAt ?? this.minute)
  }
  private get shop(): SubMerchant | null {
    return this.merchant.merchant?.sub_mchid === this.sub_mchid ? this.merchant.merchant : null
  }
  private get at(): string {
    return new Date(this.seenAt ?? this.session.serverNow()).toISOString()
  }
  private get seenAt(): number | null {
    return this.observed?.answers.page === undefined ? (this.inquiry?.seen_at ?? null) : Date.parse(this.observed.at)
  }
  /** what a test payment has recorded already of the answers */
  private get recorded(): Answers | null {
    return this.observed?.answers.page === undefined ? (this.inquiry?.recorded ?? null) : this.observed.answers
  }
  private get minute(): number {
    return Math.floor(this.merchant.now / 60_000) * 60_000
  }
  private get say() {
    return this.context.preferences.say
  }
  private fresh(sub_mchid: string): Inquiry {
    return { sub_mchid, answers: {}, seen_at: null, recorded: null, taken: 'evidence', post: new EvidencePost(this.context, sub_mchid) }
  }
}
