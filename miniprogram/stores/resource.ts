// One answer of the server on its way to a page: a skeleton after 200 ms, a word after 3 s (product.md §12), the last answer while it is read anew, what the
// phone kept where none comes, and why there is nothing.
import { computed, makeAutoObservable, observable, runInAction } from 'mobx-miniprogram'
import { AbortScope } from '../api/abort-scope'
import { asApiError, type ApiError } from '../api/errors'
import { problemView, type ProblemView } from '../rules/error-copy'
import type { StoreContext } from './context'
import { startLoadingTimers } from './loading-timers'

/** slow: loading for more than 3 s · offline: nothing to show and no network · forbidden: there is no such thing, or it is not this person's to see */
export type ResourceStatus = 'idle' | 'loading' | 'slow' | 'ready' | 'empty' | 'error' | 'offline' | 'forbidden'

export interface Kept<T> {
  value: T
  /** when it was read (ms of the phone); null: `value` says it itself */
  as_of: number | null
}
export interface ResourceOptions<T> {
  /** What the phone has, shown where the answer is late or does not come; null: nothing. */
  kept?(): Kept<T> | null
  /** it was read, and there is nothing to draw */
  isEmpty?(value: T): boolean
  /** NOT_FOUND or ACTION_FORBIDDEN: what is shown goes. Without it they are failures like others. */
  forbidden?(): void
}

export class Resource<T> {
  status: ResourceStatus = 'idle'
  /** the first answer is awaited for long enough to draw a skeleton */
  skeleton = false
  /** it is read anew while `value` is shown */
  refreshing = false
  value: T | null = null
  /** the phone kept `value`: it may be looked at, nothing may be changed on it */
  cached = false
  /** the last attempt failed, and `value` is from before */
  stale = false
  /** when `value` was read (ms of the phone) */
  as_of: number | null = null
  error: ApiError | null = null
  private scope: AbortScope | null = null
  /** a write was answered since the read under way was asked for */
  private overtaken = false
  private stopTimers: (() => void) | null = null

  constructor(
    private readonly context: Pick<StoreContext, 'timers' | 'network' | 'preferences'>,
    private readonly options: ResourceOptions<T> = {},
  ) {
    makeAutoObservable<this, 'context' | 'options' | 'scope' | 'overtaken' | 'stopTimers'>(
      this,
      {
        context: false,
        options: false,
        scope: false,
        overtaken: false,
        stopTimers: false,
        value: observable.ref,
        error: observable.ref,
        problem: computed.struct,
      },
      { autoBind: true },
    )
  }

  /** Why there is no newer answer. */
  get problem(): ProblemView | null {
    return this.error && problemView(this.error, this.context.preferences.say)
  }

  /**
   * Reads it; what an earlier call still waits for is dropped. A write that is answered meanwhile is not undone by an answer that may have left the server
   * before it: that is asked for again. Never rejects. Resolves to whether an answer came that is still wanted.
   */
  async load(read: (scope: AbortScope) => Promise<T>): Promise<boolean> {
    this.stop()
    const scope = (this.scope = new AbortScope())
    this.begin()
    try {
      let value: T
      do {
        this.overtaken = false
        value = await read(scope)
        if (scope.aborted) return false
      } while (this.overtaken)
      this.put(value)
      return true
    } catch (thrown) {
      if (!scope.aborted) this.fail(asApiError(thrown))
      return false
    } finally {
      if (!scope.aborted) this.doneWaiting()
    }
  }
  /** From a write that was answered, or from elsewhere. */
  put(value: T): void {
    this.overtaken = true
    this.error = null
    this.show(value, this.context.timers.now(), false)
  }
  /** As put, with the time of what is there. */
  change(value: T): void {
    this.overtaken = true
    this.value = value
  }
  /** The same answer, with what was read after it. */
  extend(value: T): void {
    this.value = value
  }
  fail(error: ApiError): void {
    this.error = error
    if (this.options.forbidden && (error.code === 'NOT_FOUND' || error.code === 'ACTION_FORBIDDEN')) {
      this.value = null
      this.cached = false
      this.stale = false
      this.status = 'forbidden'
      this.options.forbidden()
    } else if (this.value !== null) this.stale = true
    else if (error.kind === 'problem' || !this.showKept())
      this.status = error.code === 'NETWORK_OFFLINE' || !this.context.network.online ? 'offline' : 'error'
  }
  /** What the phone has. Returns whether there is anything. An answer that is awaited still takes its place. */
  showKept(): boolean {
    const kept = this.options.kept?.() ?? null
    if (kept !== null) this.show(kept.value, kept.as_of, true)
    return kept !== null
  }
  /** Ends what is under way; what is shown stays. */
  stop(): void {
    this.scope?.abort()
    this.scope = null
    this.doneWaiting()
    if (this.status === 'loading' || this.status === 'slow') this.status = 'idle'
  }
  /** Back to nothing. */
  reset(): void {
    this.stop()
    this.value = null
    this.cached = false
    this.stale = false
    this.as_of = null
    this.error = null
    this.status = 'idle'
  }

  private begin(): void {
    this.error = null
    this.refreshing = this.value !== null
    if (this.value !== null) return
    this.status = 'loading'
    this.stopTimers = startLoadingTimers(this.context.timers, {
      skeleton: () => runInAction(() => (this.skeleton = this.status === 'loading')),
      slow: () => runInAction(() => this.status === 'loading' && !this.showKept() && (this.status = 'slow')),
    })
    // nobody waits again for a server that did not answer just now, where there is something to show
    if (this.context.network.unanswered) this.showKept()
  }
  private show(value: T, as_of: number | null, cached: boolean): void {
    this.value = value
    this.as_of = as_of
    this.cached = cached
    this.stale = false
    this.skeleton = false
    this.status = this.options.isEmpty?.(value) ? 'empty' : 'ready'
  }
  private doneWaiting(): void {
    this.stopTimers?.()
    this.stopTimers = null
    this.skeleton = false
    this.refreshing = false
  }
}
