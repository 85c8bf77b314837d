// What the receipt of the shop on screen is made of, as the server has it; without a network as the phone kept it (product.md F8, §8).
import { makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ReceiptContent } from '../../../../typings/api'
import { AbortScope } from '../../../api/abort-scope'
import { asApiError, type ApiError } from '../../../api/errors'
import { problemView, type ProblemView } from '../../../rules/error-copy'
import { isSubMchid } from '../../../shared/scan'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import { wait } from '../../../stores/patience'

/** failed: nothing to show, `problem` says why */
export type ContentStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'offline' | 'forbidden' | 'error'

export class ReceiptContentStore {
  sub_mchid: string | null = null
  status: ContentStatus = 'idle'
  skeleton = false
  content: ReceiptContent | null = null
  /** the phone kept `content`: it may be looked at, not changed */
  cached = false
  private error: ApiError | null = null
  private scope: AbortScope | null = null
  private giveUpWaiting: (() => void) | null = null

  constructor(
    private readonly context: StoreContext,
    private readonly details: DetailsCache,
  ) {
    makeAutoObservable<this, 'context' | 'details' | 'error' | 'scope' | 'giveUpWaiting'>(
      this,
      { context: false, details: false, scope: false, giveUpWaiting: false, content: observable.ref, error: observable.ref },
      { autoBind: true },
    )
  }

  /** Why there is nothing to show. */
  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }

  /** At each page show: reads it; what is there already stays meanwhile. */
  async open(sub_mchid: string): Promise<void> {
    if (this.sub_mchid !== sub_mchid) this.leave()
    this.sub_mchid = sub_mchid
    if (isSubMchid(sub_mchid)) await this.fetch(sub_mchid)
  }
  /** From a write that was answered. */
  adopt(content: ReceiptContent): void {
    this.details.putReceipt(content)
    if (content.sub_mchid !== this.sub_mchid) return
    runInAction(() => {
      this.content = content
      this.cached = false
      this.error = null
      this.status = 'ready'
    })
  }
  /** The network is back: what the phone kept gives way. */
  networkChanged(online: boolean): void {
    if (online && this.sub_mchid !== null && (this.cached || this.status === 'offline')) void this.fetch(this.sub_mchid)
  }
  leave(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
    this.sub_mchid = null
    this.content = null
    this.cached = false
    this.error = null
    this.status = 'idle'
  }
  /** Another account: nothing of the last one stays. */
  reset(): void {
    this.leave()
  }

  private async fetch(sub_mchid: string): Promise<void> {
    this.scope?.abort()
    const scope = (this.scope = new AbortScope())
    this.error = null
    if (!this.content) this.status = 'loading'
    this.giveUpWaiting?.()
    this.giveUpWaiting = wait(this.context.timers, {
      skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
      slow: () => runInAction(() => (this.status = this.status === 'loading' ? 'slow' : this.status)),
    })
    try {
      const content = await this.context.api.getReceiptContent(sub_mchid, scope)
      if (this.scope === scope) this.adopt(content)
    } catch (thrown) {
      if (this.scope === scope) this.failed(asApiError(thrown))
    } finally {
      if (this.scope === scope) this.doneWaiting()
    }
  }
  private failed(error: ApiError): void {
    runInAction(() => {
      if (error.code === 'NOT_FOUND' || error.code === 'ACTION_FORBIDDEN') {
        this.content = null
        this.status = 'forbidden'
      } else if (!this.content) {
        const kept = error.kind === 'problem' || this.sub_mchid === null ? null : this.details.getReceipt(this.sub_mchid)
        this.content = kept
        this.cached = kept !== null
        this.status = kept ? 'ready' : error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
      }
      this.error = this.content ? null : error
    })
  }
  private doneWaiting(): void {
    this.giveUpWaiting?.()
    this.giveUpWaiting = null
    runInAction(() => (this.skeleton = false))
  }
}
