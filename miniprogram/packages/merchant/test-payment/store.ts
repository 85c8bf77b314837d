// 验证支付: the attempt of one shop (product.md M16). What is answered lies on the phone before it is drawn; 提交 gives it to the outbox, which sends it at
// once where there is a network. Only the server says what it proves. The shop itself is the merchant store's.
import { MOST_PHOTOS } from '../../../shared/photos'
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { EvidenceResult } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import type { LocalPhoto, Parcel } from '../../../rules/field-work'
import {
  testPaymentSteps,
  firstOpenStep,
  hasPaid,
  meaningOf,
  needsPhoto,
  testPaymentOf,
  type TestPaymentAnswers,
  type TestPaymentStep,
} from './rules'
import { isMoving, isStuck } from '../../../rules/outbox'
import type { Answers } from '../troubleshoot/rules'
import { uuid } from '../../../rules/uuid'
import type { StoreContext } from '../../../stores/context'
import { photoTroubleOf, type Outbox, type PhotoTrouble, type Photos } from '../../../stores/field-work'
import type { SessionStore } from '../../../stores/session'
import { answered, attemptOf, isRefusedTime, toBefore, toNext, type Attempt } from './attempt'
import { KeptAttempts } from './kept-attempts'
import { resultView, settlingText, stepView, type TestPaymentResultView, type TestPaymentStepView } from './view'
import type { MerchantStore } from '../stores/merchant'
import './words'
import '../words/words'

/**
 * idle: answers may be given · sending · queued: it lies in the outbox and waits for its turn or a network · refused: nothing was recorded · done: the
 * server has it
 */
export type TestPaymentStatus = 'idle' | 'sending' | 'queued' | 'refused' | 'done'

export interface TestPaymentStores {
  session: SessionStore
  merchant: MerchantStore
  outbox: Outbox
  photos: Photos
}

export class TestPaymentStore {
  /** whether answers of before are gone on with */
  resumed = false
  /** the last change found no room on the phone: it was not taken */
  not_kept = false
  /** why no photo was taken; null: it was, or nobody wanted one */
  photo_trouble: PhotoTrouble | null = null
  private attempt: Attempt | null = null
  private submitted = false
  private answered: EvidenceResult | null = null
  private readonly kept: KeptAttempts

