// What an operator records at a desk: a look at the provider console, how the shop takes payments, and that an obstacle is dealt with (product.md §5.2, §9).
import { computed, makeAutoObservable, observable } from 'mobx-miniprogram'
import type { Action, SubMerchant } from '../../../../typings/api'
import { firstCharacters } from '../../../shared/characters'
import { isReason } from '../../../shared/reason'
import type { ProblemView } from '../../../rules/error-copy'
import { verdictOf, type VerdictView } from '../rules/verdict'
import type { StoreContext } from '../../../stores/context'
import { EvidencePost, type EvidenceBody, type PostStatus } from '../stores/evidence-post'
import type { MerchantStore } from '../stores/merchant'
import type { SessionStore } from '../../../stores/session'
import { keptAs } from '../../../phone/kept-as'

export type OperatorTask = 'portal_check' | 'flow_conclusion' | 'unblock'
export type FormField = 'gold_plan_jsapi' | 'gold_plan_miniprogram' | 'receipt' | 'advertising' | 'default_open' | 'conclusion' | 'note'
export type OperatorForm = Partial<Record<FormField, string>>

const ACTION_OF: Record<OperatorTask, Action> = {
  portal_check: 'portal_check.write',
  flow_conclusion: 'portal_check.write',
  unblock: 'unblock.write',
}
const FORM = keptAs<OperatorForm>(1, {})

export class PortalCheckStore {
  task: OperatorTask = 'portal_check'
  form: OperatorForm = {}
  sub_mchid: string | null = null
  private post: EvidencePost | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'post'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        post: observable.ref,
        form: observable.ref,
        tasks: computed.struct,
        verdict: computed.struct,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** What this person may record of this shop, as the server allows it. */
  get tasks(): OperatorTask[] {
    const { shop } = this
    if (!shop) return []
    const blocked = shop.migration.state === 'blocked' || shop.migration.attention.includes('OPERATION_BLOCKED')
    return (Object.keys(ACTION_OF) as OperatorTask[]).filter(
      task => shop.allowed_actions.includes(ACTION_OF[task]) && (task !== 'unblock' || blocked || this.task === 'unblock'),
    )
  }
  get status(): PostStatus {
    return this.post?.status ?? 'idle'
  }
  get problem(): ProblemView | null {
    return this.post?.problem ?? null
  }
  /** The verdict after the last record. */
  get verdict(): VerdictView | null {
    const migration = this.post?.result?.migration
    return this.shop && migration ? verdictOf({ ...this.shop, migration }, this.merchant.now, this.context.preferences.say) : null
  }
  /** Whether enough is filled in to be recorded. */
  get complete(): boolean {
    return this.body !== null
  }
  /** Why it cannot be sent now; null when it can. */
  get locked(): string | null {
    return this.context.network.online ? null : this.context.preferences.say('switch.locked.offline')
  }

  open(sub_mchid: string, task: OperatorTask = 'portal_check'): void {
    if (this.sub_mchid === sub_mchid) return
    this.sub_mchid = sub_mchid
    this.begin(task)
  }
  /** Another kind of record, or one more after the last. What was filled in waits for its kind. */
  begin(task: OperatorTask): void {
    if (this.sub_mchid === null || this.status === 'sending' || this.status === 'unsure') return
    this.task = task
    this.form = (this.draftKey && FORM.read(this.context.phone.storage, this.draftKey)) || {}
    this.post = new EvidencePost(this.context, this.sub_mchid)
  }
  fill(field: FormField, value: string): void {
    if (!this.post?.open) return
    this.form = { ...this.form, [field]: value }
    this.keep()
  }
  async submit(): Promise<void> {
    const { body, post } = this
    if (!body || !post || this.locked !== null || !this.tasks.includes(this.task)) return
    await post.send(body)
    if (post.status === 'done') this.forgetDraft()
    if (post.status === 'done' && this.merchant.sub_mchid === post.sub_mchid) void this.merchant.refresh()
  }
  dismiss(): void {
    this.post?.dismiss()
  }
  leave(): void {
    this.sub_mchid = null
    this.post = null
    this.form = {}
    this.task = 'portal_check'
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  /** where what is filled in waits while somebody looks at another page, or the app is started anew */
  private get draftKey(): string | null {
    const { staff } = this.session
    return staff && this.sub_mchid !== null ? `staff:${staff.id}:portal-draft:${this.sub_mchid}:${this.task}` : null
  }
  private keep(): void {
    if (this.draftKey !== null) FORM.writeIfRoom(this.context.phone.storage, this.draftKey, this.form)
  }
  private forgetDraft(): void {
    if (this.draftKey !== null) this.context.phone.storage.remove(this.draftKey)
  }
  private get shop(): SubMerchant | null {
    return this.merchant.merchant?.sub_mchid === this.sub_mchid ? this.merchant.merchant : null
  }
  private get body(): EvidenceBody | null {
    const { gold_plan_jsapi, gold_plan_miniprogram, receipt, advertising, default_open, conclusion } = this.form
    const text = firstCharacters((this.form.note ?? '').trim(), 200)
    const note = text === '' ? {} : { note: text }
    const occurred_at = new Date(this.session.serverNow()).toISOString()
    switch (this.task) {
      case 'portal_check': {
        if ([gold_plan_jsapi, gold_plan_miniprogram, receipt, advertising].every(seen => seen === undefined)) return null
        const detail = {
          ...(gold_plan_jsapi && { gold_plan_jsapi }),
          ...(gold_plan_miniprogram && { gold_plan_miniprogram }),
          ...(receipt && { receipt }),
          ...(advertising && { advertising }),
          ...(default_open === 'yes' || default_open === 'no' ? { default_open: default_open === 'yes' } : {}),
          ...note,
        }
        return { kind: 'portal_check', occurred_at, detail } as EvidenceBody
      }
      case 'flow_conclusion':
        if (conclusion !== 'jsapi' && conclusion !== 'not_jsapi') return null
        return { kind: 'flow_conclusion', occurred_at, detail: { conclusion, basis: 'operator', ...note } }
      case 'unblock': {
        const blocked = this.shop?.migration.state === 'blocked' ? { code: this.shop.migration.reason } : {}
        return !isReason(text) ? null : { kind: 'unblock', occurred_at, detail: { ...blocked, note: text } }
      }
    }
  }
}
