// One merchant: its verdict, its switches, and the way of a change from the tap to the confirmed state (product.md §3, §6.2, M07–M15).
import { isMchid } from '../../../shared/mchid'
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { SubMerchant } from '../../../../typings/api'
import { isReason } from '../../../shared/reason'
import { ApiError } from '../../../api/errors'
import { rowOfMerchant } from '../rules/row-of-merchant'
import {
  featureOfIntent,
  featureRows,
  intentOf,
  receiptGoesFirst,
  waits,
  type ChangeKind,
  type Circumstances,
  type Feature,
  type FeatureRow,
  type Intent,
} from '../rules/controls'
import type { ProblemView } from '../../../rules/error-copy'
import { evidenceLine, type EvidenceLine } from '../rules/evidence-line'
import { absoluteTime } from '../../../rules/relative-time'
import type { NamedShop } from '../../../rules/field-work'
import { verdictOf, type VerdictView } from '../rules/verdict'
import type { KeptRow } from '../../../rules/kept-row'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import type { KnownShops } from '../../../stores/known-shops'
import { conflictView, type ConflictView } from './conflict-view'
import { MerchantChanges, type Notice } from './merchant-changes'
import { operationView, refusalView, undoHoldView, type OperationView, type UndoHoldView } from './merchant-views'
import { Resource, type Kept, type ResourceStatus } from '../../../stores/resource'
import type { RecentsStore } from '../../../stores/recents'
import type { SessionStore } from '../../../stores/session'
import '../words/words'

const TICK_MS = 1_000

export interface KnownShop extends NamedShop {
  /** what this person may do there, as far as is known */
  actions: readonly string[]
}
const named = ({ sub_mchid, name, region_name }: NamedShop): NamedShop => ({ sub_mchid, name, region_name })