  constructor(
    private readonly context: StoreContext,
    private readonly stores: TestPaymentStores,
  ) {
    this.kept = new KeptAttempts(context.phone, stores.session, stores.outbox)
    makeAutoObservable<this, 'context' | 'stores' | 'kept' | 'attempt' | 'answered'>(
      this,
      {
        context: false,
        stores: false,
        kept: false,
        attempt: observable.ref,
        answered: observable.ref,
        step: computed.struct,
        result: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
    stores.outbox.onTaken(this.taken)
  }

  get sub_mchid(): string | null {
    return this.attempt?.shop.sub_mchid ?? null
  }
  get answers(): TestPaymentAnswers {
    return this.attempt?.answers ?? {}
  }
  get photos(): LocalPhoto[] {
    return this.attempt?.photos ?? []
  }
  /** whether photos are asked for, and whether there is room for one more */
  get asksPhotos(): boolean {
    return this.attempt?.step === 'details' && hasPaid(this.answers)
  }
  get photosOpen(): boolean {
    return this.status === 'idle' && this.photos.length < MOST_PHOTOS
  }
  /** The question on screen; null without a shop and once it was submitted. */
  get step(): TestPaymentStepView | null {
    const { attempt } = this
    if (!attempt || this.status === 'done' || this.status === 'queued' || this.shop === null) return null
    return stepView(attempt.step, attempt.answers, this.shop, this.context.preferences.say)
  }
  get status(): TestPaymentStatus {
    if (this.answered) return 'done'
    const parcel = this.parcel
    if (!parcel) return 'idle'
    if (isStuck(parcel)) return 'refused'
    const first = parcel.tries === 0 && parcel.photos.every(({ tries }) => tries === 0)
    return isMoving(parcel) || (first && this.stores.outbox.held === null) ? 'sending' : 'queued'
  }
  /** Why it was refused, in plain words; null otherwise. */
  get problem(): ProblemView | null {
    const { parcel } = this
    if (this.status !== 'refused' || !parcel) return null
    const { say } = this.context.preferences
    const refused = [parcel, ...parcel.photos].find(({ status }) => status === 'failed')
    const view = refused?.error ? problemView(refused.error, say) : null
    if (!view || !isRefusedTime(parcel)) return view
    return { ...view, title: say('evidence_post.clock'), sentence: say('evidence_post.clock_sentence') }
  }
  /** this role records no evidence: nothing is asked */
  get forbidden(): boolean {
    return this.shop !== null && !this.shop.actions.includes('evidence.write')
  }
  /** Why it cannot be submitted now; null when it can. */
  get locked(): string | null {
    const { say } = this.context.preferences
    if (this.forbidden) return say('test_payment.forbidden')
    return needsPhoto(this.answers) && this.photos.length === 0 ? say('test_payment.photo_first') : null
  }
  /** "刚改过设置，4分钟后才完全生效" while a change is young; null otherwise */
  get settling(): string | null {
    const { merchant } = this.stores
    return this.page && this.status !== 'done' ? settlingText(this.page, merchant.now, this.context.preferences.say) : null
  }
  get result(): TestPaymentResultView | null {
    const { answered: answer, page: shop } = this
    if (!shop || !answer || answer.evidence.kind !== 'test_payment') return null
    const meaning = meaningOf(answer.evidence.detail, shop, Date.parse(answer.evidence.occurred_at))
    return resultView({ meaning, migration: answer.migration, shop, now: this.stores.merchant.now }, this.context.preferences.say)
  }

  /**
   * At page load: goes on with this shop's answers that were refused, or that were never submitted, or begins. With `evidence_id`, 修改 of 待同步, with
   * that one: out of the outbox where it can still be changed.
   */
  open(sub_mchid: string, evidence_id = ''): void {
    const here = this.sub_mchid === sub_mchid && this.status !== 'done'
    if (here && (evidence_id === '' || this.attempt?.id === evidence_id)) return
    const parcels = this.kept.inOutbox(sub_mchid)
    const waiting = parcels.find(({ id }) => id === evidence_id) ?? parcels.find(isStuck)
    this.show(waiting ? attemptOf(waiting) : (this.kept.begun(sub_mchid)[0] ?? this.fresh(sub_mchid)))
    this.resumed = this.answers.entry !== undefined
    this.takeBack()
  }
  /** From 排查: another payment at the same entry. What is to be seen anew is not taken over. */
  prefill(sub_mchid: string, { entry, web_page }: Answers): void {
    const answers = { ...(entry && { entry }), ...(web_page === 'yes' && { web_page }) } as TestPaymentAnswers
    // one with photos is the record of another payment: it is gone on with later
    for (const begun of this.kept.begun(sub_mchid)) if (begun.photos.length === 0) this.kept.drop(begun)
    this.show(this.fresh(sub_mchid))
    this.resumed = false
    this.change({ answers, step: firstOpenStep(answers) })
  }
  /** One tap: the answer, and on to the next question. 小票 and 退款 stay where they are. */
  answer(step: TestPaymentStep | 'ready' | 'refunded', value: string): void {
    if (this.attempt && this.status === 'idle') this.change(answered(this.attempt, step, value, this.stores.session.serverNow()))
  }
  /** To the next question, where this one is answered. */
  next(): void {
    const change = this.attempt && toNext(this.attempt)
    if (change) this.change(change)
  }
  /** From the summary to one of the questions; answers stay. */
  goTo(step: TestPaymentStep): void {
    if (this.attempt && this.status === 'idle' && testPaymentSteps(this.answers).includes(step)) this.change({ step })
  }
  /** To the question before; answers stay. */
  back(): void {
    const change = this.attempt && this.status === 'idle' ? toBefore(this.attempt) : null
    if (change) this.change(change)
  }
  async addPhoto(from?: 'camera' | 'album'): Promise<void> {
    const { attempt } = this
    if (!attempt || !this.photosOpen) return
    const { photos } = this.stores
    const most = MOST_PHOTOS - attempt.photos.length
    const taken = await photos.take({
      sub_mchid: attempt.shop.sub_mchid,
      item_id: null,
      most,
      ...(from && { from }),
      known: attempt.photos,
    })
    const { outcome } = taken
    runInAction(() => {
      this.photo_trouble = photoTroubleOf(outcome)
      // left meanwhile, or submitted: the photo has no place any more
      const here = this.attempt?.id === attempt.id && this.status === 'idle'
      if (!here || !this.change({ photos: [...this.photos, ...taken.photos] })) taken.photos.forEach(photos.remove)
    })
  }
  removePhoto(id: string): void {
    const photo = this.photos.find(one => one.id === id)
    if (!photo || this.status !== 'idle') return
    if (this.change({ photos: this.photos.filter(one => one.id !== id) })) this.stores.photos.remove(photo)
  }
  previewPhoto(id: string): void {
    this.stores.photos.preview(
      this.photos,
      this.photos.findIndex(one => one.id === id),
    )
  }
  /** 重新开始, and 再付一笔 after a result. */
  restart(): void {
    const { attempt } = this
    if (!attempt || this.status === 'sending') return
    if (this.status === 'idle') {
      attempt.photos.forEach(this.stores.photos.remove)
      this.kept.drop(attempt)
    }
    this.show(this.fresh(attempt.shop.sub_mchid))
    this.resumed = false
  }
  /** 提交: into the outbox, and from there at once where there is a network. */
  async submit(): Promise<void> {
    if (this.attempt?.ahead) await this.stores.session.measure()
    const { attempt } = this
    const detail = attempt && testPaymentOf(attempt.answers)
    // a photo that is being made ready belongs to it
    if (!attempt || !detail || this.locked !== null || this.status !== 'idle' || this.stores.photos.busy) return
    const now = this.stores.session.serverNow()
    const occurred_at = new Date(Math.min(attempt.observed_at ?? now, attempt.ahead ? now : Infinity)).toISOString()
    const { id, shop, photos, revision } = attempt
    const request = { id, kind: 'test_payment' as const, occurred_at, detail }
    const { answers, observed_at } = attempt
    // its photos are the proof of this page, and nobody else's
    const sent = hasPaid(answers) ? photos : []
    const kept = this.stores.outbox.put({
      shop,
      photos: sent,
      content: { kind: 'evidence', request, form: { answers, observed_at } },
      revision,
    })
    runInAction(() => {
      this.not_kept = !kept
      if (!kept) return
      this.submitted = true
      photos.filter(photo => !sent.includes(photo)).forEach(this.stores.photos.remove)
      this.kept.drop(attempt)
    })
    if (kept) await this.stores.outbox.flush()
  }
  /** What was refused is a draft again; what may have arrived in spite of it only waits. */
  dismiss(): void {
    if (this.status === 'refused') this.takeBack()
  }
  /** 重试 of what was refused: the same once more. */
  async again(): Promise<void> {
    const { parcel } = this
    this.dismiss()
    if (this.status === 'refused' && parcel) await this.stores.outbox.retry(parcel.id)
    else await this.submit()
  }
  /** Answers for 排查, from the test that was just recorded. */
  get observed(): Answers {
    const { entry, web_page, payee, page } = this.answers
    return { ...(entry && { entry }), ...(web_page && { web_page }), ...(payee && { payee }), ...(page && { page }) }
  }
  /** At page unload: what was not submitted stays on the phone. */
  leave(): void {
    this.attempt = null
    this.submitted = false
    this.answered = null
    this.resumed = false
    this.not_kept = false
    this.photo_trouble = null
  }
  /** Another account: nothing of the last one stays on screen. */
  reset(): void {
    this.leave()
  }

  /** as far as it is known: a row of the offline pack is enough to begin */
  private get shop() {
    const { shop } = this.stores.merchant
    return shop?.sub_mchid === this.sub_mchid ? shop : null
  }
  private get page() {
    const { merchant } = this.stores.merchant
    return merchant?.sub_mchid === this.sub_mchid ? merchant : null
  }
  private takeBack(): void {
    const { parcel } = this
    const back = parcel !== null && this.stores.outbox.reopen(parcel.id, one => this.change({ ...attemptOf(one), step: 'details' }))
    if (back) this.submitted = false
  }
  private get parcel(): Parcel | null {
    return this.submitted && this.attempt ? this.stores.outbox.parcel(this.attempt.id) : null
  }
  private taken(parcel: Parcel, result: Parameters<Parameters<Outbox['onTaken']>[0]>[1]): void {
    if (parcel.id === this.attempt?.id && 'evidence' in result) this.answered = result
    if (this.stores.merchant.sub_mchid === parcel.shop.sub_mchid) void this.stores.merchant.refresh()
  }
  private show(attempt: Attempt): void {
    this.leave()
    this.attempt = attempt
    this.submitted = this.stores.outbox.parcel(attempt.id) !== null
  }
  private fresh(sub_mchid: string): Attempt {
    const { shop: open } = this.stores.merchant
    const known = open?.sub_mchid === sub_mchid ? open : null
    const shop = { sub_mchid, name: known?.name ?? '', region_name: known?.region_name ?? '' }
    return { id: uuid(this.context.random), shop, step: 'entry', answers: {}, observed_at: null, photos: [], revision: 0 }
  }
  /** Written before it is shown. Returns whether there was room. */
  private change(change: Partial<Attempt>): boolean {
    if (!this.attempt || this.stores.session.sender === null) return false
    const next = { ...this.attempt, ...change }
    if (next.shop.name === '' && this.shop)
      next.shop = { sub_mchid: this.shop.sub_mchid, name: this.shop.name, region_name: this.shop.region_name }
    this.not_kept = !this.kept.put(next)
    if (!this.not_kept) this.attempt = next
    return !this.not_kept
  }
}
