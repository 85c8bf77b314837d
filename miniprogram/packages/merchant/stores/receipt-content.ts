// What the receipt of the shop on screen is made of, as the server has it; without a network as the phone kept it (product.md F8, §8).
import { isMchid } from '../../../shared/mchid'
import { makeAutoObservable } from 'mobx-miniprogram'
import type { ReceiptContent } from '../../../../typings/api'
import type { ProblemView } from '../../../rules/error-copy'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import { keptAs } from '../../../phone/kept-as'
import { Resource, type ResourceStatus } from '../../../stores/resource'

/** with the merchant on the phone, given up with it */
const KEPT = keptAs<ReceiptContent>(1, { blocks: [{}] })

export class ReceiptContentStore {
  sub_mchid: string | null = null
  private readonly resource: Resource<ReceiptContent>

  constructor(
    private readonly context: StoreContext,
    private readonly details: DetailsCache,
  ) {
    this.resource = new Resource(context, {
      kept: () => {
        const value = this.sub_mchid === null ? null : details.getPart('receipt', KEPT, this.sub_mchid)
        return value && { value, as_of: null }
      },
      forbidden: () => {},
    })
    makeAutoObservable<this, 'context' | 'details' | 'resource'>(
      this,
      { context: false, details: false, resource: false },
      { autoBind: true },
    )
  }

  get status(): ResourceStatus {
    return this.resource.status
  }
  get skeleton(): boolean {
    return this.resource.skeleton
  }
  get content(): ReceiptContent | null {
    return this.resource.value
  }
  /** the phone kept `content`: it may be looked at, not changed */
  get cached(): boolean {
    return this.resource.cached
  }
  /** Why there is nothing to show. */
  get problem(): ProblemView | null {
    return this.content === null ? this.resource.problem : null
  }

  /** At each page show: reads it; what is there already stays meanwhile. */
  async open(sub_mchid: string): Promise<void> {
    if (this.sub_mchid !== sub_mchid) this.leave()
    this.sub_mchid = sub_mchid
    if (isMchid(sub_mchid)) await this.fetch(sub_mchid)
  }
  /** From a write that was answered. */
  adopt(content: ReceiptContent): void {
    this.keep(content)
    if (content.sub_mchid === this.sub_mchid) this.resource.put(content)
  }
  /** The network is back: what the phone kept gives way. */
  networkChanged(online: boolean): void {
    if (online && this.sub_mchid !== null && (this.cached || this.status === 'offline')) void this.fetch(this.sub_mchid)
  }
  leave(): void {
    this.resource.reset()
    this.sub_mchid = null
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  private keep(content: ReceiptContent): void {
    this.details.putPart('receipt', KEPT, content.sub_mchid, content)
  }
  private async fetch(sub_mchid: string): Promise<void> {
    await this.resource.load(async scope => {
      const content = await this.context.api.getReceiptContent(sub_mchid, scope)
      if (!scope.aborted) this.keep(content)
      return content
    })
  }
}