export class MerchantStore {
  sub_mchid: string | null = null
  /** present moment (ms, server time), moves every second while the page is shown */
  now = 0
  /** no page of it is on the phone, only its row of the offline pack or of a list: what can be done with that goes on; null otherwise */
  kept: KeptRow | null = null
  private shown = false
  private ticker: unknown = null
  private readonly page: Resource<SubMerchant>
  private readonly changes: MerchantChanges

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly recents: RecentsStore,
    /** told about every state of a merchant that arrives here, so that lists follow */
    private readonly follow: (merchant: SubMerchant) => void,
    private readonly details: DetailsCache,
    private readonly known: Pick<KnownShops, 'find' | 'keep' | 'remove'>,
  ) {
    this.changes = new MerchantChanges(context, {
      merchant: () => this.merchant,
      shown: () => this.shown,
      adopt: merchant => this.adopt(merchant),
      reread: () => void this.fetch(),
      skew: () => this.skew,
    })
    this.page = new Resource(context, { kept: () => this.fromPhone(), forbidden: () => this.forgetOnPhone() })
    makeAutoObservable<this, 'context' | 'session' | 'recents' | 'follow' | 'details' | 'known' | 'changes' | 'ticker' | 'page'>(
      this,
      {
        context: false,
        session: false,
        recents: false,
        follow: false,
        details: false,
        known: false,
        changes: false,
        ticker: false,
        page: false,
        kept: observable.ref,
        verdict: computed.struct,
        rows: computed.struct,
        gold_plan: computed.struct,
        receipt: computed.struct,
        evidence: computed.struct,
        undoHold: computed.struct,
        operation: computed.struct,
        conflict: computed.struct,
        refusal: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** Why the page shows no merchant. */
  get problem(): ProblemView | null {
    return this.page.problem
  }
  get status(): ResourceStatus {
    return this.page.status
  }
  get skeleton(): boolean {
    return this.page.skeleton && !this.kept
  }
  get refreshing(): boolean {
    return this.page.refreshing
  }
  get merchant(): SubMerchant | null {
    return this.page.value
  }
  /** when `merchant` was read (ms of the phone) */
  get as_of(): number | null {
    return this.page.as_of
  }
  /** the phone kept `merchant` from an earlier day: it may be looked at, nothing may be changed on it */
  get cached(): boolean {
    return this.page.cached
  }
  get verdict(): VerdictView | null {
    return this.merchant && verdictOf(this.merchant, this.now, this.say)
  }
  /** the row of each switch */
  get rows(): Record<Feature, FeatureRow> | null {
    const { merchant } = this
    return merchant && featureRows(merchant, this.circumstances, this.say)
  }
  get gold_plan(): FeatureRow | null {
    return this.rows?.gold_plan ?? null
  }
  get receipt(): FeatureRow | null {
    return this.rows?.receipt ?? null
  }
  /** What work in the shop needs of it, from wherever it is known. */
  get shop(): KnownShop | null {
    const { merchant, kept, session } = this
    if (merchant) return { ...named(merchant), actions: merchant.allowed_actions }
    return kept && { ...named(kept.row), actions: session.me?.actions ?? [] }
  }
  /** newest three */
  get evidence(): EvidenceLine[] {
    return (this.merchant?.recent_evidence ?? []).map(evidence => evidenceLine(evidence, this.now, this.say))
  }
  /** "离线 · 更新于 今天 14:05"; "没连上服务器 · 更新于 11月20日 14:05" where there is a network and no answer */
  get as_of_label(): string | null {
    const { online } = this.context.network
    const as_of = this.kept ? this.kept.as_of - this.skew : this.merchant && (!online || this.cached) ? this.as_of : null
    if (as_of === null) return null
    const time = absoluteTime(as_of, this.context.timers.now(), this.say, { today: true })
    return this.say(online ? 'time.unreached' : 'time.updated', { time })
  }
  get undoHold(): UndoHoldView | null {
    const { held } = this.changes
    return held && undoHoldView(held, this.now - this.skew, this.say)
  }
  /** A change whose result is awaited; null when none is. */
  get operation(): OperationView | null {
    const { running } = this.changes
    return running && operationView(running, this.changes.guided, this.now, this.say)
  }
  /** whether an unresolved change waits for the very person who looks: what the console shows settles it */
  get settles(): boolean {
    return this.operation?.status === 'unresolved' && this.merchant !== null && this.merchant.allowed_actions.includes('portal_check.write')
  }
  /** a request is on its way, no answer yet */
  get sending(): boolean {
    return this.changes.sending
  }
  get conflict(): ConflictView | null {
    const { conflicting } = this.changes
    return conflicting && conflictView(conflicting, this.now, this.context.preferences.language, this.say)
  }
  /** What stood in the way of the last change: a dialog. */
  get refusal(): ProblemView | null {
    const { refused } = this.changes
    return refused && refusalView(refused, this.changes.guided, this.session.staff?.role ?? null, this.say)
  }
  /** A word for a toast or a plain dialog; `id` rises with each. */
  get notice(): Notice | null {
    return this.changes.notice
  }

  /** At page load, and by 重试. */
  async load(sub_mchid: string): Promise<void> {
    if (this.sub_mchid !== sub_mchid) this.clear()
    this.sub_mchid = sub_mchid
    this.show()
    // A link may carry anything: what cannot be a 商户号 is not sent, and looks like one that is not mine to see.
    if (isMchid(sub_mchid)) await this.fetch()
    else this.page.fail(new ApiError({ kind: 'problem', code: 'NOT_FOUND', status: 404 }))
  }
  async refresh(): Promise<void> {
    if (this.sub_mchid !== null && isMchid(this.sub_mchid)) await this.fetch()
  }
  /** At page show: time goes on, and an unsettled operation is asked for again. */
  show(): void {
    this.shown = true
    this.tick()
    this.changes.wake()
  }
  /** At page hide and when the app goes to the background: a held change leaves at once. */
  hide(): void {
    this.shown = false
    this.changes.leave()
    this.context.timers.clear(this.ticker)
    this.ticker = null
  }
  /** At page unload: a held change leaves at once, reading stops, what has been sent goes on. */
  leave(): void {
    this.hide()
    this.clear()
  }

  /** Logout: a held change is dropped, because nobody is there any more who asked for it. */
  discard(): void {
    this.changes.undo()
    this.leave()
  }

  /** After the person confirmed the dialog. One PUT, or two when the receipt goes first; the switches move when the answers are there. */
  openGoldPlan({ receiptFirst = false } = {}): void {
    if (this.gold_plan?.tap !== 'gold_plan.open' || !this.merchant) return
    if (receiptFirst && receiptGoesFirst(this.merchant)) this.changes.sendReceiptThenPlan()
    else this.changes.send({ kind: 'gold_plan.open' })
  }
  /** What a tap on a switch asks for, after the person confirmed a sheet where there is one. `reason` (at least 2 characters) is needed to close. */
  change(kind: ChangeKind, reason = ''): void {
    const intent = intentOf(kind, reason)
    if (this.rows?.[featureOfIntent(intent)].tap !== kind || ('reason' in intent && !isReason(intent.reason))) return
    if (waits(kind)) this.hold(intent)
    else this.changes.send(intent)
  }
  /** A reversible change, checked by its own store: it leaves after 5 s. A close needs its reason. */
  hold(intent: Intent): void {
    if (this.changes.held || ('reason' in intent && !isReason(intent.reason))) return
    if (this.changes.begin(intent)) this.tick()
  }
  /** 撤销 */
  readonly undo = (): void => this.changes.undo()
  /** 再确认一次, or 重试 in the refusal dialog where the same change may be sent again with the same key. */
  readonly retry = (): void => this.changes.retry()
  readonly dismissRefusal = (): void => this.changes.dismissRefusal()
  /** 保留现状 */
  readonly keepCurrent = (): void => this.changes.keepCurrent()
  /** 仍要修改: a new decision on what is there now. */
  readonly insist = (): void => this.changes.insist()
  /** From stores/index at every change of the network. */
  networkChanged(online: boolean): void {
    if (!online) this.changes.offline()
    else if (this.shown) {
      this.changes.wake()
      // what was there before is no longer what is there
      if (this.sub_mchid !== null && isMchid(this.sub_mchid)) void this.fetch()
    }
  }

  private get say() {
    return this.context.preferences.say
  }
  private get skew(): number {
    return this.session.serverNow() - this.context.timers.now()
  }
  /** what the rows of all switches depend on besides the merchant */
  get circumstances(): Circumstances {
    return {
      online: this.context.network.online && !this.cached,
      now: this.now,
      holding: this.changes.held?.intent.kind ?? null,
      operation: this.changes.running,
      default_open_since: this.session.me?.provider.default_open_since ?? null,
    }
  }

  private tick(): void {
    this.context.timers.clear(this.ticker)
    this.now = this.session.serverNow()
    this.ticker = this.shown ? this.context.timers.set(() => this.tick(), TICK_MS) : null
  }

  private async fetch(): Promise<void> {
    const { sub_mchid } = this
    if (sub_mchid === null) return
    const answered = await this.page.load(async scope => {
      const merchant = await this.context.api.getSubMerchant(sub_mchid, scope)
      return scope.aborted ? merchant : this.newest(merchant)
    })
    if (!answered || !this.merchant) return
    this.recents.addMerchant(this.merchant)
    this.changes.watchOpenOperation(this.merchant)
  }
  /** It is not this person's to see, or is no more. */
  private forgetOnPhone(): void {
    this.kept = null
    if (this.sub_mchid === null) return
    this.details.remove(this.sub_mchid)
    this.known.remove(this.sub_mchid)
  }
  /** No answer: what the phone kept of this merchant, with its age; null: at most its row. */
  private fromPhone(): Kept<SubMerchant> | null {
    if (this.sub_mchid === null) return null
    const page = this.details.get(this.sub_mchid)
    this.now = this.session.serverNow()
    if (!page) {
      this.kept = this.known.find(this.sub_mchid)
      return null
    }
    this.recents.addMerchant(page.merchant)
    return { value: page.merchant, as_of: page.as_of }
  }
  /** A state of the merchant from the server, by a write or beside it. */
  private adopt(merchant: SubMerchant): void {
    const newest = this.newest(merchant)
    if (newest.sub_mchid === this.sub_mchid) this.page.put(newest)
  }
  /** Told to the lists and kept. An older state never replaces a newer one. Returns the one to draw. */
  private newest(merchant: SubMerchant): SubMerchant {
    this.follow(merchant)
    const shown = this.merchant
    const older = shown?.sub_mchid === merchant.sub_mchid && merchant.version < shown.version
    if (!older) this.keep(merchant)
    if (merchant.sub_mchid !== this.sub_mchid) return merchant
    if (older && !this.cached) return shown
    this.kept = null
    this.now = this.session.serverNow()
    return merchant
  }
  private keep(merchant: SubMerchant): void {
    this.details.put(merchant)
    this.known.keep([rowOfMerchant(merchant)])
  }

  private clear(): void {
    this.page.reset()
    this.changes.clear()
    this.sub_mchid = null
    this.kept = null
  }
}
