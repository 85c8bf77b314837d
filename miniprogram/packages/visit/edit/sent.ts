// What became of a visit after 提交: it waits, it is on its way, the server refused it, or it arrived and proves something (product.md M16, §8).
import { computed, makeAutoObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { SubMerchant, VerdictState } from '../../../../typings/api'
import { asApiError } from '../../../api/errors'
import { askedItems, type Answer } from '../../../shared/checklist'
import type { ProblemView } from '../../../rules/error-copy'
import type { KeptDraft, NamedShop, VisitDraft } from '../../../rules/field-work'
import { isStuck } from '../../../rules/outbox'
import { isOfClock } from '../../../rules/outbox-copy'
import type { MessageKey } from '../../../words/say'
import type { ChecklistStore } from '../../../stores/checklist'
import type { StoreContext } from '../../../stores/context'
import type { Outbox } from '../../../stores/field-work'
import type { SessionStore } from '../../../stores/session'
import './words'
import '../words/words'

/** of the merchant's package: what a shop's verdict says */
export type VerdictRules = Pick<typeof import('../../merchant/rules/verdict'), 'verdictOf' | 'proposesReceipt'>

/** gone: it was deleted before it was sent */
export type SentPhase = 'sending' | 'waiting' | 'failed' | 'sent' | 'gone'
export interface SentView {
  phase: SentPhase
  title: string
  text: string
  shop: NamedShop
  /** refused, and a change would not help: somebody reviewed it */
  final: boolean
  /** what the server said to it */
  problem: ProblemView | null
  verdict: { state: VerdictState; title: string; sentence: string } | null
  /** why it does not conclude 无需迁移; '' where it does, or saw a web page */
  note: string
  /** its receipt is off, and would spare the next visits; '' where it is not proposed */
  proposal: string
}

/** Why a visit that saw no web page does not conclude 无需迁移: the server's rule (backend/field-work/visits/conclude.ts), for the sentence beside its verdict. */
export function notConcluded(
  { template, answers }: Pick<VisitDraft, 'template' | 'answers'>,
  store_count: number,
): 'NOT_ALL_CHECKED' | 'MORE_STORES' | null {
  const given = (fact: string): Answer | undefined => {
    const item = askedItems(template, answers).find(one => one.fact === fact)
    return item && answers[item.id]
  }
  if (given('web_page') !== 'no') return null
  if (given('all_entries_checked') !== true) return 'NOT_ALL_CHECKED'
  return store_count > 1 ? 'MORE_STORES' : null
}

export class VisitSentStore {
  private visit_id: string | null = null
  private draft: KeptDraft | null = null
  private merchant: SubMerchant | null = null
  private rules: VerdictRules | null = null
  private arrived: 'asking' | 'yes' | 'no' | null = null
  private wasOnItsWay = false
  private stopFollowing: (() => void) | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly outbox: Outbox,
    private readonly checklist: ChecklistStore,
    /** rejects where that package cannot be loaded: then the shop's page says what the visit proves */
    private readonly verdictRules: () => Promise<VerdictRules>,
  ) {
    makeAutoObservable<
      this,
      | 'context'
      | 'session'
      | 'outbox'
      | 'checklist'
      | 'verdictRules'
      | 'stopFollowing'
      | 'wasOnItsWay'
      | 'draft'
      | 'merchant'
      | 'rules'
      | 'visit_id'
      | 'arrived'
    >(
      this,
      {
        context: false,
        session: false,
        outbox: false,
        checklist: false,
        verdictRules: false,
        stopFollowing: false,
        wasOnItsWay: false,
        visit_id: observable,
        draft: observable.ref,
        merchant: observable.ref,
        rules: observable.ref,
        arrived: observable,
        view: computed.struct,
      },
      { autoBind: true },
    )
  }

  get view(): SentView | null {
    const { draft, outbox, visit_id } = this
    if (!draft || visit_id === null) return null
    const { say } = this.context.preferences
    const phase = this.phase
    const problem = phase === 'failed' ? this.problem : null
    const { merchant, rules } = this
    const template = this.checklist.current
    const verdict = merchant && rules && rules.verdictOf(merchant, this.session.serverNow(), say)
    const isProposed = phase === 'sent' && merchant !== null && rules !== null && rules.proposesReceipt(merchant)
    const missing =
      phase === 'sent' && merchant && template ? notConcluded({ template, answers: draft.answers }, merchant.store_count) : null
    return {
      phase,
      title: problem?.title ?? say(`visit.${phase}` as MessageKey),
      text:
        this.clockText ??
        problem?.sentence ??
        (phase === 'sent' || phase === 'gone' || phase === 'failed' ? '' : say(`visit.${phase}_text` as MessageKey)),
      shop: draft.shop,
      problem,
      final: outbox.parcel(visit_id)?.status === 'conflict',
      verdict: merchant && verdict ? { state: merchant.migration.state, title: verdict.title, sentence: verdict.sentence } : null,
      note: missing && merchant?.migration.state !== 'not_applicable' ? say(`visit.not_concluded_${missing}` as MessageKey) : '',
      proposal: isProposed ? say('visit.proposed_receipt') : '',
    }
  }

  /** From 提交 on, and when the page of a waiting one is opened. */
  follow(visit_id: string): void {
    if (this.visit_id === visit_id) return
    this.leave()
    const parcel = this.outbox.parcel(visit_id)
    if (!parcel || parcel.kind !== 'visit') return
    this.visit_id = visit_id
    this.draft = parcel.draft
    this.stopFollowing = reaction(
      () => this.outbox.parcel(visit_id)?.status ?? null,
      status => {
        if (status === 'sending') this.wasOnItsWay = true
        if (status === null) void this.ask()
        else runInAction(() => (this.arrived = null))
      },
      { fireImmediately: true },
    )
  }
  /** At page unload. */
  leave(): void {
    this.stopFollowing?.()
    this.stopFollowing = null
    this.visit_id = null
    this.draft = null
    this.merchant = null
    this.arrived = null
    this.wasOnItsWay = false
  }

  private get clockText(): string | null {
    const parcel = this.visit_id === null ? null : this.outbox.parcel(this.visit_id)
    return isOfClock(parcel?.error ?? null) ? this.context.preferences.say('outbox.clock') : null
  }
  /** of the visit, or of the photo that keeps it */
  private get problem(): ProblemView | null {
    const parcel = this.visit_id === null ? null : this.outbox.parcel(this.visit_id)
    const refused = parcel && [parcel, ...parcel.photos].find(({ status }) => status === 'failed' || status === 'conflict')
    return refused ? this.outbox.problemOf(refused.id) : null
  }
  private get phase(): SentPhase {
    const parcel = this.visit_id === null ? null : this.outbox.parcel(this.visit_id)
    if (!parcel) return this.arrived === 'yes' ? 'sent' : this.arrived === 'no' ? 'gone' : 'sending'
    if (isStuck(parcel)) return 'failed'
    const first = parcel.tries === 0 && parcel.photos.every(({ tries }) => tries === 0)
    return this.outbox.held === null && this.context.network.online && first ? 'sending' : 'waiting'
  }
  /** It left the outbox: the server has it, or somebody deleted it. What it proved is the server's to say. */
  private async ask(): Promise<void> {
    const { visit_id, draft } = this
    if (visit_id === null || !draft) return
    this.arrived = 'asking'
    const there = await this.context.api.getVisit(visit_id).then(
      () => true,
      (thrown: unknown) => asApiError(thrown).code !== 'NOT_FOUND' && this.wasOnItsWay,
    )
    const [merchant, rules] = there
      ? await Promise.all([this.context.api.getSubMerchant(draft.shop.sub_mchid).catch(() => null), this.verdictRules().catch(() => null)])
      : [null, null]
    if (this.visit_id !== visit_id) return
    runInAction(() => {
      this.arrived = there ? 'yes' : 'no'
      this.merchant = merchant
      this.rules = rules
    })
  }
}
