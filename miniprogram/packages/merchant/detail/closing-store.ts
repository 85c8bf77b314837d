// 申请关闭 of the gold plan of the merchant in front (product.md M10): whether it may be asked for, the question, and the request that stands there.
import { computed, makeAutoObservable } from 'mobx-miniprogram'
import type { ChangeRequest, NewChangeRequest, SubMerchant } from '../../../../typings/api'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { hasGoldPlanToClose } from '../shared/gold-plan'
import { AskOnce } from '../../../stores/ask-once'
import type { StoreContext } from '../../../stores/context'
import { Resource } from '../../../stores/resource'
import type { SessionStore } from '../../../stores/session'
import type { MerchantStore } from '../stores/merchant'
import { requestBanner, type RequestBanner } from './closing-view'
import './words'
import '../words/words'

const isOpen = ({ gold_plan, migration }: SubMerchant): boolean =>
  hasGoldPlanToClose({ status: gold_plan.jsapi.status, state: migration.state })

export class ClosingStore {
  private readonly standing: Resource<ChangeRequest>
  private readonly write: AskOnce<NewChangeRequest, ChangeRequest>

  constructor(
    private readonly context: StoreContext,
    private readonly session: SessionStore,
    private readonly merchant: MerchantStore,
  ) {
    this.standing = new Resource(context)
    this.write = new AskOnce(context, (body, key) => context.api.requestClosing(body, key))
    makeAutoObservable<this, 'context' | 'session' | 'merchant' | 'standing' | 'write'>(
      this,
      {
        context: false,
        session: false,
        merchant: false,
        standing: false,
        write: false,
        entry: computed.struct,
        banner: computed.struct,
        refusal: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** The way to ask; null: there is nothing to ask for here. `locked`: why not now, null when it may be. */
  get entry(): { locked: string | null } | null {
    const { merchant } = this.merchant
    if (!merchant || merchant.open_request_id !== null || !isOpen(merchant)) return null
    if (!merchant.allowed_actions.includes('gold_plan.close.request')) return null
    const { online, default_open_since } = this.merchant.circumstances
    if (default_open_since !== null) return { locked: this.say('control.locked.default_open') }
    return { locked: online ? null : this.say('switch.locked.offline') }
  }
  /** for everybody who sees the shop, as long as a request is open there */
  get banner(): RequestBanner | null {
    const open = this.merchant.merchant?.open_request_id ?? null
    if (open === null) return null
    const read = this.standing.value
    return requestBanner(read?.id === open ? read : null, this.merchant.now, this.say)
  }
  get asking(): boolean {
    return this.write.asking
  }
  /** the answer is lost: the same may be sent again, and is one request */
  get lost(): boolean {
    return this.write.error !== null && this.write.unanswered !== null
  }
  /** why it was not taken */
  get refusal(): ProblemView | null {
    const { error } = this.write
    return error && !this.lost ? problemView(error, this.say, this.session.staff?.role) : null
  }

  /** @param reason at least 5 characters. Resolves to whether the request stands. */
  async ask(reason: string): Promise<boolean> {
    const { sub_mchid } = this.merchant
    if (sub_mchid === null || this.entry === null || this.entry.locked !== null) return false
    const answer = await this.write.ask({ kind: 'gold_plan.close', sub_mchid, scene: 'jsapi', reason })
    if (answer) this.standing.put(answer)
    // refused, it is not as it was seen: another request, a plan that was closed meanwhile
    if (answer || this.refusal) await this.merchant.refresh()
    return answer !== null
  }
  dismiss(): void {
    this.write.dismiss()
  }
  /** Reads the request that stands on the merchant in front. */
  look(request_id: string | null): void {
    if (request_id === null) this.standing.reset()
    else void this.standing.load(scope => this.context.api.getChangeRequest(request_id, scope))
  }
  /** Another merchant, or another account. */
  reset(): void {
    this.standing.reset()
    this.write.reset()
  }

  private get say() {
    return this.context.preferences.say
  }
}
